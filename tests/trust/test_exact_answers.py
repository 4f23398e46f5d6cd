"""Answers carry exactly the documented keys, for staff and for clients."""

from typing import Any

import pytest

from tests.trust.callers import CLIENTS, STAFF, find_caller
from tests.trust.calling import ask, listed
from tests.trust.document import document, operations
from tests.trust.grounds import Grounds
from tests.trust.verdicts import refusal_of

READS = [
    operation
    for operation in operations()
    if operation.method == "GET" and not operation.public and "{event}" not in operation.path
]


def alternatives(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The object schemas that a schema may stand for."""
    if "$ref" in schema:
        return alternatives(document()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]])
    found = []
    for choice in schema.get("anyOf", ()):
        found += alternatives(choice)
    if "allOf" in schema:
        parts = [alternatives(part)[0] for part in schema["allOf"]]
        found.append({"properties": {name: one for part in parts for name, one in part.get("properties", {}).items()}})
    return found or [schema]


def surprises(value: Any, schema: dict[str, Any], where: str = "") -> list[str]:
    """Keys that are shown but not documented, or documented but not shown."""
    if isinstance(value, list):
        items = [one["items"] for one in alternatives(schema) if "items" in one]
        return [found for one in value for found in surprises(one, items[0] if items else {}, f"{where}[]")]
    if not isinstance(value, dict):
        return []
    shapes = [one["properties"] for one in alternatives(schema) if "properties" in one]
    if not shapes:
        return []
    shape = min(shapes, key=lambda one: len(set(one) ^ set(value)))
    different = [f"{where}.{name}" for name in sorted(set(shape) ^ set(value))]
    inside = [
        found for name in set(shape) & set(value) for found in surprises(value[name], shape[name], f"{where}.{name}")
    ]
    return different + inside


@pytest.mark.parametrize("name", STAFF + CLIENTS)
async def test_an_answer_has_the_documented_keys_and_no_other(grounds: Grounds, name: str) -> None:
    caller = find_caller(grounds.ours, name)
    found = []
    for operation in READS:
        content = operation.body["responses"]["200"].get("content", {})
        if "application/json" not in content or refusal_of(operation, caller) or not caller.may_ask(operation):
            continue
        answer = await ask(grounds.house, operation, caller, query=operation.needed_query(caller.ids))
        if answer.status_code == 200:
            different = surprises(answer.json(), content["application/json"]["schema"])
            found += [(str(operation), one) for one in different]
    assert found == [], listed(found)


@pytest.mark.parametrize(
    ("noun", "id", "hidden"),
    [
        ("invoices", "invoice_id", {"viewedAt"}),
        ("payments", "payment_id", {"provider", "providerId", "note"}),
        ("time-entries", "entry_id", {"memberId", "taskId", "rate", "currency", "note", "invoiceId", "updatedAt"}),
        ("contracts", "contract_id", {"firstViewedAt", "lastViewedAt", "viewCount"}),
        ("quotes", "quote_id", {"firstViewedAt", "lastViewedAt", "viewCount", "reopenings"}),
    ],
)
async def test_what_is_for_staff_alone_is_not_shown_to_clients(
    grounds: Grounds, noun: str, id: str, hidden: set[str]
) -> None:
    staff = (await grounds.ours.agency.http.get(f"/api/{noun}/{grounds.ours.ids[id]}")).json()
    for name in CLIENTS:
        caller = find_caller(grounds.ours, name)
        if caller.token_in_body:
            continue
        path = f"/api/{noun}/{caller.ids[id]}"
        client = await grounds.house.gateway.get(path, headers=caller.headers, params=caller.query)
        assert set(staff) - set(client.json()) == hidden, name
