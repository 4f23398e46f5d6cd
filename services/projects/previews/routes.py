"""REST of previews: pictures, to be looked at and never to be run."""

from typing import Annotated, Any

from fastapi import Header, Query, Response

from chassis.errors import Unavailable
from chassis.http.dependencies import CurrentPrincipal, PathId, needs_module
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.projects.dependencies import Ctx
from services.projects.files.ranges import none_match
from services.projects.previews.models import LOOK, WIDTHS, NoPreview, Wanted
from services.projects.previews.schemas import FilePages

# Kept by the caller, but asked for again each time: whoever may see the file no longer sees nothing any longer.
PRIVATE = "private, no-cache"
# Should it be opened by itself, nothing in it runs, loads or is framed.
_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The page as a picture.",
        "content": {"image/webp": {"schema": {"type": "string", "format": "binary"}}},
        "headers": {"X-Page-Count": {"description": "How many pages there are.", "schema": {"type": "integer"}}},
    },
    304: {"description": "The caller has this picture already."},
}

router = Router(prefix="/api/files", tags=["Files"], dependencies=[needs_module("files")])

Version = Annotated[int | None, Query(ge=1, le=2**31 - 1, description="An older version; the current one otherwise.")]
Page = Annotated[int, Query(ge=1, le=2**31 - 1, description="Which page of a PDF, counted from 1.")]
Width = Annotated[
    int,
    Query(
        ge=1,
        le=2**31 - 1,
        description=f"In pixels. Drawn is the next of {', '.join(map(str, WIDTHS))}; nothing is blown up.",
    ),
]
IfNoneMatch = Annotated[str | None, Header(alias="If-None-Match", description="Answer 304 if the ETag is this one.")]


@router.get("/{file_id}/preview", response_class=Response, responses=_ANSWERS | problems(NoPreview, Unavailable))
async def get_preview(
    file_id: PathId,
    principal: CurrentPrincipal,
    ctx: Ctx,
    version: Version = None,
    page: Page = 1,
    width: Width = WIDTHS[-1],
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Look at a page of a file, as a WebP picture that the server has drawn.

    For whoever may download the file: pictures (of what moves, the first frame) and pages of PDFs. What cannot be
    drawn is a 415 `no_preview`, a page behind the last one a 404. `X-Page-Count` tells how many pages there are.
    """
    wanted = Wanted(file_id, version, page, width)
    file, content = await ctx.previews.source_of(principal, wanted)
    etag = f'"{content.sha256[:32]}-{LOOK}-{page}-{wanted.drawn_width}"'
    headers = {
        "ETag": etag,
        "Cache-Control": PRIVATE,
        "Content-Disposition": "inline",
        "Content-Security-Policy": _POLICY,
        "X-Content-Type-Options": "nosniff",
    }
    if none_match(if_none_match, etag):
        return Response(status_code=304, headers=headers)
    preview = await ctx.previews.show(file, content, wanted)
    headers["X-Page-Count"] = str(preview.pages)
    return Response(preview.picture, headers=headers, media_type="image/webp")


@router.get("/{file_id}/pages", response_model=FilePages, responses=problems(NoPreview, Unavailable))
async def get_pages(file_id: PathId, principal: CurrentPrincipal, ctx: Ctx, version: Version = None) -> FilePages:
    """Tell how many pages of a file can be looked at, and how large the first one's preview is."""
    wanted = Wanted(file_id, version)
    file, content = await ctx.previews.source_of(principal, wanted)
    first = await ctx.previews.show(file, content, wanted)
    return FilePages(
        file_id=file.id,
        version=version or file.content_version,
        pages=first.pages,
        width=first.width,
        height=first.height,
    )
