"""The agency's own facts: its name, currency and time zone."""

import asyncio
from typing import Any

import pytest
from portico.auth.v1 import directory_pb2, directory_pb2_grpc

from services.auth.tests.announced import announced
from services.auth.tests.team import join
from tests.house import Agency, House

KEYS = {"id", "name", "slug", "currency", "timeZone", "createdAt"}


async def shown(agency: Agency) -> dict[str, Any]:
    return dict((await agency.http.get("/api/auth/me")).json()["agency"])


async def test_name_currency_and_time_zone_change_and_the_slug_stays(house: House) -> None:
    agency = await house.agency("Studio North")
    before = await shown(agency)
    changes = {"name": "Studio Søuth", "currency": "KWD", "timeZone": "Europe/Oslo"}
    answer = await agency.http.patch("/api/auth/agency", json=changes)
    assert answer.status_code == 200, answer.text
    assert set(answer.json()) == KEYS
    assert answer.json() == before | changes == await shown(agency)


async def test_what_is_not_named_stays(house: House) -> None:
    agency = await house.agency()
    await agency.http.patch("/api/auth/agency", json={"currency": "EUR"})
    await agency.http.patch("/api/auth/agency", json={"timeZone": "Asia/Tokyo"})
    facts = await shown(agency)
    assert (facts["name"], facts["currency"], facts["timeZone"]) == ("Studio North", "EUR", "Asia/Tokyo")


async def test_changes_of_different_fields_at_once_all_count(house: House) -> None:
    agency = await house.agency()
    changes = [{"name": "New"}, {"currency": "EUR"}, {"timeZone": "Asia/Tokyo"}]
    answers = await asyncio.gather(*(agency.http.patch("/api/auth/agency", json=change) for change in changes))
    assert [answer.status_code for answer in answers] == [200] * 3
    facts = await shown(agency)
    assert (facts["name"], facts["currency"], facts["timeZone"]) == ("New", "EUR", "Asia/Tokyo")


async def test_other_services_ask_and_hear_of_it(house: House) -> None:
    agency = await house.agency()
    await agency.http.patch("/api/auth/agency", json={"name": "New", "currency": "EUR", "timeZone": "Asia/Tokyo"})
    peers = house.chassis("auth").peers
    stub = directory_pb2_grpc.DirectoryServiceStub(peers.channel("auth"))
    told = (await peers.ask(stub.GetAgency, directory_pb2.GetAgencyRequest(agency_id=agency.id))).agency
    assert (told.name, told.slug, told.currency, told.time_zone) == ("New", agency.slug, "EUR", "Asia/Tokyo")
    events = await announced(house, agency, "auth.agency.updated")
    assert [event.data for event in events] == [await shown(agency)]


async def test_clients_see_the_new_name(house: House) -> None:
    if "portal" not in house.apps:
        pytest.skip("there is no portal in this run")
    agency = await house.agency()
    client = await agency.client()
    await agency.http.patch("/api/auth/agency", json={"name": "Studio South"})

    async def seen() -> bool:
        return bool((await client.http.get("/api/portal")).json()["agency"]["name"] == "Studio South")

    await house.eventually(seen)


async def test_admins_and_writing_keys_change_it_and_members_do_not(house: House) -> None:
    agency, other = await house.agency(), await house.agency("Untouched")
    admin, member = await join(agency, "admin"), await join(agency)
    writer, reader = await agency.api_key("read", "write"), await agency.api_key("read")
    codes = [
        (await http.patch("/api/auth/agency", json={"name": name})).status_code
        for name, http in (("a", admin.http), ("w", writer), ("m", member.http), ("r", reader))
    ]
    assert codes == [200, 200, 403, 403]
    assert (await shown(agency))["name"] == "w"
    assert (await shown(other))["name"] == "Untouched"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, ""),
        ({"name": ""}, "name"),
        ({"name": None}, "name"),
        ({"name": "A\r\nBcc: x"}, "name"),
        ({"currency": "XXQ"}, "currency"),
        ({"currency": "eur"}, "currency"),
        ({"currency": None}, "currency"),
        ({"timeZone": "Mars/Olympus"}, "timeZone"),
        ({"timeZone": "../../etc/passwd"}, "timeZone"),
        ({"timeZone": "europe/oslo"}, "timeZone"),
        ({"slug": "mine"}, "slug"),
        ({"portalOpen": False}, "portalOpen"),
    ],
)
async def test_a_wrong_change_names_the_field(house: House, body: dict[str, Any], field: str) -> None:
    agency = await house.agency()
    before = await shown(agency)
    answer = await agency.http.patch("/api/auth/agency", json=body)
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert await shown(agency) == before
