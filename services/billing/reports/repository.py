"""The SQL of reports: each in one look at the database."""

from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.billing.reports.models import Age, Flow, Months, Owed

_MONTH = "width_bucket({}, CAST(:days AS date[]))"
_WITHIN = "BETWEEN CAST(:first AS date) AND CAST(:last AS date)"

# Each day was the agency's own when it was written down.
_FLOWS = text(f"""
WITH moved AS (
  SELECT p.currency, {_MONTH.format("p.received_on")} AS month,
         p.amount_minor AS received, 0 AS refunded, 0 AS invoiced, 0 AS credited
  FROM payments p WHERE p.agency_id = :agency_id AND p.received_on {_WITHIN}
  UNION ALL
  SELECT r.currency, {_MONTH.format("r.refunded_on")}, 0, r.amount_minor, 0, 0
  FROM refunds r WHERE r.agency_id = :agency_id AND r.status = 'succeeded' AND r.refunded_on {_WITHIN}
  UNION ALL
  SELECT i.currency, {_MONTH.format("i.issued_on")}, 0, 0, i.amount_minor, 0
  FROM invoices i WHERE i.agency_id = :agency_id AND i.issued_on {_WITHIN} AND i.status NOT IN ('draft', 'void')
  UNION ALL
  SELECT n.currency, {_MONTH.format("n.issued_on")}, 0, 0, 0, n.amount_minor
  FROM credit_notes n JOIN invoices i ON i.agency_id = :agency_id AND i.id = n.invoice_id AND i.status <> 'void'
  WHERE n.agency_id = :agency_id AND n.issued_on {_WITHIN}
)
SELECT currency, month - 1, sum(received)::bigint, sum(refunded)::bigint, sum(invoiced)::bigint, sum(credited)::bigint
FROM moved GROUP BY 1, 2
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


async def flows(session: AsyncSession, agency_id: UUID, months: Months) -> list[Flow]:
    """What came in, went back, was invoiced and credited; only months and currencies in which something did."""
    asked = {"agency_id": agency_id, "first": months.starts[0], "last": months.last, "days": list(months.starts)}
    return [Flow(*row) for row in await session.execute(_FLOWS, asked)]


async def owed(session: AsyncSession, agency_id: UUID, *, today: date) -> list[Owed]:
    """What open invoices ask for, by currency and age."""
    rows = await session.execute(_OWED, {"agency_id": agency_id, "today": today})
    return [Owed(row.currency, Age(row.age), row.due, row.invoices) for row in rows]
