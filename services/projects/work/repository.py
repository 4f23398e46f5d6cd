"""The SQL of a client's whole work: its JSON arrays in one round trip."""

from collections.abc import Sequence
from uuid import UUID

from chassis.database import Reader
from services.projects import shapes

# Of each section the newest, as many as the largest page of a list; the lists hold the rest.
MAX_ROWS = 200
MESSAGES_PER_THREAD = 50

_LIVE = (
    "EXISTS (SELECT FROM projects p"
    " WHERE p.agency_id = {0}.agency_id AND p.id = {0}.project_id AND p.deleted_at IS NULL)"
)

# As bytes, because nobody on the way reads them as text.
_ARRAY = "(SELECT convert_to(coalesce(json_agg(x.body ORDER BY x.id DESC), '[]')::text, 'UTF8') FROM"


def _work(whose: str) -> str:
    """$1 agency, $2 the clients."""
    return f"""
SELECT
  {_ARRAY} (
    SELECT p.id, {shapes.PROJECT_FOR_CLIENT} AS body FROM projects p
    WHERE p.agency_id = $1 AND p.client_id {whose} AND p.deleted_at IS NULL
    ORDER BY p.id DESC LIMIT {MAX_ROWS}) x) AS projects,
  {_ARRAY} (
    SELECT f.id, {shapes.FILE} AS body FROM files f
    WHERE f.agency_id = $1 AND f.client_id {whose} AND f.visible_to_client AND f.deleted_at IS NULL
      AND (f.project_id IS NULL OR {_LIVE.format("f")})
    ORDER BY f.id DESC LIMIT {MAX_ROWS}) x) AS files,
  {_ARRAY} (
    SELECT t.id, json_build_object({shapes.THREAD_FIELDS}, 'messages', coalesce((
      SELECT json_agg(y.body ORDER BY y.id) FROM (
        SELECT m.id, {shapes.MESSAGE_FOR_CLIENT} AS body FROM messages m
        WHERE m.agency_id = t.agency_id AND m.thread_id = t.id
        ORDER BY m.id DESC LIMIT {MESSAGES_PER_THREAD}) y), '[]')) AS body
    FROM threads t
    WHERE t.agency_id = $1 AND t.client_id {whose} AND t.visibility = 'client' AND {_LIVE.format("t")}
    ORDER BY t.id DESC LIMIT {MAX_ROWS}) x) AS threads,
  {_ARRAY} (
    SELECT u.id, {shapes.UPDATE} AS body FROM updates u
    WHERE u.agency_id = $1 AND u.client_id {whose} AND u.published_at IS NOT NULL AND {_LIVE.format("u")}
    ORDER BY u.id DESC LIMIT {MAX_ROWS}) x) AS updates,
  {_ARRAY} (
    SELECT e.id, {shapes.TIME_ENTRY_FOR_CLIENT} AS body FROM time_entries e
    WHERE e.agency_id = $1 AND e.client_id {whose} AND e.billable AND {_LIVE.format("e")}
    ORDER BY e.id DESC LIMIT {MAX_ROWS}) x) AS time_entries,
  {_ARRAY} (
    SELECT c.id, {shapes.CONTRACT_FOR_CLIENT} AS body FROM contracts c
    WHERE c.agency_id = $1 AND c.client_id {whose} AND c.status <> 'draft'
    ORDER BY c.id DESC LIMIT {MAX_ROWS}) x) AS contracts
"""  # noqa: S608 (constants)


# Nearly always there is one client, for whom Postgres finds a better plan.
_WORK_OF_ONE, _WORK_OF_SOME = _work("= $2"), _work("= ANY ($2)")
_COUNT_ACTIVE = (
    "SELECT count(*) FROM projects"
    " WHERE agency_id = $1 AND client_id = ANY ($2) AND status = 'active' AND deleted_at IS NULL"
)


async def work_of(reader: Reader, agency_id: UUID, client_ids: Sequence[UUID]) -> dict[str, bytes]:
    """Each section's public JSON, by its name."""
    is_one = len(client_ids) == 1
    whose = client_ids[0] if is_one else list(client_ids)
    row = await reader.fetchrow(_WORK_OF_ONE if is_one else _WORK_OF_SOME, agency_id, whose)
    assert row is not None
    return dict(row)


async def count_active_projects(reader: Reader, agency_id: UUID, client_ids: Sequence[UUID]) -> int:
    """How many projects of some clients are under way."""
    return int(await reader.fetchval(_COUNT_ACTIVE, agency_id, list(client_ids)))
