"""What billing forgets of a client who is erased; each column of text is decided about here.

What was issued stays whole, with the name that it was made out to: the law wants the books kept.
"""

from chassis.erasing import ERASED_NAME, ERASED_TEXT, LAST_VERSION, Columns, Plan, replaced

_MINE = "client_id = :client"
_BOOKS = "belongs to the books, which the law wants kept"
_PAPER = ["status", "currency", "discount"]

_HAS_PAPERS = (
    "EXISTS (SELECT FROM invoices i WHERE i.agency_id = :agency AND i.client_id = :client AND i.status <> 'draft')"
)
_BILLED_AS = (
    f"coalesce(billed_as, CASE WHEN {_HAS_PAPERS}"
    " THEN jsonb_build_object('name', name, 'company', company, 'email', email) END)"
)


def _in_drafts(column: str, type: str = "text") -> str:
    return f"CASE WHEN status = 'draft' THEN {replaced(column, type)} ELSE \"{column}\" END"


def _answer(column: str) -> str:
    return f'CASE WHEN "{column}" IS NOT NULL THEN {ERASED_TEXT} END'


_REOPENINGS = (
    f"(SELECT coalesce(jsonb_agg(undone || jsonb_build_object('acceptedBy', CAST({ERASED_TEXT} AS text))), '[]')"  # noqa: S608
    " FROM jsonb_array_elements(reopenings) undone)"
)

PLAN = Plan(
    tables={
        # Before the replica: whom papers were made out to is taken from it.
        "clients": Columns(
            rows="id = :client",
            erased={
                "billed_as": _BILLED_AS,
                "name": ERASED_NAME,
                "email": "NULL",
                "company": "NULL",
                "deleted_at": "coalesce(deleted_at, :now)",
                "source_version": LAST_VERSION,
            },
        ),
        "invoices": Columns(
            rows=_MINE,
            erased={
                "lines": _in_drafts("lines", "jsonb"),
                "shown": _in_drafts("shown", "json"),
                "notes": _in_drafts("notes"),
            },
            impersonal=[*_PAPER, "pay_key", "deposit"],
        ),
        "quotes": Columns(
            rows=_MINE,
            erased={column: _answer(column) for column in ("change_request", "decline_reason", "accepted_by")}
            | {"reopenings": _REOPENINGS},
            mentions=["title", "notes", "lines", "shown"],
            impersonal=[*_PAPER, "chosen"],
        ),
        "recurring_invoices": Columns(
            rows=_MINE,
            erased={
                "status": "'ended'",
                "next_on": "NULL",
                "due_at": "NULL",
                "error": "NULL",
                "failed_at": "NULL",
            },
            mentions=["lines", "shown", "notes"],
            impersonal=["currency", "discount", "frequency"],
        ),
        "credit_notes": Columns(
            kept=dict.fromkeys(["lines", "shown", "reason"], _BOOKS), impersonal=["currency", "discount", "taxes"]
        ),
        "payments": Columns(
            kept=dict.fromkeys(["method", "note", "provider_id"], _BOOKS), impersonal=["currency", "provider"]
        ),
        "refunds": Columns(
            kept=dict.fromkeys(["reason", "provider_id", "member_name", "failure"], _BOOKS),
            impersonal=["currency", "kind", "status", "provider"],
        ),
        "disputes": Columns(
            kept=dict.fromkeys(["reason", "provider_id"], _BOOKS), impersonal=["currency", "provider", "status"]
        ),
        "checkouts": Columns(impersonal=["provider", "account", "currency", "status", "provider_id"]),
        "provider_events": Columns(impersonal=["provider", "account", "event_id", "type", "verdict"]),
        "payment_accounts": Columns(impersonal=["provider", "secret_hint"]),
        "brands": Columns(impersonal=["portal_name", "color", "logo", "logo_key"]),
        "agencies": Columns(impersonal=["time_zone"]),
        "reminder_settings": Columns(impersonal=["days_before_due", "days_after_due"]),
    }
)
