"""A shut portal is shut everywhere within a second, for everyone but the agency's own people."""

from collections.abc import AsyncIterator

import pytest

from tests.house import House
from tests.trust.callers import CLIENTS, STAFF, find_caller
from tests.trust.calling import ask, body_ids, code_of, listed, named_ids, with_random
from tests.trust.document import operations
from tests.trust.grounds import Grounds
from tests.trust.verdicts import refusal_of

OF_CLIENTS = [operation for operation in operations() if operation.takes_clients]
ROUTES = ("/api/portal", "/api/projects", "/api/files", "/api/invoices", "/api/ai", "/api/v1/portal/auth/sessions")
CONFIG = "/api/v1/client-portal/config"
SHUT = "403 portal_closed"


@pytest.fixture(scope="module")
async def shut(grounds: Grounds) -> AsyncIterator[Grounds]:
    """The first agency has shut its portal, and every service has heard of it."""
    agency, client = grounds.ours.agency, grounds.ours.client
    assert (await agency.http.patch(CONFIG, json={"is_active": False})).status_code == 200

    async def heard() -> bool:
        return all([code_of(await client.http.get(path)) == SHUT for path in ROUTES])

    await grounds.house.eventually(heard)
    yield grounds


@pytest.mark.parametrize("name", CLIENTS)
async def test_a_shut_portal_refuses_its_clients_by_every_operation(shut: Grounds, name: str) -> None:
    caller = find_caller(shut.ours, name)
    wrong = []
    for operation in OF_CLIENTS:
        if caller.may_ask(operation):
            ids = with_random(caller.ids, [*named_ids(operation), *body_ids(operation)])
            answer = await ask(shut.house, operation, caller, ids=ids)
            if code_of(answer) != SHUT or "CANARY" in answer.text:
                wrong.append((str(operation), answer.status_code, answer.text))
    assert wrong == [], listed(wrong)


async def test_nobody_signs_in_at_a_shut_portal(shut: Grounds) -> None:
    refresh = {"refreshToken": shut.ours.session.body["refreshToken"]}
    answer = await shut.house.gateway.post("/api/v1/portal/auth/refresh", json=refresh)
    assert code_of(answer) == SHUT
    custodian = shut.house.bearer(shut.ours.keys["custodian"])
    otp = await custodian.get(f"/api/v1/custodians/clients/{shut.ours.custodian.id}/web-otp")
    answer = await shut.house.gateway.post("/api/v1/portal/auth/otp", json={"otp": otp.json()["otp"]})
    assert code_of(answer) == SHUT


@pytest.mark.parametrize("name", STAFF)
async def test_a_shut_portal_is_open_to_the_agency(shut: Grounds, name: str) -> None:
    caller = find_caller(shut.ours, name)
    for operation in operations():
        if operation.method == "GET" and not operation.public and refusal_of(operation, caller) is None:
            answer = await ask(shut.house, operation, caller, query=operation.needed_query(caller.ids))
            assert answer.status_code == 200, (str(operation), answer.text)


async def test_a_portal_that_opens_again_is_open_to_all_whom_it_was_shut_to(shut: Grounds, house: House) -> None:
    assert (await shut.theirs.client.http.get("/api/portal")).status_code == 200
    assert (await shut.ours.agency.http.patch(CONFIG, json={"is_active": True})).status_code == 200

    async def open_again() -> bool:
        callers = [find_caller(shut.ours, name) for name in CLIENTS]
        answers = [
            await house.gateway.get(path, headers=caller.headers, params=caller.query)
            for path in ROUTES
            for caller in callers
            if not caller.token_in_body
        ]
        return all(answer.status_code == 200 for answer in answers)

    await house.eventually(open_again)
