"""All SQL of intake forms."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.portal.intake_forms.models import IntakeForm, IntakeFormSlugTaken


async def save(session: AsyncSession, form: IntakeForm) -> None:
    """Save a new or changed form; IntakeFormSlugTaken when another of the agency has its address."""
    session.add(form)
    try:
        await session.flush()
    except IntegrityError as error:
        if "intake_forms_slug" in str(error.orig):
            raise IntakeFormSlugTaken from error
        raise


async def find(session: AsyncSession, agency_id: UUID, form_id: UUID, *, lock: bool = False) -> IntakeForm | None:
    """The form; with `lock`, nobody else changes it until the transaction ends."""
    query = select(IntakeForm).where(IntakeForm.agency_id == agency_id, IntakeForm.id == form_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await session.execute(query)).scalar_one_or_none()


async def find_active(session: AsyncSession, agency_id: UUID, slug: str, *, keep: bool = False) -> IntakeForm | None:
    """The active form with that address; with `keep`, it is not deleted before the transaction ends."""
    query = select(IntakeForm).where(
        IntakeForm.agency_id == agency_id, IntakeForm.slug == slug, col(IntakeForm.active).is_(True)
    )
    if keep:
        query = query.with_for_update(read=True, key_share=True)
    return (await session.execute(query)).scalar_one_or_none()


async def page(
    session: AsyncSession, agency_id: UUID, *, q: str | None, after: UUID | None, limit: int
) -> Sequence[IntakeForm]:
    """Forms, newest first."""
    query = select(IntakeForm).where(IntakeForm.agency_id == agency_id)
    if q:
        found = (col(IntakeForm.name).icontains(q, autoescape=True), col(IntakeForm.slug).icontains(q, autoescape=True))
        query = query.where(or_(*found))
    if after:
        query = query.where(col(IntakeForm.id) < after)
    return (await session.execute(query.order_by(col(IntakeForm.id).desc()).limit(limit))).scalars().all()


async def delete(session: AsyncSession, form: IntakeForm) -> None:
    """Remove a form; its leads stay."""
    await session.delete(form)
    await session.flush()
