"""How a paper is answered over HTTP: the printable page, or the PDF."""

import base64
import hashlib
from typing import Annotated, Any, Literal

from fastapi import Query, Response

from services.billing.context import Context
from services.billing.papers.printing import pdf_of
from services.billing.web import PAGE_HEADERS, page_policy, render

Format = Annotated[Literal["html", "pdf"] | None, Query(description="`pdf` for the PDF; wins over Accept.")]
PAPER: dict[str, Any] = {
    "text/html": {"schema": {"type": "string"}},
    "application/pdf": {"schema": {"type": "string", "contentMediaType": "application/pdf"}},
}


async def answer_paper(context: Context, sheet: dict[str, Any], *, format: str | None, accept: str) -> Response:
    """The branded paper in the form that was asked for: by `format`, else by Accept; browsers get the page."""
    wants_pdf = "application/pdf" in accept and "text/html" not in accept
    if format == "pdf" or (format is None and wants_pdf):
        return pdf_answer(await pdf_of(context, "sheet.typ", sheet), sheet["file_name"])
    # The policy lets this one style in by its hash, and no other.
    style = f":root{{--brand:{sheet['brand']['color']}}}"
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    headers = {"Content-Security-Policy": page_policy(f"'sha256-{digest}'"), "Vary": "Accept"}
    page = render("sheet.html", {**sheet, "style": style})
    return Response(page, media_type="text/html", headers=PAGE_HEADERS | headers)


def pdf_answer(pdf: bytes, name: str) -> Response:
    """A PDF under its name."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Vary": "Accept"}
    return Response(pdf, media_type="application/pdf", headers=headers)
