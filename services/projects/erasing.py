"""What the projects service forgets of a client who is erased; each column of text is decided about here."""

from chassis.erasing import ERASED_NAME, ERASED_TEXT, LAST_VERSION, Columns, Plan, replaced

_MINE = "client_id = :client"
_OF_PROJECTS = "project_id IN (SELECT p.id FROM projects p WHERE p.agency_id = :agency AND p.client_id = :client)"
_SIGNED = "is evidence of a signature, which whoever relies on it must be able to show"
_BY_CLIENT = "author_kind = 'client'"
_NO_HASH = f"'{'0' * 64}'"

# What a signature binds stays whole: the signed file in all its versions, and the paper that was sealed.
_UNBOUND = "NOT (f.status = 'signed' OR f.sealed)"
_UNBOUND_FILES = f"SELECT f.id FROM files f WHERE f.agency_id = :agency AND f.client_id = :client AND {_UNBOUND}"  # noqa: S608
_KEYS = f"SELECT v.storage_key FROM file_versions v WHERE v.agency_id = :agency AND v.file_id IN ({_UNBOUND_FILES})"  # noqa: S608
# What was drawn from their bytes, by `previews.shelf.place_of`. Who has the same bytes has them drawn again.
_PREVIEWS = (
    "SELECT DISTINCT 'projects/' || v.agency_id || '/previews/' || left(v.sha256, 2) || '/' || v.sha256 || '-'"  # noqa: S608
    f" FROM file_versions v WHERE v.agency_id = :agency AND v.file_id IN ({_UNBOUND_FILES})"
)


def _written(column: str) -> str:
    """What the client wrote goes; in what the agency wrote the client's name is replaced."""
    return f"CASE WHEN {_BY_CLIENT} THEN {ERASED_TEXT} ELSE {replaced(column)} END"


def _unless_signed(column: str) -> str:
    return f"CASE WHEN status = 'signed' THEN \"{column}\" ELSE {replaced(column)} END"


_AUTHOR = f"CASE WHEN {_BY_CLIENT} THEN {ERASED_NAME} ELSE author_name END"
_WRITTEN_BY_BOTH = {"content": _written("content"), "author_name": _AUTHOR}
# Subjects that are named by the agency; all others may be named by the client, or by what the client has written.
_NAMED_BY_AGENCY = "'project', 'task', 'update', 'invoice', 'quote', 'contract', 'payment', 'time_entry'"

_FILES = Columns(
    rows="client_id = :client AND NOT (status = 'signed' OR sealed)",
    erased={
        "name": "'erased-' || id",
        "sha256": _NO_HASH,
        "storage_key": "''",
        "uploaded_by": (
            "CASE WHEN uploaded_by ->> 'kind' = 'client'"
            f" THEN jsonb_set(uploaded_by, ARRAY['name'], to_jsonb(CAST({ERASED_NAME} AS text))) ELSE uploaded_by END"
        ),
        "approval": "NULL",
        "signature": "NULL",
        "deleted_at": "coalesce(deleted_at, :now)",
    },
    impersonal=["status", "mime_type"],
)

_ACTIVITY = Columns(
    rows=_MINE,
    append_only=True,
    erased={
        "actor_name": f"CASE WHEN actor_kind = 'client' THEN {ERASED_NAME} ELSE actor_name END",
        "subject_name": (
            f"CASE WHEN subject_kind IN ({_NAMED_BY_AGENCY}) THEN {replaced('subject_name')} ELSE {ERASED_TEXT} END"
        ),
    },
    impersonal=["type", "actor_kind", "subject_kind", "visibility"],
)

_CONTRACTS = Columns(
    rows=_MINE,
    erased={
        "title": _unless_signed("title"),
        "body": _unless_signed("body"),
        "parties": (
            "CASE WHEN status = 'signed' OR parties IS NULL THEN parties ELSE parties"
            f" || jsonb_build_object('client', {ERASED_NAME}, 'company', '') END"
        ),
        "decline_reason": f"CASE WHEN decline_reason IS NOT NULL THEN {ERASED_TEXT} END",
        # Nobody is left who could sign it.
        "voided_at": "CASE WHEN status IN ('sent', 'viewed') THEN :now ELSE voided_at END",
        "status": "CASE WHEN status IN ('sent', 'viewed') THEN 'void' ELSE status END",
    },
    kept={"signature": _SIGNED},
    impersonal=["text_sha256"],
)

_SIGNATURES = Columns(
    kept=dict.fromkeys(
        ["name", "email", "typed", "ip", "user_agent", "via", "consent", "kind", "sha256", "sealed_sha256", "without"],
        _SIGNED,
    )
)

PLAN = Plan(
    objects=[_KEYS],
    made_of_them=[_PREVIEWS],
    tables={
        "file_versions": Columns(
            rows=f"file_id IN ({_UNBOUND_FILES})",
            removed=True,
            kept={"uploaded_by": _SIGNED, "approval": _SIGNED},
            impersonal=["mime_type", "sha256", "storage_key"],
        ),
        "files": _FILES,
        "file_comments": Columns(rows=_MINE, erased=_WRITTEN_BY_BOTH, impersonal=["visibility", "author_kind"]),
        "messages": Columns(rows=_MINE, erased=_WRITTEN_BY_BOTH, impersonal=["attachments", "author_kind"]),
        # Clients may open threads, and who did is not kept.
        "threads": Columns(
            rows=_MINE,
            erased={
                "name": (
                    f"CASE WHEN visibility = 'client' AND name <> 'General' THEN {ERASED_TEXT}"
                    f" ELSE {replaced('name')} END"
                )
            },
            impersonal=["visibility", "last_author_kind"],
        ),
        "feedback": Columns(
            rows=_MINE, append_only=True, erased={"comment": f"CASE WHEN comment IS NOT NULL THEN {ERASED_TEXT} END"}
        ),
        "activity": _ACTIVITY,
        "projects": Columns(rows=_MINE, mentions=["name", "description"], impersonal=["status"]),
        "tasks": Columns(rows=_MINE, mentions=["title", "description"], impersonal=["status"]),
        "updates": Columns(rows=_MINE, mentions=["content"]),
        "time_entries": Columns(rows=_MINE, mentions=["description", "note"], impersonal=["currency"]),
        "timers": Columns(rows=_OF_PROJECTS, mentions=["description"]),
        "time_claims": Columns(impersonal=["status"]),
        "time_settings": Columns(impersonal=["currency"]),
        "contracts": _CONTRACTS,
        "brands": Columns(impersonal=["portal_name", "color", "logo", "logo_key"]),
        "contract_templates": Columns(impersonal=["name", "title", "body"]),
        "signatures": _SIGNATURES,
        "signature_trail": Columns(kept=dict.fromkeys(["facts", "previous", "digest"], _SIGNED)),
        "clients": Columns(
            rows="id = :client",
            erased={
                "name": ERASED_NAME,
                "email": "''",
                "company": "''",
                "deleted_at": "coalesce(deleted_at, :now)",
                "source_version": LAST_VERSION,
            },
        ),
    },
)
