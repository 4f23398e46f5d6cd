"""What a file is, told by its first bytes; what its sender calls it is not asked."""

import re
from codecs import getincrementaldecoder
from collections.abc import AsyncIterator

# Enough for the header of every type below, and to tell text from the rest.
HEAD_BYTES = 4096
UNKNOWN = "application/octet-stream"

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"8BPS", "image/vnd.adobe.photoshop"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypmif1", "image/heif"),
    (4, b"ftypqt", "video/quicktime"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (8, b"AVI ", "video/x-msvideo"),
    (8, b"WAVE", "audio/wav"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"OggS", "audio/ogg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"wOF2", "font/woff2"),
    (0, b"wOFF", "font/woff"),
    (0, b"OTTO", "font/otf"),
    (0, b"\x00\x01\x00\x00\x00", "font/ttf"),
    (0, b"%!PS", "application/postscript"),
)
_ZIP = b"PK\x03\x04"
_OFFICE = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
_STORED_TYPE = re.compile(rb"mimetype(application/[a-z0-9.+-]{1,80})(?=PK)")
_TAG = re.compile(rb"<(?:!doctype\s{1,20})?([a-z][a-z0-9]{0,20})", re.IGNORECASE)
_CONTROLS = "\t\n\r\f\x08\x1b"
_HTML_TAGS = frozenset(b"html head body script iframe style title table div p a b br h1 img meta link".split())


def mime_type(head: bytes) -> str:
    """The media type of the file that begins with `head`; application/octet-stream when it is none that we know."""
    if head.startswith(_ZIP):
        return _zip_type(head)
    for offset, magic, name in _MAGIC:
        if head.startswith(magic, offset):
            return name
    return _text_type(head)


async def sniffed(chunks: AsyncIterator[bytes]) -> tuple[str, AsyncIterator[bytes]]:
    """The media type of a stream, and all of the stream."""
    head = b""
    async for chunk in chunks:
        head += chunk
        if len(head) >= HEAD_BYTES:
            break
    return mime_type(head[:HEAD_BYTES]), _rejoined(head, chunks)


async def _rejoined(head: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    if head:
        yield head
    async for chunk in rest:
        yield chunk


def _zip_type(head: bytes) -> str:
    if stored := _STORED_TYPE.search(head):
        return stored.group(1).decode()
    if b"[Content_Types].xml" in head or b"_rels/" in head:
        for folder, name in _OFFICE:
            if folder in head:
                return name
    return "application/zip"


def _text_type(head: bytes) -> str:
    text = head.removeprefix(b"\xef\xbb\xbf")
    if not _is_text(text, cut=len(head) >= HEAD_BYTES):
        return UNKNOWN
    tag = _first_tag(text)
    if tag == b"svg":
        return "image/svg+xml"
    return "text/html" if tag in _HTML_TAGS else "text/plain"


def _first_tag(text: bytes) -> bytes:
    """The name of the tag (or of the doctype) that a text begins with, past an XML declaration and comments."""
    rest = text.lstrip()
    if rest.startswith(b"<?xml"):
        rest = rest.partition(b"?>")[2].lstrip()
    while rest.startswith(b"<!--"):
        rest = rest.partition(b"-->")[2].lstrip()
    found = _TAG.match(rest)
    return found.group(1).lower() if found else b""


def _is_text(text: bytes, *, cut: bool) -> bool:
    """Whether it is UTF-8 without control characters; where it was `cut`, its last character may be unfinished."""
    try:
        decoded = getincrementaldecoder("utf-8")().decode(text, final=not cut)
    except UnicodeDecodeError:
        return False
    return bool(decoded) and all(character >= " " or character in _CONTROLS for character in decoded)
