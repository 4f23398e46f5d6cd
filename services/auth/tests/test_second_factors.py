"""Two-factor sign-in: an app's codes, each taken once, and recovery codes for when the app is lost."""

import asyncio
import re
from datetime import timedelta
from typing import Any

import httpx
import pyotp
import pytest

from services.auth.tests.team import forget_password, join, log_in, reset_password, reset_token, sign_in
from tests.house import PASSWORD, Agency, House


class App:
    """An authenticator app, as far as a test needs one; its clock is the house's."""

    def __init__(self, house: House, secret: str) -> None:
        self._house, self._totp = house, pyotp.TOTP(secret)

    def code(self, steps: int = 0) -> str:
        """The code shown now, or some steps of 30 seconds from now."""
        return self._totp.at(self._house.clock() + timedelta(seconds=30 * steps))

    def next(self) -> str:
        """The code of a step that was not used before: half a minute later."""
        self._house.clock.advance(seconds=30)
        return self.code()


async def set_up(http: httpx.AsyncClient, password: str = PASSWORD) -> httpx.Response:
    return await http.post("/api/auth/totp", json={"password": password})


async def confirm(http: httpx.AsyncClient, code: str) -> httpx.Response:
    return await http.post("/api/auth/totp/confirm", json={"code": code})


async def switch_on(house: House, http: httpx.AsyncClient) -> tuple[App, list[str]]:
    """Two-factor sign-in is on: the app, and the recovery codes."""
    begin_of_a_step(house)
    app = App(house, (await set_up(http)).json()["secret"])
    confirmed = await confirm(http, app.code())
    assert confirmed.status_code == 200, confirmed.text
    return app, confirmed.json()["recoveryCodes"]


def begin_of_a_step(house: House) -> None:
    """Just after a step has begun, so that what a test does next happens within it."""
    house.clock.advance(seconds=30 - house.clock().timestamp() % 30)


async def proven(http: httpx.AsyncClient, act: str, code: str, password: str = PASSWORD) -> httpx.Response:
    return await http.post(f"/api/auth/totp/{act}", json={"password": password, "code": code})


async def state(agency: Agency) -> dict[str, Any]:
    return dict((await agency.http.get("/api/auth/totp")).json())


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_setting_up_gives_a_secret_that_any_app_takes(house: House) -> None:
    agency = await house.agency()
    assert await state(agency) == {"enabled": False, "recoveryCodesLeft": 0}
    answer = await set_up(agency.http)
    assert (answer.status_code, set(answer.json())) == (201, {"secret", "uri"})
    read = pyotp.parse_uri(answer.json()["uri"])
    assert isinstance(read, pyotp.TOTP)
    assert (read.secret, read.name, read.issuer) == (answer.json()["secret"], agency.email, "Portico")
    assert (read.digits, read.interval, read.digest().name) == (6, 30, "sha1")
    assert len(read.byte_secret()) == 20
    assert await state(agency) == {"enabled": False, "recoveryCodesLeft": 0}
    assert (await log_in(house, agency.email)).status_code == 200, "not on before a code was confirmed"


async def test_signing_in_asks_for_a_code_once_it_is_on(house: House) -> None:
    agency = await house.agency()
    app, codes = await switch_on(house, agency.http)
    assert await state(agency) == {"enabled": True, "recoveryCodesLeft": 10}
    assert (await agency.http.get("/api/members")).json()[0]["twoFactor"] is True
    assert len(set(codes)) == 10
    assert all(re.fullmatch("[a-z2-7]{4}(-[a-z2-7]{4}){3}", code) for code in codes)
    without = await log_in(house, agency.email)
    assert refusal(without) == (401, "second_factor_required")
    assert "set-cookie" not in without.headers
    assert refusal(await log_in(house, agency.email, code="000000")) == (401, "second_factor_wrong")
    assert (await log_in(house, agency.email, code=app.next())).status_code == 200


async def test_only_who_knows_the_password_learns_that_a_code_is_asked_for(house: House) -> None:
    agency = await house.agency()
    app, codes = await switch_on(house, agency.http)
    for code in ({}, {"code": app.next()}, {"code": codes[0]}, {"code": "000000"}):
        wrong = await log_in(house, agency.email, "not the password", **code)
        assert refusal(wrong) == (401, "wrong_credentials")
    assert (await log_in(house, agency.email, code=codes[0])).status_code == 200, "and no code was used up"


async def test_a_code_is_taken_one_step_early_or_late_and_no_further(house: House) -> None:
    agency = await house.agency()
    app, _ = await switch_on(house, agency.http)
    for steps, status in ((-2, 401), (2, 401), (-1, 200), (0, 200), (1, 200), (1, 401), (0, 401)):
        if steps == -1:
            house.clock.advance(minutes=5)
            begin_of_a_step(house)
        assert (await log_in(house, agency.email, code=app.code(steps))).status_code == status, steps


async def test_the_code_that_switched_it_on_does_not_sign_in(house: House) -> None:
    agency = await house.agency()
    app, _ = await switch_on(house, agency.http)
    assert refusal(await log_in(house, agency.email, code=app.code())) == (401, "second_factor_wrong")


async def test_one_code_is_taken_once_at_whichever_door(house: House) -> None:
    agency = await house.agency()
    app, _ = await switch_on(house, agency.http)
    code = app.next()
    # So many as the budgets of both doors allow; switching it on took two.
    tries = [log_in(house, agency.email, code=code) for _ in range(10)]
    tries += [proven(agency.http, "recovery-codes", code) for _ in range(8)]
    codes = [answer.status_code for answer in await asyncio.gather(*tries)]
    assert codes.count(200) == 1
    assert set(codes[:10]) <= {200, 401}
    assert set(codes[10:]) <= {200, 403}


async def test_one_code_signs_in_once_however_many_try_at_once(house: House) -> None:
    agency = await house.agency()
    app, codes = await switch_on(house, agency.http)
    for code in (app.next(), codes[3]):
        answers = await asyncio.gather(*(log_in(house, agency.email, code=code) for _ in range(5)))
        assert sorted(answer.status_code for answer in answers) == [200] + [401] * 4
    assert len((await agency.http.get("/api/sessions")).json()) == 3


async def test_a_recovery_code_signs_in_once_however_it_is_typed(house: House) -> None:
    agency = await house.agency()
    _, codes = await switch_on(house, agency.http)
    assert (await log_in(house, agency.email, code=codes[0])).status_code == 200
    assert refusal(await log_in(house, agency.email, code=codes[0])) == (401, "second_factor_wrong")
    assert (await log_in(house, agency.email, code=codes[1].upper().replace("-", " "))).status_code == 200
    assert (await log_in(house, agency.email, code=codes[2].replace("-", ""))).status_code == 200
    assert await state(agency) == {"enabled": True, "recoveryCodesLeft": 7}


async def test_new_recovery_codes_void_the_earlier_ones(house: House) -> None:
    agency = await house.agency()
    app, codes = await switch_on(house, agency.http)
    answer = await proven(agency.http, "recovery-codes", app.next())
    assert answer.status_code == 200, answer.text
    fresh = answer.json()["recoveryCodes"]
    assert len(set(fresh) | set(codes)) == 20
    assert await state(agency) == {"enabled": True, "recoveryCodesLeft": 10}
    assert (await log_in(house, agency.email, code=codes[0])).status_code == 401
    assert (await log_in(house, agency.email, code=fresh[0])).status_code == 200


async def test_switching_off_takes_password_and_code(house: House) -> None:
    agency = await house.agency()
    app, codes = await switch_on(house, agency.http)
    assert refusal(await proven(agency.http, "disable", app.next(), "not the password")) == (403, "wrong_password")
    assert refusal(await proven(agency.http, "disable", "000000")) == (403, "wrong_code")
    assert await state(agency) == {"enabled": True, "recoveryCodesLeft": 10}
    off = await proven(agency.http, "disable", codes[0])
    assert (off.status_code, set(off.json())) == (200, {"message"})
    assert await state(agency) == {"enabled": False, "recoveryCodesLeft": 0}
    assert (await log_in(house, agency.email)).status_code == 200
    _, again = await switch_on(house, agency.http)
    assert refusal(await log_in(house, agency.email, code=codes[1])) == (401, "second_factor_wrong")
    assert (await log_in(house, agency.email, code=again[1])).status_code == 200


async def test_it_is_set_up_with_the_password_and_once(house: House) -> None:
    agency = await house.agency()
    assert refusal(await set_up(agency.http, "not the password")) == (403, "wrong_password")
    for act in ("disable", "recovery-codes"):
        assert refusal(await proven(agency.http, act, "000000")) == (409, "no_second_factor")
    assert refusal(await confirm(agency.http, "000000")) == (409, "no_second_factor")
    first = (await set_up(agency.http)).json()["secret"]
    second = (await set_up(agency.http)).json()["secret"]
    assert refusal(await confirm(agency.http, App(house, first).code())) == (403, "wrong_code")
    begin_of_a_step(house)
    assert (await confirm(agency.http, App(house, second).code())).status_code == 200
    assert refusal(await confirm(agency.http, App(house, second).next())) == (409, "second_factor_on")
    assert refusal(await set_up(agency.http)) == (409, "second_factor_on")


async def test_of_two_who_set_it_up_at_once_the_last_secret_counts(house: House) -> None:
    agency = await house.agency()
    answers = await asyncio.gather(*(set_up(agency.http) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {201}
    begin_of_a_step(house)
    confirmed = [await confirm(agency.http, App(house, answer.json()["secret"]).code()) for answer in answers]
    assert sum(answer.status_code == 200 for answer in confirmed) == 1


async def test_a_session_tries_ten_codes_and_no_more(house: House) -> None:
    agency = await house.agency()
    app, _ = await switch_on(house, agency.http)
    codes = [(await proven(agency.http, "disable", f"00000{number}")).status_code for number in range(9)]
    assert codes == [403] * 8 + [429], "two tries went into switching it on"
    assert (await proven(agency.http, "disable", app.next())).status_code == 429


async def test_a_login_tries_ten_codes_and_no_more(house: House) -> None:
    agency = await house.agency()
    app, _ = await switch_on(house, agency.http)
    codes = [(await log_in(house, agency.email, code=f"00000{number}")).status_code for number in range(10)]
    assert codes == [401] * 10
    assert (await log_in(house, agency.email, code=app.next())).status_code == 429


async def test_a_mailed_link_replaces_the_password_and_not_the_second_factor(house: House) -> None:
    agency = await house.agency()
    app, _ = await switch_on(house, agency.http)
    await forget_password(house, agency.email)
    assert (await reset_password(house, await reset_token(agency), "another quiet place")).status_code == 200
    assert refusal(await log_in(house, agency.email, "another quiet place")) == (401, "second_factor_required")
    await sign_in(house, agency.email, "another quiet place", code=app.next())


async def test_it_is_each_members_own(house: House) -> None:
    agency = await house.agency()
    member = await join(agency)
    app, codes = await switch_on(house, member.http)
    assert (await log_in(house, agency.email)).status_code == 200
    await switch_on(house, agency.http)
    for code in (app.next(), codes[0]):
        assert refusal(await log_in(house, agency.email, code=code)) == (401, "second_factor_wrong")


@pytest.mark.parametrize("code", ["", " ", "0" * 41, None, 123456])
async def test_a_code_that_is_none_is_a_wrong_field(house: House, code: object) -> None:
    agency = await house.agency()
    answer = await agency.http.post("/api/auth/totp/confirm", json={"code": code})
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == ["code"]


@pytest.mark.parametrize("code", ["١٢٣٤٥٦", "12345", "1234567", "-", "⁶⁶⁶⁶⁶⁶"])
async def test_a_code_of_another_form_is_a_wrong_code(house: House, code: str) -> None:
    agency = await house.agency()
    await switch_on(house, agency.http)
    assert refusal(await log_in(house, agency.email, code=code)) == (401, "second_factor_wrong")
    assert refusal(await proven(agency.http, "disable", code)) == (403, "wrong_code")


@pytest.mark.parametrize("path", ["", "/confirm", "/recovery-codes", "/disable"])
async def test_a_key_has_no_second_factor(house: House, path: str) -> None:
    agency = await house.agency()
    machine = await agency.api_key("read", "write")
    body = {"": {"password": PASSWORD}, "/confirm": {"code": "000000"}}.get(
        path, {"password": PASSWORD, "code": "000000"}
    )
    refused = await machine.post(f"/api/auth/totp{path}", json=body)
    assert refusal(refused) == (403, "people_only")
    assert refusal(await machine.get("/api/auth/totp")) == (403, "people_only")
