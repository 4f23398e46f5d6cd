"""Lists: bare arrays, a page at a time, the next page named in a Link header."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote, urlencode
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from chassis.errors import Invalid

DEFAULT_LIMIT = 50
MAX_LIMIT = 200
_NOT_REPEATED = ("limit", "cursor", "token")


@dataclass(frozen=True, slots=True)
class Page:
    """Which page is asked for: at most `limit` rows older than the row `after` (newest first)."""

    limit: int
    after: UUID | None
    request: Request

    def link(self, last_id: UUID | None) -> dict[str, str]:
        """The Link header to the next page, or nothing when `last_id` is None (this page is the last)."""
        if last_id is None:
            return {}
        given = self.request.query_params.multi_items()
        query = [(name, value) for name, value in given if name not in _NOT_REPEATED]
        query += [("limit", str(self.limit)), ("cursor", _encode(last_id))]
        return {"Link": f'<{quote(self.request.scope["path"])}?{urlencode(query)}>; rel="next"'}

    def respond(self, items: Sequence[Any], response: Response) -> list[Any]:
        """Trim `items` (fetch `limit + 1`) to the page and name the next one; items have an `id`."""
        page = list(items[: self.limit])
        response.headers.update(self.link(page[-1].id if len(items) > self.limit else None))
        return page

    def respond_json(self, body: bytes, last_id: UUID | None) -> Response:
        """Pass a JSON array that Postgres built; `last_id` is the last row's id when more rows follow."""
        return Response(body, headers=self.link(last_id), media_type="application/json")


def _encode(id: UUID) -> str:
    return base64.urlsafe_b64encode(id.bytes).rstrip(b"=").decode()


async def _page(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT, description="Rows a page.")] = DEFAULT_LIMIT,
    cursor: Annotated[
        str | None,
        Query(max_length=64, description="Where the next page begins; take it from the Link header."),
    ] = None,
) -> Page:
    try:
        after = UUID(bytes=base64.urlsafe_b64decode(cursor + "==")) if cursor else None
    except ValueError as error:
        raise Invalid.field("cursor", "is not a cursor of this list") from error
    return Page(limit, after, request)


Paging = Annotated[Page, Depends(_page)]
