"""Pictures: a stranger's file becomes a small picture of ours, or is refused; runs in a worker process only."""

import io
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from chassis.worker_child import JsonObject

if TYPE_CHECKING:
    from PIL.Image import Image

# What a screen shows: up to 420 MB while it is decoded, and a file of 36 bytes may ask for it.
MAX_PIXELS = 25_000_000
# What a telephone takes: JPEG is decoded at a fraction of its size. An MPO is a JPEG with more pictures behind it.
MAX_PIXELS_JPEG = 64_000_000
MAX_SIDE = 16_384
JPEG_QUALITY = 88
# EXIF 2.32, 4.6.4 A: how the picture must be turned to stand upright.
_ORIENTATION = 0x0112
_OPAQUE = (255, 255)


def redraw(order: JsonObject, source: bytes) -> tuple[JsonObject, bytes]:
    """The picture in each of the sizes, one after the other, and what they are; or `{refused: why}`.

    The order: `formats` that are read (Pillow's names), `sizes` (longest sides in pixels), and whether the result is
    to be a PNG whatever it shows. Of what moves, the first frame is taken. Nothing but the pixels is kept.
    """
    formats, sizes = _list_of(order["formats"]), _list_of(order["sizes"])
    try:
        picture = _read(source, formats, largest=max(sizes))
    except _TooMany as error:
        return {"refused": str(error)}, b""
    except MemoryError:
        return {"refused": "the picture takes too much memory to be read"}, b""
    except Exception:  # a stranger made the file: Pillow meets what is wrong with it in many ways
        return {"refused": f"the picture is not a whole {_either(formats)}"}, b""
    drawn = [_written(picture, size, as_png=bool(order["as_png"])) for size in sizes]
    return {"pictures": [facts for facts, _ in drawn]}, b"".join(data for _, data in drawn)


class _TooMany(Exception):
    pass


def _read(source: bytes, formats: list[Any], *, largest: int) -> "Image":
    """The upright picture in sRGB, with transparency only where it has any, and not much larger than asked for."""
    from PIL import Image

    with Image.open(io.BytesIO(source), formats=formats) as opened:
        most = MAX_PIXELS_JPEG if opened.format in ("JPEG", "MPO") else MAX_PIXELS
        if opened.width * opened.height > most or max(opened.size) > MAX_SIDE:
            raise _TooMany(f"the picture may have {most // 1_000_000} million pixels at most")
        opened.draft(None, (2 * largest, 2 * largest))
        opened.load()
        orientation, profile = _orientation_of(opened), opened.info.get("icc_profile")
        picture = _resizable(opened)
        picture.thumbnail((largest, largest), Image.Resampling.LANCZOS, reducing_gap=3.0)
    picture = _turned(picture, orientation)
    alpha = picture.getchannel("A") if "A" in picture.getbands() else None
    colours = _in_srgb(picture, profile)
    if alpha and alpha.getextrema() != _OPAQUE:
        colours.putalpha(alpha)
    # Comments, dates, places and profiles: writers would take them over from here.
    colours.info = {}
    return colours


def _resizable(picture: "Image") -> "Image":
    """In a mode whose pixels may be mixed: palettes have colours side by side that are nothing alike."""
    if picture.mode in ("RGBA", "LA"):
        return picture
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if picture.mode.startswith("I"):  # 16 bits of grey; converting alone would cut off what is above 8
        return picture.convert("I").point(lambda shade: shade / 256).convert("L")
    return picture if picture.mode in ("L", "RGB", "CMYK") else picture.convert("RGB")


def _orientation_of(picture: "Image") -> int:
    with suppress(Exception):  # broken metadata are no reason to refuse a picture
        return int(picture.getexif().get(_ORIENTATION, 1))
    return 1


def _turned(picture: "Image", orientation: int) -> "Image":
    from PIL.Image import Transpose

    turn = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }.get(orientation)
    return picture if turn is None else picture.transpose(turn)


def _in_srgb(picture: "Image", profile: Any) -> "Image":
    """Without transparency, and in the colours that a browser assumes where no profile says otherwise."""
    from PIL import ImageCms

    plain = picture.convert({"RGBA": "RGB", "LA": "L"}.get(picture.mode, picture.mode))
    if isinstance(profile, bytes):
        with suppress(Exception):  # a profile that cannot be read, or of another kind of picture
            source, target = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(plain, source, target, outputMode="RGB")
            if converted is not None:
                return converted
    return plain.convert("RGB")


def _written(picture: "Image", size: int, *, as_png: bool) -> tuple[JsonObject, bytes]:
    from PIL import Image

    small = picture.copy()
    small.thumbnail((size, size), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    if as_png or small.mode == "RGBA":
        small.save(out, "PNG", optimize=True)
        mime_type = "image/png"
    else:
        small.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True)
        mime_type = "image/jpeg"
    facts: JsonObject = {"mime_type": mime_type, "width": small.width, "height": small.height, "size": out.tell()}
    return facts, out.getvalue()


def _list_of(value: object) -> list[Any]:
    assert isinstance(value, list)
    return value


def _either(formats: list[str]) -> str:
    names = ["WebP" if name == "WEBP" else name for name in formats]
    return f"{', '.join(names[:-1])} or {names[-1]}"
