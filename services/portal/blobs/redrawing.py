"""Pictures: a stranger's file becomes a small picture of ours, or is refused; runs in a worker process only."""

import io
from typing import TYPE_CHECKING, Any

from chassis.pictures import TooManyPixels, read_picture
from chassis.worker_child import JsonObject

if TYPE_CHECKING:
    from PIL.Image import Image

JPEG_QUALITY = 88


def redraw(order: JsonObject, source: bytes) -> tuple[JsonObject, bytes]:
    """The picture in each of the sizes, one after the other, and what they are; or `{refused: why}`.

    The order: `formats` that are read (Pillow's names), `sizes` (longest sides in pixels), and whether the result is
    to be a PNG whatever it shows. Of what moves, the first frame is taken. Nothing but the pixels is kept.
    """
    formats, sizes = _list_of(order["formats"]), _list_of(order["sizes"])
    largest = max(sizes)
    try:
        picture = read_picture(source, formats, box=(largest, largest))
    except TooManyPixels as error:
        return {"refused": str(error)}, b""
    except MemoryError:
        return {"refused": "the picture takes too much memory to be read"}, b""
    except Exception:  # a stranger made the file: Pillow meets what is wrong with it in many ways
        return {"refused": f"the picture is not a whole {_either(formats)}"}, b""
    drawn = [_written(picture, size, as_png=bool(order["as_png"])) for size in sizes]
    return {"pictures": [facts for facts, _ in drawn]}, b"".join(data for _, data in drawn)


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
