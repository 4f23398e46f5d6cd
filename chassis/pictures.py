"""Pictures that strangers have made, read into pixels of ours; in a worker process only (see chassis.worker)."""

import io
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

# What a screen shows: up to 420 MB while it is decoded, and a file of 36 bytes may ask for it.
MAX_PIXELS = 25_000_000
# What a telephone takes: JPEG is decoded at a fraction of its size. An MPO is a JPEG with more pictures behind it.
MAX_PIXELS_JPEG = 64_000_000
MAX_SIDE = 16_384
# EXIF 2.32, 4.6.4 A: how the picture must be turned to stand upright; from 5 on its sides are exchanged by that.
_ORIENTATION = 0x0112
_FIRST_LYING = 5
_OPAQUE = (255, 255)


class TooManyPixels(ValueError):
    """The picture is larger than anything that is decoded here; the message says how large it may be."""


def read_picture(source: bytes, formats: Sequence[str], *, box: tuple[int, int]) -> "Image":
    """The upright picture in sRGB, no wider and no higher than the box, with transparency only where it has any.

    `formats` are those that are read, by Pillow's names. Of what moves, the first frame is taken. Nothing but the
    pixels is kept. Raises TooManyPixels, and whatever Pillow raises for what is broken.
    """
    from PIL import Image

    with Image.open(io.BytesIO(source), formats=list(formats)) as opened:
        most = MAX_PIXELS_JPEG if opened.format in ("JPEG", "MPO") else MAX_PIXELS
        if opened.width * opened.height > most or max(opened.size) > MAX_SIDE:
            raise TooManyPixels(f"the picture may have {most // 1_000_000} million pixels at most")
        orientation = _orientation_of(opened)
        lying_box = box[::-1] if orientation >= _FIRST_LYING else box
        opened.draft(None, (2 * lying_box[0], 2 * lying_box[1]))
        opened.load()
        profile = opened.info.get("icc_profile")
        picture = _resizable(opened)
        picture.thumbnail(lying_box, Image.Resampling.LANCZOS, reducing_gap=3.0)
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
