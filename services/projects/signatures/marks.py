"""What a person gives as a signature: a name that was typed or a picture that was drawn."""

import base64
import binascii
import unicodedata
from dataclasses import dataclass

from chassis.errors import Invalid

FIELD = "signatureData"
MAX_TYPED = 200
MAX_PICTURE_BYTES = 700_000  # in base64 it fits a JSON body, which may have 1 MB

_PREFIX = "data:image/png;base64,"
_PNG = b"\x89PNG\r\n\x1a\n"
# Bidirectional overrides and isolates can make a name read as another one.
_DECEIVING = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


@dataclass(frozen=True, slots=True)
class Typed:
    """A name in letters."""

    text: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A PNG as it came; not looked into yet."""

    png: bytes


def parse_mark(data: str) -> Typed | Drawn:
    """Tell the two apart; raises Invalid for what is neither."""
    return _drawn(data) if data[:5].lower() == "data:" else Typed(plain_text(data, FIELD))


def plain_text(text: str, field: str) -> str:
    """One line of 1 to MAX_TYPED visible characters, as Unicode normal form C."""
    text = unicodedata.normalize("NFC", text).strip()
    if not 1 <= len(text) <= MAX_TYPED:
        raise Invalid.field(field, f"must be a PNG data URL, or text of 1 to {MAX_TYPED} characters")
    if any(char in _DECEIVING or unicodedata.category(char) in ("Cc", "Zl", "Zp", "Co") for char in text):
        raise Invalid.field(field, "must be one line of plain text")
    # Unassigned (Cn) counts as readable: it is what Python calls the emoji that are younger than itself.
    if not any(unicodedata.category(char)[0] in "LNPS" or unicodedata.category(char) == "Cn" for char in text):
        raise Invalid.field(field, "must have something to read in it")
    return text


def _drawn(data: str) -> Drawn:
    head, _, encoded = data.partition(",")
    if f"{head.lower()}," != _PREFIX:
        raise Invalid.field(FIELD, f"a picture must be a PNG and begin with {_PREFIX}")
    if len(encoded) > MAX_PICTURE_BYTES * 4 // 3 + 4:
        raise Invalid.field(FIELD, f"the picture may have {MAX_PICTURE_BYTES:,} bytes at most")
    try:
        png = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Invalid.field(FIELD, "the picture is not valid base64") from error
    if not png.startswith(_PNG):
        raise Invalid.field(FIELD, "the picture is not a PNG")
    return Drawn(png)
