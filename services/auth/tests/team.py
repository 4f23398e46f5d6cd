"""People of an agency for tests: invited and joined, signed in again, and what their mails carry."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx
from portico.auth.v1 import portal_access_pb2

from services.auth.tests.announced import announced
from services.auth.tests.portal_access import mail_link
from tests.house import PASSWORD, Agency, House

INVITATION = portal_access_pb2.MAIL_LINK_KIND_INVITATION
PASSWORD_RESET = portal_access_pb2.MAIL_LINK_KIND_PASSWORD_RESET


@dataclass
class Person:
    """A member, and an HTTP client with their session."""

    id: str
    email: str
    token: str
    http: httpx.AsyncClient


def anywhere() -> dict[str, str]:
    """Headers of a caller from an address of its own, so that budgets of addresses are not met by chance."""
    return {"X-Forwarded-For": f"198.18.{secrets.randbelow(256)}.{secrets.randbelow(256)}"}


def fresh_email() -> str:
    return f"person-{secrets.token_hex(6)}@agency.test"


async def invite(agency: Agency, role: str = "member", email: str | None = None) -> dict[str, Any]:
    """The answer about a new invitation."""
    body = {"email": email or fresh_email(), "role": role}
    answer = await agency.http.post("/api/invitations", json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def open_invitations(agency: Agency) -> list[str]:
    """The ids of the agency's invitations that wait, newest first."""
    return [one["id"] for one in (await agency.http.get("/api/invitations")).json()]


async def invitation_token(agency: Agency, id: str) -> str:
    """What the link in the invitation's mail carries; empty when there would be no mail."""
    return (await mail_link(agency.house, agency, INVITATION, id)).url.partition("#token=")[2]


async def accept(house: House, token: str, **changes: Any) -> httpx.Response:
    body = {"token": token, "name": "Max Member", "password": PASSWORD} | changes
    return await house.http_with(anywhere()).post("/api/invitations/accept", json=body)


async def join(agency: Agency, role: str = "member") -> Person:
    """A new member of the agency."""
    invited = await invite(agency, role)
    answer = await accept(agency.house, await invitation_token(agency, invited["id"]))
    assert answer.status_code == 201, answer.text
    return person(agency.house, answer.json())


async def log_in(house: House, email: str, password: str = PASSWORD, **more: Any) -> httpx.Response:
    body = {"email": email, "password": password} | more
    return await house.http_with(anywhere()).post("/api/auth/login", json=body)


async def sign_in(house: House, email: str, password: str = PASSWORD, **more: Any) -> Person:
    """One more session of a member."""
    answer = await log_in(house, email, password, **more)
    assert answer.status_code == 200, answer.text
    return person(house, answer.json())


def person(house: House, signed_in: dict[str, Any]) -> Person:
    """Whoever an answer about a new session is about."""
    user, token = signed_in["user"], signed_in["token"]
    return Person(user["id"], user["email"], token, house.bearer(token))


async def forget_password(house: House, email: str) -> httpx.Response:
    return await house.http_with(anywhere()).post("/api/auth/forgot-password", json={"email": email})


async def reset_token(agency: Agency) -> str:
    """What the link in the latest mail about a forgotten password carries; empty when there would be no mail."""
    requested = (await announced(agency.house, agency, "auth.password_reset.requested"))[-1]
    return (await mail_link(agency.house, agency, PASSWORD_RESET, requested.data["id"])).url.partition("#token=")[2]


async def reset_password(house: House, token: str, password: str = "another quiet place") -> httpx.Response:
    return await house.http_with(anywhere()).post(
        "/api/auth/reset-password", json={"token": token, "password": password}
    )


def wait_until(house: House, moment: str, **off: float) -> None:
    """Set the clock to a moment that an answer named, or a little off it."""
    # Answers cut moments to the millisecond: at the next one it has come.
    then = datetime.fromisoformat(moment) + timedelta(milliseconds=1) + timedelta(**off)
    house.clock.advance(seconds=(then - house.clock()).total_seconds())


def said(answer: httpx.Response) -> dict[str, Any]:
    """The status and what an error says, to compare refusals."""
    return {**answer.json(), "time": "", "status": answer.status_code}
