"""The public JSON of each noun as SQL; the benchmark compares it with what the services answer."""


def _moment(column: str) -> str:
    return f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')"""


def _major(column: str) -> str:
    return f"trim_scale({column} * (ARRAY[1, 0.1, 0.01, 0.001, 0.0001])[i.decimals + 1])"


_OWED = "(CASE WHEN i.status = 'void' THEN 0 ELSE i.amount_minor - i.credited_minor END)"
_DUE = f"greatest({_OWED} - i.paid_minor, 0)"
_INVOICE = f"""
    i.id,
    'INV-' || lpad(i.number::text, greatest(4, length(i.number::text)), '0') AS number,
    i.status,
    i.client_id AS "clientId",
    (SELECT row_to_json(card) FROM (
       SELECT c.id, c.name, c.email, c.company FROM clients c WHERE c.agency_id = $1 AND c.id = i.client_id) card
    ) AS client,
    i.project_id AS "projectId",
    i.currency,
    i.shown -> 'lines' AS lines,
    i.tax_inclusive AS "taxInclusive",
    i.shown -> 'discount' AS discount,
    {_major("i.subtotal_minor")} AS subtotal,
    {_major("i.discount_minor")} AS "discountTotal",
    i.shown -> 'taxes' AS taxes,
    {_major("i.tax_minor")} AS "taxTotal",
    {_major("i.amount_minor")} AS amount,
    {_major("i.credited_minor")} AS "amountCredited",
    {_major("i.paid_minor")} AS "amountPaid",
    {_major(_DUE)} AS "amountDue",
    {_major(f"greatest(i.paid_minor - {_OWED}, 0)")} AS "amountOverpaid",
    i.shown -> 'deposit' AS deposit,
    {_major("i.deposit_minor")} AS "depositAmount",
    {_major(f"least(greatest(i.deposit_minor - i.paid_minor, 0), {_DUE})")} AS "depositDue",
    i.in_parts AS "allowPartialPayments",
    {_major("nullif(i.least_minor, 0)")} AS "minimumPayment",
    i.issued_on AS "issueDate",
    i.due_on AS "dueDate",
    i.status IN ('sent', 'viewed', 'partially_paid')
      AND coalesce(i.overdue_from, (i.due_on + 1)::timestamp AT TIME ZONE 'UTC') <= $2::timestamptz AS overdue,
    i.notes,
    CASE WHEN i.status <> 'draft' THEN $3::text || '/pay/' || i.id || '?k=' || i.pay_key END AS "paymentUrl",
    {_moment("i.sent_at")} AS "sentAt",
    {_moment("i.paid_at")} AS "paidAt",
    {_moment("i.created_at")} AS "createdAt",
    {_moment("i.updated_at")} AS "updatedAt"
"""

INVOICE_FOR_CLIENT = f"(SELECT row_to_json(made) FROM (SELECT {_INVOICE}) made)"
INVOICE_FOR_STAFF = (
    f"""(SELECT row_to_json(made) FROM (SELECT {_INVOICE}, {_moment("i.viewed_at")} AS "viewedAt") made)"""
)

PROJECT = f"""json_build_object(
    'id', p.id, 'name', p.name, 'description', p.description, 'status', p.status, 'dueDate', p.due_on,
    'clientId', p.client_id, 'progress', 0, 'completedAt', {_moment("p.completed_at")},
    'createdAt', {_moment("p.created_at")}, 'updatedAt', {_moment("p.updated_at")})"""

FILE = f"""json_build_object(
    'id', f.id, 'projectId', f.project_id, 'clientId', f.client_id, 'name', f.name, 'size', f.size,
    'mimeType', f.mime_type, 'sha256', f.sha256, 'status', f.status, 'version', f.content_version,
    'visibleToClient', f.visible_to_client, 'uploadedBy', f.uploaded_by, 'approval', f.approval,
    'signature', f.signature, 'createdAt', {_moment("f.created_at")}, 'updatedAt', {_moment("f.updated_at")})"""

THREAD_FIELDS = f"""
    'id', t.id, 'projectId', t.project_id, 'name', t.name, 'visibility', t.visibility,
    'lastMessageAt', {_moment("t.last_message_at")}, 'createdAt', {_moment("t.created_at")}"""

MESSAGE = f"""json_build_object(
    'id', m.id, 'threadId', m.thread_id, 'projectId', m.project_id, 'clientId', m.client_id,
    'content', m.content, 'attachments', m.attachments,
    'author', json_build_object('kind', m.author_kind, 'id', m.author_id, 'name', m.author_name),
    'createdAt', {_moment("m.created_at")})"""
