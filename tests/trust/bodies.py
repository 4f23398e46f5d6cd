"""A body for every operation that takes one, so that the tests of access reach the decision they are about."""

from collections.abc import Callable
from typing import Any

Ids = dict[str, str]

BODIES: dict[str, Callable[[Ids], dict[str, Any]]] = {
    "POST /api/clients": lambda ids: {"name": "Somebody", "email": "somebody@client.test"},
    "PATCH /api/clients/{client_id}": lambda ids: {"name": "Renamed"},
    "POST /api/api-keys": lambda ids: {"name": "A key", "scopes": ["read"]},
    "POST /api/projects": lambda ids: {"name": "A project", "clientId": ids["client_id"]},
    "PATCH /api/projects/{project_id}": lambda ids: {"name": "Renamed"},
    "PUT /api/projects/{project_id}": lambda ids: {"name": "Renamed"},
    "POST /api/projects/{project_id}/complete": lambda ids: {"message": "Done."},
    "POST /api/projects/{project_id}/threads": lambda ids: {"name": "A thread"},
    "POST /api/threads/{thread_id}/messages": lambda ids: {"content": "Hello"},
    "POST /api/portal/messages": lambda ids: {"content": "Hello", "projectId": ids["project_id"]},
    "POST /api/portal/sign/{file_id}": lambda ids: {"signatureData": "Ada Lovelace"},
    "PATCH /api/files/{file_id}": lambda ids: {"name": "renamed.txt"},
    "POST /api/files/{file_id}/approve": lambda ids: {},
    "POST /api/files/{file_id}/request-changes": lambda ids: {"comment": "Please make it blue."},
    "POST /api/ai": lambda ids: {"projectId": ids["project_id"]},
    "PATCH /api/ai/{update_id}": lambda ids: {"content": "All is well."},
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
        "password": "correct horse battery staple",
        "agencyName": "An agency",
    },
    "POST /api/auth/login": lambda ids: {
        "email": "somebody@agency.test",
        "password": "correct horse battery staple",
    },
}
