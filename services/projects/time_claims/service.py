"""Use cases of time claims: billing asks for time before it makes an invoice, and tells what became of that."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.projects.time_claims import repository
from services.projects.time_claims.models import (
    Candidate,
    ClaimStatus,
    Refusal,
    Selection,
    TimeClaim,
    TimeNotClaimable,
    priced,
    require_claimable,
)
from services.projects.time_entries.models import Rate
from services.projects.time_settings.service import defaults_of


@dataclass(frozen=True, slots=True)
class Claimed:
    """Time that is kept for an invoice, each entry with what an hour of it costs; all rates are in one currency."""

    project_name: str
    client_id: UUID
    entries: list[tuple[Candidate, Rate]]
    rounding_minutes: int
    valid_until: datetime


async def claim_time(
    session: AsyncSession, agency_id: UUID, *, invoice_id: UUID, selection: Selection, now: datetime
) -> Claimed:
    """Keep time for an invoice that is about to be made; asked again, the same time is told.

    Raises TimeNotClaimable, after which the transaction must not be committed.
    """
    project = await repository.project(session, agency_id, selection.project_id)
    if project is None:
        raise TimeNotClaimable(Refusal.NO_PROJECT)
    claim = TimeClaim.of(selection, agency_id=agency_id, invoice_id=invoice_id, now=now)
    if await repository.begin(session, claim):
        found = await repository.candidates(session, agency_id, selection)
        require_claimable(selection, found)
    else:
        claim = await _present_claim(session, agency_id, invoice_id)
        found = await repository.of_invoice(session, agency_id, invoice_id)
    defaults = await defaults_of(session, agency_id, selection.project_id)
    entries = priced(found, defaults.rate)
    new = [one.id for one in found if one.invoice_id is None]
    await repository.take(session, agency_id, invoice_id=invoice_id, entry_ids=new, now=now)
    name, client_id = project
    return Claimed(name, client_id, entries, defaults.rounding_minutes, claim.valid_until)


async def settle_claim(session: AsyncSession, agency_id: UUID, *, invoice_id: UUID, now: datetime) -> None:
    """The invoice is there. Nothing happens for invoices that are not of time."""
    if claim := await repository.get(session, agency_id, invoice_id):
        claim.settle(now)
        await session.flush()


async def release_claim(session: AsyncSession, agency_id: UUID, *, invoice_id: UUID, now: datetime) -> None:
    """The invoice never came, or is void or deleted: its time can be changed, and put on another one."""
    claim = await repository.get(session, agency_id, invoice_id)
    if claim and claim.release(now):
        await session.flush()
        await repository.free(session, agency_id, invoice_id=invoice_id, now=now)


async def open_claims(session: AsyncSession, *, before: datetime, limit: int) -> list[tuple[UUID, UUID]]:
    """Agency and invoice of claims that ran out and whose invoice was not heard of; needs all agencies' rows."""
    return await repository.open_before(session, before, limit)


async def _present_claim(session: AsyncSession, agency_id: UUID, invoice_id: UUID) -> TimeClaim:
    claim = await repository.get(session, agency_id, invoice_id)
    if claim is None or claim.status is ClaimStatus.RELEASED:
        raise TimeNotClaimable(Refusal.RELEASED)
    return claim
