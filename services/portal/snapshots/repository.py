"""All SQL of the snapshot: the portal's own part in one round trip."""

from dataclasses import dataclass
from uuid import UUID

from chassis.database import Database

_READ = """
SELECT
  (SELECT json_build_object('id', id, 'name', name, 'slug', slug)
     FROM agencies WHERE agency_id = $1 AND id = $1) AS agency,
  (SELECT json_build_object('id', id, 'number', number, 'name', name, 'email', {email}, 'company', {company})
     FROM {table} WHERE agency_id = $1 AND id = $2 AND deleted_at IS NULL) AS client,
  (SELECT to_jsonb(s) - '{{agency_id,id,version,created_at,updated_at}}'::text[]
     FROM portal_settings s WHERE agency_id = $1) AS settings
"""
_READ_CLIENT = _READ.format(table="clients", email="email", company="company")
_READ_COMPANY = _READ.format(table="companies", email="NULL", company="name")

_CLIENTS_OF_COMPANY = (
    "SELECT id FROM clients WHERE agency_id = $1 AND company_id = $2 AND deleted_at IS NULL ORDER BY id"
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the portal itself knows of a client's portal, as JSON texts; None where it knows nothing yet."""

    agency: str | None
    client: str | None
    settings: str | None


async def read_known(database: Database, agency_id: UUID, client_id: UUID, *, is_company: bool = False) -> Known:
    """Agency, client (or company) and settings.

    Opens its own short transaction: none is held while other services are asked.
    """
    async with database.reader(agency_id) as reader:
        row = await reader.fetchrow(_READ_COMPANY if is_company else _READ_CLIENT, agency_id, client_id)
    assert row is not None
    return Known(row["agency"], row["client"], row["settings"])


async def read_clients_of_company(database: Database, agency_id: UUID, company_id: UUID) -> tuple[UUID, ...]:
    """The clients whose work a company's portal opens; nobody for a company that there is not."""
    async with database.reader(agency_id) as reader:
        rows = await reader.fetch(_CLIENTS_OF_COMPANY, agency_id, company_id)
    return tuple(row["id"] for row in rows)
