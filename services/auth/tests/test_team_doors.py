"""Who is not even asked in at the doors of the team."""

from uuid import UUID

import pytest

from tests.house import ORIGIN, PASSWORD, House

ID = UUID("0199f1e2-6a10-4c55-8f3d-2b6c9e4d7a01")
DOORS = [
    ("GET", "/api/members", None),
    ("PATCH", f"/api/members/{ID}", {"name": "N"}),
    ("DELETE", f"/api/members/{ID}", None),
    ("GET", "/api/invitations", None),
    ("POST", "/api/invitations", {"email": "n@agency.test"}),
    ("POST", f"/api/invitations/{ID}/resend", None),
    ("DELETE", f"/api/invitations/{ID}", None),
    ("GET", "/api/sessions", None),
    ("DELETE", "/api/sessions", None),
    ("DELETE", f"/api/sessions/{ID}", None),
    ("POST", "/api/auth/password", {"currentPassword": PASSWORD, "newPassword": "another quiet place"}),
    ("PATCH", "/api/auth/agency", {"name": "N"}),
    ("GET", "/api/auth/totp", None),
    ("POST", "/api/auth/totp", {"password": PASSWORD}),
    ("POST", "/api/auth/totp/confirm", {"code": "000000"}),
    ("POST", "/api/auth/totp/recovery-codes", {"password": PASSWORD, "code": "000000"}),
    ("POST", "/api/auth/totp/disable", {"password": PASSWORD, "code": "000000"}),
]


@pytest.mark.parametrize(("method", "path", "body"), DOORS)
async def test_strangers_clients_and_other_sites_stay_outside(
    house: House, method: str, path: str, body: dict[str, str] | None
) -> None:
    agency = await house.agency()
    client = await agency.client()
    stranger = await house.gateway.request(method, path, json=body)
    assert stranger.status_code == 401
    by_token = await client.http.request(method, path, json=body)
    assert (by_token.status_code, by_token.json()["code"]) == (403, "staff_only")
    browser = {"Cookie": f"portico={agency.token}", "Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    elsewhere = await house.http_with(browser).request(method, path, json=body)
    if method != "GET":
        assert (elsewhere.status_code, elsewhere.json()["code"]) == (403, "cross_site_write")
    here = browser | {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}
    assert (await house.http_with(here).request(method, path, json=body)).status_code not in (401, 403)
