"""Every operation against every sort of credential: live, where it does not belong, ended and revoked."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import httpx
import pytest

from tests.house import House
from tests.trust.callers import CLIENT_COOKIE, CLIENTS, STAFF, STAFF_COOKIE, find_caller
from tests.trust.calling import Caller, ask, body_ids, by_bearer, by_cookie, by_header, listed, named_ids, with_random
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


Revoked = list[Caller]


async def signed_out(grounds: Grounds) -> Revoked:
    agency, ids = grounds.ours.agency, grounds.ours.ids
    login = await grounds.house.gateway.post(
        "/api/auth/login", json={"email": agency.email, "password": agency.password}
    )
    token = login.json()["token"]
    assert (await grounds.house.bearer(token).post("/api/auth/logout")).status_code == 200
    return [by_bearer("staff token", token, ids), by_cookie("staff cookie", STAFF_COOKIE, token, ids)]


async def key_deleted(grounds: Grounds) -> Revoked:
    made = await grounds.ours.agency.made("/api/api-keys", {"name": "A", "scopes": ["read", "write", "custodian"]})
    assert (await grounds.ours.agency.http.delete(f"/api/api-keys/{made['id']}")).status_code == 200
    return [by_bearer("API key: all", made["key"], grounds.ours.ids)]


async def member_removed(grounds: Grounds) -> Revoked:
    agency = grounds.ours.agency
    member = await agency.member("admin")
    token = member.headers["authorization"].removeprefix("Bearer ")
    id = (await member.get("/api/auth/me")).json()["user"]["id"]
    assert (await agency.http.delete(f"/api/members/{id}")).status_code == 200
    return [by_bearer("staff token", token, grounds.ours.ids)]


async def portal_token_revoked(grounds: Grounds) -> Revoked:
    client = await grounds.ours.agency.client()
    await _revoke(grounds, {"type": "contact", "id": client.id})
    return [by_header("portal token in the header", client.token, grounds.ours.ids)]


async def company_token_revoked(grounds: Grounds) -> Revoked:
    company = await grounds.ours.agency.company()
    await _revoke(grounds, {"type": "company", "id": company.id})
    return [by_header("company token in the header", company.token, grounds.ours.ids)]


async def client_signed_out(grounds: Grounds) -> Revoked:
    session = await (await grounds.ours.agency.client()).session()
    assert (await session.http.post("/api/v1/portal/auth/logout")).status_code == 200
    return _of_session(grounds, session.token)


async def client_sessions_ended(grounds: Grounds) -> Revoked:
    client = await grounds.ours.agency.client()
    session = await client.session()
    assert (await grounds.ours.agency.http.delete(f"/api/clients/{client.id}/sessions")).status_code == 200
    return _of_session(grounds, session.token)


async def session_tokens_ended(grounds: Grounds) -> Revoked:
    made, custodian = await grounds.ours.agency.custodian_client(), await grounds.ours.agency.api_key("custodian")
    assert (await custodian.delete(f"/api/v1/custodians/clients/{made.id}/sessions")).status_code == 200
    return [by_bearer("client session token (cst_)", made.token, grounds.ours.ids)]


async def client_key_rotated(grounds: Grounds) -> Revoked:
    made, custodian = await grounds.ours.agency.custodian_client(), await grounds.ours.agency.api_key("custodian")
    assert (await custodian.post(f"/api/v1/custodians/clients/{made.id}/rotate")).status_code == 200
    return [by_bearer("client key (cak_)", made.key, grounds.ours.ids)]


async def client_deleted(grounds: Grounds) -> Revoked:
    agency, ids = grounds.ours.agency, grounds.ours.ids
    client, made = await agency.client(), await agency.custodian_client()
    session = await client.session()
    for id in (client.id, made.id):
        assert (await agency.http.delete(f"/api/clients/{id}")).status_code == 200
    return [
        by_header("portal token in the header", client.token, ids),
        *_of_session(grounds, session.token),
        by_bearer("client session token (cst_)", made.token, ids),
        by_bearer("client key (cak_)", made.key, ids),
    ]


async def company_deleted(grounds: Grounds) -> Revoked:
    company = await grounds.ours.agency.company()
    assert (await grounds.ours.agency.http.delete(f"/api/companies/{company.id}")).status_code == 200
    return [by_header("company token in the header", company.token, grounds.ours.ids)]


REVOCATIONS: dict[str, Callable[[Grounds], Awaitable[Revoked]]] = {
    "a member signs out": signed_out,
    "an API key is deleted": key_deleted,
    "a member is removed": member_removed,
    "a portal token is revoked": portal_token_revoked,
    "a company's token is revoked": company_token_revoked,
    "a company is deleted": company_deleted,
    "a client signs out": client_signed_out,
    "a client's sessions are ended": client_sessions_ended,
    "a client's session tokens are ended": session_tokens_ended,
    "a client's key is rotated": client_key_rotated,
    "a client is deleted": client_deleted,
}


@pytest.mark.parametrize("how", REVOCATIONS)
async def test_a_revoked_credential_is_refused_by_every_operation(grounds: Grounds, how: str) -> None:
    for caller in await REVOCATIONS[how](grounds):
        reads = [one for one in PROTECTED if str(one) in ("GET /api/clients", "GET /api/projects", "GET /api/invoices")]

        async def heard(caller: Caller = caller, reads: list[Operation] = reads) -> bool:
            return all(status == 401 for _, _, status in await answers(grounds, caller, reads))

        await grounds.house.eventually(heard)
        let_in = [one for one in await answers(grounds, caller, PROTECTED) if one[2] != 401]
        assert let_in == [], listed(let_in)


async def _revoke(grounds: Grounds, whose: dict[str, str]) -> None:
    answer = await grounds.ours.agency.http.post("/api/v1/client-portal/token/revoke", json=whose)
    assert answer.status_code == 200, answer.text


def _of_session(grounds: Grounds, token: str) -> Revoked:
    ids = grounds.ours.ids
    return [by_bearer("client session", token, ids), by_cookie("client cookie", CLIENT_COOKIE, token, ids)]
