"""A body for every operation that takes one, so that the tests of access reach the decision they are about."""

from collections.abc import Callable
from typing import Any

from tests.people import PASSWORD

Ids = dict[str, str]

BODIES: dict[str, Callable[[Ids], dict[str, Any]]] = {
    "POST /api/clients": lambda ids: {"name": "Somebody", "email": "somebody@client.test"},
    "PATCH /api/clients/{client_id}": lambda ids: {"name": "Renamed"},
    "POST /api/api-keys": lambda ids: {"name": "A key", "scopes": ["read"]},
    "POST /api/projects": lambda ids: {"name": "A project", "clientId": ids["client_id"]},
    "PATCH /api/projects/{project_id}": lambda ids: {"name": "Renamed"},
    "PUT /api/projects/{project_id}": lambda ids: {"name": "Renamed"},
    "POST /api/projects/{project_id}/complete": lambda ids: {"message": "Done."},
    "POST /api/projects/{project_id}/tasks": lambda ids: {"title": "A task", "assigneeId": ids["member_id"]},
    "PATCH /api/tasks/{task_id}": lambda ids: {"assigneeId": ids["member_id"]},
    "POST /api/projects/{project_id}/threads": lambda ids: {"name": "A thread"},
    "POST /api/projects/{project_id}/time-entries": lambda ids: {
        "description": "Work",
        "minutes": 30,
        "rate": 80,
        "taskId": ids["task_id"],
    },
    "PATCH /api/time-entries/{entry_id}": lambda ids: {"minutes": 45, "taskId": ids["task_id"]},
    "POST /api/timer/start": lambda ids: {"projectId": ids["project_id"]},
    "POST /api/timer/stop": lambda ids: {},
    "POST /api/threads/{thread_id}/messages": lambda ids: {"content": "Hello"},
    "POST /api/portal/messages": lambda ids: {"content": "Hello", "projectId": ids["project_id"]},
    "POST /api/portal/sign/{file_id}": lambda ids: {"signatureData": "Ada Lovelace"},
    "PATCH /api/files/{file_id}": lambda ids: {"name": "renamed.txt"},
    "POST /api/files/{file_id}/approve": lambda ids: {},
    "POST /api/files/{file_id}/request-changes": lambda ids: {"comment": "Please make it blue."},
    "POST /api/ai": lambda ids: {"projectId": ids["project_id"]},
    "PATCH /api/ai/{update_id}": lambda ids: {"content": "All is well."},
    "POST /api/quotes": lambda ids: {
        "clientId": ids["client_id"],
        "title": "A quote",
        "currency": "EUR",
        "lines": [{"description": "Work", "unitPrice": 10}],
    },
    "PATCH /api/quotes/{quote_id}": lambda ids: {"notes": "Thank you."},
    "POST /api/quotes/{quote_id}/send": lambda ids: {},
    "POST /api/quotes/{quote_id}/view": lambda ids: {},
    "POST /api/quotes/{quote_id}/accept": lambda ids: {"revision": 1},
    "POST /api/quotes/{quote_id}/request-changes": lambda ids: {"comment": "Please make it cheaper."},
    "POST /api/quotes/{quote_id}/decline": lambda ids: {"reason": "Too dear."},
    "POST /api/invoices": lambda ids: {
        "amount": 10,
        "currency": "EUR",
        "dueDate": "2030-01-31",
        "clientId": ids["client_id"],
    },
    "PATCH /api/invoices/{invoice_id}": lambda ids: {"notes": "Thank you."},
    "POST /api/invoices/{invoice_id}/payments": lambda ids: {"amount": 10},
    "POST /api/invoices/{invoice_id}/send": lambda ids: {},
    "POST /api/invoices/{invoice_id}/view": lambda ids: {},
    "PUT /api/payment-account": lambda ids: {"secretKey": "sk_test_12345678", "webhookSecret": "whsec_12345678"},
    "POST /api/portal/opened": lambda ids: {},
    "POST /api/zapier": lambda ids: {"url": "https://93.184.215.14/x", "events": ["client.created"]},
    "POST /api/zapier/test": lambda ids: {"id": ids["endpoint_id"]},
    "PATCH /api/v1/client-portal/config": lambda ids: {"welcome_message": "Welcome."},
    "POST /api/auth/register": lambda ids: {
        "name": "Somebody",
        "email": "somebody@agency.test",
        "password": PASSWORD,
        "agencyName": "An agency",
    },
    "POST /api/auth/login": lambda ids: {"email": "somebody@agency.test", "password": PASSWORD},
    "POST /api/webhooks/stripe": lambda ids: {},
    "POST /api/webhooks/stripe/{agency_id}": lambda ids: {},
    "PATCH /api/auth/agency": lambda ids: {"timeZone": "Europe/Oslo"},
    "POST /api/auth/password": lambda ids: {"currentPassword": "not the password", "newPassword": PASSWORD + "!"},
    "POST /api/auth/forgot-password": lambda ids: {"email": "somebody@agency.test"},
    "POST /api/auth/reset-password": lambda ids: {"token": "pwr_nonsense", "password": PASSWORD},
    "POST /api/auth/totp": lambda ids: {"password": "not the password"},
    "POST /api/auth/totp/confirm": lambda ids: {"code": "000000"},
    "POST /api/auth/totp/recovery-codes": lambda ids: {"password": "not the password", "code": "000000"},
    "POST /api/auth/totp/disable": lambda ids: {"password": "not the password", "code": "000000"},
    "PATCH /api/members/{member_id}": lambda ids: {"name": "Renamed"},
    "POST /api/invitations": lambda ids: {"email": "somebody@agency.test"},
    "POST /api/invitations/accept": lambda ids: {"token": "inv_nonsense", "name": "Somebody", "password": PASSWORD},
    "POST /api/invitations/lookup": lambda ids: {"token": "inv_nonsense"},
    "POST /api/companies": lambda ids: {"name": "A company"},
    "PATCH /api/companies/{company_id}": lambda ids: {"name": "Renamed"},
    "POST /api/companies/{company_id}/clients": lambda ids: {"name": "Somebody"},
    "POST /api/v1/client-portal/contacts/{contact_id}/invite": lambda ids: {"custom_message": "Welcome."},
    "POST /api/v1/client-portal/companies/{company_id}/invite": lambda ids: {"custom_message": "Welcome."},
    "POST /api/v1/client-portal/token": lambda ids: {"type": "contact", "id": ids["client_id"]},
    "POST /api/v1/client-portal/token/revoke": lambda ids: {"type": "contact", "id": ids["client_id"]},
    "POST /api/v1/portal/auth/request-magic-link": lambda ids: {"email": "a@client.test", "tenantCode": "nobody"},
    "POST /api/v1/portal/auth/validate": lambda ids: {"token": "ml_nonsense"},
    "POST /api/v1/portal/auth/refresh": lambda ids: {"refreshToken": "crt_nonsense"},
    "POST /api/v1/portal/auth/otp": lambda ids: {"otp": "000000"},
    "PATCH /api/v1/portal/client": lambda ids: {"phone": "+47 22 00 00 00"},
    "POST /api/v1/custodians/clients": lambda ids: {},
    "POST /api/v1/clients/me/wallet": lambda ids: {"message": "nonsense", "signature": "0x" + "00" * 65},
    "PATCH /api/v1/clients/me/signing-share-pairs": lambda ids: {"status": "STORED_DATABASE"},
    "PATCH /api/v1/clients/me/backup-share-pairs": lambda ids: {"status": "STORED_CUSTODIAN_BACKUP_SHARE"},
}

# Forms in which a portal token may stand.
FORMS_WITH_TOKEN = {"POST /api/files"}
# Operations that take a form instead, as httpx sends it.
MULTIPART: dict[str, Callable[[Ids], dict[str, Any]]] = {
    "POST /api/files": lambda ids: {
        "data": {"projectId": ids["project_id"]},
        "files": {"file": ("a.txt", b"a", "text/plain")},
    },
    "POST /api/v1/portal/client/avatar": lambda ids: {"files": {"file": ("a.png", b"a", "image/png")}},
    "POST /api/v1/client-portal/config/logo": lambda ids: {"files": {"file": ("a.png", b"a", "image/png")}},
}
