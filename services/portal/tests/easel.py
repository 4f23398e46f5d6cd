"""How a client's picture is sent, looked at and swept away in tests."""

from typing import Any

import httpx

from chassis.storage import ObjectStore
from services.portal.blobs.models import PREFIX
from services.portal.blobs.sweeping import Sweeper
from tests.house import House
from tests.people import Agency, Client

AVATAR = "/api/v1/portal/client/avatar"
PROFILE = "/api/v1/portal/client"
NOTHING = {"blobId": "", "height": 0, "thumbnailBlobId": "", "width": 0}


async def send(client: Client, data: bytes, name: str = "me.png", kind: str = "image/png") -> httpx.Response:
    return await client.http.post(AVATAR, files={"file": (name, data, kind)})


async def shown(client: Client, data: bytes, **more: Any) -> bytes:
    """The bytes of the picture that came of it."""
    answer = await send(client, data, **more)
    assert answer.status_code == 200, answer.text
    return await fetch(client, answer.json()["avatar"]["blobId"])


async def fetch(client: Client, blob_id: str) -> bytes:
    answer = await client.http.get(f"/api/v1/portal/blobs/{blob_id}")
    assert answer.status_code == 200, answer.text
    return answer.content


async def avatar_of(client: Client) -> dict[str, Any]:
    return dict((await client.http.get(PROFILE)).json()["avatar"])


def store_of(house: House) -> ObjectStore:
    store: ObjectStore = house.apps["portal"].state.context.gallery._store
    return store


async def kept(house: House, agency: Agency) -> set[str]:
    """Keys of everything that the object store holds of an agency."""
    listing = store_of(house).list(f"{PREFIX}/{agency.id}")
    return {entry.key for batch in [found async for found in listing] for entry in batch}


async def sweep(house: House) -> int:
    return await Sweeper(house.database("portal"), store_of(house), house.clock).sweep()
