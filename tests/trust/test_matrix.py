"""Every operation of the OpenAPI document against every sort of credential and every id that it takes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest

from tests.house import House
from tests.trust.bodies import BODIES
from tests.trust.document import Operation, operations
from tests.trust.plant import Plant, plant, plant_client

OPERATIONS = operations()
PROTECTED = [operation for operation in OPERATIONS if not operation.public]
# Whoever holds the signed address may open these: it is the credential, see the operation's own tests.
ANYONE = {
    "POST /api/auth/register",
    "POST /api/auth/login",
    "GET /.well-known/jwks.json",
    "POST /api/webhooks/stripe",
    "POST /api/webhooks/stripe/{agency_id}",
}
MANAGERS_ONLY = {
    "POST /api/api-keys",
    "GET /api/api-keys",
    "DELETE /api/api-keys/{key_id}",
    "PATCH /api/v1/client-portal/config",
    "PUT /api/payment-account",
    "DELETE /api/payment-account",
    "POST /api/zapier",
    "DELETE /api/zapier",
    "DELETE /api/zapier/{endpoint_id}",
    "POST /api/zapier/test",
}
MULTIPART = {
    "POST /api/files": lambda ids: {
        "data": {"projectId": ids["project_id"]},
        "files": {"file": ("a.txt", b"a", "text/plain")},
    }
}


@dataclass
class Grounds:
    """Two agencies; the first has two clients with one of everything each."""

    house: House
    ours: Plant
    neighbour: Plant
    theirs: Plant


@pytest.fixture(scope="module")
async def grounds(running: House) -> AsyncIterator[Grounds]:
    ours = await plant(running)
    neighbour = await plant_client(ours.agency, "CANARYneighbour")
    yield Grounds(running, ours, neighbour, await plant(running))


async def call(
    http: httpx.AsyncClient, operation: Operation, ids: dict[str, str], *, query: dict[str, str] | None = None
) -> httpx.Response:
    path = operation.path
    for name in operation.parameters("path"):
        path = path.replace(f"{{{name}}}", ids.get(name) or str(uuid4()))
    options: dict[str, Any] = {"params": query or {}}
    if str(operation) in MULTIPART:
        options |= MULTIPART[str(operation)](ids)
    elif "application/json" in operation.media:
        options["json"] = BODIES[str(operation)](ids)
    return await http.request(operation.method, path, **options)


def same(first: httpx.Response, second: httpx.Response) -> bool:
    """Whether two refusals cannot be told apart."""
    one, two = first.json(), second.json()
    for body in (one, two):
        if isinstance(body, dict):
            body.pop("time", None)
    return first.status_code == second.status_code and one == two


def test_every_operation_is_in_the_matrix() -> None:
    without_credential = {str(operation) for operation in OPERATIONS if operation.public}
    assert without_credential == ANYONE
    needs_body = {str(o) for o in PROTECTED if "application/json" in o.media}
    assert needs_body - set(BODIES) == set()
    assert {str(o) for o in OPERATIONS if "multipart/form-data" in o.media} == set(MULTIPART)


@pytest.mark.parametrize("operation", PROTECTED, ids=str)
async def test_without_a_credential_it_is_refused(grounds: Grounds, operation: Operation) -> None:
    answer = await call(grounds.house.gateway, operation, grounds.ours.ids)
    assert answer.status_code == 401, answer.text
    assert grounds.ours.canary not in answer.text


@pytest.mark.parametrize("operation", PROTECTED, ids=str)
async def test_a_made_up_credential_is_refused(grounds: Grounds, operation: Operation) -> None:
    for headers in (
        {"Authorization": "Bearer nonsense"},
        {"Authorization": "Bearer pk_" + "0" * 43},
        {"Authorization": f"Basic {grounds.ours.agency.token}"},
        {"X-Portal-Token": "0" * 32 + "." + "A" * 43},
        {"X-Portal-Token": grounds.ours.client.token[:-2] + "AA"},
    ):
        answer = await call(grounds.house.http_with(headers), operation, grounds.ours.ids)
        assert answer.status_code == 401, (headers, answer.text)


async def test_an_expired_session_is_refused_by_every_operation(grounds: Grounds) -> None:
    grounds.house.clock.advance(days=30, seconds=5)
    try:
        wrong = [
            (str(operation), answer.status_code)
            for operation in PROTECTED
            if (answer := await call(grounds.ours.agency.http, operation, grounds.ours.ids)).status_code != 401
        ]
    finally:
        grounds.house.clock.reset()
    assert wrong == []


async def test_a_revoked_session_is_refused_by_every_operation(grounds: Grounds, house: House) -> None:
    agency = await house.agency()
    assert (await agency.http.post("/api/auth/logout")).status_code == 200

    async def refused_by_all() -> bool:
        answers = [await agency.http.get(path) for path in ("/api/clients", "/api/projects", "/api/invoices")]
        return all(answer.status_code == 401 for answer in answers)

    await house.eventually(refused_by_all)
    wrong = [
        (str(operation), answer.status_code)
        for operation in PROTECTED
        if (answer := await call(agency.http, operation, grounds.ours.ids)).status_code != 401
    ]
    assert wrong == []


@pytest.mark.parametrize("operation", [o for o in PROTECTED if not o.takes_clients], ids=str)
async def test_a_client_is_refused_on_routes_of_the_agency(grounds: Grounds, operation: Operation) -> None:
    answer = await call(grounds.ours.client.http, operation, grounds.ours.ids)
    assert answer.status_code == 403, answer.text
    assert answer.json()["code"] == "staff_only"


@pytest.mark.parametrize("operation", [o for o in PROTECTED if not o.takes_staff], ids=str)
async def test_staff_is_refused_on_routes_of_the_client(grounds: Grounds, operation: Operation) -> None:
    answer = await call(grounds.ours.agency.http, operation, grounds.ours.ids)
    assert answer.status_code == 403, answer.text
    assert answer.json()["code"] == "client_only"


@pytest.mark.parametrize(
    "operation", [o for o in PROTECTED if o.takes_staff and o.method not in ("GET", "HEAD")], ids=str
)
async def test_an_api_key_that_may_only_read_writes_nothing(grounds: Grounds, operation: Operation) -> None:
    http = grounds.house.http_with({"Authorization": f"Bearer {grounds.ours.ids['api_key']}"})
    answer = await call(http, operation, grounds.ours.ids)
    assert answer.status_code == 403, answer.text


def named_ids(operation: Operation) -> list[str]:
    return [name for name in operation.parameters("path") if name.endswith("_id")]


@pytest.mark.parametrize("operation", [o for o in PROTECTED if named_ids(o)], ids=str)
async def test_a_foreign_id_in_the_path_answers_like_a_random_one(grounds: Grounds, operation: Operation) -> None:
    missing = set(named_ids(operation)) - set(grounds.ours.ids) - {"delivery_id", "version_id"}
    assert missing == set(), "plant one in tests/trust/plant.py"
    if operation.takes_staff:
        http, own = grounds.theirs.agency.http, grounds.theirs.ids
        random = {**own, **{name: str(uuid4()) for name in named_ids(operation)}}
        foreign = {**own, **{name: grounds.ours.ids.get(name, str(uuid4())) for name in named_ids(operation)}}
        refused, unknown = await call(http, operation, foreign), await call(http, operation, random)
        assert refused.status_code == 404, refused.text
        assert same(refused, unknown)
    if operation.takes_clients:
        http, own = grounds.neighbour.client.http, grounds.neighbour.ids
        random = {**own, **{name: str(uuid4()) for name in named_ids(operation)}}
        for owner in (grounds.ours, grounds.theirs):
            foreign = {**own, **{name: owner.ids.get(name, str(uuid4())) for name in named_ids(operation)}}
            refused, unknown = await call(http, operation, foreign), await call(http, operation, random)
            assert refused.status_code == 404, refused.text
            assert same(refused, unknown)
            assert owner.canary not in refused.text


def body_ids(operation: Operation) -> list[str]:
    make = MULTIPART.get(str(operation)) or BODIES.get(str(operation))
    if make is None:
        return []
    used: list[str] = []

    class Watched(dict[str, str]):
        def __getitem__(self, name: str) -> str:
            used.append(name)
            return name

    make(Watched())
    return used


@pytest.mark.parametrize("operation", [o for o in PROTECTED if body_ids(o)], ids=str)
async def test_a_foreign_id_in_the_body_answers_like_a_random_one(grounds: Grounds, operation: Operation) -> None:
    sides = []
    if operation.takes_staff:
        sides.append((grounds.theirs.agency.http, grounds.theirs, [grounds.ours]))
    if operation.takes_clients:
        sides.append((grounds.neighbour.client.http, grounds.neighbour, [grounds.ours, grounds.theirs]))
    for http, own, owners in sides:
        for owner in owners:
            foreign = {**own.ids, **{name: owner.ids[name] for name in body_ids(operation)}}
            random = {**own.ids, **{name: str(uuid4()) for name in body_ids(operation)}}
            refused, unknown = await call(http, operation, foreign), await call(http, operation, random)
            assert refused.status_code in (400, 404), refused.text
            assert same(refused, unknown)


@pytest.mark.parametrize("operation", [o for o in PROTECTED if o.method == "GET"], ids=str)
async def test_a_list_filtered_by_a_foreign_id_shows_nothing_of_it(grounds: Grounds, operation: Operation) -> None:
    names = [name for name in operation.parameters("query") if name.endswith("Id")]
    inside = {
        "clientId": "client_id",
        "projectId": "project_id",
        "invoiceId": "invoice_id",
        "endpointId": "endpoint_id",
    }
    for name in names:
        foreign = grounds.ours.ids[inside[name]]
        if operation.takes_staff:
            answer = await call(grounds.theirs.agency.http, operation, grounds.theirs.ids, query={name: foreign})
            unknown = await call(grounds.theirs.agency.http, operation, grounds.theirs.ids, query={name: str(uuid4())})
            assert same(answer, unknown), answer.text
            assert grounds.ours.canary not in answer.text
        if operation.takes_clients:
            answer = await call(grounds.neighbour.client.http, operation, grounds.neighbour.ids, query={name: foreign})
            assert grounds.ours.canary not in answer.text


@pytest.mark.parametrize("operation", [o for o in PROTECTED if o.method == "GET"], ids=str)
async def test_no_canary_of_another_shows_in_any_answer(grounds: Grounds, operation: Operation) -> None:
    if operation.takes_staff:
        answer = await call(grounds.theirs.agency.http, operation, grounds.theirs.ids)
        assert grounds.ours.canary not in answer.text
    if operation.takes_clients:
        answer = await call(grounds.neighbour.client.http, operation, grounds.neighbour.ids)
        text = answer.text.replace(grounds.ours.agency.slug, "")
        assert grounds.theirs.canary not in text
        assert f"Client {grounds.ours.canary}" not in text


async def test_members_may_not_do_what_is_for_owner_and_admin(grounds: Grounds, house: House, postgres: str) -> None:
    agency = await house.agency()
    connection = await asyncpg.connect(postgres.rsplit("/", 1)[0] + "/portico_auth")
    try:
        await connection.execute("UPDATE members SET role = 'member' WHERE email = $1", agency.email)
    finally:
        await connection.close()
    known = {str(operation): operation for operation in OPERATIONS}
    assert set(known) >= MANAGERS_ONLY
    for name in MANAGERS_ONLY:
        answer = await call(agency.http, known[name], grounds.theirs.ids, query={"id": str(uuid4())})
        assert answer.status_code == 403, (name, answer.text)
    assert (await agency.http.get("/api/clients")).status_code == 200
