"""How clients come in: asks for magic links, reads them as the mail would carry them, and signs in."""

import secrets

import httpx
from portico.auth.v1 import portal_access_pb2

from services.auth.tests.announced import announced
from services.auth.tests.portal_access import mail_link
from tests.house import Client, ClientSession, House

ASK = "/api/v1/portal/auth/request-magic-link"
VALIDATE = "/api/v1/portal/auth/validate"
REFRESH = "/api/v1/portal/auth/refresh"
LOGOUT = "/api/v1/portal/auth/logout"
SESSIONS = "/api/v1/portal/auth/sessions"
ACCESS_COOKIE = "portico-client"
REFRESH_COOKIE = "portico-refresh"
LINK = portal_access_pb2.MAIL_LINK_KIND_MAGIC_LINK
SIGNED_IN = {"accessExpiresUnix", "accessToken", "id", "refreshToken", "username"}

# One path of each service, with what it answers to a client who is signed in.
_DOORS = {
    "auth": (SESSIONS, 200),
    "projects": ("/api/projects", 200),
    "billing": ("/api/invoices", 200),
    "portal": ("/api/portal", 200),
    "notify": ("/api/zapier", 403),
}


async def ask(house: House, email: str, tenant: str, **headers: str) -> httpx.Response:
    """Ask for a magic link."""
    return await house.gateway.post(ASK, json={"email": email, "tenantCode": tenant}, headers=headers)


async def link_id(house: House, client: Client) -> str:
    """The row of a fresh magic link."""
    answer = await ask(house, client.email, client.agency.slug)
    assert answer.status_code == 204, answer.text
    events = await announced(house, client.agency, "auth.magic_link.requested")
    newest = events[-1]
    assert newest.data == {"id": str(newest.aggregate_id), "clientId": client.id}
    return str(newest.aggregate_id)


async def link_token(house: House, client: Client) -> str:
    """The token of a fresh magic link, asked for as notify does."""
    link = await mail_link(house, client.agency, LINK, await link_id(house, client))
    start = f"{house.environment['PORTICO_PUBLIC_URL']}/portal/{client.agency.slug}#magic="
    assert link.url.startswith(start)
    return link.url.removeprefix(start)


async def use(house: House, token: str, **headers: str) -> httpx.Response:
    """Use a magic link."""
    return await house.gateway.post(VALIDATE, json={"token": token}, headers=headers)


async def sign_in(house: House, client: Client) -> ClientSession:
    """A session of a client."""
    return await house.signed_in(VALIDATE, {"token": await link_token(house, client)})


async def refresh(house: House, token: str, **headers: str) -> httpx.Response:
    """Exchange a refresh token."""
    return await house.gateway.post(REFRESH, json={"refreshToken": token}, headers=headers)


async def newcomer(house: House, name: str = "Ada Lovelace") -> Client:
    """A client of a new agency."""
    return await (await house.agency()).client(name)


async def lets_in(house: House, token: str) -> bool:
    """Whether every service takes an access token for what it is; fails when they differ."""
    http = house.bearer(token)
    doors = {name: door for name, door in _DOORS.items() if name in house.apps}
    found = {name: (await http.get(path)).status_code for name, (path, _) in doors.items()}
    if found == {name: status for name, (_, status) in doors.items()}:
        return True
    assert set(found.values()) <= {401} | {status for _, status in doors.values()}, found
    return set(found.values()) != {401}


async def refused_within_a_second(house: House, token: str) -> None:
    """Every service refuses the access token."""

    async def refused() -> bool:
        return not await lets_in(house, token)

    await house.eventually(refused, timeout=1)


async def shut_portal(house: House, client: Client, *, shut: bool = True) -> None:
    """Shut the portal of a client's agency, or open it again, and wait until auth knows."""
    answer = await client.agency.http.patch("/api/v1/client-portal/config", json={"is_active": not shut})
    assert answer.status_code == 200, answer.text

    async def known() -> bool:
        return (await client.http.get(SESSIONS)).status_code == (403 if shut else 200)

    await house.eventually(known)


def refusal(answer: httpx.Response) -> dict[str, object]:
    """The body of an error without what differs each time, and what the headers tell."""
    return {**answer.json(), "time": "", "status": answer.status_code, "cookies": "set-cookie" in answer.headers}


def nobody() -> str:
    """An address that no client has."""
    return f"nobody-{secrets.token_hex(6)}@client.test"
