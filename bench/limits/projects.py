"""Limit of B3: a project and its outbox row in one transaction; `python -m bench.limits.projects PORT URL`.

The tables are in a database of their own, with the columns and indexes of the service's, so that nobody relays the
limit's outbox while the other side is measured.
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import UUID

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.limits.serving import open_pool, serve
from chassis.ids import new_id

TABLES = """
CREATE TABLE projects (
    agency_id uuid NOT NULL, id uuid NOT NULL, version integer NOT NULL,
    created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
    client_id uuid NOT NULL, name text NOT NULL, description text NOT NULL, status text NOT NULL,
    due_on date, completed_at timestamptz, deleted_at timestamptz,
    PRIMARY KEY (agency_id, id)
);
CREATE INDEX projects_of_client ON projects (agency_id, client_id, id);
CREATE TABLE outbox (
    id uuid PRIMARY KEY, agency_id uuid NOT NULL, subject text NOT NULL, envelope bytea NOT NULL,
    occurred_at timestamptz NOT NULL, published_at timestamptz
);
CREATE INDEX outbox_pending ON outbox (id) WHERE published_at IS NULL;
"""
_PROJECT = """
INSERT INTO projects (agency_id, id, version, created_at, updated_at, client_id, name, description, status)
VALUES ($1, $2, 1, $3, $3, $4, $5, $6, 'active')
"""
_EVENT = "INSERT INTO outbox (id, agency_id, subject, envelope, occurred_at) VALUES ($1, $2, $3, $4, $5)"


def make_app(url: str) -> Starlette:
    """The application."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.pool = await open_pool(url)
        await app.state.pool.execute(TABLES)
        yield
        await app.state.pool.close()

    async def create(request: Request) -> Response:
        wanted = orjson.loads(await request.body())
        agency_id = UUID(request.query_params["agency"])
        id, now = new_id(), datetime.now(UTC)
        at = now.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        body = orjson.dumps(
            {
                "id": id,
                "name": wanted["name"],
                "description": wanted["description"],
                "status": "active",
                "dueDate": None,
                "clientId": wanted["clientId"],
                "progress": 0,
                "completedAt": None,
                "createdAt": at,
                "updatedAt": at,
            }
        )
        client_id = UUID(wanted["clientId"])
        async with request.app.state.pool.acquire() as connection, connection.transaction():
            await connection.execute(_PROJECT, agency_id, id, now, client_id, wanted["name"], wanted["description"])
            await connection.execute(_EVENT, new_id(), agency_id, "events.projects.project.created", body, now)
        return Response(body, 201, media_type="application/json")

    return Starlette(routes=[Route("/limit/projects", create, methods=["POST"])], lifespan=lifespan)


if __name__ == "__main__":
    serve(make_app(sys.argv[2]), int(sys.argv[1]))
