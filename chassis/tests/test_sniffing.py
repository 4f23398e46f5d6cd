"""Media types by content."""

import time

import pytest

from chassis.sniffing import HEAD_BYTES, mime_type

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"", "application/octet-stream"),
        (b"%PDF-1.7\n%\xe2\xe3", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "image/png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"GIF89a<script>alert(1)</script>", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"\x00\x00\x00\x20ftypisom", "video/mp4"),
        (b"\x00\x00\x00\x20ftypavif", "image/avif"),
        (b"PK\x03\x04\x14\x00\x00\x00\x08\x00anything.txt", "application/zip"),
        (b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml" + b"\x00" * 99 + b"PK\x03\x04word/document.xml", DOCX),
        (
            b"PK\x03\x04\x14\x00\x00\x00mimetypeapplication/vnd.oasis.opendocument.textPK\x03\x04",
            "application/vnd.oasis.opendocument.text",
        ),
        (b"\x1f\x8b\x08\x00", "application/gzip"),
        (b"MZ\x90\x00\x03", "application/octet-stream"),
        (b"\x7fELF\x02\x01", "application/octet-stream"),
        (b"#!/bin/sh\necho hello\n", "text/plain"),
        (b"Name;Amount\nAda;7\n", "text/plain"),
        ("Grüße, 世界\n".encode(), "text/plain"),
        ("Grüße\n".encode("latin-1"), "application/octet-stream"),
        (b"<!DOCTYPE html><html>", "text/html"),
        (b"  \n<!-- hi --><HTML>", "text/html"),
        (b"\xef\xbb\xbf<script>alert(1)</script>", "text/html"),
        (b'<?xml version="1.0"?>\n<!-- x -->\n<svg xmlns="http://www.w3.org/2000/svg">', "image/svg+xml"),
        (b"<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN'><svg>", "image/svg+xml"),
        (b'<?xml version="1.0"?><invoice/>', "text/plain"),
        (b"text with a \x00 in it", "application/octet-stream"),
        (b"a control \x01 character", "application/octet-stream"),
    ],
)
def test_a_file_is_what_its_first_bytes_say(head: bytes, expected: str) -> None:
    assert mime_type(head) == expected


@pytest.mark.parametrize("shift", [0, 1, 2])
def test_a_character_cut_by_the_end_of_the_head_is_still_text(shift: int) -> None:
    text = b"x" * shift + ("世" * HEAD_BYTES).encode()
    assert mime_type(text[:HEAD_BYTES]) == "text/plain"
    assert mime_type("世界".encode()[:-1]) == "application/octet-stream"


@pytest.mark.parametrize("unit", [b"<!---->", b"<!--", b"<", b"<?xml", b" ", b"<!DOCTYPE ", b"PK\x03\x04mimetype"])
def test_no_head_takes_long_to_look_at(unit: bytes) -> None:
    started = time.process_time()
    mime_type((unit * HEAD_BYTES)[:HEAD_BYTES])
    # Not a measurement: what would hang would hang for minutes.
    assert time.process_time() - started < 5
