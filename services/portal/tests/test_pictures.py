"""Pictures: whatever is sent, what is kept is a small picture that we drew ourselves, or nothing."""

import base64
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from services.portal.blobs import receiving
from services.portal.blobs.models import PREFIX
from services.portal.blobs.receiving import Receiving
from services.portal.profiles.routes import MAX_AVATAR_BYTES
from services.portal.tests import drawing
from services.portal.tests.drawing import close, corner, decoded, encoded, plain
from services.portal.tests.easel import AVATAR, NOTHING, PROFILE, avatar_of, fetch, kept, send, shown
from tests.house import House
from tests.people import Agency, Client


@pytest.fixture(scope="module")
async def agency(running: House) -> Agency:
    return await running.agency()


@pytest.fixture
async def client(agency: Agency) -> Client:
    return await agency.client()


async def test_a_picture_is_drawn_small_with_a_thumbnail(client: Client) -> None:
    answer = await send(client, encoded(plain(1500, 750), "JPEG"), "me.jpg", "image/jpeg")
    assert answer.status_code == 200
    avatar = answer.json()["avatar"]
    assert (avatar["width"], avatar["height"]) == (512, 256)
    picture, thumbnail = [await fetch(client, avatar[name]) for name in ("blobId", "thumbnailBlobId")]
    assert (decoded(picture).size, decoded(thumbnail).size) == ((512, 256), (96, 48))
    assert decoded(picture).format == decoded(thumbnail).format == "JPEG"
    assert close(corner(picture), (200, 40, 10))
    assert await avatar_of(client) == avatar
    assert (await client.http.get("/api/v1/portal/me")).json()["avatar"] == avatar


async def test_a_small_picture_is_not_blown_up(client: Client) -> None:
    assert decoded(await shown(client, encoded(plain(20, 10)))).size == (20, 10)


async def test_a_picture_comes_as_a_data_url_too(client: Client) -> None:
    for format in ("png", "jpeg", "webp"):
        url = f"data:image/{format};base64," + base64.b64encode(encoded(plain(64, 64), format)).decode()
        answer = await client.http.patch(PROFILE, json={"avatar": url})
        assert answer.status_code == 200, answer.text
        assert answer.json()["avatar"]["width"] == 64
    gone = await client.http.patch(PROFILE, json={"avatar": None})
    assert (gone.status_code, gone.json()["avatar"]) == (200, NOTHING)
    assert await avatar_of(client) == NOTHING


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "https://elsewhere.test/me.png",
        "data:image/png;base64,",
        "data:image/png;base64,%%%%",
        "data:image/png;base64,AAAA\nAAAA",
        "data:image/png,AAAA",
        "data:image/svg+xml;base64," + base64.b64encode(drawing.SVG).decode(),
        "data:text/html;base64," + base64.b64encode(drawing.HTML).decode(),
        "data:image/gif;base64," + base64.b64encode(encoded(plain(9, 9), "GIF")).decode(),
        "data:image/png;base64," + base64.b64encode(drawing.SVG).decode(),
        "data:image/png;base64," + base64.b64encode(encoded(plain(9, 9), "GIF")).decode(),
        7,
        ["data:image/png;base64,AAAA"],
    ],
)
async def test_a_data_url_that_is_no_picture_is_refused(client: Client, url: Any) -> None:
    answer = await client.http.patch(PROFILE, json={"avatar": url, "phone": "+1"})
    assert answer.status_code == 400, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == ["avatar"]
    after = (await client.http.get(PROFILE)).json()
    assert (after["avatar"], after["phone"]) == (NOTHING, "")


async def test_a_body_of_more_than_a_megabyte_is_for_the_other_route(client: Client) -> None:
    url = "data:image/png;base64," + "A" * 1_000_000
    assert (await client.http.patch(PROFILE, json={"avatar": url})).status_code == 413


REFUSED: dict[str, Callable[[], bytes]] = {
    "an SVG": lambda: drawing.SVG,
    "a page": lambda: drawing.HTML,
    "a page that begins like a GIF": lambda: b"GIF89a" + drawing.HTML,
    "a page that begins like a PNG": lambda: b"\x89PNG\r\n\x1a\n" + drawing.HTML,
    "a PDF": lambda: drawing.PDF,
    "PostScript": lambda: drawing.POSTSCRIPT,
    "an archive": lambda: drawing.archive(),
    "a GIF": lambda: encoded(plain(), "GIF"),
    "a BMP": lambda: encoded(plain(), "BMP"),
    "a TIFF": lambda: encoded(plain(), "TIFF"),
    "an icon": lambda: encoded(plain(32, 32), "ICO"),
    "a cut PNG": lambda: encoded(Image.effect_noise((200, 200), 90))[:9_000],
    "a cut JPEG": lambda: encoded(Image.effect_noise((200, 200), 90), "JPEG")[:3_000],
    "a cut WebP": lambda: encoded(Image.effect_noise((200, 200), 90), "WEBP")[:3_000],
    "the first bytes of a PNG": lambda: encoded(plain())[:20],
    "a promise of 50,000 x 50,000 pixels": lambda: drawing.header_bomb(),
    "a promise of the most pixels there are": lambda: drawing.header_bomb(2**31 - 1, 2**31 - 1),
    "a promise of one long line": lambda: drawing.header_bomb(2**24, 1),
    "no pixels at all": lambda: drawing.header_bomb(0, 0),
    "400 million pixels": lambda: drawing.real_bomb(),
    "a text that unpacks to 100 MB": lambda: drawing.text_bomb(),
    "words": lambda: b"just some words",
    "zeros": lambda: b"\0" * 100_000,
}


@pytest.mark.parametrize("case", REFUSED)
async def test_what_is_no_whole_picture_is_refused_and_leaves_nothing(house: House, agency: Agency, case: str) -> None:
    client = await agency.client()
    before = await kept(house, agency)
    answer = await send(client, REFUSED[case]())
    assert answer.status_code == 400, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == ["file"]
    assert await avatar_of(client) == NOTHING
    assert await kept(house, agency) == before


async def test_an_empty_file_is_refused(client: Client) -> None:
    answer = await send(client, b"")
    assert (answer.status_code, answer.json()["errors"]) == (400, [{"field": "file", "message": "is empty"}])


POLYGLOTS: dict[str, bytes] = {
    "a PNG with a page behind it": encoded(plain()) + drawing.HTML,
    "a PNG with an archive behind it": encoded(plain()) + drawing.archive(),
    "a JPEG with a script for a comment": encoded(plain(), "JPEG", comment=drawing.SCRIPT),
    "a PNG with a script for a text": encoded(plain())[:33]
    + drawing.chunk(b"tEXt", b"Comment\0" + drawing.SCRIPT)
    + encoded(plain())[33:],
    "a PNG with a chunk of its own": encoded(plain())[:33]
    + drawing.chunk(b"caNa", drawing.SCRIPT)
    + encoded(plain())[33:],
}


@pytest.mark.parametrize("case", POLYGLOTS)
async def test_what_is_a_picture_and_something_else_is_only_the_picture_afterwards(client: Client, case: str) -> None:
    data = POLYGLOTS[case]
    assert b"canary" in data
    answer = await send(client, data, "me.html", "text/html")
    assert answer.status_code == 200, answer.text
    for name in ("blobId", "thumbnailBlobId"):
        drawn = await fetch(client, answer.json()["avatar"][name])
        assert b"canary" not in drawn
        assert b"PK\x03\x04" not in drawn
        assert close(corner(drawn), (200, 40, 10))


async def test_a_picture_is_turned_upright_and_loses_place_maker_and_comment(client: Client) -> None:
    data = drawing.taken_sideways()
    assert drawing.MAKER.encode() in data
    assert b"canary comment" in data
    drawn = await shown(client, data)
    picture = decoded(drawn)
    assert picture.size == (100, 200)
    assert close(picture.convert("RGB").getpixel((50, 20)), (255, 0, 0), by=30)
    assert close(picture.convert("RGB").getpixel((50, 180)), (0, 0, 255), by=30)
    assert dict(picture.getexif()) == {}
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert drawing.MAKER.encode() not in drawn
    assert b"canary" not in drawn


@pytest.mark.parametrize("orientation", [0, 9, 65_535])
async def test_an_orientation_that_there_is_not_turns_nothing(client: Client, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    drawn = await shown(client, encoded(plain(80, 40), "JPEG", exif=exif))
    assert decoded(drawn).size == (80, 40)


async def test_broken_metadata_are_no_reason_to_refuse_a_picture(client: Client) -> None:
    drawn = await shown(client, encoded(plain(80, 40), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\xff\xff"))
    assert decoded(drawn).size == (80, 40)
    drawn = await shown(client, encoded(plain(80, 40), "PNG", icc_profile=b"no profile" * 20))
    assert close(corner(drawn), (200, 40, 10))


async def test_only_the_first_frame_of_what_moves_is_taken(client: Client) -> None:
    for format in ("PNG", "WEBP"):
        drawn = await shown(client, drawing.animation(format))
        assert getattr(decoded(drawn), "n_frames", 1) == 1
        assert close(corner(drawn), (255, 0, 0))


COLOURS: dict[str, tuple[bytes, tuple[int, int, int]]] = {
    "four inks": (encoded(plain(40, 40, (0, 255, 255, 0), "CMYK"), "JPEG", quality=95), (254, 0, 0)),
    "a palette": (encoded(plain(40, 40, (10, 200, 90)).quantize(8)), (10, 200, 90)),
    "black and white": (encoded(plain(40, 40, 1, "1")), (255, 255, 255)),
    "grey": (encoded(plain(40, 40, 77, "L")), (77, 77, 77)),
    "16 bits of grey": (encoded(plain(40, 40, 77 * 257, "I;16")), (77, 77, 77)),
    "a profile": (drawing.with_swapped_profile("PNG"), (0, 0, 255)),
    "a profile in a JPEG": (drawing.with_swapped_profile("JPEG"), (0, 0, 255)),
    "a profile in a WebP": (drawing.with_swapped_profile("WEBP"), (0, 0, 255)),
    "an unfit profile": (drawing.with_lab_profile(), (120, 120, 120)),
}


@pytest.mark.parametrize("case", COLOURS)
async def test_colours_stay_what_they_are(client: Client, case: str) -> None:
    data, expected = COLOURS[case]
    drawn = await shown(client, data)
    assert close(corner(drawn), expected), corner(drawn)
    assert decoded(drawn).mode == "RGB"


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
async def test_what_is_transparent_stays_so(client: Client, mode: str) -> None:
    clear = plain(40, 40, (255, 0, 0, 0), "RGBA")
    clear.paste((0, 0, 255, 255), (20, 0, 40, 40))
    drawn = decoded(await shown(client, encoded(clear.convert(mode) if mode != "P" else clear.quantize(4))))
    assert drawn.format == "PNG"
    assert drawn.convert("RGBA").getpixel((5, 20))[3] == 0
    assert drawn.convert("RGBA").getpixel((30, 20))[3] == 255


MOST: dict[str, tuple[tuple[int, int], str, int]] = {
    "as many pixels as may be": ((5_000, 5_000), "PNG", 200),
    "one line too many": ((5_000, 5_001), "PNG", 400),
    "as many of a JPEG as may be": ((8_000, 8_000), "JPEG", 200),
    "one line of a JPEG too many": ((8_000, 8_001), "JPEG", 400),
    "as wide as may be": ((16_384, 1), "PNG", 200),
    "one pixel too wide": ((16_385, 1), "PNG", 400),
}


@pytest.mark.parametrize("case", MOST)
async def test_a_picture_has_so_many_pixels_and_no_more(client: Client, case: str) -> None:
    size, format, status = MOST[case]
    answer = await send(client, encoded(Image.new("1" if format == "PNG" else "L", size), format))
    assert answer.status_code == status, answer.text
    assert status == 200 or "million pixels at most" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("kind", ["image/png", "text/html", "application/octet-stream", "image/svg+xml", "x"])
async def test_what_a_picture_is_called_does_not_matter(client: Client, kind: str) -> None:
    assert (await send(client, encoded(plain()), "page.html", kind)).status_code == 200


@pytest.mark.parametrize(
    "name",
    ["../../../etc/passwd", "..\\..\\me.png", "me\x00.png", "\r\nX-Evil: 1", "\u202egnp.exe", "/", ".", "a" * 5_000],
)
async def test_a_file_s_name_goes_nowhere(house: House, agency: Agency, name: str) -> None:
    client = await agency.client()
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="%b"\r\n\r\n'
    quoted = name.replace("\r", "%0D").replace("\n", "%0A").encode()
    body = head % quoted + encoded(plain()) + b"\r\n--b--\r\n"
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = await client.http.post(AVATAR, content=body, headers=headers)
    assert answer.status_code == 200, answer.text
    assert set(answer.json()) == {"avatar", "billingAddress", "email", "id", "name", "phone"}
    for key in await kept(house, agency):
        prefix, agency_id, blob_id = key.split("/")
        assert (prefix, agency_id, str(UUID(blob_id))) == (PREFIX, agency.id, blob_id)


async def test_one_byte_too_many_is_refused(client: Client) -> None:
    small = encoded(plain())
    most = small + b"\0" * (MAX_AVATAR_BYTES - len(small))
    assert (await send(client, most)).status_code == 200
    answer = await send(client, most + b"\0")
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


async def test_a_body_of_unknown_length_is_counted_as_it_comes(client: Client) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n' + encoded(plain())
        for _ in range(MAX_AVATAR_BYTES // 65_536 + 1):
            yield b"\0" * 65_536
        raise AssertionError("read past the limit")

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    async with aclosing(endless()) as body:
        answer = await client.http.post(AVATAR, content=body, headers=headers)
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("options", "status", "field"),
    [
        ({"json": {"file": "AAAA"}}, 415, None),
        ({"content": encoded(plain()), "headers": {"Content-Type": "image/png"}}, 415, None),
        ({"files": {"picture": ("a.png", encoded(plain()))}}, 400, "picture"),
        ({"files": [("file", ("a.png", encoded(plain()))), ("file", ("b.png", encoded(plain())))]}, 400, "file"),
        ({"files": {"file": ("a.png", encoded(plain()))}, "data": {"clientId": "1"}}, 400, "clientId"),
        ({"files": {"file": (None, encoded(plain()))}}, 400, "file"),
        ({"content": b"--b--\r\n", "headers": {"Content-Type": "multipart/form-data; boundary=b"}}, 400, "file"),
        ({"content": b"--b\r\n", "headers": {"Content-Type": "multipart/form-data; boundary=b"}}, 400, None),
    ],
)
async def test_a_wrong_form_is_refused(client: Client, options: Any, status: int, field: str | None) -> None:
    answer = await client.http.post(AVATAR, **options)
    assert answer.status_code == status, answer.text
    assert field is None or [error["field"] for error in answer.json()["errors"]] == [field]
    assert await avatar_of(client) == NOTHING


async def test_no_more_is_held_in_memory_than_there_is_room_for(house: House, client: Client) -> None:
    context = house.apps["portal"].state.context
    room: Receiving = context.receiving
    free = room.free
    assert free == receiving.MAX_HELD_BYTES
    room.free = 100
    try:
        answer = await send(client, encoded(plain()))
    finally:
        room.free = free
    assert (answer.status_code, answer.json()["code"]) == (503, "too_many_uploads")
    await send(client, b"no picture")
    await send(client, encoded(plain()))
    assert room.free == free


async def test_bombs_are_met_in_a_process_whose_memory_is_bounded(house: House, agency: Agency) -> None:
    worker = house.apps["portal"].state.context.gallery._pictures.worker
    await worker.close()
    for bomb in (drawing.header_bomb(), drawing.real_bomb(), drawing.text_bomb()):
        assert (await send(await agency.client(), bomb)).status_code == 400
        (peak,) = [line for line in Path(f"/proc/{worker.pid}/status").read_text().splitlines() if "VmHWM" in line]
        assert int(peak.split()[1]) * 1024 < 150_000_000
