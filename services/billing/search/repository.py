"""The SQL of search: quotes and invoices, by the rules of their lists."""

from uuid import UUID

from chassis.database import Reader
from chassis.searching import Hit, Wanted, search

# A draft is not for its client, also where it is a sent quote that is being revised.
_SEEN = "($2::uuid[] IS NULL OR ({0}.client_id = ANY ($2) AND {0}.status <> 'draft'))"
_NUMBER = "lpad({0}.number::text, greatest(4, length({0}.number::text)), '0')"
_CLIENT = (
    "(SELECT concat_ws(E'\\n', c.name, c.company) FROM clients c"
    " WHERE c.agency_id = {0}.agency_id AND c.id = {0}.client_id)"
)

_SOURCES = {
    "quote": f"""
SELECT q.id, concat_ws(' ', 'QUO-' || {_NUMBER.format("q")}, q.title) AS title, q.status AS subtitle, q.project_id,
  q.client_id, '/api/quotes/' || q.id AS path, concat_ws(E'\\n', q.title, q.notes, {_CLIENT.format("q")}) AS body
FROM quotes q
WHERE q.agency_id = $1 AND {_SEEN.format("q")}
ORDER BY q.id DESC""",  # noqa: S608 (constants)
    "invoice": f"""
SELECT i.id, coalesce('INV-' || {_NUMBER.format("i")}, 'Draft') AS title, i.status AS subtitle, i.project_id,
  i.client_id, '/api/invoices/' || i.id AS path, concat_ws(E'\\n', {_CLIENT.format("i")}, i.notes) AS body
FROM invoices i
WHERE i.agency_id = $1 AND {_SEEN.format("i")}
ORDER BY i.id DESC""",  # noqa: S608 (constants)
}


async def find(reader: Reader, agency_id: UUID, wanted: Wanted) -> list[Hit]:
    """Papers whose number, title, notes or client holds the words, and that who asks may see."""
    return await search(reader, agency_id, wanted, _SOURCES)
