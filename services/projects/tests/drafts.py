"""Pictures and PDFs as people, and as attackers, upload them."""

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageDraw
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)
from reportlab.pdfgen.canvas import Canvas

MAKER = "CanaryCamera"
COLOURS = {"red": (255, 0, 0), "lime": (0, 255, 0), "blue": (0, 0, 255)}


def encoded(picture: Image.Image, format: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, format, **options)
    return out.getvalue()


def decoded(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def plain(width: int = 300, height: int = 200, colour: Any = (200, 40, 10), mode: str = "RGB") -> Image.Image:
    return Image.new(mode, (width, height), colour)


def close(picture: Image.Image, place: tuple[int, int], colour: str, by: int = 30) -> bool:
    """Whether a pixel has about that colour."""
    seen: Any = picture.convert("RGB").getpixel(place)
    return all(abs(one - other) <= by for one, other in zip(seen, COLOURS[colour], strict=True))


def taken_sideways() -> bytes:
    """A JPEG that a camera took lying on its side, with its maker and a comment: upright 100 x 200, red above blue."""
    lying = Image.new("RGB", (200, 100), "blue")
    ImageDraw.Draw(lying).rectangle((0, 0, 99, 99), fill="red")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = MAKER
    return encoded(lying, "JPEG", exif=exif, comment=b"CanaryComment", quality=95)


def moving() -> bytes:
    """A GIF that is red at first, then blue."""
    frames = [Image.new("P", (60, 40), 0) for _ in range(2)]
    for frame, colour in zip(frames, ("red", "blue"), strict=True):
        frame.putpalette(bytes(COLOURS[colour]))
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100)


def header_bomb() -> bytes:
    """A PNG of a few bytes whose header promises billions of pixels."""
    return _png(50_000, 50_000, b"\0" * 64)


def real_bomb() -> bytes:
    """A PNG that does hold all its 400 million pixels, one bit each, in some 50 KB."""
    return _png(20_000, 20_000, b"\0" * 51_000_000, depth=1, colours=0)


def _png(width: int, height: int, pixels: bytes, depth: int = 8, colours: int = 6) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0)
    parts = (b"IHDR", head), (b"IDAT", zlib.compress(pixels)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


def pdf(*colours: str, size: tuple[float, float] = (595, 842)) -> bytes:
    """A PDF with a page of each colour."""
    out = io.BytesIO()
    # The same bytes each time.
    canvas = Canvas(out, pagesize=size, invariant=True)
    for colour in colours:
        canvas.setFillColorRGB(*(part / 255 for part in COLOURS[colour]))
        canvas.rect(0, 0, *size, fill=1, stroke=0)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def locked_pdf() -> bytes:
    """A PDF that opens with a password."""
    writer = PdfWriter(io.BytesIO(pdf("red")))
    writer.encrypt("secret", algorithm="AES-256")
    return _written(writer)


def endless_pdf() -> bytes:
    """A PDF of a few KB whose page is drawn ten thousand million million times."""
    writer = PdfWriter(io.BytesIO(pdf("red")))
    page = writer.pages[0]
    form = _form(b"0 0 600 800 re 1 1 600 700 re f* " * 50)
    for _ in range(14):
        inner = writer._add_object(form)
        form = _form(b"/X Do " * 14)
        form[NameObject("/Resources")] = _drawing(inner)
    page[NameObject("/Resources")] = _drawing(writer._add_object(form))
    page[NameObject("/Contents")] = writer._add_object(_stream(b"/X Do"))
    return _written(writer)


def pdf_with_picture(width: int, height: int) -> bytes:
    """A PDF of a few KB whose page holds a picture that says it has so many pixels."""
    writer = PdfWriter(io.BytesIO(pdf("red")))
    picture = _picture(zlib.compress(b"\0" * 1_000_000), width, height)
    picture[NameObject("/Filter")] = NameObject("/FlateDecode")
    _show(writer, picture)
    return _written(writer)


def pdf_that_calls(address: str) -> bytes:
    """A PDF whose page wants a picture from elsewhere, and whose opening leads there too."""
    writer = PdfWriter(io.BytesIO(pdf("red")))
    where = DictionaryObject({NameObject("/FS"): NameObject("/URL"), NameObject("/F"): TextStringObject(address)})
    picture = _picture(b"", 8, 8)
    picture[NameObject("/F")] = where
    _show(writer, picture)
    script = TextStringObject(f"app.launchURL('{address}'); this.getURL('{address}')")
    run = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): script})
    follow = DictionaryObject({NameObject("/S"): NameObject("/URI"), NameObject("/URI"): TextStringObject(address)})
    writer._root_object[NameObject("/OpenAction")] = run
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): follow})
    return _written(writer)


def _stream(data: bytes) -> DecodedStreamObject:
    made = DecodedStreamObject()
    made.set_data(data)
    return made


def _picture(data: bytes, width: int, height: int) -> DecodedStreamObject:
    picture = _stream(data)
    for name, value in {"/Type": "/XObject", "/Subtype": "/Image", "/ColorSpace": "/DeviceRGB"}.items():
        picture[NameObject(name)] = NameObject(value)
    for name, number in {"/Width": width, "/Height": height, "/BitsPerComponent": 8}.items():
        picture[NameObject(name)] = NumberObject(number)
    return picture


def _show(writer: PdfWriter, thing: Any) -> None:
    """Have it drawn over the first page."""
    page = writer.pages[0]
    page[NameObject("/Resources")] = _drawing(writer._add_object(thing))
    page[NameObject("/Contents")] = writer._add_object(_stream(b"q 595 0 0 842 0 0 cm /X Do Q"))


def _form(data: bytes) -> DecodedStreamObject:
    form = _stream(data)
    form[NameObject("/Type")], form[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject([NumberObject(number) for number in (0, 0, 600, 800)])
    return form


def _drawing(thing: Any) -> DictionaryObject:
    """Resources in which X is something to be drawn."""
    return DictionaryObject({NameObject("/XObject"): DictionaryObject({NameObject("/X"): thing})})


def _written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
