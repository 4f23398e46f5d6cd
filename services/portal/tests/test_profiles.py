"""The client's own view of themselves, field by field and type by type, by every credential that clients have."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from chassis.errors import NotFound, Unavailable
from chassis.principals import Client as Holder
from chassis.rpc import Peers
from services.portal.clients import Directory
from services.portal.replicas.identities import Identities
from tests.house import House
from tests.people import Agency, Client

ME = "/api/v1/portal/me"
PROFILE = "/api/v1/portal/client"
AVATAR = {"blobId": "", "height": 0, "thumbnailBlobId": "", "width": 0}
ADDRESS = {
    "city": "Lisbon",
    "country": "Portugal",
    "houseNumber": "12B",
    "latitude": 38.7139,
    "longitude": -9.1394,
    "postalCode": "1100-053",
    "street": "Rua Augusta",
}
NO_ADDRESS = {
    "city": "",
    "country": "",
    "houseNumber": "",
    "id": "",
    "latitude": 0.0,
    "longitude": 0.0,
    "postalCode": "",
    "street": "",
}


@pytest.fixture(scope="module")
async def agency(running: House) -> Agency:
    return await running.agency()


@pytest.fixture
async def client(agency: Agency) -> Client:
    return await agency.client()


async def doors_of(client: Client) -> AsyncIterator[tuple[str, httpx.AsyncClient]]:
    """An HTTP client for each credential that a client with an e-mail address can have."""
    yield "portal token in a header", client.http
    yield "portal token as Bearer", client.agency.house.bearer(client.token)
    session = await client.session()
    yield "session as Bearer", session.http
    yield "session in a cookie", session.browser


async def get(http: httpx.AsyncClient, path: str) -> dict[str, Any]:
    answer = await http.get(path)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def change(client: Client, body: dict[str, Any]) -> dict[str, Any]:
    answer = await client.http.patch(PROFILE, json=body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_what_is_not_known_is_empty_and_never_null(client: Client) -> None:
    assert await get(client.http, ME) == {
        "avatar": AVATAR,
        "clientId": client.id,
        "clientName": "Ada Lovelace",
        "email": client.email,
        "firstName": "Ada",
        "id": client.id,
        "lastName": "Lovelace",
    }
    profile = await get(client.http, PROFILE)
    assert profile == {
        "avatar": AVATAR,
        "billingAddress": NO_ADDRESS,
        "email": client.email,
        "id": client.id,
        "name": "Ada Lovelace",
        "phone": "",
    }
    assert type(profile["billingAddress"]["latitude"]) is type(profile["billingAddress"]["longitude"]) is float


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Ada", "Ada", ""),
        ("Ada King Lovelace", "Ada", "King Lovelace"),
        ("Ada  Lovelace", "Ada", "Lovelace"),
        ("王小明", "王小明", ""),
    ],
)
async def test_a_name_is_taken_apart_at_its_first_space(agency: Agency, name: str, first: str, last: str) -> None:
    me = await get((await agency.client(name)).http, ME)
    assert (me["firstName"], me["lastName"], me["clientName"]) == (first, last, name)


async def test_a_client_of_a_company_is_known_by_its_name(agency: Agency) -> None:
    for client in (
        await agency.client(company="Analytical Engines"),
        await (await agency.company("Analytical Engines")).client("Ada Lovelace"),
    ):
        me, profile = await get(client.http, ME), await get(client.http, PROFILE)
        assert (me["clientName"], me["clientId"], me["firstName"]) == ("Analytical Engines", client.id, "Ada")
        assert (profile["name"], profile["id"]) == ("Ada Lovelace", client.id)


async def test_every_credential_of_a_client_opens_the_same_view(client: Client) -> None:
    await change(client, {"phone": "+351 21 555 0123"})
    wanted = {path: await get(client.http, path) for path in (ME, PROFILE)}
    async for name, http in doors_of(client):
        assert {path: await get(http, path) for path in wanted} == wanted, name


async def test_a_client_s_session_and_key_open_it_too(house: House, agency: Agency) -> None:
    made = await agency.custodian_client()
    for credential in (made.token, made.key):
        http = house.bearer(credential)
        me, profile = await get(http, ME), await get(http, PROFILE)
        assert (me["id"], me["clientId"], me["email"], profile["email"]) == (made.id, made.id, "", "")
        answer = await http.patch(PROFILE, json={"phone": credential[:4]})
        assert (answer.status_code, answer.json()["phone"]) == (200, credential[:4])


async def test_a_portal_token_is_taken_from_the_body_and_the_address(house: House, client: Client) -> None:
    answer = await house.gateway.patch(PROFILE, json={"phone": "+1", "token": client.token})
    assert (answer.status_code, answer.json()["phone"]) == (200, "+1")
    answer = await house.gateway.get(PROFILE, params={"token": client.token})
    assert (answer.status_code, answer.json()["phone"]) == (200, "+1")
    assert client.token not in answer.text
    alone = await house.gateway.patch(PROFILE, json={"token": client.token})
    assert alone.status_code == 400


async def test_nobody_else_comes_in(house: House, agency: Agency) -> None:
    for path in (ME, PROFILE, "/api/v1/portal/dashboard/stats", "/api/v1/portal/scopes"):
        assert (await house.gateway.get(path)).status_code == 401
        staff = await agency.http.get(path)
        assert (staff.status_code, staff.json()["code"]) == (403, "client_only")
    assert (await agency.http.patch(PROFILE, json={"phone": "+1"})).status_code == 403
    assert (await house.gateway.patch(PROFILE, json={"phone": "+1"})).status_code == 401


async def test_a_shut_portal_is_shut_here_too(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    await agency.http.patch("/api/v1/client-portal/config", json={"is_active": False})

    async def shut() -> bool:
        return (await client.http.get(ME)).status_code == 403

    await house.eventually(shut)
    assert (await client.http.patch(PROFILE, json={"phone": "+1"})).json()["code"] == "portal_closed"


async def test_a_change_keeps_what_it_does_not_name(client: Client) -> None:
    first = await change(client, {"phone": "+351 21 555 0123", "billingAddress": ADDRESS})
    assert first["phone"] == "+351 21 555 0123"
    id = first["billingAddress"].pop("id")
    assert first["billingAddress"] == ADDRESS
    assert str(UUID(id)) == id
    second = await change(client, {"billingAddress": {"houseNumber": "14", "latitude": 0}})
    assert second["billingAddress"] == {**ADDRESS, "houseNumber": "14", "latitude": 0.0, "id": id}
    assert second["phone"] == "+351 21 555 0123"
    assert await get(client.http, PROFILE) == second


async def test_what_is_emptied_is_gone(client: Client) -> None:
    await change(client, {"phone": "+1", "billingAddress": ADDRESS})
    changed = await change(client, {"phone": "", "billingAddress": {"street": "", "longitude": None}})
    assert (changed["phone"], changed["billingAddress"]["street"], changed["billingAddress"]["longitude"]) == (
        "",
        "",
        0,
    )
    assert changed["billingAddress"]["city"] == "Lisbon"
    assert (await change(client, {"billingAddress": None}))["billingAddress"] == NO_ADDRESS
    await change(client, {"billingAddress": {"city": "Porto"}})
    assert (await change(client, {"billingAddress": {"city": ""}}))["billingAddress"] == NO_ADDRESS


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, ""),
        ({"name": "Grace Hopper"}, "name"),
        ({"email": "grace@client.test"}, "email"),
        ({"id": str(uuid4())}, "id"),
        ({"clientId": str(uuid4())}, "clientId"),
        ({"agencyId": str(uuid4())}, "agencyId"),
        ({"version": 7}, "version"),
        ({"avatarId": str(uuid4())}, "avatarId"),
        ({"avatar": {"blobId": str(uuid4())}}, "avatar"),
        ({"phone": None}, "phone"),
        ({"phone": 5}, "phone"),
        ({"phone": "1" * 51}, "phone"),
        ({"phone": "1\r\nBcc: everybody@client.test"}, "phone"),
        ({"phone": "1\x002"}, "phone"),
        ({"billingAddress": {}}, "billingAddress"),
        ({"billingAddress": "Rua Augusta 12"}, "billingAddress"),
        ({"billingAddress": {"id": str(uuid4())}}, "billingAddress.id"),
        ({"billingAddress": {"planet": "Mars"}}, "billingAddress.planet"),
        ({"billingAddress": {"street": None}}, "billingAddress.street"),
        ({"billingAddress": {"street": "a" * 201}}, "billingAddress.street"),
        ({"billingAddress": {"city": "a\nb"}}, "billingAddress.city"),
        ({"billingAddress": {"latitude": 90.0001}}, "billingAddress.latitude"),
        ({"billingAddress": {"latitude": -91}}, "billingAddress.latitude"),
        ({"billingAddress": {"longitude": 180.5}}, "billingAddress.longitude"),
        ({"billingAddress": {"longitude": "9"}}, "billingAddress.longitude"),
        ({"billingAddress": {"longitude": True}}, "billingAddress.longitude"),
    ],
)
async def test_a_wrong_field_is_named_and_nothing_changes(client: Client, body: dict[str, Any], field: str) -> None:
    before = await change(client, {"phone": "+1", "billingAddress": ADDRESS})
    answer = await client.http.patch(PROFILE, json=body)
    assert answer.status_code == 400, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert await get(client.http, PROFILE) == before


async def test_a_change_of_another_version_is_refused(client: Client) -> None:
    fresh = await client.http.get(PROFILE)
    first = await client.http.patch(PROFILE, json={"phone": "+1"}, headers={"If-Match": fresh.headers["etag"]})
    late = await client.http.patch(PROFILE, json={"phone": "+2"}, headers={"If-Match": fresh.headers["etag"]})
    assert (first.status_code, late.status_code) == (200, 412)
    again = await client.http.patch(PROFILE, json={"phone": "+3"}, headers={"If-Match": first.headers["etag"]})
    assert again.status_code == 200
    assert again.headers["etag"] == (await client.http.get(PROFILE)).headers["etag"] != first.headers["etag"]


async def test_the_first_changes_at_once_make_one_profile(house: House, client: Client) -> None:
    bodies: list[dict[str, Any]] = [{"phone": "+1"}, {"billingAddress": {"city": "Lisbon"}}] * 5
    answers = await asyncio.gather(*(client.http.patch(PROFILE, json=body) for body in bodies))
    assert {answer.status_code for answer in answers} == {200}
    profile = await get(client.http, PROFILE)
    assert (profile["phone"], profile["billingAddress"]["city"]) == ("+1", "Lisbon")
    async with house.database("portal").reader(UUID(client.agency.id)) as reader:
        assert await reader.fetchval("SELECT count(*) FROM profiles WHERE client_id = $1", UUID(client.id)) == 1


async def test_a_profile_is_its_client_s_alone(house: House, agency: Agency, client: Client) -> None:
    await change(client, {"phone": "CANARY", "billingAddress": {"city": "CANARY"}})
    stranger = await house.agency()
    for other in (await agency.client(), await stranger.client()):
        for path in (ME, PROFILE):
            assert "CANARY" not in (await other.http.get(path)).text
    async with house.database("portal").reader(UUID(stranger.id)) as reader:
        assert await reader.fetchval("SELECT count(*) FROM profiles WHERE phone = 'CANARY'") == 0


async def test_a_new_name_is_shown_soon(house: House, agency: Agency, client: Client) -> None:
    await agency.http.patch(f"/api/clients/{client.id}", json={"name": "Grace Hopper"})

    async def renamed() -> bool:
        return (await get(client.http, ME))["firstName"] == "Grace"

    await house.eventually(renamed)
    assert (await get(client.http, PROFILE))["name"] == "Grace Hopper"


async def test_a_client_made_a_moment_ago_has_a_view(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    async with house.database("portal").unit(UUID(agency.id)) as session:
        await session.execute(text("DELETE FROM clients"))
    assert (await get(client.http, ME))["firstName"] == "Ada"


async def test_private_answers_are_kept_nowhere(client: Client) -> None:
    for path in (ME, PROFILE):
        assert (await client.http.get(path)).headers["cache-control"] == "no-store"


async def test_who_is_not_known_yet_is_nobody_while_auth_is_away(house: House, agency: Agency) -> None:
    chassis = house.chassis("portal")
    peers = Peers(chassis.settings.model_copy(update={"auth_rpc": "127.0.0.1:1"}), "portal")
    identities = Identities(chassis.database, Directory(peers))
    for is_company in (False, True):
        unknown = Holder(UUID(agency.id), uuid4(), "Ada", "", (), uuid4(), "portal_token", is_company=is_company)
        with pytest.raises(Unavailable):
            await identities.find(unknown)
    await peers.close()


async def test_who_is_gone_is_nobody(house: House, agency: Agency) -> None:
    identities = house.apps["portal"].state.context.identities
    for is_company in (False, True):
        unknown = Holder(UUID(agency.id), uuid4(), "Ada", "", (), uuid4(), "portal_token", is_company=is_company)
        with pytest.raises(NotFound):
            await identities.find(unknown)
