"""Search for words: what services share when they look through their own nouns for one question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from chassis.database import Reader

# Of each kind so many of the newest are looked through, so that a question costs no more in a large agency.
NEWEST = 10_000
MAX_HITS = 50
MAX_WORDS = 200
_EXTRACT = 160
_LEAD = 40

# $1 agency, $2 the clients to keep to (NULL for staff), $3 the words anywhere, $4 at the beginning, $5 how many.
_RANKED = """
(SELECT '{kind}' AS kind, x.id, x.title, x.subtitle, x.project_id, x.client_id, x.path, x.body,
  CASE WHEN x.title ILIKE $4 THEN 0 WHEN x.title ILIKE $3 THEN 1 ELSE 2 END AS rank
FROM ({source} LIMIT {newest}) x
WHERE x.title ILIKE $3 OR x.body ILIKE $3
ORDER BY rank, x.id DESC LIMIT $5)
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words, how many hits of each kind, which kinds; `client_ids` are the clients to keep to, None for staff."""

    words: str
    limit: int
    kinds: frozenset[str]
    client_ids: tuple[UUID, ...] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that holds the words; `rank` 0: its title begins with them, 1: holds them, 2: another text does."""

    kind: str
    id: UUID
    title: str
    subtitle: str
    project_id: UUID | None
    client_id: UUID
    path: str
    rank: int


async def search(reader: Reader, agency_id: UUID, wanted: Wanted, sources: Mapping[str, str]) -> list[Hit]:
    """What holds the words, the best of each kind first.

    A source is a SELECT of `id, title, subtitle, project_id, client_id, path, body`, newest first, of what the asker
    may see: `$1` is the agency, `$2` the clients to keep to. `body` is searched too; where it is what holds the words,
    or there is no subtitle, an extract of it is that.
    """
    chosen = [
        _RANKED.format(kind=kind, source=source, newest=NEWEST)
        for kind, source in sources.items()
        if kind in wanted.kinds
    ]
    if not chosen:
        return []
    pattern = _escaped(wanted.words)
    client_ids = None if wanted.client_ids is None else list(wanted.client_ids)
    limit = max(1, min(wanted.limit, MAX_HITS))
    rows = await reader.fetch(" UNION ALL ".join(chosen), agency_id, client_ids, f"%{pattern}%", f"{pattern}%", limit)
    return [
        Hit(
            kind=row["kind"],
            id=row["id"],
            title=row["title"],
            subtitle=row["subtitle"] if row["rank"] < 2 and row["subtitle"] else extract(row["body"], wanted.words),
            project_id=row["project_id"],
            client_id=row["client_id"],
            path=row["path"],
            rank=row["rank"],
        )
        for row in rows
    ]


def extract(text: str, words: str) -> str:
    """A line of a text around the words, with an ellipsis where it was cut."""
    text, words = " ".join(text.split()), " ".join(words.split())
    at = max(0, text.lower().find(words.lower()))
    begin = max(0, at - _LEAD)
    cut = text[begin : begin + _EXTRACT]
    return ("…" if begin else "") + cut + ("…" if begin + _EXTRACT < len(text) else "")


def wanted_of(words: str, *, limit: int, kinds: Sequence[str], for_clients: bool, client_ids: Sequence[str]) -> Wanted:
    """The question as another service put it; raises ValueError where it cannot be one."""
    if not 1 <= len(words) <= MAX_WORDS or "\x00" in words:
        raise ValueError("words must have 1 to 200 characters")
    seen_by = tuple(UUID(client_id) for client_id in client_ids) if for_clients else None
    return Wanted(words, limit, frozenset(kinds), seen_by)


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
