"""Limit of B2: all that a client sees, from three databases at once; `python -m bench.limits.portal PORT URL...`."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import UUID

import asyncpg
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.limits.serving import open_pool, serve
from bench.limits.shapes import FILE, INVOICE_FOR_CLIENT, MESSAGE, PROJECT, THREAD_FIELDS
from services.billing.credit_notes.listing import rows_for_clients as credit_notes
from services.billing.quotes.listing import rows_for_clients as quotes
from services.projects.shapes import CONTRACT_FOR_CLIENT, TIME_ENTRY_FOR_CLIENT, UPDATE

# Each reads one database and gives sections of the answer as text, in one round trip.
DOOR = """
SELECT json_build_object('id', a.id, 'name', a.name, 'slug', a.slug)::text,
       json_build_object('id', c.id, 'number', c.number, 'name', c.name, 'email', c.email, 'company', c.company)::text,
       ((to_jsonb(s) - '{agency_id,id,version,created_at,updated_at}'::text[])
         || jsonb_build_object('portal_name', coalesce(nullif(s.portal_name, ''), a.name)))::text
FROM agencies a
JOIN clients c ON c.agency_id = a.id AND c.id = $2
JOIN portal_settings s ON s.agency_id = a.id
WHERE a.agency_id = $1 AND a.id = $1
"""
WORK = f"""
SELECT
  (SELECT coalesce(json_agg({PROJECT} ORDER BY p.id DESC), '[]')::text
   FROM projects p WHERE p.agency_id = $1 AND p.client_id = $2 AND p.deleted_at IS NULL),
  (SELECT coalesce(json_agg({FILE} ORDER BY f.id DESC), '[]')::text
   FROM files f WHERE f.agency_id = $1 AND f.client_id = $2 AND f.visible_to_client AND f.deleted_at IS NULL),
  (SELECT coalesce(json_agg(json_build_object({THREAD_FIELDS}, 'messages', (
     SELECT coalesce(json_agg({MESSAGE} ORDER BY m.id), '[]')
     FROM messages m WHERE m.agency_id = $1 AND m.thread_id = t.id)) ORDER BY t.id DESC), '[]')::text
   FROM threads t WHERE t.agency_id = $1 AND t.client_id = $2 AND t.visibility = 'client'),
  (SELECT coalesce(json_agg({CONTRACT_FOR_CLIENT} ORDER BY c.id DESC), '[]')::text
   FROM contracts c WHERE c.agency_id = $1 AND c.client_id = $2 AND c.status <> 'draft'),
  (SELECT coalesce(json_agg({TIME_ENTRY_FOR_CLIENT} ORDER BY e.id DESC), '[]')::text
   FROM time_entries e WHERE e.agency_id = $1 AND e.client_id = $2 AND e.billable),
  (SELECT coalesce(json_agg({UPDATE} ORDER BY u.id DESC), '[]')::text
   FROM updates u WHERE u.agency_id = $1 AND u.client_id = $2 AND u.published_at IS NOT NULL)
"""
PAPERS = f"""
SELECT
  (SELECT coalesce(json_agg({INVOICE_FOR_CLIENT} ORDER BY i.id DESC), '[]')::text
   FROM invoices i WHERE i.agency_id = $1 AND i.client_id = $4 AND i.status <> 'draft'),
  (SELECT '[' || coalesce(string_agg(x.body, ','), '') || ']' FROM ({quotes("= $4")}) x),
  (SELECT '[' || coalesce(string_agg(x.body, ','), '') || ']' FROM ({credit_notes("= $4")}) x)
"""
ANSWER = (
    '{"agency":%s,"client":%s,"settings":%s,"projects":%s,"files":%s,"threads":%s,"contracts":%s,"timeEntries":%s,'
    '"updates":%s,"invoices":%s,"quotes":%s,"creditNotes":%s,"unavailable":[]}'
)


def make_app(urls: list[str]) -> Starlette:
    """The application; `urls` are those of portal, projects and billing."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.pools = [await open_pool(url) for url in urls]
        yield
        for pool in app.state.pools:
            await pool.close()

    async def snapshot(request: Request) -> Response:
        query = request.query_params
        agency_id, client_id = UUID(query["agency"]), UUID(query["client"])
        portal, projects, billing = request.app.state.pools
        now = datetime.now(UTC)
        parts = await asyncio.gather(
            _read(portal, DOOR, agency_id, client_id),
            _read(projects, WORK, agency_id, client_id),
            _read(billing, PAPERS, agency_id, now, query["origin"], client_id),
        )
        sections = tuple(section for row in parts for section in row)
        return Response((ANSWER % sections).encode(), media_type="application/json")

    return Starlette(routes=[Route("/limit/portal", snapshot)], lifespan=lifespan)


async def _read(pool: asyncpg.Pool, sql: str, *args: object) -> asyncpg.Record:
    async with pool.acquire() as connection:
        row = await connection.fetchrow(sql, *args)
    assert row is not None, "nothing found"
    return row


if __name__ == "__main__":
    serve(make_app(sys.argv[2:]), int(sys.argv[1]))
