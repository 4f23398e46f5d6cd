"""What clients owe: one query, by currency, because currencies are never added together."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from chassis.database import Reader
from services.billing.invoices.models import OPEN
from services.billing.shapes import major

_OPEN = ", ".join(f"'{status}'" for status in sorted(OPEN))
_DUE = "(i.amount_minor - i.credited_minor - i.paid_minor)"
_BALANCE = f"""
SELECT i.currency, trim_scale(sum({major(_DUE, "i.decimals")}))::text AS amount,
       count(*) AS invoices
FROM invoices i
WHERE i.agency_id = $1 AND i.client_id = ANY ($2) AND i.status IN ({_OPEN}) AND {_DUE} > 0
GROUP BY i.currency
ORDER BY i.currency
"""  # noqa: S608 (constants)


@dataclass(frozen=True, slots=True)
class Owed:
    """What is due in one currency: a decimal number in its major unit, and for how many invoices."""

    currency: str
    amount: str
    invoices: int


async def balance_of_clients(reader: Reader, agency_id: UUID, client_ids: Sequence[UUID]) -> list[Owed]:
    """What some clients of an agency owe, in the order of codes; drafts and void ones never count."""
    rows = await reader.fetch(_BALANCE, agency_id, list(client_ids))
    return [Owed(row["currency"], row["amount"], row["invoices"]) for row in rows]
