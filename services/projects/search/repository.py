"""The SQL of search: projects, tasks, files, messages and contracts, by the rules of their lists."""

from uuid import UUID

from chassis.database import Reader
from chassis.searching import Hit, Wanted, search

# Of the tables of sibling features, whose classes are not to be imported here. $2 are the clients who ask.
_LIVING = (
    "EXISTS (SELECT FROM projects p WHERE p.agency_id = {0}.agency_id AND p.id = {0}.project_id"
    " AND p.deleted_at IS NULL)"
)
_IN_THEIR_THREAD = (
    "EXISTS (SELECT FROM threads r WHERE r.agency_id = m.agency_id AND r.id = m.thread_id AND r.visibility = 'client')"
)
_SEEN = "($2::uuid[] IS NULL OR ({0}.client_id = ANY ($2) AND {1}))"

_SOURCES = {
    "project": """
SELECT p.id, p.name AS title, p.status AS subtitle, p.id AS project_id, p.client_id,
  '/api/projects/' || p.id AS path, p.description AS body
FROM projects p
WHERE p.agency_id = $1 AND p.deleted_at IS NULL AND ($2::uuid[] IS NULL OR p.client_id = ANY ($2))
ORDER BY p.id DESC""",
    "task": f"""
SELECT t.id, t.title, t.status AS subtitle, t.project_id, t.client_id, '/api/tasks/' || t.id AS path,
  t.description AS body
FROM tasks t
WHERE t.agency_id = $1 AND t.deleted_at IS NULL AND {_SEEN.format("t", "t.visible_to_client")}
  AND {_LIVING.format("t")}
ORDER BY t.id DESC""",  # noqa: S608 (constants)
    "file": f"""
SELECT f.id, f.name AS title, f.mime_type AS subtitle, f.project_id, f.client_id, '/api/files/' || f.id AS path,
  '' AS body
FROM files f
WHERE f.agency_id = $1 AND f.deleted_at IS NULL AND {_SEEN.format("f", "f.visible_to_client")}
  AND (f.project_id IS NULL OR {_LIVING.format("f")})
ORDER BY f.id DESC""",  # noqa: S608 (constants)
    "message": f"""
SELECT m.id, m.author_name AS title, '' AS subtitle, m.project_id, m.client_id,
  '/api/threads/' || m.thread_id || '/messages' AS path, m.content AS body
FROM messages m
WHERE m.agency_id = $1 AND {_LIVING.format("m")}
  AND {_SEEN.format("m", _IN_THEIR_THREAD)}
ORDER BY m.id DESC""",  # noqa: S608 (constants)
    "contract": f"""
SELECT c.id, c.title, c.status AS subtitle, c.project_id, c.client_id, '/api/contracts/' || c.id AS path, c.body
FROM contracts c
WHERE c.agency_id = $1 AND {_SEEN.format("c", "c.status <> 'draft'")}
ORDER BY c.id DESC""",  # noqa: S608 (constants)
}


async def find(reader: Reader, agency_id: UUID, wanted: Wanted) -> list[Hit]:
    """What holds the words, and may be seen by the clients who ask, or by the agency."""
    return await search(reader, agency_id, wanted, _SOURCES)
