"""Every operation against every sort of credential: live, where it does not belong, and ended by itself."""

from datetime import timedelta

import httpx
import pytest

from tests.house import House
from tests.trust.callers import CLIENTS, STAFF, find_caller
from tests.trust.calling import Caller, ask, body_ids, by_bearer, listed, named_ids, with_random
from tests.trust.document import Operation, operations
from tests.trust.grounds import Grounds
from tests.trust.verdicts import REFUSALS, refusal_of

PROTECTED = [operation for operation in operations() if not operation.public]
# These end the credential that asks; what they do is seen where credentials are revoked.
ENDING = {"POST /api/auth/logout", "POST /api/v1/portal/auth/logout"}
# A company is nobody who could have a wallet.
NOT_OF_COMPANIES = {"GET /api/v1/clients/me/wallet/challenge"}
# When a credential ends by itself, where it does.
LIVES = {
    "staff token": timedelta(days=30),
    "staff cookie": timedelta(days=30),
    "portal token in the address": timedelta(days=30),
    "portal token in the header": timedelta(days=30),
    "portal token in the body": timedelta(days=30),
    "portal token as Bearer": timedelta(days=30),
    "company token in the header": timedelta(days=30),
    "company token in the body": timedelta(days=30),
    "client session": timedelta(minutes=15),
    "client cookie": timedelta(minutes=15),
    "client session token (cst_)": timedelta(hours=24),
}


def code(answer: httpx.Response) -> str:
    """The code of a refusal; empty for what is none."""
    if "json" not in answer.headers.get("content-type", "") or answer.status_code < 400:
        return ""
    return str(answer.json()["code"])


async def answers(grounds: Grounds, caller: Caller, asked: list[Operation]) -> list[tuple[str, str, int]]:
    """What operations answer to a caller who names nothing that there is: operation, code, status."""
    told = []
    for operation in asked:
        if caller.may_ask(operation):
            ids = with_random(caller.ids, [*named_ids(operation), *body_ids(operation)])
            answer = await ask(grounds.house, operation, caller, ids=ids)
            told.append((str(operation), code(answer), answer.status_code))
    return told


@pytest.mark.parametrize("name", STAFF + CLIENTS)
async def test_a_live_credential_is_let_in_where_it_belongs_and_nowhere_else(grounds: Grounds, name: str) -> None:
    caller = find_caller(grounds.ours, name)
    wrong = []
    asked = [operation for operation in PROTECTED if str(operation) not in ENDING]
    for operation, told, status in await answers(grounds, caller, asked):
        due = refusal_of(next(one for one in asked if str(one) == operation), caller)
        if (told, status) != (due, 403) if due else told in REFUSALS:
            wrong.append((operation, told, status, f"due: {due or 'let in'}"))
    assert wrong == [], listed(wrong)


@pytest.mark.parametrize("name", [name for name in CLIENTS if "in the body" in name])
async def test_a_token_in_the_body_is_a_field_of_every_body_that_clients_send(grounds: Grounds, name: str) -> None:
    caller = find_caller(grounds.ours, name)
    refused = []
    for operation in PROTECTED:
        if operation.takes_clients and caller.may_ask(operation) and str(operation) not in ENDING:
            ids = with_random(caller.ids, [*named_ids(operation), *body_ids(operation)])
            answer = await ask(grounds.house, operation, caller, ids=ids)
            if answer.status_code == 400 and "token" in [one["field"] for one in answer.json()["errors"]]:
                refused.append((str(operation), answer.text))
    assert refused == [], listed(refused)


@pytest.mark.parametrize("name", STAFF + CLIENTS)
async def test_a_live_credential_reads_what_is_its_holders(grounds: Grounds, name: str) -> None:
    caller = find_caller(grounds.ours, name)
    wrong = []
    for operation in PROTECTED:
        if operation.method != "GET" or not caller.may_ask(operation) or refusal_of(operation, caller):
            continue
        if "company" in name and str(operation) in NOT_OF_COMPANIES:
            continue
        answer = await ask(grounds.house, operation, caller, query=operation.needed_query(caller.ids))
        if answer.status_code != 200:
            wrong.append((str(operation), answer.status_code, answer.text))
    assert wrong == [], listed(wrong)


@pytest.mark.parametrize("name", LIVES)
async def test_an_ended_credential_is_refused_by_every_operation(grounds: Grounds, house: House, name: str) -> None:
    caller = find_caller(grounds.ours, name)
    house.clock.advance(seconds=LIVES[name].total_seconds() + 5)
    let_in = [one for one in await answers(grounds, caller, PROTECTED) if one[2] != 401]
    assert let_in == [], listed(let_in)


async def test_an_ended_api_key_is_refused_by_every_operation(grounds: Grounds, house: House) -> None:
    ends = (house.clock() + timedelta(hours=1)).isoformat()
    wanted = {"name": "For an hour", "scopes": ["read", "write", "custodian"], "expiresAt": ends}
    key = (await grounds.ours.agency.made("/api/api-keys", wanted))["key"]
    caller = by_bearer("API key: all", key, grounds.ours.ids)
    assert (await grounds.house.bearer(key).get("/api/clients")).status_code == 200
    house.clock.advance(hours=1, seconds=1)
    let_in = [one for one in await answers(grounds, caller, PROTECTED) if one[2] != 401]
    assert let_in == [], listed(let_in)
