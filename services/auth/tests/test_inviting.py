"""Who may invite whom, and what an invitation may say."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from services.auth.tests.team import accept, fresh_email, invitation_token, invite, join, open_invitations, said
from tests.house import House


async def test_owners_are_invited_by_owners_and_keys_invite_members_only(house: House) -> None:
    agency = await house.agency()
    admin, member = await join(agency, "admin"), await join(agency)
    writer = await agency.api_key("read", "write")
    asked: list[tuple[httpx.AsyncClient, str]] = [
        (admin.http, "owner"),
        (writer, "admin"),
        (writer, "owner"),
        (member.http, "member"),
        (admin.http, "admin"),
        (writer, "member"),
        (agency.http, "owner"),
    ]
    answers = [await http.post("/api/invitations", json={"email": fresh_email(), "role": role}) for http, role in asked]
    assert [(one.status_code, one.json().get("code")) for one in answers] == [
        (403, "owners_only"),
        (403, "people_only"),
        (403, "people_only"),
        (403, "forbidden"),
        (201, None),
        (201, None),
        (201, None),
    ]
    assert answers[5].json()["invitedBy"] == "A machine"


async def test_members_neither_see_nor_end_nor_repeat_invitations(house: House) -> None:
    agency = await house.agency()
    member, invited = await join(agency), await invite(agency)
    path = f"/api/invitations/{invited['id']}"
    refused = [
        await member.http.get("/api/invitations"),
        await member.http.delete(path),
        await member.http.post(f"{path}/resend"),
    ]
    assert [one.status_code for one in refused] == [403] * 3


async def test_invitations_of_another_agency_are_as_unknown_as_none(house: House) -> None:
    agency, other = await house.agency(), await house.agency()
    invited = await invite(agency)
    for method, ending in (("DELETE", ""), ("POST", "/resend")):
        foreign = await other.http.request(method, f"/api/invitations/{invited['id']}{ending}")
        random = await other.http.request(method, f"/api/invitations/{uuid4()}{ending}")
        assert foreign.status_code == 404
        assert said(foreign) == said(random)
    assert await open_invitations(other) == []
    assert await open_invitations(agency) == [invited["id"]]


async def test_invitations_are_listed_a_page_at_a_time(house: House) -> None:
    agency = await house.agency()
    made = [await invite(agency) for _ in range(3)]
    first = await agency.http.get("/api/invitations?limit=2")
    assert first.json() == made[:0:-1]
    second = await agency.http.get(first.links["next"]["url"])
    assert second.json() == made[:1]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": "Bob <bob@agency.test>"}, "email"),
        ({"role": "boss"}, "role"),
        ({"role": None}, "role"),
        ({"expiresAt": "2099-01-01T00:00:00Z"}, "expiresAt"),
        ({"token": "mine"}, "token"),
    ],
)
async def test_a_wrong_invitation_names_the_field(house: House, changes: dict[str, Any], field: str) -> None:
    agency = await house.agency()
    answer = await agency.http.post("/api/invitations", json={"email": fresh_email()} | changes)
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_whoever_accepts_chooses_neither_role_nor_address(house: House) -> None:
    agency = await house.agency()
    token = await invitation_token(agency, (await invite(agency))["id"])
    for extra in ({"role": "owner"}, {"email": "me@agency.test"}, {"agencyId": str(uuid4())}):
        assert (await accept(house, token, **extra)).status_code == 400
    assert (await accept(house, token)).json()["user"]["role"] == "member"


async def test_an_agency_has_a_hundred_people_written_to_in_an_hour(house: House) -> None:
    agency, other = await house.agency(), await house.agency()
    email = fresh_email()
    codes = [
        (await agency.http.post("/api/invitations", json={"email": email, "role": "member"})).status_code
        for _ in range(101)
    ]
    assert codes == [201] * 100 + [429]
    assert (await agency.http.post(f"/api/invitations/{(await open_invitations(agency))[0]}/resend")).status_code == 429
    assert (await other.http.post("/api/invitations", json={"email": email})).status_code == 201
