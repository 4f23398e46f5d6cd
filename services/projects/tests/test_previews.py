"""Previews: what is shown of a file is a picture that we drew, to those who may have the file, or a clear no."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from services.projects.files.storing import PREFIX
from services.projects.previews.models import MAX_SOURCE_BYTES
from services.projects.tests import drafts
from services.projects.tests.drafts import MAKER, close, decoded, encoded, pdf, plain
from services.projects.tests.office import Office, open_office, without_time
from tests.house import House

PICTURE = encoded(plain(2000, 1000))


async def preview(door: httpx.AsyncClient, file: dict[str, Any], **query: Any) -> httpx.Response:
    return await door.get(f"/api/files/{file['id']}/preview", params=query)


async def drawn(office: Office, content: bytes, name: str = "draft.png", **query: Any) -> httpx.Response:
    answer = await preview(office.staff, await office.file(name, content), **query)
    assert answer.status_code == 200, answer.text
    return answer


def shelf(office: Office) -> list[Path]:
    """Everything that was drawn for the agency."""
    storage = Path(office.house.environment["PORTICO_STORAGE_URL"].removeprefix("file://"))
    return [path for path in (storage / PREFIX / office.agency.id / "previews").rglob("*") if path.is_file()]


@pytest.mark.parametrize(("width", "expected"), [(None, 1280), (1, 320), (320, 320), (321, 640), (1281, 1280)])
async def test_a_picture_is_drawn_in_the_next_width(office: Office, width: int | None, expected: int) -> None:
    answer = await drawn(office, PICTURE, **({} if width is None else {"width": width}))
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["x-page-count"] == "1"
    shown = decoded(answer.content)
    assert (shown.format, shown.size) == ("WEBP", (expected, expected // 2))


async def test_a_small_picture_is_not_blown_up(office: Office) -> None:
    assert decoded((await drawn(office, encoded(plain(40, 30)))).content).size == (40, 30)


async def test_a_picture_stands_upright_and_tells_nothing_of_its_maker(office: Office) -> None:
    content = (await drawn(office, drafts.taken_sideways(), "photo.jpg")).content
    shown = decoded(content)
    assert (shown.size, close(shown, (50, 20), "red"), close(shown, (50, 180), "blue")) == ((100, 200), True, True)
    assert MAKER.encode() not in content
    assert b"CanaryComment" not in content
    assert dict(shown.getexif()) == {}


async def test_of_what_moves_the_first_frame_is_shown(office: Office) -> None:
    shown = decoded((await drawn(office, drafts.moving(), "loop.gif")).content)
    assert (getattr(shown, "is_animated", False), close(shown, (30, 20), "red")) == (False, True)


@pytest.mark.parametrize("format", ["JPEG", "WEBP", "TIFF", "AVIF"])
async def test_pictures_of_other_formats_are_drawn_too(office: Office, format: str) -> None:
    assert decoded((await drawn(office, encoded(plain(), format))).content).size == (300, 200)


async def test_each_page_of_a_pdf_can_be_looked_at(office: Office) -> None:
    file = await office.file("plan.pdf", pdf("red", "lime", "blue"))
    for page, colour in enumerate(("red", "lime", "blue"), 1):
        answer = await preview(office.visitor, file, page=page, width=320)
        assert (answer.status_code, answer.headers["x-page-count"]) == (200, "3")
        shown = decoded(answer.content)
        assert (shown.size, close(shown, (160, 200), colour)) == ((320, 453), True)
    for page in (4, 2**31 - 1):
        behind = await preview(office.visitor, file, page=page)
        assert (behind.status_code, behind.json()["code"]) == (404, "not_found")
    assert (await preview(office.staff, await office.file("one.png", PICTURE), page=2)).status_code == 404


async def test_the_number_of_pages_can_be_asked_for(office: Office) -> None:
    file = await office.file("plan.pdf", pdf("red", "lime"))
    answer = await office.visitor.get(f"/api/files/{file['id']}/pages")
    assert answer.json() == {"fileId": file["id"], "version": 1, "pages": 2, "width": 1280, "height": 1812}
    assert decoded((await preview(office.visitor, file)).content).size == (1280, 1812)
    text = await office.file("words.txt")
    refused = await office.visitor.get(f"/api/files/{text['id']}/pages")
    assert (refused.status_code, refused.json()["code"]) == (415, "no_preview")


@pytest.mark.parametrize(
    "make",
    [
        lambda: b"Hello, this is a text.",
        lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        lambda: b"PK\x03\x04" + b"\0" * 100,
        lambda: b"",
        lambda: pdf("red")[:300],
        lambda: b"%PDF-1.7 and nothing else",
        lambda: PICTURE[:-2000],
        lambda: b"\x89PNG\r\n\x1a\n" + b"\xff" * 500,
        lambda: encoded(plain(), "JPEG")[:200],
        drafts.locked_pdf,
        drafts.header_bomb,
        drafts.real_bomb,
        drafts.endless_pdf,
    ],
)
async def test_what_cannot_be_drawn_is_said_so(office: Office, make: Callable[[], bytes]) -> None:
    file = await office.file("strange.bin", make())
    for _ in range(2):
        answer = await preview(office.staff, file)
        assert (answer.status_code, answer.json()["code"]) == (415, "no_preview"), answer.text
    # Nobody else has to suffer for it.
    assert (await preview(office.staff, await office.file("good.png", PICTURE))).status_code == 200


async def test_a_picture_inside_a_pdf_cannot_take_all_memory(office: Office) -> None:
    file = await office.file("huge.pdf", drafts.pdf_with_picture(30_000, 30_000))
    assert (await preview(office.staff, file)).status_code in (200, 415)


async def test_the_reason_is_told(office: Office) -> None:
    for content, reason in ((drafts.locked_pdf(), "password"), (drafts.header_bomb(), "pixels"), (b"text", "type")):
        answer = await preview(office.staff, await office.file(f"{reason}.bin", content))
        assert reason in answer.json()["detail"]


async def test_a_file_that_is_too_large_is_not_even_read(office: Office) -> None:
    file = await office.file("large.png", PICTURE + b"\0" * (MAX_SOURCE_BYTES + 1 - len(PICTURE)))
    answer = await preview(office.staff, file)
    assert (answer.status_code, answer.json()["code"]) == (415, "no_preview")
    assert "64 MiB" in answer.json()["detail"]


async def test_nothing_is_fetched_and_no_script_is_run(office: Office) -> None:
    calls = []

    async def called(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        calls.append(await reader.read(100))
        writer.close()

    server = await asyncio.start_server(called, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/x"
    async with server:
        await drawn(office, drafts.pdf_that_calls(address), "calls.pdf")
        # The listener does listen.
        _, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(b"here")
        writer.write_eof()
        await office.house.eventually(lambda: _have(calls))
        writer.close()
    assert calls == [b"here"]


async def _have(calls: list[bytes]) -> bool:
    return bool(calls)


async def test_the_same_bytes_are_drawn_once(office: Office) -> None:
    one, other = await office.file("one.png", PICTURE), await office.file("other.png", PICTURE)
    answers = await asyncio.gather(*(preview(office.staff, file) for file in (one, other) for _ in range(5)))
    assert len({answer.content for answer in answers}) == 1
    [kept] = shelf(office)
    # Put another picture there: it is that which is shown from now on.
    head = kept.read_bytes().partition(b"\n")[0]
    kept.write_bytes(head + b"\n" + b"what was kept")
    assert (await preview(office.staff, other)).content == b"what was kept"
    await preview(office.staff, other, width=320)
    assert len(shelf(office)) == 2


async def test_a_caller_who_has_it_is_told_so_and_nobody_between_keeps_it(office: Office) -> None:
    file = await office.file("draft.png", PICTURE)
    first = await preview(office.visitor, file)
    assert first.headers["cache-control"] == "private, no-cache"
    assert first.headers["content-security-policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert first.headers["x-content-type-options"] == "nosniff"
    path = f"/api/files/{file['id']}/preview"
    again = await office.visitor.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    smaller = await office.visitor.get(path, params={"width": 320}, headers={"If-None-Match": first.headers["etag"]})
    assert smaller.status_code == 200
    await office.staff.patch(f"/api/files/{file['id']}", json={"visibleToClient": False})
    hidden = await office.visitor.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert hidden.status_code == 404


async def test_an_older_version_is_shown_to_those_who_were_shown_it(office: Office) -> None:
    file = await office.file("plan.pdf", pdf("red"), visibleToClient="false")
    await office.file("plan.pdf", pdf("blue", "lime"))
    old, new = await preview(office.staff, file, version=1), await preview(office.staff, file)
    assert close(decoded(old.content), (100, 100), "red")
    assert close(decoded(new.content), (100, 100), "blue")
    assert (await office.staff.get(f"/api/files/{file['id']}/pages", params={"version": 1})).json()["pages"] == 1
    assert (await preview(office.staff, file, version=9)).status_code == 404


@pytest.mark.parametrize("what", ["preview", "pages"])
async def test_whoever_may_not_have_the_file_finds_nothing(office: Office, house: House, what: str) -> None:
    file = await office.file("secret.png", PICTURE, visibleToClient="false")
    shown = await office.file("shown.pdf", pdf("red"), visibleToClient="false")
    await office.file("shown.pdf", pdf("blue"), visibleToClient="true")
    for one in (file, shown):
        assert (await office.staff.get(f"/api/files/{one['id']}/{what}")).status_code == 200
    neighbour, stranger = await office.agency.client(), await open_office(house)
    made_up = f"/api/files/{uuid4()}/{what}"
    for door in (office.visitor, neighbour.http, stranger.staff, stranger.visitor):
        found = await door.get(f"/api/files/{file['id']}/{what}")
        assert found.status_code == 404
        assert without_time(found) == without_time(await door.get(made_up))
    assert (await office.visitor.get(f"/api/files/{shown['id']}/{what}", params={"version": 1})).status_code == 404
    assert (await house.gateway.get(f"/api/files/{shown['id']}/{what}")).status_code == 401
    await office.staff.delete(f"/api/files/{file['id']}")
    assert (await office.staff.get(f"/api/files/{file['id']}/{what}")).status_code == 404


async def test_a_plain_link_with_the_token_shows_it(office: Office) -> None:
    file = await office.file("draft.png", PICTURE)
    answer = await office.house.gateway.get(
        f"/api/files/{file['id']}/preview", params={"token": office.client.token, "width": 320}
    )
    assert (answer.status_code, decoded(answer.content).size) == (200, (320, 160))


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=-1", "width=0", "width=x", f"page={2**31}", "version=0"])
async def test_what_cannot_be_asked_for_is_refused(office: Office, query: str) -> None:
    file = await office.file("draft.png", PICTURE)
    answer = await office.staff.get(f"/api/files/{file['id']}/preview?{query}")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, query.partition("=")[0])
