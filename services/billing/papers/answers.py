"""How a paper is answered over HTTP: the printable page, or the PDF."""

from typing import Annotated, Any, Literal

from fastapi import Query, Response

from chassis.typesetting import Typesetter
from services.billing.papers import sheets
from services.billing.web import PAGE_HEADERS

Format = Annotated[Literal["html", "pdf"] | None, Query(description="`pdf` for the PDF; wins over Accept.")]
PAPER: dict[str, Any] = {
    "text/html": {"schema": {"type": "string"}},
    "application/pdf": {"schema": {"type": "string", "contentMediaType": "application/pdf"}},
}


async def answer_paper(typesetter: Typesetter, sheet: dict[str, Any], *, format: str | None, accept: str) -> Response:
    """The paper in the form that was asked for: by `format`, else by Accept; browsers get the page."""
    wants_pdf = "application/pdf" in accept and "text/html" not in accept
    if format == "pdf" or (format is None and wants_pdf):
        return pdf_answer(await sheets.pdf(typesetter, sheet), sheet["file_name"])
    return Response(sheets.page(sheet), media_type="text/html", headers={**PAGE_HEADERS, "Vary": "Accept"})


def pdf_answer(pdf: bytes, name: str) -> Response:
    """A PDF under its name."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Vary": "Accept"}
    return Response(pdf, media_type="application/pdf", headers=headers)
