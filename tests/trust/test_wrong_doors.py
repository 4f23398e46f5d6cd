"""Each secret opens the door that it was made for and no other, and is not used up at a wrong one."""

from dataclasses import dataclass, field

import httpx
import pytest

from tests.house import PASSWORD, House
from tests.trust.grounds import Grounds

# Where a secret may be shown, and the one refusal of each door.
DOORS = {
    "magic link": ("/api/v1/portal/auth/validate", "link_not_valid"),
    "refresh token": ("/api/v1/portal/auth/refresh", "refresh_not_valid"),
    "one-time password": ("/api/v1/portal/auth/otp", "one_time_password_not_valid"),
    "invitation": ("/api/invitations/accept", "invitation_not_valid"),
    "invitation, looked up": ("/api/invitations/lookup", "invitation_not_valid"),
    "password reset": ("/api/auth/reset-password", "reset_not_valid"),
}


def body_of(door: str, secret: str) -> dict[str, str]:
    """What each door takes."""
    if door == "refresh token":
        return {"refreshToken": secret}
    if door == "one-time password":
        return {"otp": secret}
    more = {
        "invitation": {"name": "Somebody", "password": PASSWORD},
        "password reset": {"password": PASSWORD},
    }
    return {"token": secret, **more.get(door, {})}


@dataclass
class Secrets:
    """One genuine secret of every sort that is still good."""

    house: House
    kept: dict[str, str] = field(default_factory=dict)

    async def show(self, door: str, secret: str) -> httpx.Response:
        return await self.house.gateway.post(DOORS[door][0], json=body_of(door, secret))


@pytest.fixture
async def secrets_of_all_sorts(grounds: Grounds) -> Secrets:
    agency, ours = grounds.ours.agency, grounds.ours
    client = await agency.client()
    custodian = await agency.api_key("custodian")
    otp = await custodian.post(f"/api/v1/custodians/clients/{ours.custodian.id}/web-otp")
    assert otp.status_code in (200, 201), otp.text
    forgetful = await grounds.house.agency()
    await grounds.house.gateway.post("/api/auth/forgot-password", json={"email": forgetful.email})
    return Secrets(
        grounds.house,
        {
            "magic link": await client.magic_link(),
            "refresh token": (await client.session()).body["refreshToken"],
            "one-time password": otp.json()["otp"],
            "invitation": await agency.invitation(),
            "password reset": await agency.mailed(forgetful.email, "/app/reset-password#token="),
            "portal token": ours.client.token,
            "company token": ours.company.token,
            "staff token": agency.token,
            "client session": ours.session.token,
            "API key": ours.keys["all"],
            "cst_": ours.custodian.token,
            "cak_": ours.custodian.key,
        },
    )


async def test_a_secret_is_refused_at_every_door_but_its_own_and_good_afterwards(secrets_of_all_sorts: Secrets) -> None:
    for door, (_, code) in DOORS.items():
        for sort, secret in secrets_of_all_sorts.kept.items():
            if door.startswith(sort):
                continue
            answer = await secrets_of_all_sorts.show(door, secret)
            assert answer.status_code in (400, 401), (door, sort, answer.text)
            assert answer.json()["code"] in (code, "invalid"), (door, sort, answer.text)
            assert "set-cookie" not in answer.headers, (door, sort)
    for door in ("invitation, looked up", *(sort for sort in DOORS if sort != "invitation, looked up")):
        answer = await secrets_of_all_sorts.show(door, secrets_of_all_sorts.kept[door.partition(",")[0]])
        assert answer.status_code in (200, 201), (door, answer.text)


async def test_what_signs_in_once_is_no_credential(secrets_of_all_sorts: Secrets) -> None:
    house = secrets_of_all_sorts.house
    for sort in ("magic link", "refresh token", "one-time password", "invitation", "password reset"):
        secret = secrets_of_all_sorts.kept[sort]
        for path in ("/api/portal", "/api/projects", "/api/clients", "/api/invoices", "/api/zapier"):
            answers = [
                await house.bearer(secret).get(path),
                await house.http_with({"X-Portal-Token": secret}).get(path),
                await house.gateway.get(path, params={"token": secret}),
                await house.http_with({"Cookie": f"portico={secret}; portico-client={secret}"}).get(path),
            ]
            assert [answer.status_code for answer in answers] == [401] * 4, (sort, path)
