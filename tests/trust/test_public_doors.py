"""Doors that take no credential: what counts is where a caller really comes from, and whose account is tried."""

import itertools
import secrets
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from tests.house import House, running_house
from tests.routing import service_of
from tests.trust.bodies import BODIES
from tests.trust.calling import filled, listed
from tests.trust.document import Operation, operations

PUBLIC = [operation for operation in operations() if operation.public]
# How often one account may be tried, whoever tries.
PER_ACCOUNT = {
    "POST /api/auth/login": 10,
    "POST /api/auth/forgot-password": 3,
    "POST /api/v1/portal/auth/request-magic-link": 3,
}
# What some proxies set, and anybody can send.
CLAIMS = ("X-Real-IP", "Forwarded", "CF-Connecting-IP", "True-Client-IP", "X-Client-IP", "X-Originating-IP")
BUDGET = 5


def addresses() -> Iterator[str]:
    """Addresses that nobody else in this run comes from."""
    start = secrets.randbelow(2**16)
    return (f"2001:db8:{start:x}::{number:x}" for number in itertools.count(1))


async def knock(http: httpx.AsyncClient, operation: Operation, email: str, **headers: str) -> httpx.Response:
    """One request, about this account where it is about one."""
    body = BODIES[str(operation)]({}) if "application/json" in operation.media else None
    if body and "email" in body:
        body["email"] = email
    return await http.request(operation.method, filled(operation, {}), json=body, headers=headers)


async def test_no_claim_of_a_caller_buys_another_budget(house: House) -> None:
    wrong = []
    for operation, address in zip(PUBLIC, addresses(), strict=False):
        email, left = f"{secrets.token_hex(6)}@agency.test", []
        for number in range(3):
            claims = dict.fromkeys(CLAIMS, f"198.51.100.{number}")
            forwarded = f"192.0.2.{number}, 203.0.113.{number}, {address}"
            answer = await knock(house.gateway, operation, email, **claims, **{"X-Forwarded-For": forwarded})
            left.append(int(answer.headers["x-ratelimit-remaining"]))
        if not left[0] > left[1] > left[2]:
            wrong.append((str(operation), left))
    assert wrong == [], listed(wrong)


@pytest.mark.parametrize("name", PER_ACCOUNT)
@pytest.mark.parametrize("is_known", [True, False], ids=["known", "unknown"])
async def test_an_account_is_tried_so_often_from_wherever(house: House, name: str, is_known: bool) -> None:
    agency = await house.agency()
    known = (await agency.client()).email if "magic" in name else agency.email
    email = known if is_known else f"{secrets.token_hex(6)}@agency.test"
    operation = next(one for one in PUBLIC if str(one) == name)
    made = BODIES[name]({}) | {"email": email}
    made |= {"tenantCode": agency.slug} if "tenantCode" in made else {}
    made |= {"password": "not the password"} if "password" in made else {}
    answers = [
        await house.gateway.request(operation.method, operation.path, json=made, headers={"X-Forwarded-For": address})
        for address, _ in zip(addresses(), range(PER_ACCOUNT[name] + 1), strict=False)
    ]
    assert {answer.status_code for answer in answers[:-1]} <= {204, 401}
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0


@pytest.fixture(scope="module")
async def tight(variables: dict[str, str]) -> AsyncIterator[House]:
    """auth with a small budget for each address."""
    async with running_house(variables | {"PORTICO_RATE_LIMIT": f"{BUDGET}/minute"}, ("auth",)) as house:
        yield house


async def test_guessing_at_any_door_ends_with_the_budget_of_the_address(tight: House) -> None:
    wrong = []
    fresh = addresses()
    for operation in PUBLIC:
        if service_of(operation.path) != "auth":
            continue
        address, statuses = next(fresh), []
        for number in range(BUDGET + 1):
            # A guessed credential is no credential: it has no budget of its own.
            guess = {"Authorization": f"Bearer guess-{number}", "X-Portal-Token": f"guess-{number}"}
            forwarded = {"X-Forwarded-For": f"192.0.2.{number}, {address}"}
            email = f"{secrets.token_hex(6)}@agency.test"
            statuses.append((await knock(tight.http("auth"), operation, email, **guess, **forwarded)).status_code)
        other = await knock(tight.http("auth"), operation, "a@agency.test", **{"X-Forwarded-For": next(fresh)})
        if 429 in statuses[:-1] or statuses[-1] != 429 or other.status_code == 429:
            wrong.append((str(operation), statuses, other.status_code))
    assert wrong == [], listed(wrong)
