"""The SQL of statements: everything that moved what a client owes, in one look at the database."""

import json
from datetime import date
from uuid import UUID

from chassis.database import Reader
from services.billing.statements.models import Account

# What moves the balance, in the order in which a day's entries stand. $1 agency, $2 client, $3 currency. A void
# invoice stays where it was issued and is taken back on its day, so that a statement says the same when asked again.
_ENTRIES = """
SELECT 'invoice' AS kind, 1 AS place, i.issued_on AS day, i.id, i.id AS invoice_id, i.number AS invoice_number,
       NULL::int AS number, NULL AS method, i.amount_minor AS minor
FROM invoices i WHERE i.agency_id = $1 AND i.client_id = $2 AND i.currency = $3 AND i.status <> 'draft'
UNION ALL
SELECT 'credit_note', 2, n.issued_on, n.id, n.invoice_id, n.invoice_number, n.number, NULL, -n.amount_minor
FROM credit_notes n WHERE n.agency_id = $1 AND n.client_id = $2 AND n.currency = $3
UNION ALL
SELECT 'void', 3, i.voided_on, i.id, i.id, i.number, NULL, NULL,
       i.credited_minor - i.amount_minor
FROM invoices i WHERE i.agency_id = $1 AND i.client_id = $2 AND i.currency = $3 AND i.status = 'void'
  AND i.credited_minor < i.amount_minor
UNION ALL
SELECT 'payment', 4, p.received_on, p.id, p.invoice_id, i.number, NULL, p.method, -p.amount_minor
FROM payments p JOIN invoices i ON i.agency_id = $1 AND i.id = p.invoice_id
WHERE p.agency_id = $1 AND p.client_id = $2 AND p.currency = $3
UNION ALL
SELECT 'refund', 5, r.refunded_on, r.id, r.invoice_id, i.number, NULL, NULL, r.amount_minor
FROM refunds r JOIN invoices i ON i.agency_id = $1 AND i.id = r.invoice_id
WHERE r.agency_id = $1 AND r.client_id = $2 AND r.currency = $3 AND r.status = 'succeeded'
"""
_CURRENCIES = """
SELECT DISTINCT i.currency FROM invoices i
WHERE i.agency_id = $1 AND i.client_id = $2 AND i.status <> 'draft' ORDER BY i.currency
"""
# $4 the first day, NULL for the very first; $5 the last.
_STATEMENT = f"""
WITH entries AS ({_ENTRIES}),
running AS (
  SELECT entries.*, sum(minor) OVER (ORDER BY day, place, id) AS balance FROM entries WHERE day <= $5
),
shown AS (SELECT * FROM running WHERE $4::date IS NULL OR day >= $4)
SELECT coalesce((SELECT sum(minor) FROM running WHERE day < $4), 0)::bigint AS opening,
       coalesce((SELECT sum(minor) FROM running), 0)::bigint AS closing,
       (SELECT count(*) FROM shown) AS many,
       (SELECT json_agg(row_to_json(s) ORDER BY day, place, id)::text
        FROM (SELECT * FROM shown ORDER BY day, place, id LIMIT $6) s) AS shown,
       (SELECT array_agg(DISTINCT i.currency ORDER BY i.currency) FROM invoices i
        WHERE i.agency_id = $1 AND i.client_id = $2 AND i.status <> 'draft') AS currencies
"""  # noqa: S608 (constants of this module)


async def currencies(reader: Reader, agency_id: UUID, *, client_id: UUID) -> list[str]:
    """In which currencies a client was invoiced, in the order of their codes."""
    return [row["currency"] for row in await reader.fetch(_CURRENCIES, agency_id, client_id)]


async def account(
    reader: Reader,
    agency_id: UUID,
    *,
    client_id: UUID,
    currency: str,
    start: date | None,
    end: date,
    limit: int,
) -> Account:
    """What moved the balance from one day through another, and where it stood before and after."""
    (row,) = await reader.fetch(_STATEMENT, agency_id, client_id, currency, start, end, limit)
    entries = json.loads(row["shown"]) if row["shown"] else []
    return Account(row["opening"], row["closing"], entries, row["many"], row["currencies"] or [])
