"""What clients see of their papers, for the portal's snapshot: all kinds in one round trip."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from chassis.database import Reader
from services.billing.credit_notes import listing as credit_notes
from services.billing.invoices import listing as invoices
from services.billing.quotes import listing as quotes


def _section(name: str, rows: str) -> str:
    """Rows as one JSON array, newest first: bytes, because nobody on the way reads them as text."""
    array = "'[' || coalesce(string_agg(made.body, ',' ORDER BY made.id DESC), '') || ']'"
    return f"(SELECT convert_to({array}, 'UTF8') FROM ({rows}) made) AS {name}"  # noqa: S608 (constants)


def _sections(whose: str) -> str:
    """$1 agency, $2 now, $3 origin, $4 the clients."""
    kinds = {"invoices": invoices, "quotes": quotes, "credit_notes": credit_notes}
    return "SELECT " + ", ".join(_section(name, kind.rows_for_clients(whose)) for name, kind in kinds.items())


# Nearly always there is one client, for whom Postgres finds a plan that it keeps.
_OF_ONE, _OF_SOME = _sections("= $4"), _sections("= ANY ($4::uuid[])")


async def sections_of_clients(
    reader: Reader, agency_id: UUID, client_ids: Sequence[UUID], *, now: datetime, origin: str
) -> dict[str, bytes]:
    """Issued invoices, sent quotes and credit notes, each a JSON array."""
    is_one = len(client_ids) == 1
    whose = client_ids[0] if is_one else list(client_ids)
    row = await reader.fetchrow(_OF_ONE if is_one else _OF_SOME, agency_id, now, origin, whose)
    assert row is not None
    return dict(row)
