"""Answers carry exactly the documented keys, for staff and for clients."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.house import House
from tests.trust.document import Operation, document, operations
from tests.trust.plant import Plant, plant

READS = [
    operation
    for operation in operations()
    if operation.method == "GET" and not operation.public and "{event}" not in operation.path
]


@pytest.fixture(scope="module")
async def planted(running: House) -> AsyncIterator[Plant]:
    yield await plant(running)


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


@pytest.mark.parametrize("operation", READS, ids=str)
async def test_an_answer_has_the_documented_keys_and_no_other(planted: Plant, operation: Operation) -> None:
    content = operation.body["responses"]["200"].get("content", {})
    if "application/json" not in content:
        return
    path = operation.path
    for name in operation.parameters("path"):
        path = path.replace(f"{{{name}}}", planted.ids.get(name, ""))
    query = {"projectId": planted.ids["project_id"]} if "projectId" in operation.parameters("query") else {}
    for allowed, http in ((operation.takes_staff, planted.agency.http), (operation.takes_clients, planted.client.http)):
        if allowed:
            answer = await http.get(path, params=query)
            if answer.status_code == 200:
                assert surprises(answer.json(), content["application/json"]["schema"]) == []


async def test_what_is_for_staff_alone_is_not_shown_to_clients(planted: Plant) -> None:
    invoice = f"/api/invoices/{planted.ids['invoice_id']}"
    staff, client = (await planted.agency.http.get(invoice)).json(), (await planted.client.http.get(invoice)).json()
    assert set(staff) - set(client) == {"viewedAt"}
