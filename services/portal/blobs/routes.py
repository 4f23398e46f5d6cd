"""REST of blobs: pictures, to be looked at and never to be run."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Response

from chassis.errors import NotFound
from chassis.http.dependencies import CurrentPrincipal, Now, PathId, Session, Wide
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.portal.blobs import service
from services.portal.blobs.models import Blob
from services.portal.dependencies import Portal

# Kept by the caller, but asked for again each time: whoever is signed out sees nothing any longer.
PRIVATE = "private, no-cache"
FOR_EVER = "public, max-age=31536000, immutable"
# Should it be opened by itself, nothing in it runs, loads or is framed.
_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"
_BYTES = {"schema": {"type": "string", "format": "binary"}}
_NOT_CHANGED = {"description": "The caller has this picture already."}
_PICTURE: dict[int | str, dict[str, Any]] = {
    200: {"description": "The picture.", "content": {"image/jpeg": _BYTES, "image/png": _BYTES}},
    304: _NOT_CHANGED,
}
_LOGO: dict[int | str, dict[str, Any]] = {
    200: {"description": "The logo.", "content": {"image/png": _BYTES}},
    304: _NOT_CHANGED,
}

router: APIRouter = Router(tags=["Portal profile"])

LogoName = Annotated[str, Path(pattern=r"^[0-9a-f]{32}\.png$", description="As `portal_logo` names it.")]
IfNoneMatch = Annotated[str | None, Header(max_length=1000, description="Answer 304 if the ETag is this one.")]


@router.get("/api/v1/portal/blobs/{blob_id}", response_class=Response, responses=_PICTURE)
async def get_blob(
    blob_id: PathId,
    principal: CurrentPrincipal,
    session: Session,
    portal: Portal,
    now: Now,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Get a picture

    By the `blobId` or `thumbnailBlobId` of an avatar: the client's own, or for staff any client's of the agency.
    """
    blob = await service.visible_blob(session, principal, blob_id, now=now)
    return await _show(blob, portal, if_none_match, {"Cache-Control": PRIVATE})


@router.get("/portal-logos/{name}", response_class=Response, responses=_LOGO | problems(NotFound))
async def get_logo(
    name: LogoName, session: Wide, portal: Portal, now: Now, if_none_match: IfNoneMatch = None
) -> Response:
    """Get an agency's logo

    For anyone who knows the address: mails and pages show it. A logo that another one has replaced is there for 30
    days more, because mails that are out show it.
    """
    blob = await service.public_blob(session, name, now=now)
    headers = {"Cache-Control": FOR_EVER, "Cross-Origin-Resource-Policy": "cross-origin"}
    return await _show(blob, portal, if_none_match, headers)


router.add_api_route(
    "/portal-logos/{name}", get_logo, methods=["HEAD"], response_class=Response, include_in_schema=False
)


async def _show(blob: Blob, portal: Portal, if_none_match: str | None, more: dict[str, str]) -> Response:
    etag = f'"{blob.sha256}"'
    headers = more | {
        "ETag": etag,
        "Content-Disposition": "inline",
        "Content-Security-Policy": _POLICY,
        "X-Content-Type-Options": "nosniff",
    }
    known = [tag.strip().removeprefix("W/") for tag in (if_none_match or "").split(",")]
    if etag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    return Response(await portal.gallery.show(blob), headers=headers, media_type=blob.mime_type)
