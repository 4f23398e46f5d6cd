"""All SQL of leads and their files."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete as delete_where
from sqlalchemy import or_, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import col, select

from services.portal.leads.models import Lead, LeadFile, LeadFilter


async def add(session: AsyncSession, lead: Lead, files: Iterable[LeadFile]) -> None:
    """Save a new lead, and the files that belong to it."""
    session.add(lead)
    await session.flush()
    for file in files:
        await session.merge(file)
    await session.flush()


async def find(session: AsyncSession, agency_id: UUID, lead_id: UUID, *, lock: bool = False) -> Lead | None:
    """The lead; with `lock`, nobody else changes it until the transaction ends."""
    query = select(Lead).where(Lead.agency_id == agency_id, Lead.id == lead_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.execute(query)).scalar_one_or_none()


async def page(
    session: AsyncSession, agency_id: UUID, *, wanted: LeadFilter, after: UUID | None, limit: int
) -> Sequence[Lead]:
    """Leads, newest first."""
    query = select(Lead).where(Lead.agency_id == agency_id, col(Lead.spam).is_(wanted.spam))
    if wanted.status:
        query = query.where(Lead.status == wanted.status)
    if wanted.form_id:
        query = query.where(Lead.form_id == wanted.form_id)
    if wanted.q:
        texts = (Lead.name, Lead.email, Lead.message)
        query = query.where(or_(*(col(column).icontains(wanted.q, autoescape=True) for column in texts)))
    if after:
        query = query.where(col(Lead.id) < after)
    return (await session.execute(query.order_by(col(Lead.id).desc()).limit(limit))).scalars().all()


async def planned_for(session: AsyncSession, agency_id: UUID, client_id: UUID) -> Sequence[Lead]:
    """Leads on their way to become that client, locked until the transaction ends."""
    query = select(Lead).where(
        Lead.agency_id == agency_id, Lead.client_id == client_id, col(Lead.converted_at).is_(None)
    )
    return (await session.execute(query.order_by(col(Lead.id)).with_for_update())).scalars().all()


def touch(lead: Lead, now: datetime) -> None:
    """Have the row written as changed now, also where the same request has changed it a moment ago."""
    lead.updated_at = now
    flag_modified(lead, "updated_at")


async def delete(session: AsyncSession, lead: Lead) -> None:
    """Remove a lead, whose files belong to nothing by then."""
    await session.flush()
    await session.delete(lead)
    await session.flush()


async def old_spam(session: AsyncSession, before: datetime, limit: int) -> Sequence[Lead]:
    """Spam of every agency that came before that moment."""
    query = select(Lead).where(col(Lead.spam).is_(True), col(Lead.created_at) < before)
    return (await session.execute(query.order_by(col(Lead.created_at)).limit(limit))).scalars().all()


async def forget(session: AsyncSession, leads: Sequence[Lead], now: datetime) -> None:
    """Remove leads of every agency, and have their files end."""
    keys = [(lead.agency_id, lead.id) for lead in leads]
    of_them = tuple_(col(LeadFile.agency_id), col(LeadFile.lead_id)).in_(keys)
    await session.execute(update(LeadFile).where(of_them).values(lead_id=None, expires_at=now))
    await session.execute(delete_where(Lead).where(tuple_(col(Lead.agency_id), col(Lead.id)).in_(keys)))


async def add_file(session: AsyncSession, file: LeadFile) -> None:
    """Save the row of a file that is about to come."""
    session.add(file)
    await session.flush()


async def file_of(session: AsyncSession, agency_id: UUID, lead_id: UUID, field: str) -> LeadFile | None:
    """The file that a lead gave as the answer to a field."""
    query = select(LeadFile).where(
        LeadFile.agency_id == agency_id, LeadFile.lead_id == lead_id, LeadFile.field == field
    )
    return (await session.execute(query)).scalar_one_or_none()


async def lock_files(session: AsyncSession, lead: Lead) -> Sequence[LeadFile]:
    """All files of a lead, locked until the transaction ends."""
    query = select(LeadFile).where(LeadFile.agency_id == lead.agency_id, LeadFile.lead_id == lead.id)
    return (await session.execute(query.order_by(col(LeadFile.id)).with_for_update())).scalars().all()


async def ended_files(session: AsyncSession, now: datetime, limit: int) -> Sequence[LeadFile]:
    """Files of every agency that have ended, those first that ended first."""
    query = select(LeadFile).where(col(LeadFile.expires_at) <= now).order_by(col(LeadFile.expires_at)).limit(limit)
    return (await session.execute(query)).scalars().all()


async def remove_files(session: AsyncSession, files: Iterable[LeadFile]) -> None:
    """Forget rows, of every agency."""
    keys = [(file.agency_id, file.id) for file in files]
    await session.execute(delete_where(LeadFile).where(tuple_(col(LeadFile.agency_id), col(LeadFile.id)).in_(keys)))
