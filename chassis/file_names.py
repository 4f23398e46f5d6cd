"""File names as they may be kept and shown: without paths, control characters and tricks of direction."""

import unicodedata
from urllib.parse import quote

MAX_LENGTH = 255
_FALLBACK = "file"
# Joiners are part of words and emoji; every other format character (direction overrides among them) hides something.
_KEPT_FORMATS = "\u200c\u200d"
_REFUSED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_UNQUOTABLE = str.maketrans(dict.fromkeys('"\\', "_"))


def clean_name(raw: str) -> str:
    """The last part of a path in NFC, on one line, 255 characters at most; `file` where nothing is left."""
    last = raw.replace("\\", "/").rstrip("/").rpartition("/")[2]
    kept = "".join(
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", last)
        if character.isspace() or character in _KEPT_FORMATS or unicodedata.category(character) not in _REFUSED
    )
    name = " ".join(kept.split())
    if not name.strip(". \u200c\u200d"):
        return _FALLBACK
    return _shorten(name)


def attachment(name: str) -> str:
    """The Content-Disposition header that saves a download under its name (RFC 6266, RFC 8187)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().translate(_UNQUOTABLE).strip()
    return f"attachment; filename=\"{plain or _FALLBACK}\"; filename*=UTF-8''{quote(name, safe='')}"


def numbered(name: str, number: int) -> str:
    """`report.pdf` -> `report 2.pdf`."""
    stem, extension = _split(name)
    suffix = f" {number}{extension}"
    return stem[: MAX_LENGTH - len(suffix)] + suffix


def _shorten(name: str) -> str:
    stem, extension = _split(name)
    return (stem[: MAX_LENGTH - len(extension)] + extension)[:MAX_LENGTH]


def _split(name: str) -> tuple[str, str]:
    stem, dot, extension = name.rpartition(".")
    return (stem, dot + extension) if stem and len(extension) <= 16 else (name, "")
