"""Welcomes: what anybody may know of an agency's portal, by its short name."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.house import Agency, House

CONFIG = "/api/v1/client-portal/config"


async def welcome(house: House, agency: Agency) -> dict[str, Any]:
    """What a visitor gets, be the agency a moment old or not."""
    answer = await house.gateway.get(f"/api/portal/welcome/{agency.slug}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_anybody_may_see_what_the_sign_in_page_shows(house: House) -> None:
    agency = await house.agency(name="Northwind Studio")
    assert await welcome(house, agency) == {
        "agency": {"name": "Northwind Studio", "slug": agency.slug},
        "portal_name": "Northwind Studio",
        "portal_logo": None,
        "primary_color": "#3B82F6",
        "secondary_color": "#1E40AF",
        "welcome_message": "Welcome to your client portal!",
        "is_active": True,
    }


async def test_it_is_there_before_the_portal_has_heard_of_the_agency(house: House) -> None:
    agency = await house.agency(name="Brand New")

    async def unheard() -> int:
        async with house.database("portal").unit(UUID(agency.id)) as session:
            return len((await session.execute(text("DELETE FROM agencies RETURNING id"))).all())

    await house.eventually(unheard)
    assert (await welcome(house, agency))["portal_name"] == "Brand New"
    await agency.http.patch(CONFIG, json={"portal_name": "The Room"})
    assert (await welcome(house, agency))["portal_name"] == "The Room"


async def test_it_follows_the_portal_settings_at_once(house: House) -> None:
    agency = await house.agency(name="Northwind Studio")
    await welcome(house, agency)
    changes = {"portal_name": "The Room", "primary_color": "#0F766E", "welcome_message": "Come in.", "is_active": False}
    assert (await agency.http.patch(CONFIG, json=changes)).status_code == 200
    seen = await welcome(house, agency)
    assert {name: seen[name] for name in changes} == changes
    assert seen["agency"]["name"] == "Northwind Studio"


async def test_it_tells_nothing_of_clients_and_nothing_of_other_settings(house: House) -> None:
    agency = await house.agency()
    client = await agency.client(name="Ada Byron")
    answer = await house.http_with({"X-Portal-Token": client.token}).get(f"/api/portal/welcome/{agency.slug}")
    assert "Ada" not in answer.text
    assert client.email not in answer.text
    assert {"enabled_modules", "sender_name", "token_expiration_days"}.isdisjoint(answer.json())


async def test_each_agency_has_its_own(house: House) -> None:
    one, other = await house.agency(name="One"), await house.agency(name="Other")
    await one.http.patch(CONFIG, json={"portal_name": "Mine alone"})
    assert (await welcome(house, one))["portal_name"] == "Mine alone"
    assert (await welcome(house, other))["portal_name"] == "Other"


@pytest.mark.parametrize("slug", ["nobody-has-this", "UPPER", "a%00b", "%27%20OR%201=1--", "%F0%9F%98%80", "x" * 101])
async def test_an_unknown_name_is_not_found(house: House, slug: str) -> None:
    answer = await house.gateway.get(f"/api/portal/welcome/{slug}")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


async def test_a_staff_credential_changes_nothing_about_whose_welcome_it_is(house: House) -> None:
    one, other = await house.agency(name="One"), await house.agency(name="Other")
    await welcome(house, other)
    answer = await one.http.get(f"/api/portal/welcome/{other.slug}")
    assert answer.json()["agency"]["name"] == "Other"
