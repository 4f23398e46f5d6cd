"""Cookies on writes, and the headers that every answer carries."""

import httpx
import pytest

from tests.house import ORIGIN, Agency, House

PRIVATE = ("/api/clients", "/api/projects", "/api/invoices", "/api/zapier", "/api/v1/client-portal/config")


@pytest.fixture
async def browser(house: House) -> tuple[Agency, httpx.AsyncClient]:
    """An agency whose owner is signed in by cookie alone."""
    agency = await house.agency()
    http = house.http_with({"Cookie": f"portico={agency.token}"})
    return agency, http


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "https://evil.test"},
        {"Origin": "http://sibling.localhost:8080"},
        {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"},
        {"Origin": ORIGIN, "Sec-Fetch-Site": "same-site"},
        {"Origin": ORIGIN, "Sec-Fetch-Site": "none"},
    ],
)
async def test_a_write_by_cookie_from_elsewhere_is_refused(
    browser: tuple[Agency, httpx.AsyncClient], headers: dict[str, str]
) -> None:
    agency, http = browser
    answer = await http.post("/api/clients", json={"name": "Eve", "email": "eve@evil.test"}, headers=headers)
    assert answer.status_code == 403
    assert answer.json()["code"] == "cross_site_write"
    assert (await agency.http.get("/api/clients")).json() == []


async def test_a_write_by_cookie_from_our_own_page_is_taken(
    browser: tuple[Agency, httpx.AsyncClient],
) -> None:
    _, http = browser
    answer = await http.post(
        "/api/clients",
        json={"name": "Ada", "email": "ada@client.test"},
        headers={"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"},
    )
    assert answer.status_code == 201


async def test_a_read_by_cookie_needs_no_origin(browser: tuple[Agency, httpx.AsyncClient]) -> None:
    _, http = browser
    assert (await http.get("/api/clients")).status_code == 200


@pytest.mark.parametrize("path", PRIVATE)
async def test_private_answers_and_errors_carry_every_header(house: House, path: str) -> None:
    agency = await house.agency()
    for answer in (
        await agency.http.get(path),
        await house.gateway.get(path),
        await agency.http.delete(path),
    ):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert "unsafe-inline" not in answer.headers["content-security-policy"]
        assert int(answer.headers["x-ratelimit-limit"]) > 0
        assert int(answer.headers["x-ratelimit-remaining"]) >= 0
        assert int(answer.headers["x-ratelimit-reset"]) > 1_700_000_000
        assert not {"server", "x-powered-by"} & set(answer.headers)
