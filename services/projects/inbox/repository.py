"""All SQL of the inbox."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chassis.database import Reader
from services.projects import shapes

# Of the tables of sibling features, whose classes are not to be imported here.
_LIVING = (
    "EXISTS (SELECT FROM projects p WHERE p.agency_id = t.agency_id AND p.id = t.project_id AND p.deleted_at IS NULL)"
)
_WAITING = "t.visibility = 'client' AND t.last_author_kind = {}"
_TURN = (
    "CASE WHEN t.visibility = 'client' THEN CASE t.last_author_kind WHEN 'client' THEN 'agency' ELSE 'client' END END"
)

# Line breaks and the like become spaces; more is read than is shown, so that they may be many.
EXCERPT_CHARACTERS = 200
_EXCERPT = rf"left(regexp_replace(left(m.content, {2 * EXCERPT_CHARACTERS}), '\s+', ' ', 'g'), {EXCERPT_CHARACTERS})"

# What a client has written since the agency's last word.
_UNANSWERED = """CASE WHEN t.visibility = 'client' AND t.last_author_kind = 'client' THEN (
    SELECT count(*) FROM messages m WHERE m.agency_id = t.agency_id AND m.thread_id = t.id AND m.id > coalesce((
      SELECT w.id FROM messages w WHERE w.agency_id = t.agency_id AND w.thread_id = t.id AND w.author_kind = 'member'
      ORDER BY w.id DESC LIMIT 1), '00000000-0000-0000-0000-000000000000')) ELSE 0 END"""

_BODY = f"""json_build_object({shapes.THREAD_FIELDS}, 'clientId', t.client_id,
    'project', (SELECT json_build_object('id', p.id, 'name', p.name)
      FROM projects p WHERE p.agency_id = t.agency_id AND p.id = t.project_id),
    'client', (SELECT json_build_object('id', c.id, 'name', c.name, 'company', nullif(c.company, ''))
      FROM clients c WHERE c.agency_id = t.agency_id AND c.id = t.client_id),
    'lastMessage', (SELECT json_build_object('id', m.id, 'excerpt', {_EXCERPT},
        'author', json_build_object('kind', m.author_kind, 'id', m.author_id, 'name', m.author_name),
        'createdAt', {shapes.moment("m.created_at")})
      FROM messages m WHERE m.agency_id = t.agency_id AND m.id = t.last_message_id),
    'waiting', {_TURN}, 'messageCount', t.message_count, 'unanswered', {_UNANSWERED})"""  # noqa: S608 (constants)

# The page is found first and furnished then: behind row-level security a join would read all of the agency.
_LIST = f"""
WITH t AS MATERIALIZED (
  SELECT * FROM threads t WHERE t.agency_id = $1 AND t.last_message_id IS NOT NULL AND {{conditions}} AND {_LIVING}
  ORDER BY t.last_message_id DESC LIMIT {{limit:d}})
SELECT t.last_message_id AS id, {_BODY} AS body FROM t ORDER BY t.last_message_id DESC
"""  # noqa: S608 (constants)

_COUNT = f"""
SELECT count(*) FILTER (WHERE t.last_author_kind = 'client') AS agency,
       count(*) FILTER (WHERE t.last_author_kind = 'member') AS client
FROM threads t WHERE t.agency_id = $1 AND t.last_message_id IS NOT NULL AND t.visibility = 'client'
  AND {{conditions}} AND {_LIVING}
"""  # noqa: S608 (constants)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which threads are asked for; `last_author_kind` is whose last word it is, in a thread for the client's eyes."""

    last_author_kind: str | None = None
    visibility: str | None = None
    project_id: UUID | None = None
    client_id: UUID | None = None


async def page(
    reader: Reader, agency_id: UUID, wanted: Wanted, *, after: UUID | None, limit: int
) -> list[tuple[UUID, str]]:
    """The last message's id and the public JSON of each thread, the newest message first."""
    conditions, given = _conditions(wanted, after=after)
    rows = await reader.fetch(_LIST.format(conditions=conditions, limit=limit), agency_id, *given)
    return [(row["id"], row["body"]) for row in rows]


async def count_waiting(reader: Reader, agency_id: UUID, wanted: Wanted) -> tuple[int, int]:
    """In how many threads the agency is to answer, and in how many the client."""
    conditions, given = _conditions(wanted)
    row = await reader.fetchrow(_COUNT.format(conditions=conditions), agency_id, *given)
    assert row is not None
    return row["agency"], row["client"]


def _conditions(wanted: Wanted, *, after: UUID | None = None) -> tuple[str, list[Any]]:
    """Only those that are asked for, so that Postgres finds the index that is made for them."""
    asked = (
        (_WAITING, wanted.last_author_kind),
        ("t.visibility = {}", wanted.visibility),
        ("t.project_id = {}", wanted.project_id),
        ("t.client_id = {}", wanted.client_id),
        ("t.last_message_id < {}", after),
    )
    given = [(condition, value) for condition, value in asked if value is not None]
    numbered = [condition.format(f"${place}") for place, (condition, _) in enumerate(given, 2)]
    return " AND ".join(numbered) or "true", [value for _, value in given]
