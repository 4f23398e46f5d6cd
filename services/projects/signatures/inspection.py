"""What a PDF must be so that its pages may stand in a sealed one; runs in a worker process only.

Nothing is stripped: a paper that could look different tomorrow (scripts, forms that calculate, films, attached files),
that is locked, or that carries someone else's signature keeps its bytes, and is signed by a certificate that names its
hash. What passes is copied object by object, so that earlier revisions and unreachable content stay behind.
"""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyhanko.pdf_utils.generic import DictionaryObject, PdfObject
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import PdfFileWriter

MAX_PAGES = 1_000
MAX_OBJECTS = 100_000

_ACTIVE_KEYS = {"/JS", "/AA", "/EF", "/EmbeddedFiles", "/RichMediaContent", "/RichMediaSettings", "/XFA"}
_ACTIVE_ACTIONS = {
    *("/JavaScript", "/Launch", "/SubmitForm", "/ResetForm", "/ImportData", "/GoToR", "/GoToE", "/GoTo3DView"),
    *("/Rendition", "/RichMediaExecute", "/Movie", "/Sound", "/Hide", "/SetOCGState"),
}
_ACTIVE_ANNOTATIONS = {"/FileAttachment", "/Screen", "/Movie", "/Sound", "/RichMedia", "/3D"}


class Unsealable(Exception):
    """The paper's pages cannot be taken over; the message ends a sentence on the certificate after "because"."""


def clean_copy(pdf: bytes) -> "PdfFileWriter":
    """A fresh document with the pages of `pdf`; raises Unsealable, or what pyHanko does of a damaged file."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import copy_into_new_writer

    if not pdf.startswith(b"%PDF-"):
        raise Unsealable("it does not begin as a PDF does")
    # Strictly: where readers are lenient they differ, and a paper must not read otherwise than it was shown.
    reader = PdfFileReader(io.BytesIO(_without_known_slip(pdf)))
    if reader.encrypted:
        raise Unsealable("it is locked with a password")
    if int(reader.trailer["/Size"]) > MAX_OBJECTS:
        raise Unsealable("it has too many parts")
    if reader.embedded_signatures or "/Perms" in reader.root:
        raise Unsealable("it already carries a digital signature")
    _count_pages(reader)
    copy = copy_into_new_writer(reader, {"stream_xrefs": True})
    _refuse_active_content(copy)
    copy.root.pop("/Metadata", None)  # it describes, and may certify as PDF/A, a document without our page
    return copy


def _without_known_slip(pdf: bytes) -> bytes:
    """Pillow, and so many a scan, writes 65536 for the greatest generation number (ISO 32000-1, 7.5.4: 65535)."""
    table = pdf.rfind(b"\nxref\n0 ")
    return pdf[:table] + pdf[table:].replace(b"\n0000000000 65536 f", b"\n0000000000 65535 f", 1) if table > 0 else pdf


def _count_pages(reader: "PdfFileReader") -> None:
    """Walk the page tree: its `/Count` is only a claim, and a tree may bite its own tail."""
    seen, waiting = 0, [reader.root["/Pages"]]
    while waiting:
        node = waiting.pop().get_object()
        seen += 1
        if seen > 2 * MAX_PAGES:
            raise Unsealable(f"it has more than {MAX_PAGES:,} pages")
        waiting.extend(node["/Kids"].iterate() if "/Kids" in node else [])
    claimed = int(reader.root["/Pages"]["/Count"])
    if not 0 < claimed <= MAX_PAGES:
        raise Unsealable(f"it has no pages or more than {MAX_PAGES:,}")


def _refuse_active_content(copy: "PdfFileWriter") -> None:
    opening = _value(copy.root, "/OpenAction")
    if isinstance(opening, dict) and _value(opening, "/S") != "/GoTo":
        raise Unsealable("it does something by itself when it is opened")
    for dictionary in _dictionaries(copy):
        if (
            not _ACTIVE_KEYS.isdisjoint(dictionary.keys())
            or _value(dictionary, "/S") in _ACTIVE_ACTIONS
            or _value(dictionary, "/Subtype") in _ACTIVE_ANNOTATIONS
        ):
            raise Unsealable("it holds scripts, actions, media or attached files, which could change what it shows")


def _value(dictionary: "dict[Any, Any]", key: str) -> "str | dict[Any, Any] | None":
    """The value behind the key, also where the dictionary holds a reference to it."""
    value = dictionary[key] if key in dictionary else None  # noqa: SIM401 (`get` would give the reference)
    return value if isinstance(value, (str, dict)) else None


def _dictionaries(copy: "PdfFileWriter") -> "Iterator[DictionaryObject]":
    from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject

    waiting: list[PdfObject] = list(copy.objects.values())
    while waiting:
        item = waiting.pop()
        if isinstance(item, DictionaryObject):
            yield item
            waiting.extend(item.values())
        elif isinstance(item, ArrayObject):
            waiting.extend(item.iterate())
