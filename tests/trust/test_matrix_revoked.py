"""Every operation against every sort of credential that was in use everywhere a moment ago and is now revoked."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx
import pytest

from tests.house import Client
from tests.people import CustodianClient
from tests.trust.callers import CLIENT_COOKIE, STAFF_COOKIE
from tests.trust.calling import Caller, ask, by_bearer, by_cookie, by_header, listed
from tests.trust.document import operations
from tests.trust.grounds import Grounds
from tests.trust.verdicts import refusal_of

PROTECTED = [operation for operation in operations() if not operation.public]
# One reading of each service: it has the credential in its memory afterwards.
READS = {
    "GET /api/clients",
    "GET /api/projects",
    "GET /api/invoices",
    "GET /api/zapier",
    "GET /api/portal",
    "GET /api/v1/client-portal/config",
    "GET /api/v1/portal/auth/sessions",
    "GET /api/v1/custodians/clients",
}


@dataclass
class Doomed:
    """Credentials that are live, and what ends them."""

    callers: list[Caller]
    end: Callable[[], Awaitable[httpx.Response]]


async def signing_out(grounds: Grounds) -> Doomed:
    agency, ids = grounds.ours.agency, grounds.ours.ids
    wanted = {"email": agency.email, "password": agency.password}
    token = (await grounds.house.gateway.post("/api/auth/login", json=wanted)).json()["token"]
    callers = [by_bearer("staff token", token, ids), by_cookie("staff cookie", STAFF_COOKIE, token, ids)]
    return Doomed(callers, lambda: grounds.house.bearer(token).post("/api/auth/logout"))


async def ending_other_sessions(grounds: Grounds) -> Doomed:
    agency = await grounds.house.agency()
    wanted = {"email": agency.email, "password": agency.password}
    token = (await grounds.house.gateway.post("/api/auth/login", json=wanted)).json()["token"]
    return Doomed([by_bearer("staff token", token, grounds.ours.ids)], lambda: agency.http.delete("/api/sessions"))


async def changing_the_password(grounds: Grounds) -> Doomed:
    agency = await grounds.house.agency()
    wanted = {"email": agency.email, "password": agency.password}
    token = (await grounds.house.gateway.post("/api/auth/login", json=wanted)).json()["token"]
    change = {"currentPassword": agency.password, "newPassword": "another horse battery staple"}
    return Doomed(
        [by_bearer("staff token", token, grounds.ours.ids)],
        lambda: agency.http.post("/api/auth/password", json=change),
    )


async def deleting_a_key(grounds: Grounds) -> Doomed:
    agency = grounds.ours.agency
    made = await agency.made("/api/api-keys", {"name": "A", "scopes": ["read", "write", "custodian"]})
    return Doomed(
        [by_bearer("API key: all", made["key"], grounds.ours.ids)],
        lambda: agency.http.delete(f"/api/api-keys/{made['id']}"),
    )


async def removing_a_member(grounds: Grounds) -> Doomed:
    agency = grounds.ours.agency
    member = await agency.member("admin")
    token = member.headers["authorization"].removeprefix("Bearer ")
    id = (await member.get("/api/auth/me")).json()["user"]["id"]
    return Doomed([by_bearer("staff token", token, grounds.ours.ids)], lambda: agency.http.delete(f"/api/members/{id}"))


async def revoking_a_portal_token(grounds: Grounds) -> Doomed:
    client = await grounds.ours.agency.client()
    callers = [by_header("portal token in the header", client.token, grounds.ours.ids)]
    return Doomed(callers, lambda: revoke(grounds, {"type": "contact", "id": client.id}))


async def revoking_a_companys_token(grounds: Grounds) -> Doomed:
    company = await grounds.ours.agency.company()
    callers = [by_header("company token in the header", company.token, grounds.ours.ids)]
    return Doomed(callers, lambda: revoke(grounds, {"type": "company", "id": company.id}))


async def deleting_a_company(grounds: Grounds) -> Doomed:
    company = await grounds.ours.agency.company()
    callers = [by_header("company token in the header", company.token, grounds.ours.ids)]
    return Doomed(callers, lambda: grounds.ours.agency.http.delete(f"/api/companies/{company.id}"))


async def signing_a_client_out(grounds: Grounds) -> Doomed:
    session = await (await grounds.ours.agency.client()).session()
    return Doomed(of_session(grounds, session.token), lambda: session.http.post("/api/v1/portal/auth/logout"))


async def ending_a_clients_sessions(grounds: Grounds) -> Doomed:
    client = await grounds.ours.agency.client()
    session = await client.session()
    return Doomed(
        of_session(grounds, session.token),
        lambda: grounds.ours.agency.http.delete(f"/api/clients/{client.id}/sessions"),
    )


async def stealing_a_refresh_token(grounds: Grounds) -> Doomed:
    session = await (await grounds.ours.agency.client()).session()
    old = {"refreshToken": session.body["refreshToken"]}
    path = "/api/v1/portal/auth/refresh"
    renewed = (await grounds.house.gateway.post(path, json=old)).json()

    async def use_again() -> httpx.Response:
        assert (await grounds.house.gateway.post(path, json=old)).status_code == 401
        return httpx.Response(200)

    return Doomed(of_session(grounds, renewed["accessToken"]), use_again)


async def ending_session_tokens(grounds: Grounds) -> Doomed:
    made, custodian = await grounds.ours.agency.custodian_client(), await grounds.ours.agency.api_key("custodian")
    return Doomed(
        [by_bearer("client session token (cst_)", made.token, grounds.ours.ids)],
        lambda: custodian.delete(f"/api/v1/custodians/clients/{made.id}/sessions"),
    )


async def rotating_a_client_key(grounds: Grounds) -> Doomed:
    made, custodian = await grounds.ours.agency.custodian_client(), await grounds.ours.agency.api_key("custodian")
    return Doomed(
        [by_bearer("client key (cak_)", made.key, grounds.ours.ids)],
        lambda: custodian.post(f"/api/v1/custodians/clients/{made.id}/rotate"),
    )


async def deleting_a_client(grounds: Grounds) -> Doomed:
    client: Client = await grounds.ours.agency.client()
    session = await client.session()
    callers = [by_header("portal token in the header", client.token, grounds.ours.ids)]
    return Doomed(
        callers + of_session(grounds, session.token),
        lambda: grounds.ours.agency.http.delete(f"/api/clients/{client.id}"),
    )


async def deleting_a_custodians_client(grounds: Grounds) -> Doomed:
    made: CustodianClient = await grounds.ours.agency.custodian_client()
    callers = [
        by_bearer("client session token (cst_)", made.token, grounds.ours.ids),
        by_bearer("client key (cak_)", made.key, grounds.ours.ids),
    ]
    return Doomed(callers, lambda: grounds.ours.agency.http.delete(f"/api/clients/{made.id}"))


WAYS = (
    signing_out,
    ending_other_sessions,
    changing_the_password,
    deleting_a_key,
    removing_a_member,
    revoking_a_portal_token,
    revoking_a_companys_token,
    deleting_a_company,
    signing_a_client_out,
    ending_a_clients_sessions,
    stealing_a_refresh_token,
    ending_session_tokens,
    rotating_a_client_key,
    deleting_a_client,
    deleting_a_custodians_client,
)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: str(way.__name__))
async def test_a_credential_that_was_in_use_is_refused_by_every_operation(
    grounds: Grounds, way: Callable[[Grounds], Awaitable[Doomed]]
) -> None:
    doomed = await way(grounds)
    for caller in doomed.callers:
        assert await statuses(grounds, caller) == {200}, caller.name
    ended = await doomed.end()
    assert ended.status_code == 200, ended.text
    for caller in doomed.callers:

        async def heard(caller: Caller = caller) -> bool:
            return await statuses(grounds, caller) == {401}

        await grounds.house.eventually(heard)
        let_in = []
        for operation in PROTECTED:
            answer = await ask(grounds.house, operation, caller)
            if (answer.status_code, answer.json()["code"]) != (401, "unauthenticated"):
                let_in.append((str(operation), caller.name, answer.status_code, answer.text))
        assert let_in == [], listed(let_in)


async def statuses(grounds: Grounds, caller: Caller) -> set[int]:
    """What a reading of each service answers that the caller may read."""
    open_to = [one for one in PROTECTED if str(one) in READS and refusal_of(one, caller) is None]
    return {(await ask(grounds.house, operation, caller)).status_code for operation in open_to}


async def revoke(grounds: Grounds, whose: dict[str, str]) -> httpx.Response:
    """End a portal token as its document says."""
    return await grounds.ours.agency.http.post("/api/v1/client-portal/token/revoke", json=whose)


def of_session(grounds: Grounds, token: str) -> list[Caller]:
    """A client session as its two callers."""
    ids = grounds.ours.ids
    return [by_bearer("client session", token, ids), by_cookie("client cookie", CLIENT_COOKIE, token, ids)]
