"""Pictures as people, and as attackers, send them."""

import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image, ImageCms, ImageDraw

SCRIPT = b"<script>alert('canary')</script>"
MAKER = "CanaryCamera"


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


def corner(data: bytes) -> Any:
    """The colour near the upper left corner."""
    return decoded(data).convert("RGB").getpixel((4, 4))


def close(one: Any, other: Any, by: int = 12) -> bool:
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


def taken_sideways() -> bytes:
    """A JPEG that a camera took lying on its side, with maker, place and a comment: upright it is 100 x 200, red above
    blue."""
    lying = Image.new("RGB", (200, 100), "blue")
    ImageDraw.Draw(lying).rectangle((0, 0, 99, 99), fill="red")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = MAKER
    exif[0x8825] = {1: "N", 2: (38.0, 42.0, 50.0), 3: "W", 4: (9.0, 8.0, 21.0)}
    return encoded(lying, "JPEG", exif=exif, comment=b"canary comment", quality=95)


def header_bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """A PNG of a few bytes whose header promises billions of pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")


def text_bomb() -> bytes:
    """A small PNG with a text in it that unpacks to 100 MB."""
    whole = encoded(plain(8, 8))
    return whole[:33] + chunk(b"zTXt", b"Comment\0\0" + _zeros(100)) + whole[33:]


def real_bomb() -> bytes:
    """A PNG that does hold all its 400 million pixels, one bit each, in some 50 KB."""
    head = struct.pack(">IIBBBBB", 20_000, 20_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", _zeros(51)) + chunk(b"IEND", b"")


def _zeros(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(megabytes)) + packer.flush()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("canary.html", SCRIPT)
    return out.getvalue()


def animation(format: str) -> bytes:
    """Three frames: red, green, blue."""
    frames = [plain(60, 40, colour) for colour in ("red", "lime", "blue")]
    options = {"lossless": True} if format == "WEBP" else {}
    return encoded(frames[0], format, save_all=True, append_images=frames[1:], duration=50, loop=0, **options)


def with_lab_profile() -> bytes:
    """A PNG whose profile is of another kind of picture."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    return encoded(plain(30, 30, (120, 120, 120)), icc_profile=profile.tobytes())


def with_swapped_profile(format: str) -> bytes:
    """All red by its numbers; its profile says that red is blue."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"swap").replace(b"bXYZ", b"rXYZ").replace(b"swap", b"bXYZ")
    return encoded(plain(30, 30, (255, 0, 0)), format, icc_profile=swapped)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">' + SCRIPT + b"</svg>"
HTML = b"<!doctype html><html><body>" + SCRIPT + b"</body></html>"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
POSTSCRIPT = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(canary) show"
