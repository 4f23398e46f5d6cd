"""The agency's logo: sent by those who may, drawn anew, shown to everybody, and gone in time."""

import re
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from portico.portal.v1 import settings_pb2, settings_pb2_grpc

from chassis.rpc import Peers
from services.portal.blobs.models import PREFIX
from services.portal.blobs.sweeping import Sweeper
from services.portal.portal_settings.logos import MAX_LOGO_BYTES
from services.portal.tests import drawing
from services.portal.tests.drawing import close, corner, decoded, encoded, plain
from tests.house import ORIGIN, House
from tests.people import Agency

CONFIG = "/api/v1/client-portal/config"
LOGO = f"{CONFIG}/logo"


@pytest.fixture
async def agency(house: House) -> Agency:
    return await house.agency()


async def send(http: httpx.AsyncClient, data: bytes, **headers: str) -> httpx.Response:
    return await http.post(LOGO, files={"file": ("logo.png", data, "image/png")}, headers=headers)


async def sent(agency: Agency, data: bytes) -> str:
    """The logo's address below the origin."""
    answer = await send(agency.http, data)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["data"]["portal_logo"])


async def logo_url(house: House, agency: Agency) -> str:
    """What mails and papers are told."""
    peers: Peers = house.chassis("notify").peers
    stub = settings_pb2_grpc.SettingsServiceStub(peers.channel("portal"))
    answer = await peers.ask(stub.GetSettings, settings_pb2.GetSettingsRequest(agency_id=agency.id))
    return str(answer.logo_url)


async def sweep(house: House) -> None:
    context = house.apps["portal"].state.context
    await Sweeper(house.database("portal"), context.gallery._store, house.clock).sweep()


async def kept(house: House, agency: Agency) -> int:
    listing = house.apps["portal"].state.context.gallery._store.list(f"{PREFIX}/{agency.id}")
    return sum([len(batch) async for batch in listing])


async def test_a_logo_is_part_of_the_configuration(house: House, agency: Agency) -> None:
    before = (await agency.http.get(CONFIG)).json()["data"]
    answer = await send(agency.http, encoded(plain(1600, 400), "JPEG"))
    assert answer.status_code == 200
    address = answer.json()["data"]["portal_logo"]
    assert re.fullmatch(r"portal-logos/[0-9a-f]{32}\.png", address)
    assert answer.json()["data"] == {**before, "portal_logo": address}
    config = await agency.http.get(CONFIG)
    assert config.json() == answer.json()
    assert config.headers["etag"] == answer.headers["etag"]
    client = await agency.client()
    assert (await client.http.get("/api/portal")).json()["settings"]["portal_logo"] == address


async def test_anybody_may_look_at_it(house: House, agency: Agency) -> None:
    address = await sent(agency, encoded(plain(1600, 400)))
    answer = await house.gateway.get(f"/{address}")
    assert answer.status_code == 200
    assert (decoded(answer.content).format, decoded(answer.content).size) == ("PNG", (800, 200))
    assert close(corner(answer.content), (200, 40, 10))
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    # Mails and other sites' pages show it.
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "set-cookie" not in answer.headers
    again = await house.gateway.get(f"/{address}", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = await house.gateway.head(f"/{address}")
    assert (head.status_code, head.headers["etag"]) == (200, answer.headers["etag"])


async def test_mails_and_papers_are_told_a_whole_address(house: House, agency: Agency) -> None:
    assert await logo_url(house, agency) == ""
    address = await sent(agency, encoded(plain()))
    assert await logo_url(house, agency) == f"{ORIGIN}/{address}"
    await agency.http.delete(LOGO)
    assert await logo_url(house, agency) == ""


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP", "GIF"])
async def test_every_usual_kind_of_picture_is_taken(house: House, agency: Agency, format: str) -> None:
    address = await sent(agency, encoded(plain(), format))
    assert decoded((await house.gateway.get(f"/{address}")).content).format == "PNG"


@pytest.mark.parametrize("format", ["GIF", "PNG", "WEBP"])
async def test_of_what_moves_the_first_frame_is_taken(house: House, agency: Agency, format: str) -> None:
    drawn = (await house.gateway.get(f"/{await sent(agency, drawing.animation(format))}")).content
    assert getattr(decoded(drawn), "n_frames", 1) == 1
    assert close(corner(drawn), (255, 0, 0))


async def test_what_is_transparent_stays_so(house: House, agency: Agency) -> None:
    address = await sent(agency, encoded(plain(40, 40, (9, 9, 9, 0), "RGBA")))
    drawn = decoded((await house.gateway.get(f"/{address}")).content)
    assert drawn.convert("RGBA").getpixel((5, 5))[3] == 0


REFUSED = {
    "an SVG": drawing.SVG,
    "a page": drawing.HTML,
    "a page that begins like a GIF": b"GIF89a" + drawing.HTML,
    "a PDF": drawing.PDF,
    "PostScript": drawing.POSTSCRIPT,
    "a BMP": encoded(plain(), "BMP"),
    "50,000 x 50,000 pixels": drawing.header_bomb(),
    "a cut GIF": encoded(plain(), "GIF")[:30],
    "nothing": b"",
}


@pytest.mark.parametrize("case", REFUSED)
async def test_what_is_no_picture_is_refused_and_the_old_logo_stays(house: House, agency: Agency, case: str) -> None:
    address = await sent(agency, encoded(plain()))
    answer = await send(agency.http, REFUSED[case])
    assert answer.status_code == 400, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == ["file"]
    assert (await agency.http.get(CONFIG)).json()["data"]["portal_logo"] == address
    assert (await house.gateway.get(f"/{address}")).status_code == 200


async def test_a_page_behind_a_picture_is_left_behind(house: House, agency: Agency) -> None:
    for data in (encoded(plain()) + drawing.HTML + drawing.archive(), encoded(plain(), "GIF", comment=drawing.SCRIPT)):
        assert b"canary" in data
        assert b"canary" not in (await house.gateway.get(f"/{await sent(agency, data)}")).content


async def test_one_byte_too_many_is_refused(agency: Agency) -> None:
    small = encoded(plain())
    most = small + b"\0" * (MAX_LOGO_BYTES - len(small))
    assert (await send(agency.http, most)).status_code == 200
    assert (await send(agency.http, most + b"\0")).status_code == 413


async def test_only_owners_and_admins_change_it(house: House, agency: Agency) -> None:
    address = await sent(agency, encoded(plain()))
    member, admin = await agency.member("member"), await agency.member("admin")
    client = await agency.client()
    for http, status in (
        (member, 403),
        (client.http, 403),
        (await agency.api_key("read"), 403),
        (house.gateway, 401),
    ):
        assert (await send(http, encoded(plain()))).status_code == status
        assert (await http.delete(LOGO)).status_code == status
    assert (await agency.http.get(CONFIG)).json()["data"]["portal_logo"] == address
    for http in (admin, await agency.api_key("read", "write")):
        assert (await send(http, encoded(plain()))).status_code == 200


async def test_a_logo_cannot_be_guessed_or_named(house: House, agency: Agency) -> None:
    address = await sent(agency, encoded(plain()))
    blob_id = await the_blob_of(house, agency)
    for name in (
        f"{uuid4().hex}.png",
        f"{blob_id}.png",
        f"{blob_id}",
        address.removeprefix("portal-logos/").upper(),
        address.removeprefix("portal-logos/").removesuffix(".png"),
        f"{agency.id}.png",
        "..%2f..%2fetc%2fpasswd",
        "%00.png",
        "",
    ):
        answer = await house.gateway.get(f"/portal-logos/{name}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), name


async def the_blob_of(house: House, agency: Agency) -> UUID:
    async with house.database("portal").reader(UUID(agency.id)) as reader:
        blob_id: UUID = await reader.fetchval("SELECT id FROM blobs")
        return blob_id


async def test_a_client_s_picture_is_at_no_public_address(house: House, agency: Agency) -> None:
    client = await agency.client()
    answer = await client.http.post("/api/v1/portal/client/avatar", files={"file": ("a.png", encoded(plain()))})
    blob_id = answer.json()["avatar"]["blobId"].replace("-", "")
    assert (await house.gateway.get(f"/portal-logos/{blob_id}.png")).status_code == 404
    logo = await sent(agency, encoded(plain()))
    async with house.database("portal").reader(UUID(agency.id)) as reader:
        logo_id = await reader.fetchval("SELECT id FROM blobs WHERE 'portal-logos/' || public_name = $1", logo)
    assert (await client.http.get(f"/api/v1/portal/blobs/{logo_id}")).status_code == 404


async def test_a_replaced_logo_is_shown_for_thirty_days_in_mails_that_are_out(house: House, agency: Agency) -> None:
    first = await sent(agency, encoded(plain()))
    second = await sent(agency, encoded(plain(colour="green")))
    assert first != second
    house.clock.advance(days=29, hours=23)
    await sweep(house)
    assert (await house.gateway.get(f"/{first}")).status_code == 200
    house.clock.advance(hours=2)
    assert (await house.gateway.get(f"/{first}")).status_code == 404
    await sweep(house)
    assert await kept(house, agency) == 1
    assert (await house.gateway.get(f"/{second}")).status_code == 200


async def test_a_deleted_logo_is_gone_at_once_and_all_before_it(house: House, agency: Agency) -> None:
    addresses = [await sent(agency, encoded(plain(colour=colour))) for colour in ("red", "green")]
    other = await house.agency()
    others_logo = await sent(other, encoded(plain()))
    answer = await agency.http.delete(LOGO)
    assert (answer.status_code, answer.json()["data"]["portal_logo"]) == (200, None)
    assert (await agency.http.get(CONFIG)).json() == answer.json()
    for address in addresses:
        assert (await house.gateway.get(f"/{address}")).status_code == 404
    await sweep(house)
    assert await kept(house, agency) == 0
    again = await agency.http.delete(LOGO)
    assert (again.status_code, again.headers["etag"]) == (200, answer.headers["etag"])
    assert (await house.gateway.get(f"/{others_logo}")).status_code == 200


async def test_a_logo_for_another_version_of_the_configuration_is_refused(agency: Agency) -> None:
    seen = (await agency.http.get(CONFIG)).headers["etag"]
    first = await send(agency.http, encoded(plain()), **{"If-Match": seen})
    late = await send(agency.http, encoded(plain()), **{"If-Match": seen})
    gone = await agency.http.delete(LOGO, headers={"If-Match": seen})
    assert (first.status_code, late.status_code, gone.status_code) == (200, 412, 412)
    assert (await agency.http.get(CONFIG)).json() == first.json()


async def test_one_key_has_one_effect(agency: Agency) -> None:
    key = {"Idempotency-Key": f"logo-{uuid4()}"}
    first, second = [await send(agency.http, encoded(plain()), **key) for _ in range(2)]
    assert first.json() == second.json()
    assert (await agency.http.get(CONFIG)).headers["etag"] == first.headers["etag"]
    assert (await send(agency.http, encoded(plain(9, 9)), **key)).status_code == 422


async def test_a_logo_counts_against_the_budget_of_the_client_portal_api(agency: Agency) -> None:
    statuses: list[Any] = [(await send(agency.http, b"")).status_code for _ in range(61)]
    assert statuses == [400] * 60 + [429]
