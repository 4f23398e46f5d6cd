"""Rows of auth: agencies, their owners, clients with portal tokens, and what is counted for clients."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from argon2 import PasswordHasher

from bench.dataset.copying import Table
from bench.dataset.world import World

PASSWORD = "correct horse battery staple"
TOKEN_LIFETIME = timedelta(days=365)
_ROW = ("agency_id", "id", "version", "created_at", "updated_at")


def tables(world: World) -> Iterator[Table]:
    """All tables, in the order of their foreign keys."""
    began = world.began
    ends = datetime.now(UTC) + TOKEN_LIFETIME
    agencies = world.agencies
    hashed = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1).hash(PASSWORD)
    yield Table(
        "agencies",
        (*_ROW, "name", "slug", "currency", "time_zone"),
        ((agency.id, agency.id, 1, began, began, agency.name, agency.slug, "EUR", "UTC") for agency in agencies),
    )
    yield Table(
        "members",
        (*_ROW, "name", "email", "password_hash", "role"),
        ((a.id, a.owner_id, 1, began, began, a.owner_name, a.owner_email, hashed, "owner") for a in agencies),
    )
    yield Table(
        "number_series",
        ("agency_id", "series", "last"),
        ((agency.id, "client", len(agency.clients)) for agency in agencies),
    )
    yield Table(
        "clients",
        (*_ROW, "number", "name", "email", "company"),
        ((c.agency_id, c.id, 1, began, began, c.number, c.name, c.email, c.company) for c in world.clients),
    )
    yield Table(
        "portal_tokens",
        (*_ROW, "client_id", "generation", "expires_at"),
        ((c.agency_id, c.token_id, 1, began, began, c.id, 1, ends) for c in world.clients),
    )
