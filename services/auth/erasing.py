"""What auth forgets of a client who is erased; each column of text is decided about here."""

from chassis.erasing import ERASED_NAME, Columns, Plan

_MEMBERS = "tells of a member, who is no client"
_MINE = "client_id = :client"

PLAN = Plan(
    tables={
        "clients": Columns(
            rows="id = :client",
            erased={"name": ERASED_NAME, "email": "NULL", "company": "NULL", "company_id": "NULL"},
        ),
        "companies": Columns(kept={"name": "names a company, which its other clients belong to"}),
        "client_sessions": Columns(rows=_MINE, removed=True, impersonal=["signed_in_by", "user_agent"]),
        "magic_links": Columns(rows=_MINE, removed=True),
        "wallets": Columns(rows=_MINE, removed=True, impersonal=["address", "signing_status", "backup_status"]),
        # With it go its session tokens and its one-time password.
        "custodian_clients": Columns(rows=_MINE, removed=True),
        "counted_records": Columns(impersonal=["kind", "state"]),
        "number_series": Columns(impersonal=["series"]),
        "agencies": Columns(impersonal=["name", "slug", "currency", "time_zone", "portal_modules"]),
        "members": Columns(kept=dict.fromkeys(["name", "email", "password_hash", "role"], _MEMBERS)),
        "sessions": Columns(kept=dict.fromkeys(["user_agent", "address"], _MEMBERS)),
        "invitations": Columns(kept=dict.fromkeys(["email", "role", "invited_by", "state"], _MEMBERS)),
        "api_keys": Columns(impersonal=["name", "prefix", "scopes"]),
    }
)
