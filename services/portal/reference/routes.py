"""The API reference: the document for programs, the error codes for people."""

from fastapi import APIRouter, Request, Response

from services.portal.dependencies import Portal
from services.portal.pages.answers import page
from services.portal.reference.error_codes import as_rows, error_codes

router = APIRouter(include_in_schema=False, redirect_slashes=False)


@router.api_route("/api/openapi.json", methods=["GET", "HEAD"])
async def openapi_document(request: Request, portal: Portal) -> Response:
    """The OpenAPI 3.1 document of the whole deployment; anybody may read it from anywhere."""
    published = await portal.documents.current()
    headers = {
        "ETag": published.etag,
        "Cache-Control": "no-cache",
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Vary": "Accept-Encoding",
    }
    if request.headers.get("if-none-match") == published.etag:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(published.packed, headers=headers, media_type="application/json")
    return Response(published.body, headers=headers, media_type="application/json")


@router.api_route("/docs/errors", methods=["GET", "HEAD"])
async def errors_page(portal: Portal) -> Response:
    """Every error code; `type` of each error leads here."""
    published = await portal.documents.current()
    return page(portal.assets.document("errors", rows=as_rows(error_codes(published.document))))
