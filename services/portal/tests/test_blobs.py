"""Blobs: who may look at a picture, how it is served, and when its bytes go."""

import asyncio
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from chassis.storage import ObjectStore
from services.portal.blobs.models import PREFIX
from services.portal.tests.drawing import encoded, plain
from services.portal.tests.easel import AVATAR, NOTHING, PROFILE, avatar_of, kept, send, sweep
from tests.house import House, running_house
from tests.people import Agency, Client


@pytest.fixture(scope="module")
async def agency(running: House) -> Agency:
    return await running.agency()


@pytest.fixture
async def client(agency: Agency) -> Client:
    return await agency.client()


async def test_a_client_sees_its_own_pictures_and_nobody_else_s(house: House, agency: Agency, client: Client) -> None:
    avatar = (await send(client, encoded(plain()))).json()["avatar"]
    neighbour, stranger = await agency.client(), await house.agency()
    strangers_client = await stranger.client()
    for name in ("blobId", "thumbnailBlobId"):
        path = f"/api/v1/portal/blobs/{avatar[name]}"
        assert (await client.http.get(path)).status_code == 200
        assert (await agency.http.get(path)).status_code == 200
        assert (await house.gateway.get(path)).status_code == 401
        for http in (neighbour.http, strangers_client.http, stranger.http):
            foreign, random = await http.get(path), await http.get(f"/api/v1/portal/blobs/{uuid4()}")
            assert foreign.status_code == random.status_code == 404
            bodies = [{k: v for k, v in answer.json().items() if k != "time"} for answer in (foreign, random)]
            assert bodies[0] == bodies[1]
    assert (await client.http.get("/api/v1/portal/blobs/1")).status_code == 404


async def test_a_picture_is_looked_at_and_never_run(client: Client) -> None:
    avatar = (await send(client, encoded(plain()))).json()["avatar"]
    path = f"/api/v1/portal/blobs/{avatar['blobId']}"
    answer = await client.http.get(path)
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["content-disposition"] == "inline"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    etag = answer.headers["etag"]
    for asked in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = await client.http.get(path, headers={"If-None-Match": asked})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    assert (await client.http.get(path, headers={"If-None-Match": '"other"'})).status_code == 200


async def test_a_picture_that_was_replaced_is_gone(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    first = (await send(client, encoded(plain()))).json()["avatar"]
    second = (await send(client, encoded(plain(colour="green")))).json()["avatar"]
    for name in ("blobId", "thumbnailBlobId"):
        assert (await client.http.get(f"/api/v1/portal/blobs/{first[name]}")).status_code == 404
        assert (await agency.http.get(f"/api/v1/portal/blobs/{first[name]}")).status_code == 404
    assert await sweep(house) >= 2
    assert await kept(house, agency) == {
        f"{PREFIX}/{agency.id}/{second[name]}" for name in ("blobId", "thumbnailBlobId")
    }
    assert await avatar_of(client) == second
    house.clock.advance(days=400)
    await sweep(house)
    assert len(await kept(house, agency)) == 2


async def test_of_pictures_sent_at_once_one_stays(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    answers = await asyncio.gather(*(send(client, encoded(plain(colour=(20 * n, 0, 0)))) for n in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    avatar = await avatar_of(client)
    assert avatar in [answer.json()["avatar"] for answer in answers]
    await sweep(house)
    assert await kept(house, agency) == {
        f"{PREFIX}/{agency.id}/{avatar[name]}" for name in ("blobId", "thumbnailBlobId")
    }


async def test_a_picture_that_never_came_into_use_is_removed(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    stale = await client.http.post(AVATAR, files={"file": ("a.png", encoded(plain()))}, headers={"If-Match": '"7"'})
    assert stale.status_code == 412
    assert len(await kept(house, agency)) == 2
    house.clock.advance(minutes=59)
    await sweep(house)
    assert len(await kept(house, agency)) == 2
    house.clock.advance(minutes=2)
    await sweep(house)
    assert await kept(house, agency) == set()
    async with house.database("portal").reader(UUID(agency.id)) as reader:
        assert await reader.fetchval("SELECT count(*) FROM blobs") == 0


async def test_a_deleted_client_s_profile_and_pictures_go_with_it(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    avatar = (await send(client, encoded(plain()))).json()["avatar"]
    await client.http.patch(PROFILE, json={"phone": "+351 21 555 0123"})
    assert (await agency.http.delete(f"/api/clients/{client.id}")).status_code == 200

    async def forgotten() -> bool:
        async with house.database("portal").reader(UUID(agency.id)) as reader:
            return not await reader.fetchval("SELECT count(*) FROM profiles")

    await house.eventually(forgotten)
    assert (await agency.http.get(f"/api/v1/portal/blobs/{avatar['blobId']}")).status_code == 404
    house.clock.advance(seconds=1)
    await sweep(house)
    assert await kept(house, agency) == set()


async def test_what_a_killed_upload_left_unfinished_is_removed(house: House, workspace: Path) -> None:
    folder = workspace / "storage" / PREFIX / str(uuid4())
    folder.mkdir(parents=True)
    left = folder / f"{uuid4()}#1"
    left.write_bytes(b"half")
    await sweep(house)
    assert left.exists()
    house.clock.advance(hours=25)
    await sweep(house)
    assert not left.exists()


async def test_one_key_has_one_effect(client: Client) -> None:
    headers = {"Idempotency-Key": f"avatar-{uuid4()}"}
    file = {"file": ("a.png", encoded(plain()))}
    first, second = [await client.http.post(AVATAR, files=file, headers=headers) for _ in range(2)]
    assert first.json() == second.json()
    assert second.headers["idempotency-replayed"] == "true"
    assert first.headers["etag"] == second.headers["etag"]
    other = await client.http.post(AVATAR, files={"file": ("a.png", encoded(plain(9, 9)))}, headers=headers)
    assert other.status_code == 422


async def test_a_client_has_a_budget_of_pictures(client: Client) -> None:
    statuses = [(await send(client, b"no picture")).status_code for _ in range(21)]
    assert statuses == [400] * 20 + [429]
    assert (await client.http.patch(PROFILE, json={"phone": "+1"})).status_code == 200


async def test_staff_have_no_picture_of_their_own(house: House, agency: Agency) -> None:
    file = {"file": ("a.png", encoded(plain()))}
    answer = await agency.http.post(AVATAR, files=file)
    assert (answer.status_code, answer.json()["code"]) == (403, "client_only")
    assert (await house.gateway.post(AVATAR, files=file)).status_code == 401


async def test_without_an_object_store_nothing_changes_and_the_rest_goes_on(variables: dict[str, str]) -> None:
    away = {"portal": {"store": ObjectStore("file:///proc/no/such/place")}}
    async with running_house(variables, ("auth", "portal"), overrides=away) as house:
        client = await (await house.agency()).client()
        answer = await send(client, encoded(plain()))
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        changed = await client.http.patch(PROFILE, json={"phone": "+1"})
        assert (changed.status_code, changed.json()["avatar"]) == (200, NOTHING)
