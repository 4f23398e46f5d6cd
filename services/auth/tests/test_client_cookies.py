"""Cookies of clients where people come over HTTPS."""

from collections.abc import AsyncIterator

import pytest

from services.auth.tests.entrances import LOGOUT, REFRESH, SESSIONS, link_token, newcomer, use
from tests.house import House, running_house

ORIGIN = "https://portal.northlight.example"
ACCESS, REFRESH_NAME = "__Host-portico-client", "__Host-portico-refresh"


@pytest.fixture(scope="module")
async def https(variables: dict[str, str]) -> AsyncIterator[House]:
    """auth that people reach over HTTPS."""
    async with running_house(variables | {"PORTICO_PUBLIC_URL": ORIGIN}, ("auth",)) as house:
        yield house


def parts(cookie: str) -> tuple[str, set[str]]:
    """A cookie's name, and what is said of it."""
    name, _, rest = cookie.partition("=")
    return name, {part for part in rest.split("; ")[1:] if not part.startswith(("Max-Age", "expires"))}


async def test_they_are_bound_to_the_host_and_out_of_reach_of_scripts(https: House) -> None:
    answer = await use(https, await link_token(https, await newcomer(https)))
    assert answer.status_code == 200, answer.text
    strict = {"HttpOnly", "Path=/", "SameSite=lax", "Secure"}
    set_cookies = dict(parts(cookie) for cookie in answer.headers.get_list("set-cookie"))
    assert set_cookies == {ACCESS: strict, REFRESH_NAME: strict}, "no Domain: __Host- forbids it"
    session = https.bearer(answer.json()["accessToken"])
    left = await session.post(LOGOUT)
    assert dict(parts(cookie) for cookie in left.headers.get_list("set-cookie")) == set_cookies


async def test_the_names_without_the_prefix_are_not_taken(https: House) -> None:
    body = (await use(https, await link_token(https, await newcomer(https)))).json()
    here = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}
    for prefix, status in (("", 401), ("__Host-", 200)):
        cookie = f"{prefix}portico-client={body['accessToken']}; {prefix}portico-refresh={body['refreshToken']}"
        browser = https.http_with({"Cookie": cookie, **here})
        assert (await browser.get(SESSIONS)).status_code == status
        assert (await browser.post(REFRESH)).status_code == status
