"""Lists whose JSON Postgres has built: a page of rows becomes the answer's body as it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Listing:
    """A JSON array, and the id that the next page begins after (None on the last page)."""

    body: bytes
    next_after: UUID | None


def listing(rows: Sequence[tuple[UUID, str]], limit: int) -> Listing:
    """Trim rows (fetched as `limit + 1`) to the page."""
    page = rows[:limit]
    body = "[" + ",".join(json for _, json in page) + "]"
    return Listing(body.encode(), page[-1][0] if len(rows) > limit else None)
