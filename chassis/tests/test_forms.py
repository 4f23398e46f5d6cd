"""The streaming reader of forms, chunk boundaries and hostile bodies included."""

from collections.abc import AsyncIterator

import pytest

from chassis.errors import Invalid, PorticoError, TooLarge, UnsupportedMedia
from chassis.http.forms import MAX_FIELD_BYTES, MAX_PARTS, Form

TYPE = "multipart/form-data; boundary=XX"
Read = list[tuple[str, str | None, bytes]]


def part(disposition: str, content: bytes = b"", more: str = "") -> bytes:
    head = f"--XX\r\nContent-Disposition: {disposition}\r\n{more}\r\n"
    return head.encode() + content + b"\r\n"


def body(*parts: bytes) -> bytes:
    return b"".join(parts) + b"--XX--\r\n"


async def read(data: bytes, *, step: int = 64, content_type: str = TYPE) -> Read:
    async def arriving() -> AsyncIterator[bytes]:
        for start in range(0, len(data), step):
            yield data[start : start + step]

    return [
        (item.name, item.file_name, b"".join([chunk async for chunk in item.chunks()]))
        async for item in Form(content_type, arriving()).parts()
    ]


TRICKY = b"\r\n--X\r\n--XY\r\n--\r\n-" * 50
WHOLE = body(
    part('form-data; name="projectId"', b"7"),
    part('form-data; name="file"; filename="a b.pdf"', TRICKY, "Content-Type: text/html\r\n"),
    part("form-data; name=notify", b""),
)


@pytest.mark.parametrize("step", [1, 2, 3, 5, 7, 64, 4096])
async def test_a_form_reads_the_same_however_it_is_cut_up(step: int) -> None:
    assert await read(WHOLE, step=step) == [
        ("projectId", None, b"7"),
        ("file", "a b.pdf", TRICKY),
        ("notify", None, b""),
    ]


async def test_a_part_that_is_not_read_is_skipped() -> None:
    async def arriving() -> AsyncIterator[bytes]:
        yield WHOLE

    assert [item.name async for item in Form(TYPE, arriving()).parts()] == ["projectId", "file", "notify"]


@pytest.mark.parametrize("cut", range(1, len(WHOLE) - 6, 97))
async def test_a_form_that_breaks_off_is_refused(cut: int) -> None:
    with pytest.raises(Invalid):
        await read(WHOLE[:cut])


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('form-data; name="file"; filename="né.txt"', "né.txt"),
        ('form-data; name="file"; filename="a%22b%0D%0A.txt"', 'a"b\r\n.txt'),
        (r'form-data; name="file"; filename="a\"b.txt"', 'a"b.txt'),
        ("form-data; name=\"file\"; filename*=UTF-8''%E2%82%AC.txt", "€.txt"),
        ('form-data; name="file"; filename="plain.txt"; filename*=UTF-8\'\'%2e%2e', "plain.txt"),
        ('form-data; name="file"; filename=""', ""),
        ('form-data; name="file"', None),
    ],
)
async def test_file_names_come_in_the_spellings_that_clients_send(disposition: str, name: str | None) -> None:
    assert (await read(body(part(disposition))))[0][1] == name


@pytest.mark.parametrize(
    ("content_type", "error"),
    [
        ("application/json", UnsupportedMedia),
        ("", UnsupportedMedia),
        ("multipart/mixed; boundary=XX", UnsupportedMedia),
        ("multipart/form-data", Invalid),
        ("multipart/form-data; boundary=", Invalid),
        ("multipart/form-data; boundary=" + "x" * 71, Invalid),
    ],
)
async def test_another_content_type_is_refused(content_type: str, error: type[PorticoError]) -> None:
    with pytest.raises(error):
        await read(WHOLE, content_type=content_type)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"garbage",
        b"--XX",
        b"--YY\r\n\r\n--YY--\r\n",
        body(b"--XX\r\n\r\nno headers\r\n"),
        body(part("attachment; name=x")),
        body(part("form-data")),
        body(part('form-data; name="x"', more="Content-Transfer-Encoding: base64\r\n")),
        body(part('form-data; name="x"', more="Bad Header\r\n")),
        body(part('form-data; name="x"', more="".join(f"X-{n}: 1\r\n" for n in range(20)))),
        body(part('form-data; name="x"', more="X-Long: " + "y" * 20_000 + "\r\n")),
    ],
)
async def test_a_malformed_form_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid):
        await read(data)


async def test_a_form_of_very_many_parts_is_refused() -> None:
    assert len(await read(body(*[part('form-data; name="x"')] * MAX_PARTS))) == MAX_PARTS
    with pytest.raises(Invalid):
        await read(body(*[part('form-data; name="x"')] * 10_000))


async def test_a_field_of_very_many_bytes_is_refused() -> None:
    async def arriving() -> AsyncIterator[bytes]:
        yield body(part('form-data; name="x"', b"y" * (MAX_FIELD_BYTES + 1)))

    with pytest.raises(TooLarge):
        async for item in Form(TYPE, arriving()).parts():
            await item.text()


@pytest.mark.parametrize("value", [b"\xff\xfe", b"nul\x00"])
async def test_a_field_that_is_not_text_is_refused(value: bytes) -> None:
    async def arriving() -> AsyncIterator[bytes]:
        yield body(part('form-data; name="x"', value))

    with pytest.raises(Invalid):
        async for item in Form(TYPE, arriving()).parts():
            await item.text()
