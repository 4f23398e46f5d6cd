"""Invitations: a mailed link by which one person becomes a member, once, within a week."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from services.auth.invitations import service
from services.auth.members.hashing import PasswordHasher
from services.auth.tests.announced import announced
from services.auth.tests.team import (
    accept,
    anywhere,
    forget_password,
    fresh_email,
    invitation_token,
    invite,
    join,
    log_in,
    open_invitations,
    reset_token,
    said,
    wait_until,
)
from tests.house import ORIGIN, PASSWORD, House, running_house

KEYS = {"id", "email", "role", "invitedBy", "expiresAt", "createdAt"}


async def look_up(house: House, token: str) -> httpx.Response:
    return await house.http_with(anywhere()).post("/api/invitations/lookup", json={"token": token})


async def test_an_invited_person_becomes_a_member_and_is_signed_in(house: House) -> None:
    agency = await house.agency("Studio West")
    email = fresh_email()
    invited = await invite(agency, "admin", email.upper())
    assert set(invited) == KEYS
    assert (invited["email"], invited["role"], invited["invitedBy"]) == (email, "admin", "Olivia Owner")
    token = await invitation_token(agency, invited["id"])
    shown = await look_up(house, token)
    assert shown.json() == {"agencyName": "Studio West", "email": email, "role": "admin"}
    answer = await accept(house, token, name="Noor Haddad")
    assert answer.status_code == 201, answer.text
    body = answer.json()
    assert set(body) == {"token", "user", "agency"}
    assert answer.headers["set-cookie"].startswith(f"portico={body['token']}; ")
    assert (body["user"]["email"], body["user"]["name"], body["user"]["role"]) == (email, "Noor Haddad", "admin")
    assert body["agency"]["id"] == agency.id
    me = await house.bearer(body["token"]).get("/api/auth/me")
    assert me.json() == {"user": body["user"], "agency": body["agency"]}
    assert (await log_in(house, email)).status_code == 200
    assert await open_invitations(agency) == []


async def test_the_link_arrives_by_mail(house: House) -> None:
    if "notify" not in house.apps:
        pytest.skip("nobody sends mails in this run")
    agency = await house.agency()
    invited = await invite(agency)
    start = f"{ORIGIN}/app/invitation#token="

    async def mailed() -> str | None:
        links = [link for mail in await house.mails(invited["email"]) for link in mail["links"]]
        return next((link.removeprefix(start) for link in links if link.startswith(start)), None)

    assert (await accept(house, await house.eventually(mailed))).status_code == 201


async def test_an_invitation_is_good_for_seven_days_to_the_second(house: House) -> None:
    agency = await house.agency()
    early, late = await invite(agency), await invite(agency)
    tokens = [await invitation_token(agency, one["id"]) for one in (early, late)]
    wait_until(house, early["expiresAt"], seconds=-2)
    assert (await look_up(house, tokens[0])).status_code == 200
    assert (await accept(house, tokens[0])).status_code == 201
    wait_until(house, late["expiresAt"])
    assert await invitation_token(agency, late["id"]) == "", "nor is a mail sent any more"
    for refused in (await look_up(house, tokens[1]), await accept(house, tokens[1])):
        assert (refused.status_code, refused.json()["code"]) == (401, "invitation_not_valid")


async def test_every_token_that_opens_nothing_is_refused_alike(house: House) -> None:
    agency = await house.agency()
    accepted, revoked, replaced, resent = [await invite(agency) for _ in range(4)]
    tokens = [await invitation_token(agency, one["id"]) for one in (accepted, revoked, replaced, resent)]
    assert (await accept(house, tokens[0])).status_code == 201
    assert (await agency.http.delete(f"/api/invitations/{revoked['id']}")).json() == {
        "id": revoked["id"],
        "deleted": True,
    }
    await invite(agency, "member", replaced["email"])
    assert (await agency.http.post(f"/api/invitations/{resent['id']}/resend")).status_code == 200
    assert (await forget_password(house, agency.email)).status_code == 204
    fresh = await invitation_token(agency, (await invite(agency))["id"])
    tokens += [
        await reset_token(agency),
        fresh[:-2] + ("AA" if fresh[-2:] != "AA" else "BB"),
        fresh.replace(".1.", ".2."),
        f"inv_{uuid4().hex}.1." + "A" * 43,
        "nonsense",
        "inv_é.1.é",
        agency.token[:200],
    ]
    refused = [await accept(house, token) for token in tokens] + [await look_up(house, token) for token in tokens]
    first = said(refused[0])
    assert (first["status"], first["code"]) == (401, "invitation_not_valid")
    assert [said(one) for one in refused] == [first] * len(refused)
    assert (await accept(house, fresh)).status_code == 201, "the refusals have ended nothing"


class GatedHasher(PasswordHasher):
    """Hands out no hash before so many are asked for: then whoever waits goes on at once."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Barrier(1)

    async def hash(self, password: str) -> str:
        made = await super().hash(password)
        await self.gate.wait()
        return made


async def test_of_fifty_who_accept_one_invitation_at_once_one_joins(variables: dict[str, str]) -> None:
    hasher = GatedHasher()
    async with running_house(variables, ("auth",), overrides={"auth": {"hasher": hasher}}) as house:
        agency = await house.agency()
        invited = await invite(agency)
        token = await invitation_token(agency, invited["id"])
        hasher.gate = asyncio.Barrier(50)
        answers = await asyncio.gather(*(accept(house, token, name=f"Claimant {number}") for number in range(50)))
        assert sorted(answer.status_code for answer in answers) == [201] + [401] * 49
        joined = [one for one in (await agency.http.get("/api/members")).json() if one["email"] == invited["email"]]
        winner = next(answer.json()["user"] for answer in answers if answer.status_code == 201)
        assert [one["name"] for one in joined] == [winner["name"]]
        assert len(await announced(house, agency, "auth.member.joined")) == 1


async def test_what_ran_out_long_ago_is_forgotten(house: House) -> None:
    agency = await house.agency()
    invited = await invite(agency)
    for days, left in ((36, [invited["id"]]), (38, [])):
        async with house.database("auth").across_agencies() as session:
            await service.forget_old(session, now=house.clock() + timedelta(days=days))
        assert await open_invitations(agency) == left


async def test_asking_with_get_or_head_changes_nothing(house: House) -> None:
    agency = await house.agency()
    token = await invitation_token(agency, (await invite(agency))["id"])
    for path in ("accept", "lookup"):
        for method in ("GET", "HEAD"):
            answer = await house.gateway.request(method, f"/api/invitations/{path}?token={token}")
            assert answer.status_code == 405
    assert (await accept(house, token)).status_code == 201


async def test_a_refused_password_leaves_the_invitation_open(house: House) -> None:
    agency = await house.agency()
    invited = await invite(agency)
    token = await invitation_token(agency, invited["id"])
    for password in ("short", "password123", invited["email"], "Studio North"):
        refused = await accept(house, token, password=password)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "password")
    assert (await accept(house, token)).status_code == 201


async def test_inviting_again_replaces_what_is_open(house: House) -> None:
    agency = await house.agency()
    first = await invite(agency, "member")
    again = await invite(agency, "admin", first["email"])
    assert await open_invitations(agency) == [again["id"]]
    answer = await accept(house, await invitation_token(agency, again["id"]))
    assert answer.json()["user"]["role"] == "admin"


async def test_of_many_who_invite_one_address_at_once_the_last_counts(house: House) -> None:
    agency = await house.agency()
    email = fresh_email()
    await asyncio.gather(*(invite(agency, "member", email) for _ in range(20)))
    listed = await open_invitations(agency)
    assert len(listed) == 1
    assert (await accept(house, await invitation_token(agency, listed[0]))).status_code == 201


async def test_sending_again_gives_another_week_by_another_link(house: House) -> None:
    agency = await house.agency()
    invited = await invite(agency)
    old = await invitation_token(agency, invited["id"])
    wait_until(house, invited["expiresAt"], days=1)
    answer = await agency.http.post(f"/api/invitations/{invited['id']}/resend")
    assert answer.status_code == 200, answer.text
    assert answer.json() == invited | {"expiresAt": answer.json()["expiresAt"]}
    assert answer.json()["expiresAt"] > invited["expiresAt"]
    assert (await accept(house, old)).status_code == 401
    assert (await accept(house, await invitation_token(agency, invited["id"]))).status_code == 201
    assert (await agency.http.post(f"/api/invitations/{invited['id']}/resend")).status_code == 404


async def test_a_members_address_is_not_invited(house: House) -> None:
    agency, other = await house.agency(), await house.agency()
    member = await join(agency)
    for email in (agency.email, member.email.upper(), other.email):
        refused = await agency.http.post("/api/invitations", json={"email": email})
        assert (refused.status_code, refused.json()["code"]) == (409, "email_taken")


async def test_who_has_registered_meanwhile_is_told_and_the_invitation_stays(house: House) -> None:
    agency = await house.agency()
    invited = await invite(agency)
    token = await invitation_token(agency, invited["id"])
    body = {"name": "A", "email": invited["email"], "password": PASSWORD, "agencyName": "Own"}
    assert (await house.gateway.post("/api/auth/register", json=body)).status_code == 201
    refused = await accept(house, token)
    assert (refused.status_code, refused.json()["code"]) == (409, "email_taken")
    assert await open_invitations(agency) == [invited["id"]]
