"""Limit of B1: a page of invoices as JSON that Postgres builds; `python -m bench.limits.invoices PORT URL`."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import UUID

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.limits.serving import open_pool, serve
from bench.limits.shapes import INVOICE_FOR_STAFF

# The limit is written out: for a parameter Postgres would guess, and plan each page anew.
PAGE = f"""
SELECT i.id, {INVOICE_FOR_STAFF}::text AS body
FROM invoices i WHERE i.agency_id = $1 ORDER BY i.id DESC LIMIT %d
"""


def make_app(url: str) -> Starlette:
    """The application; `origin` stands in for the public URL."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.pool = await open_pool(url)
        yield
        await app.state.pool.close()

    async def invoices(request: Request) -> Response:
        query = request.query_params
        agency_id, limit = UUID(query["agency"]), int(query["limit"])
        now = datetime.now(UTC)
        async with request.app.state.pool.acquire() as connection:
            rows = await connection.fetch(PAGE % (limit + 1), agency_id, now, query["origin"])
        body = ("[" + ",".join([row["body"] for row in rows[:limit]]) + "]").encode()
        return Response(body, media_type="application/json")

    return Starlette(routes=[Route("/limit/invoices", invoices)], lifespan=lifespan)


if __name__ == "__main__":
    serve(make_app(sys.argv[2]), int(sys.argv[1]))
