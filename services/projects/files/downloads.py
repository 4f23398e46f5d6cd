"""The download: a file's bytes, whole or in part, always to be saved and never to be run."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Annotated, Any

from fastapi import Header, Query, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse

from chassis.errors import RangeNotSatisfiable
from chassis.file_names import attachment
from chassis.http.dependencies import CurrentPrincipal, PathId, Session, needs_module
from chassis.http.problems import problems
from chassis.http.unit import Router
from chassis.storage import ObjectStore
from services.projects.context import Context
from services.projects.dependencies import Ctx
from services.projects.files.models import Content
from services.projects.files.ranges import none_match, wanted_range
from services.projects.files.service import content_of

# Long enough to begin a download; whoever shares the address shares it for no longer.
REDIRECT_FOR = timedelta(minutes=5)
# Should a browser show it after all, nothing in it runs, loads or is framed.
_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"
_BYTES = {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"description": "The bytes.", **_BYTES},
    206: {"description": "The part that was asked for.", **_BYTES},
    304: {"description": "The caller has these bytes already."},
    307: {"description": "The bytes are at the address in Location, for a few minutes."},
}

router = Router(prefix="/api/files", tags=["Files"], dependencies=[needs_module("files")])

Version = Annotated[int | None, Query(ge=1, le=2**31 - 1, description="An older version; the current one otherwise.")]
RangeHeader = Annotated[str | None, Header(alias="Range", description="One range of bytes, such as `bytes=0-1023`.")]
IfRange = Annotated[str | None, Header(alias="If-Range", description="Answer the range only if the ETag is this one.")]
IfNoneMatch = Annotated[str | None, Header(alias="If-None-Match", description="Answer 304 if the ETag is this one.")]


@router.get(
    "/{file_id}/content",
    response_class=Response,
    responses=_ANSWERS | problems(RangeNotSatisfiable),
)
async def download_file(
    file_id: PathId,
    request: Request,
    session: Session,
    principal: CurrentPrincipal,
    ctx: Ctx,
    version: Version = None,
    range_header: RangeHeader = None,
    if_range: IfRange = None,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Download a file, whole or in part. Its ETag is the SHA-256 of its bytes."""
    file, content = await content_of(session, principal, file_id, version=version)
    etag = f'"{content.sha256}"'
    headers = {
        "ETag": etag,
        "Accept-Ranges": "bytes",
        "Content-Disposition": attachment(file.name),
        "Content-Security-Policy": _POLICY,
        "X-Content-Type-Options": "nosniff",
    }
    if none_match(if_none_match, etag):
        return Response(status_code=304, headers=headers)
    if request.method == "GET" and (address := await _elsewhere(ctx, content)):
        return RedirectResponse(address, 307)
    span = wanted_range(range_header, if_range, etag=etag, size=content.size)
    start, end = span or (0, content.size)
    headers["Content-Length"] = str(end - start)
    if span:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{content.size}"
    status = 206 if span else 200
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers, media_type=content.mime_type)
    bytes_of_it = await _begun(ctx.store, content.storage_key, start, end)
    return StreamingResponse(bytes_of_it, status, headers, media_type=content.mime_type)


router.add_api_route(
    "/{file_id}/content", download_file, methods=["HEAD"], response_class=Response, include_in_schema=False
)


async def _elsewhere(ctx: Context, content: Content) -> str | None:
    """The address of the bytes in the object store, where it has addresses and may be shown."""
    if not ctx.settings.storage_redirect:
        return None
    return await ctx.store.presigned(content.storage_key, expires_in=REDIRECT_FOR)


async def _begun(store: ObjectStore, key: str, start: int, end: int) -> AsyncIterator[bytes]:
    """The stream with its first piece in hand, so that missing bytes are an error and not a broken answer."""
    stream = store.get_stream(key, start, end)
    first = await anext(stream, b"")

    async def rest() -> AsyncIterator[bytes]:
        yield first
        async for piece in stream:
            yield piece

    return rest()
