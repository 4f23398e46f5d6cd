"""The SQL of reports: each in one look at the database."""

from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.billing.days import Days
from services.billing.reports.models import Age, Flow, Months, Owed

_ON = "width_bucket({}, CAST(:days AS date[]))"


def _there(day: str, moment: str) -> str:
    """The month of a movement where the agency is.

    A date that nobody gave is the one of its moment in UTC: the moment counts, by the moments at which months begin
    there. Any other date was given by a person, and counts as it is.
    """
    at = f"width_bucket({moment}, CAST(:moments AS timestamptz[]))"
    return f"CASE WHEN {day} = ({moment} AT TIME ZONE 'UTC')::date THEN {at} ELSE {_ON.format(day)} END"


# Rows of a day more on either side are read: their moment may be in one of the months all the same.
_NEAR = "BETWEEN CAST(:first AS date) - 1 AND CAST(:following AS date)"

_FLOWS = text(f"""
WITH moved AS (
  SELECT p.currency, {_there("p.received_on", "p.created_at")} AS month,
         p.amount_minor AS received, 0 AS refunded, 0 AS invoiced, 0 AS credited
  FROM payments p WHERE p.agency_id = :agency_id AND p.received_on {_NEAR}
  UNION ALL
  SELECT r.currency, {_there("r.refunded_on", "r.updated_at")}, 0, r.amount_minor, 0, 0
  FROM refunds r WHERE r.agency_id = :agency_id AND r.status = 'succeeded' AND r.refunded_on {_NEAR}
  UNION ALL
  SELECT i.currency, {_ON.format("i.issued_on")}, 0, 0, i.amount_minor, 0
  FROM invoices i WHERE i.agency_id = :agency_id AND i.issued_on {_NEAR} AND i.status NOT IN ('draft', 'void')
  UNION ALL
  SELECT n.currency, {_ON.format("n.issued_on")}, 0, 0, 0, n.amount_minor
  FROM credit_notes n JOIN invoices i ON i.agency_id = :agency_id AND i.id = n.invoice_id AND i.status <> 'void'
  WHERE n.agency_id = :agency_id AND n.issued_on {_NEAR}
)
SELECT currency, month - 1, sum(received)::bigint, sum(refunded)::bigint, sum(invoiced)::bigint, sum(credited)::bigint
FROM moved WHERE month BETWEEN 1 AND :count GROUP BY 1, 2
""")  # noqa: S608 (constants of this module)

_OWED = text(f"""
SELECT i.currency,
       CASE WHEN i.due_on >= :today THEN '{Age.NOT_DUE}'
            WHEN CAST(:today AS date) - i.due_on <= 30 THEN '{Age.TO_30}'
            WHEN CAST(:today AS date) - i.due_on <= 60 THEN '{Age.TO_60}'
            WHEN CAST(:today AS date) - i.due_on <= 90 THEN '{Age.TO_90}'
            ELSE '{Age.OVER_90}' END AS age,
       sum(i.amount_minor - i.credited_minor - i.paid_minor)::bigint AS due, count(*) AS invoices
FROM invoices i
WHERE i.agency_id = :agency_id AND i.status IN ('sent', 'viewed', 'partially_paid')
  AND i.amount_minor - i.credited_minor > i.paid_minor
GROUP BY 1, 2
""")  # noqa: S608 (constants of this module)


async def flows(session: AsyncSession, agency_id: UUID, months: Months, *, days: Days) -> list[Flow]:
    """What came in, went back, was invoiced and credited; only months and currencies in which something did."""
    begin = [*months.starts, months.following]
    asked = {
        "agency_id": agency_id,
        "first": months.starts[0],
        "following": months.following,
        "days": begin,
        "moments": [days.at(day) for day in begin],
        "count": len(months.starts),
    }
    return [Flow(*row) for row in await session.execute(_FLOWS, asked)]


async def owed(session: AsyncSession, agency_id: UUID, *, today: date) -> list[Owed]:
    """What open invoices ask for, by currency and age."""
    rows = await session.execute(_OWED, {"agency_id": agency_id, "today": today})
    return [Owed(row.currency, Age(row.age), row.due, row.invoices) for row in rows]
