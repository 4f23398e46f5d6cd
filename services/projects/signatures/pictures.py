"""Drawn signatures: a stranger's PNG becomes a small PNG of ours, or is refused; runs in a worker process only."""

import io
from typing import TYPE_CHECKING

from chassis.worker_child import JsonObject

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_WIDTH, MAX_HEIGHT = 2_000, 1_000
KEPT_WIDTH, KEPT_HEIGHT = 1_000, 500
MIN_INKED_PIXELS = 16
_INK_FROM = 24
_MARGIN = 8


def redraw(_: JsonObject, png: bytes) -> tuple[JsonObject, bytes]:
    """The drawing on white, cut to its ink, as a PNG; or `{refused: why}`."""
    drawing = _opened(png)
    if drawing is None:
        return {"refused": "the picture is not a PNG that can be read"}, b""
    if drawing.width > MAX_WIDTH or drawing.height > MAX_HEIGHT:
        return {"refused": f"the picture may have {MAX_WIDTH} x {MAX_HEIGHT} pixels at most"}, b""
    sheet = _on_white(drawing)
    ink = _ink(sheet)
    if _inked(ink) < MIN_INKED_PIXELS:
        # Drawn in white on nothing, as a dark page shows it: on paper it has to be dark.
        sheet = _on_white(_darkened(drawing))
        ink = _ink(sheet)
    if _inked(ink) < MIN_INKED_PIXELS:
        return {"refused": "the picture is empty: draw your signature"}, b""
    left, top, right, bottom = ink.getbbox() or (0, 0, *sheet.size)
    box = (max(left - _MARGIN, 0), max(top - _MARGIN, 0), right + _MARGIN, bottom + _MARGIN)
    cut = sheet.crop((box[0], box[1], min(box[2], sheet.width), min(box[3], sheet.height)))
    cut.thumbnail((KEPT_WIDTH, KEPT_HEIGHT))
    out = io.BytesIO()
    cut.save(out, "PNG", optimize=True)
    return {"width": cut.width, "height": cut.height}, out.getvalue()


def _opened(png: bytes) -> "Image | None":
    from PIL import Image

    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as picture:
            if picture.width > MAX_WIDTH or picture.height > MAX_HEIGHT:
                return Image.new("1", picture.size)  # its size is enough to refuse it: the pixels stay packed
            return picture.convert("RGBA")
    except Exception:  # a stranger made the file: Pillow meets what is wrong with it in many ways
        return None


def _on_white(drawing: "Image") -> "Image":
    from PIL import Image

    sheet = Image.new("RGBA", drawing.size, "white")
    sheet.alpha_composite(drawing)
    return sheet.convert("RGB")


def _darkened(drawing: "Image") -> "Image":
    from PIL import Image

    dark = Image.new("RGBA", drawing.size, "black")
    dark.putalpha(drawing.getchannel("A"))
    return dark


def _ink(sheet: "Image") -> "Image":
    """255 where the sheet differs from its most frequent colour, which is its ground."""
    from PIL import Image, ImageChops

    grey = sheet.convert("L")
    shades = grey.histogram()
    ground = Image.new("L", grey.size, shades.index(max(shades)))
    return ImageChops.difference(grey, ground).point(lambda shade: 255 if shade >= _INK_FROM else 0)


def _inked(ink: "Image") -> int:
    return ink.histogram()[255]
