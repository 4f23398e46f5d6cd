"""Use cases of intake forms."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Database
from chassis.errors import NotFound
from chassis.principals import Staff
from services.portal.clients import Directory
from services.portal.intake_forms import repository
from services.portal.intake_forms.models import IntakeForm
from services.portal.intake_forms.schemas import IntakeFormCreate, IntakeFormUpdate, stored
from services.portal.portal_settings.models import Module
from services.portal.welcomes.service import portal_of


async def create_form(session: AsyncSession, staff: Staff, *, body: IntakeFormCreate, now: datetime) -> IntakeForm:
    """A new form; raises IntakeFormSlugTaken."""
    wanted = body.model_dump() | {"fields": stored(body.fields)}
    form = IntakeForm(agency_id=staff.agency_id, created_at=now, updated_at=now, **wanted)
    await repository.save(session, form)
    return form


async def get_form(session: AsyncSession, staff: Staff, *, form_id: UUID) -> IntakeForm:
    """One form; NotFound when the agency has none with that id."""
    form = await repository.find(session, staff.agency_id, form_id)
    if form is None:
        raise NotFound
    return form


async def list_forms(
    session: AsyncSession, staff: Staff, *, q: str | None, after: UUID | None, limit: int
) -> Sequence[IntakeForm]:
    """A page of the agency's forms, newest first, and one more where there is another page."""
    return await repository.page(session, staff.agency_id, q=q, after=after, limit=limit + 1)


async def update_form(
    session: AsyncSession,
    staff: Staff,
    *,
    form_id: UUID,
    body: IntakeFormUpdate,
    check_version: Callable[[int], None],
    now: datetime,
) -> IntakeForm:
    """Change what the caller named; raises NotFound, IntakeFormSlugTaken, and what `check_version` raises."""
    form = await _lock(session, staff, form_id)
    check_version(form.version)
    changes = body.changes()
    if body.fields is not None:
        changes["fields"] = stored(body.fields)
    form.change(changes, now)
    await repository.save(session, form)
    return form


async def delete_form(
    session: AsyncSession, staff: Staff, *, form_id: UUID, check_version: Callable[[int], None]
) -> None:
    """Take a form away; the leads that came of it stay."""
    form = await _lock(session, staff, form_id)
    check_version(form.version)
    await repository.delete(session, form)


async def open_form(database: Database, directory: Directory, *, slug: str, form: str) -> IntakeForm:
    """An agency's form for whoever wants to fill it in.

    NotFound, as for one that there is not, while it is inactive, the portal is shut or intake is switched off in it.
    In short transactions of its own, since none is held while auth is asked.
    """
    if "\x00" in form:
        raise NotFound
    portal = await portal_of(database, directory, slug)
    if not portal.settings.is_active or Module.INTAKE not in portal.settings.enabled_modules:
        raise NotFound
    async with database.unit(portal.agency_id) as session:
        found = await repository.find_active(session, portal.agency_id, form)
    if found is None:
        raise NotFound
    return found


async def keep_open(session: AsyncSession, form: IntakeForm) -> None:
    """Have a form stay until the transaction ends; NotFound when it has gone meanwhile."""
    if await repository.find_active(session, form.agency_id, form.slug, keep=True) is None:
        raise NotFound


async def _lock(session: AsyncSession, staff: Staff, form_id: UUID) -> IntakeForm:
    form = await repository.find(session, staff.agency_id, form_id, lock=True)
    if form is None:
        raise NotFound
    return form
