"""The SQL of search: clients, for the agency alone."""

from uuid import UUID

from chassis.database import Reader
from chassis.searching import Hit, Wanted, search

_SOURCES = {
    "client": """
SELECT c.id, c.name AS title, coalesce(c.company, c.email, '') AS subtitle, NULL::uuid AS project_id,
  c.id AS client_id, '/api/clients/' || c.id AS path, concat_ws(E'\\n', c.email, c.company) AS body
FROM clients c
WHERE c.agency_id = $1 AND $2::uuid[] IS NULL
ORDER BY c.id DESC""",
}


async def find(reader: Reader, agency_id: UUID, wanted: Wanted) -> list[Hit]:
    """Clients whose name, address or company holds the words; none where it is a client who asks."""
    return await search(reader, agency_id, wanted, _SOURCES)
