"""The public JSON of each noun as SQL, for lists that Postgres builds; a test holds it equal to the schemas."""


def moment(column: str) -> str:
    """A timestamp as the API writes it: UTC, milliseconds, `Z`."""
    return f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')"""


def _project(progress: str) -> str:
    return f"""json_build_object(
    'id', p.id, 'name', p.name, 'description', p.description, 'status', p.status, 'dueDate', p.due_on,
    'clientId', p.client_id, 'progress', {progress}, 'completedAt', {moment("p.completed_at")},
    'createdAt', {moment("p.created_at")}, 'updatedAt', {moment("p.updated_at")})"""


# Division of integers rounds down: a project is at 100 only when nothing is left.
PROGRESS = "coalesce(100 * p.complete_count / nullif(p.task_count, 0), 0)"
PROGRESS_FOR_CLIENT = "coalesce(100 * p.shown_complete_count / nullif(p.shown_task_count, 0), 0)"
PROJECT = _project(PROGRESS)
PROJECT_FOR_CLIENT = _project(PROGRESS_FOR_CLIENT)


def _task(position: str, staff_only: str = "") -> str:
    return f"""json_build_object(
    'id', t.id, 'projectId', t.project_id, 'clientId', t.client_id, 'title', t.title, 'description', t.description,
    'status', t.status, 'position', {position}, 'dueDate', t.due_on, 'createdAt', {moment("t.created_at")},
    'updatedAt', {moment("t.updated_at")}{staff_only})"""


TASK = _task("t.position", ", 'assigneeId', t.assignee_id, 'visibleToClient', t.visible_to_client")
TASK_FOR_CLIENT = _task("t.place")

FILE = f"""json_build_object(
    'id', f.id, 'projectId', f.project_id, 'clientId', f.client_id, 'name', f.name, 'size', f.size,
    'mimeType', f.mime_type, 'sha256', f.sha256, 'status', f.status, 'version', f.content_version,
    'visibleToClient', f.visible_to_client, 'uploadedBy', f.uploaded_by, 'approval', f.approval - 'via',
    'signature', f.signature, 'createdAt', {moment("f.created_at")}, 'updatedAt', {moment("f.updated_at")})"""

FILE_VERSION = f"""json_build_object(
    'version', v.number, 'size', v.size, 'mimeType', v.mime_type, 'sha256', v.sha256,
    'uploadedBy', v.uploaded_by, 'approval', v.approval - 'via', 'createdAt', {moment("v.created_at")})"""

FILE_COMMENT = f"""json_build_object(
    'id', c.id, 'fileId', c.file_id, 'projectId', c.project_id, 'clientId', c.client_id,
    'version', c.content_version, 'content', c.content, 'visibility', c.visibility,
    'author', json_build_object('kind', c.author_kind, 'id', c.author_id, 'name', c.author_name),
    'createdAt', {moment("c.created_at")})"""

THREAD_FIELDS = f"""
    'id', t.id, 'projectId', t.project_id, 'name', t.name, 'visibility', t.visibility,
    'lastMessageAt', {moment("t.last_message_at")}, 'createdAt', {moment("t.created_at")}"""

THREAD = f"json_build_object({THREAD_FIELDS})"

# What a client reads leaves out files that were hidden or deleted since.
_ATTACHMENTS_FOR_CLIENT = """CASE WHEN m.attachments = '[]' THEN m.attachments ELSE (
    SELECT coalesce(jsonb_agg(a.id ORDER BY a.place), '[]')
    FROM jsonb_array_elements_text(m.attachments) WITH ORDINALITY AS a (id, place)
    JOIN files f ON f.agency_id = m.agency_id AND f.id = a.id::uuid
    WHERE f.visible_to_client AND f.deleted_at IS NULL) END"""


def _message(attachments: str) -> str:
    return f"""json_build_object(
    'id', m.id, 'threadId', m.thread_id, 'projectId', m.project_id, 'clientId', m.client_id,
    'content', m.content, 'attachments', {attachments},
    'author', json_build_object('kind', m.author_kind, 'id', m.author_id, 'name', m.author_name),
    'createdAt', {moment("m.created_at")})"""


MESSAGE = _message("m.attachments")
MESSAGE_FOR_CLIENT = _message(_ATTACHMENTS_FOR_CLIENT)

UPDATE = f"""json_build_object(
    'id', u.id, 'projectId', u.project_id, 'clientId', u.client_id, 'content', u.content,
    'aiGenerated', u.ai_generated, 'publishedAt', {moment("u.published_at")}, 'createdAt', {moment("u.created_at")})"""

_TIME_ENTRY_FIELDS = f"""
    'id', e.id, 'projectId', e.project_id, 'clientId', e.client_id, 'description', e.description,
    'minutes', e.minutes, 'billable', e.billable, 'date', e.worked_on, 'createdAt', {moment("e.created_at")}"""

TIME_ENTRY_FOR_CLIENT = f"json_build_object({_TIME_ENTRY_FIELDS})"

TIME_ENTRY = f"""json_build_object({_TIME_ENTRY_FIELDS}, 'memberId', e.member_id, 'taskId', e.task_id,
    'rate', trim_scale(e.rate_minor * (ARRAY[1, 0.1, 0.01, 0.001, 0.0001])[e.decimals + 1]), 'currency', e.currency,
    'note', e.note, 'invoiceId', e.invoice_id, 'updatedAt', {moment("e.updated_at")})"""

_CONTRACT_FIELDS = f"""
    'id', c.id, 'clientId', c.client_id, 'projectId', c.project_id, 'title', c.title, 'status', c.status,
    'textSha256', c.text_sha256, 'sentAt', {moment("c.sent_at")}, 'signedAt', {moment("c.signed_at")},
    'signatures', CASE WHEN c.signature IS NULL THEN '[]'::jsonb ELSE jsonb_build_array(c.signature) END,
    'fileId', c.file_id, 'declinedAt', {moment("c.declined_at")}, 'declineReason', c.decline_reason,
    'voidedAt', {moment("c.voided_at")}, 'createdAt', {moment("c.created_at")}, 'updatedAt', {moment("c.updated_at")}"""

CONTRACT_FOR_CLIENT = f"json_build_object({_CONTRACT_FIELDS})"

CONTRACT = f"""json_build_object({_CONTRACT_FIELDS}, 'firstViewedAt', {moment("c.first_viewed_at")},
    'lastViewedAt', {moment("c.last_viewed_at")}, 'viewCount', c.view_count)"""

CONTRACT_TEMPLATE = f"""json_build_object(
    'id', t.id, 'name', t.name, 'title', t.title, 'body', t.body,
    'createdAt', {moment("t.created_at")}, 'updatedAt', {moment("t.updated_at")})"""

FEEDBACK = f"""json_build_object(
    'id', b.id, 'projectId', b.project_id, 'clientId', b.client_id, 'rating', b.rating, 'comment', b.comment,
    'createdAt', {moment("b.created_at")})"""

ACTIVITY = f"""json_build_object(
    'id', a.id, 'type', a.type,
    'actor', json_build_object('kind', a.actor_kind, 'id', a.actor_id, 'name', a.actor_name),
    'subject', json_build_object('kind', a.subject_kind, 'id', a.subject_id, 'name', a.subject_name),
    'projectId', a.project_id, 'clientId', a.client_id, 'visibility', a.visibility,
    'at', {moment("a.happened_at")})"""
