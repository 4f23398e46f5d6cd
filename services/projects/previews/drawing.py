"""Drawing: a page of a stranger's file becomes a picture of ours, or is refused; runs in a worker process only."""

import io
from typing import TYPE_CHECKING

from chassis.pictures import TooManyPixels, read_picture
from chassis.worker_child import JsonObject
from services.projects.previews.models import MOST_TIMES_AS_HIGH, PICTURES

if TYPE_CHECKING:
    from PIL.Image import Image

# Small enough for a telephone; text stays sharp.
WEBP_QUALITY = 80
# PDF 2.0, 7.7.3.3: pages are at least 3 and mostly at most 14,400 units wide.
_LEAST_POINTS, _MOST_POINTS = 1.0, 1_000_000.0


class _Refused(Exception):
    pass


def draw(order: JsonObject, source: bytes) -> tuple[JsonObject, bytes]:
    """The page as WebP with `pages`, `width` and `height`; or `{refused: why}`.

    The order: `type` (media type), `page` (from 1), `width` (in pixels; a picture is never drawn larger than it is).
    Of a page that there is not, `{pages}` alone.
    """
    kind, page, width = str(order["type"]), int(str(order["page"])), int(str(order["width"]))
    try:
        picture, pages = _picture(source, kind, width) if kind in PICTURES else _pdf_page(source, page, width)
    except (_Refused, TooManyPixels) as error:
        return {"refused": f"There is no preview of it: {error}."}, b""
    except MemoryError:
        return {"refused": "There is no preview of it: drawing takes too much memory."}, b""
    except Exception:  # a stranger made the file: libraries meet what is wrong with it in many ways
        return {"refused": "There is no preview of it: the file is broken, or it is not what it seems to be."}, b""
    if picture is None or page > pages:
        return {"pages": pages}, b""
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=WEBP_QUALITY, method=4)
    return {"pages": pages, "width": picture.width, "height": picture.height}, out.getvalue()


def _picture(source: bytes, kind: str, width: int) -> tuple["Image", int]:
    from PIL.Image import DecompressionBombError

    try:
        return read_picture(source, PICTURES[kind], box=(width, MOST_TIMES_AS_HIGH * width)), 1
    except DecompressionBombError as error:
        raise _Refused("the picture has too many pixels") from error


def _pdf_page(source: bytes, page: int, width: int) -> tuple["Image | None", int]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise _Refused("the PDF is protected by a password") from error
        raise
    pages = len(document)
    if not pages:
        raise _Refused("the PDF has no pages")
    if page > pages:
        return None, pages
    # What was filled into fields is a part of the page; scripts are not: this PDFium has no engine to run them.
    document.init_forms()
    shown = document[page - 1]
    across, down = shown.get_size()
    if not (_LEAST_POINTS <= across <= _MOST_POINTS and _LEAST_POINTS <= down <= _MOST_POINTS):
        raise _Refused("the page has no size that could be drawn")
    scale = min(width / across, MOST_TIMES_AS_HIGH * width / down)
    return shown.render(scale=scale).to_pil().convert("RGB"), pages
