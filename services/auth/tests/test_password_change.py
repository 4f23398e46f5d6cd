"""Another password by the present one."""

import asyncio
from typing import Any

import httpx
import pytest

from services.auth.members.hashing import PasswordHasher
from services.auth.tests.announced import announced
from services.auth.tests.doors import statuses
from services.auth.tests.team import forget_password, join, log_in, reset_password, reset_token, sign_in
from tests.house import PASSWORD, House, running_house

NEXT = "another quiet place"


async def change(http: httpx.AsyncClient, current: str = PASSWORD, new: str = NEXT, **more: Any) -> httpx.Response:
    return await http.post("/api/auth/password", json={"currentPassword": current, "newPassword": new} | more)


async def test_the_new_password_signs_in_and_the_old_one_does_not(house: House) -> None:
    agency = await house.agency()
    changed = await change(agency.http)
    assert (changed.status_code, changed.json()) == (200, {"message": "Your password has been changed."})
    assert (await log_in(house, agency.email)).json()["code"] == "wrong_credentials"
    assert (await log_in(house, agency.email, NEXT)).status_code == 200


async def test_other_sessions_end_everywhere_within_a_second_and_this_one_stays(house: House) -> None:
    agency = await house.agency()
    others = [await sign_in(house, agency.email) for _ in range(2)]
    colleague = await join(agency)
    for other in others:
        assert await statuses(house, other.http) == {200}
    assert (await change(agency.http)).status_code == 200

    async def refused() -> bool:
        return all([await statuses(house, other.http) == {401} for other in others])

    await house.eventually(refused, timeout=1)
    assert await statuses(house, agency.http) == {200}
    assert await statuses(house, colleague.http) == {200}
    assert len(await announced(house, agency, "auth.session.revoked")) == 2


async def test_open_links_for_a_forgotten_password_end(house: House) -> None:
    agency = await house.agency()
    await forget_password(house, agency.email)
    token = await reset_token(agency)
    assert (await change(agency.http)).status_code == 200
    assert (await reset_password(house, token)).json()["code"] == "reset_not_valid"


async def test_without_the_present_password_nothing_changes(house: House) -> None:
    agency = await house.agency()
    other = await sign_in(house, agency.email)
    refused = await change(agency.http, current="not the password")
    assert (refused.status_code, refused.json()["code"]) == (403, "wrong_password")
    assert (await other.http.get("/api/auth/me")).status_code == 200
    assert (await log_in(house, agency.email)).status_code == 200


async def test_a_session_tries_ten_passwords_and_no_more(house: House) -> None:
    agency = await house.agency()
    codes = [(await change(agency.http, current=f"guess number {number}")).status_code for number in range(11)]
    assert codes == [403] * 10 + [429]
    assert (await change(agency.http)).status_code == 429, "the right one is not tried any more"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"newPassword": "short"}, "newPassword"),
        ({"newPassword": "x" * 129}, "newPassword"),
        ({"newPassword": "password123"}, "newPassword"),
        ({"newPassword": "Olivia Owner"}, "newPassword"),
        ({"currentPassword": ""}, "currentPassword"),
        ({"memberId": "somebody"}, "memberId"),
    ],
)
async def test_a_wrong_change_names_the_field(house: House, body: dict[str, str], field: str) -> None:
    agency = await house.agency()
    answer = await agency.http.post(
        "/api/auth/password", json={"currentPassword": PASSWORD, "newPassword": NEXT} | body
    )
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert (await log_in(house, agency.email)).status_code == 200


async def test_a_key_has_no_password(house: House) -> None:
    agency = await house.agency()
    refused = await change(await agency.api_key("read", "write"))
    assert (refused.status_code, refused.json()["code"]) == (403, "people_only")


async def test_of_two_changes_at_once_one_counts(house: House) -> None:
    agency = await house.agency()
    passwords = [f"the quiet place of number {number}" for number in range(4)]
    answers = await asyncio.gather(*(change(agency.http, new=password) for password in passwords))
    assert sorted(answer.status_code for answer in answers) == [200, 403, 403, 403]
    opened = [(await log_in(house, agency.email, password)).status_code for password in passwords]
    assert opened == [200 if answer.status_code == 200 else 401 for answer in answers]


class SlowHasher(PasswordHasher):
    """The real hasher; once told to, it holds the next verification after it has been made."""

    def __init__(self) -> None:
        super().__init__()
        self.hold_next = False
        self.verified, self.go_on = asyncio.Event(), asyncio.Event()

    async def verify(self, password_hash: str | None, password: str) -> bool:
        held, self.hold_next = self.hold_next, False
        matches = await super().verify(password_hash, password)
        if held:
            self.verified.set()
            await self.go_on.wait()
        return matches


async def test_a_login_that_was_under_way_with_the_old_password_opens_nothing(variables: dict[str, str]) -> None:
    hasher = SlowHasher()
    async with running_house(variables, ("auth",), overrides={"auth": {"hasher": hasher}}) as house:
        agency = await house.agency()
        hasher.hold_next = True
        login = asyncio.create_task(log_in(house, agency.email))
        await asyncio.wait_for(hasher.verified.wait(), 10)
        assert (await change(agency.http)).status_code == 200
        hasher.go_on.set()
        assert (await login).json()["code"] == "wrong_credentials"
        assert len((await agency.http.get("/api/sessions")).json()) == 1
