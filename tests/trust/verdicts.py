"""What each sort of credential is told by each operation: let in, or refused with one code."""

from tests.trust.calling import Caller
from tests.trust.document import Operation

# Codes of refusals that are about the credential and not about what was asked.
REFUSALS = {
    "unauthenticated",
    "forbidden",
    "staff_only",
    "client_only",
    "custodian_only",
    "in_person_only",
    "keys_are_for_people",
    "people_only",
    "owners_only",
    "scope_missing",
    "cross_site_write",
    "module_off",
    "file_sharing_off",
    "portal_closed",
}
# A key may not do these: it could outlive its own end, lead the agency's money elsewhere, or be somebody.
IN_PERSON = {
    "GET /api/api-keys": "keys_are_for_people",
    "POST /api/api-keys": "keys_are_for_people",
    "DELETE /api/api-keys/{key_id}": "keys_are_for_people",
    "PUT /api/payment-account": "in_person_only",
    "DELETE /api/payment-account": "in_person_only",
    "GET /api/export": "owners_only",
    "GET /api/sessions": "people_only",
    "DELETE /api/sessions": "people_only",
    "DELETE /api/sessions/{session_id}": "people_only",
    "DELETE /api/members/{member_id}": "people_only",
    "GET /api/timer": "people_only",
    "DELETE /api/timer": "people_only",
    "POST /api/timer/start": "people_only",
    "POST /api/timer/stop": "people_only",
    "GET /api/notification-preferences": "people_only",
    "PUT /api/notification-preferences": "people_only",
    "POST /api/auth/password": "people_only",
    "GET /api/auth/totp": "people_only",
    "POST /api/auth/totp": "people_only",
    "POST /api/auth/totp/confirm": "people_only",
    "POST /api/auth/totp/recovery-codes": "people_only",
    "POST /api/auth/totp/disable": "people_only",
}
# What only owners and admins read: a key that may not write is no manager.
MANAGERS_READ = {"GET /api/api-keys", "GET /api/invitations", "GET /api/payment-account", "GET /api/reminder-settings"}


def refusal_of(operation: Operation, caller: Caller) -> str | None:
    """The code with which the operation refuses that sort of credential; None where it lets it in."""
    if caller.name.startswith("API key"):
        return _refusal_of_key(operation, caller.name.partition(": ")[2])
    if caller.name.startswith("staff"):
        if operation.for_custodians:
            return "custodian_only"
        return None if operation.takes_staff else "client_only"
    return None if operation.takes_clients else "staff_only"


def _refusal_of_key(operation: Operation, scope: str) -> str | None:
    if operation.for_custodians:
        return None if scope in ("custodian", "all") else "custodian_only"
    needed = "read" if operation.method == "GET" else "write"
    if scope not in (needed, "all"):
        return "scope_missing"
    if not operation.takes_staff:
        return "client_only"
    if scope == "read" and str(operation) in MANAGERS_READ:
        return "forbidden"
    return IN_PERSON.get(str(operation))
