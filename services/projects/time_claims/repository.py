"""All SQL about time on its way to an invoice."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.projects.time_claims.models import (
    MAX_ENTRIES,
    Candidate,
    ClaimStatus,
    Selection,
    TimeClaim,
)
from services.projects.time_entries.models import Rate

# The tables of sibling features, whose classes are not to be imported here. The share lock keeps the project from
# being deleted meanwhile.
_PROJECT = text(
    "SELECT name, client_id FROM projects"
    " WHERE agency_id = :agency_id AND id = :project_id AND deleted_at IS NULL FOR SHARE"
)

# A task that its client does not see has no name for an invoice.
_ENTRIES = """
SELECT e.id, e.description, e.minutes, e.worked_on, e.billable, e.rate_minor, e.currency, e.invoice_id,
  (SELECT t.title FROM tasks t WHERE t.agency_id = e.agency_id AND t.id = e.task_id
     AND t.visible_to_client AND t.deleted_at IS NULL) AS task
FROM time_entries e
WHERE e.agency_id = :agency_id AND {chosen}
ORDER BY e.worked_on, e.id LIMIT :limit FOR UPDATE OF e
"""
_BY_ID = text(_ENTRIES.format(chosen="e.project_id = :project_id AND e.id = ANY (:entry_ids)"))
_BILLABLE = text(
    _ENTRIES.format(
        chosen="e.project_id = :project_id AND e.billable AND e.invoice_id IS NULL"
        " AND (CAST(:first_on AS date) IS NULL OR e.worked_on >= CAST(:first_on AS date))"
        " AND (CAST(:last_on AS date) IS NULL OR e.worked_on <= CAST(:last_on AS date))"
    )
)
_OF_INVOICE = text(_ENTRIES.format(chosen="e.invoice_id = :invoice_id"))

_TAKE = text(
    "UPDATE time_entries SET invoice_id = :invoice_id, version = version + 1, updated_at = :now"
    " WHERE agency_id = :agency_id AND id = ANY (:entry_ids)"
)
_FREE = text(
    "UPDATE time_entries SET invoice_id = NULL, version = version + 1, updated_at = :now"
    " WHERE agency_id = :agency_id AND invoice_id = :invoice_id"
)


async def project(session: AsyncSession, agency_id: UUID, project_id: UUID) -> tuple[str, UUID] | None:
    """Name and client of a project, which stays until the transaction ends."""
    row = (await session.execute(_PROJECT, {"agency_id": agency_id, "project_id": project_id})).one_or_none()
    return (row.name, row.client_id) if row else None


async def begin(session: AsyncSession, claim: TimeClaim) -> bool:
    """Note a claim; False when there is one for the invoice. Whoever asks for the same at once waits."""
    added = insert(TimeClaim).values(claim.model_dump()).on_conflict_do_nothing().returning(col(TimeClaim.id))
    return (await session.execute(added)).one_or_none() is not None


async def get(session: AsyncSession, agency_id: UUID, invoice_id: UUID) -> TimeClaim | None:
    """The claim for an invoice, which nobody else changes until the transaction ends."""
    query = select(TimeClaim).where(col(TimeClaim.agency_id) == agency_id, col(TimeClaim.id) == invoice_id)
    return (await session.scalars(query.with_for_update())).one_or_none()


async def candidates(session: AsyncSession, agency_id: UUID, selection: Selection) -> list[Candidate]:
    """The entries wanted, by day, at most one more than an invoice takes; whoever else wants them waits."""
    asked: dict[str, Any] = {
        "agency_id": agency_id,
        "project_id": selection.project_id,
        "limit": MAX_ENTRIES + 1,
    }
    if selection.entry_ids:
        rows = await session.execute(_BY_ID, asked | {"entry_ids": list(selection.entry_ids)})
    else:
        rows = await session.execute(_BILLABLE, asked | {"first_on": selection.first_on, "last_on": selection.last_on})
    return [_candidate(row) for row in rows]


async def of_invoice(session: AsyncSession, agency_id: UUID, invoice_id: UUID) -> list[Candidate]:
    """The entries that an invoice has, by day."""
    asked = {"agency_id": agency_id, "invoice_id": invoice_id, "limit": MAX_ENTRIES}
    return [_candidate(row) for row in await session.execute(_OF_INVOICE, asked)]


async def take(
    session: AsyncSession, agency_id: UUID, *, invoice_id: UUID, entry_ids: Sequence[UUID], now: datetime
) -> None:
    """Put entries on an invoice."""
    await session.execute(
        _TAKE, {"agency_id": agency_id, "invoice_id": invoice_id, "entry_ids": list(entry_ids), "now": now}
    )


async def free(session: AsyncSession, agency_id: UUID, *, invoice_id: UUID, now: datetime) -> None:
    """Take all entries off an invoice."""
    await session.execute(_FREE, {"agency_id": agency_id, "invoice_id": invoice_id, "now": now})


async def open_before(session: AsyncSession, moment: datetime, limit: int) -> list[tuple[UUID, UUID]]:
    """Agency and invoice of the claims that were valid until before a moment, oldest first, in any agency."""
    query = (
        select(col(TimeClaim.agency_id), col(TimeClaim.id))
        .where(col(TimeClaim.status) == ClaimStatus.OPEN, col(TimeClaim.valid_until) < moment)
        .order_by(col(TimeClaim.valid_until))
        .limit(limit)
    )
    return [(agency_id, invoice_id) for agency_id, invoice_id in await session.execute(query)]


def _candidate(row: Row[Any]) -> Candidate:
    return Candidate(
        id=row.id,
        description=row.description,
        minutes=row.minutes,
        worked_on=row.worked_on,
        billable=row.billable,
        rate=None if row.rate_minor is None else Rate(row.rate_minor, row.currency),
        invoice_id=row.invoice_id,
        task=row.task,
    )
