"""Portal settings through REST and RPC."""

import pytest
from portico.portal.v1 import settings_pb2, settings_pb2_grpc

from chassis.rpc import Peers
from tests.house import House

CONFIG = "/api/v1/client-portal/config"
KEYS = {
    "portal_name",
    "portal_logo",
    "primary_color",
    "secondary_color",
    "welcome_message",
    "enabled_modules",
    "is_active",
    "allow_file_sharing",
    "show_activity_feed",
    "token_expiration_days",
    "magic_link_minutes",
    "sender_name",
}


async def test_a_new_agency_has_the_defaults(house: House) -> None:
    agency = await house.agency()
    answer = await agency.http.get(CONFIG)
    assert answer.status_code == 200
    data = answer.json()["data"]
    assert set(answer.json()) == {"data"}
    assert set(data) == KEYS
    assert data["primary_color"] == "#3B82F6"
    assert data["is_active"] is True
    assert data["token_expiration_days"] == 30
    assert data["magic_link_minutes"] == 60
    assert data["enabled_modules"][:3] == ["projects", "files", "messages"]


async def test_a_change_keeps_what_it_does_not_name(house: House) -> None:
    agency = await house.agency()
    first = await agency.http.patch(CONFIG, json={"portal_name": "North", "primary_color": "#0f766e"})
    second = await agency.http.patch(CONFIG, json={"token_expiration_days": 90})
    assert (first.status_code, second.status_code) == (200, 200)
    data = (await agency.http.get(CONFIG)).json()["data"]
    assert (data["portal_name"], data["primary_color"], data["token_expiration_days"]) == ("North", "#0f766e", 90)
    assert data["secondary_color"] == "#1E40AF"


async def test_modules_are_kept_once_each_and_in_their_own_order(house: House) -> None:
    agency = await house.agency()
    answer = await agency.http.patch(CONFIG, json={"enabled_modules": ["invoices", "files", "invoices", "projects"]})
    assert answer.json()["data"]["enabled_modules"] == ["projects", "files", "invoices"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"primary_color": "blue"}, "primary_color"),
        ({"primary_color": "#12345"}, "primary_color"),
        ({"secondary_color": "#1234567"}, "secondary_color"),
        ({"secondary_color": "#12345G"}, "secondary_color"),
        ({"primary_color": "#123456\n"}, None),
        ({"primary_color": None}, "primary_color"),
        ({"enabled_modules": ["invoices", "weather"]}, "enabled_modules.1"),
        ({"enabled_modules": "invoices"}, "enabled_modules"),
        ({"token_expiration_days": 0}, "token_expiration_days"),
        ({"token_expiration_days": 366}, "token_expiration_days"),
        ({"token_expiration_days": True}, "token_expiration_days"),
        ({"magic_link_minutes": 9}, "magic_link_minutes"),
        ({"magic_link_minutes": 61}, "magic_link_minutes"),
        ({"magic_link_minutes": "20"}, "magic_link_minutes"),
        ({"portal_name": "x" * 201}, "portal_name"),
        ({"portal_name": "a\x00b"}, "portal_name"),
        ({"welcome_message": "x" * 10_001}, "welcome_message"),
        ({"is_active": "perhaps"}, "is_active"),
        ({"portal_logo": "https://elsewhere.test/x.png"}, "portal_logo"),
        ({"agency_id": "0198f0de-7c1c-7bd0-9f3e-5a7f6f1d2c11"}, "agency_id"),
        ({"version": 7}, "version"),
        ({}, ""),
    ],
)
async def test_a_wrong_setting_is_named_and_nothing_changes(
    house: House, body: dict[str, object], field: str | None
) -> None:
    agency = await house.agency()
    before = (await agency.http.get(CONFIG)).json()
    answer = await agency.http.patch(CONFIG, json=body)
    if field is None:
        # Strings are trimmed, so a stray line end is no harm.
        assert answer.json()["data"]["primary_color"] == "#123456"
        return
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert (await agency.http.get(CONFIG)).json() == before


@pytest.mark.parametrize("minutes", [10, 60])
async def test_sign_in_links_live_ten_minutes_to_an_hour(house: House, minutes: int) -> None:
    agency = await house.agency()
    answer = await agency.http.patch(CONFIG, json={"magic_link_minutes": minutes})
    assert answer.status_code == 200
    assert (await agency.http.get(CONFIG)).json()["data"]["magic_link_minutes"] == minutes


async def test_agencies_do_not_see_each_others_settings(house: House) -> None:
    one, other = await house.agency(), await house.agency()
    await one.http.patch(CONFIG, json={"portal_name": "Only mine"})
    assert (await other.http.get(CONFIG)).json()["data"]["portal_name"] == ""


async def test_a_client_may_neither_read_nor_change_the_settings(house: House) -> None:
    client = await (await house.agency()).client()
    assert (await client.http.get(CONFIG)).status_code == 403
    assert (await client.http.patch(CONFIG, json={"portal_name": "Mine"})).status_code == 403
    assert (await house.gateway.get(CONFIG)).status_code == 401


async def test_a_change_of_another_version_is_refused(house: House) -> None:
    agency = await house.agency()
    seen = (await agency.http.get(CONFIG)).headers["etag"]
    first = await agency.http.patch(CONFIG, json={"portal_name": "First"}, headers={"If-Match": seen})
    late = await agency.http.patch(CONFIG, json={"portal_name": "Late"}, headers={"If-Match": seen})
    assert (first.status_code, late.status_code) == (200, 412)
    again = await agency.http.patch(CONFIG, json={"portal_name": "Late"}, headers={"If-Match": first.headers["etag"]})
    assert again.status_code == 200
    assert again.headers["etag"] == (await agency.http.get(CONFIG)).headers["etag"]


async def test_sixty_requests_a_minute_are_the_limit(house: House) -> None:
    agency = await house.agency()
    statuses = [(await agency.http.get(CONFIG)).status_code for _ in range(61)]
    assert statuses == [200] * 60 + [429]


async def test_other_services_are_told_what_the_agency_chose(house: House) -> None:
    agency = await house.agency()
    await agency.http.patch(CONFIG, json={"primary_color": "#0F766E", "sender_name": "Team North", "is_active": False})
    peers: Peers = house.chassis("notify").peers
    stub = settings_pb2_grpc.SettingsServiceStub(peers.channel("portal"))
    answer = await peers.ask(stub.GetSettings, settings_pb2.GetSettingsRequest(agency_id=agency.id))
    assert (answer.primary_color, answer.sender_name, answer.is_active) == ("#0F766E", "Team North", False)
    assert "invoices" in answer.enabled_modules
