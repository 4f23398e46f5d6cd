"""Use cases of leads."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import NotFound
from chassis.principals import SYSTEM, Actor, Staff
from services.portal import events
from services.portal.intake_forms.models import IntakeForm
from services.portal.intake_forms.service import keep_open
from services.portal.leads import repository
from services.portal.leads.models import Lead, LeadFile, LeadFilter
from services.portal.leads.schemas import LeadSubmission


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody sent by a form: read answers, the files that were kept, and whether it is taken for spam."""

    submission: LeadSubmission
    answers: dict[str, Any]
    files: Collection[LeadFile] = ()
    spam: bool = False


async def receive_lead(session: AsyncSession, form: IntakeForm, *, sent: Sent, now: datetime) -> Lead:
    """Keep what was sent; the agency is told of it unless it is spam. NotFound when the form has gone meanwhile."""
    await keep_open(session, form)
    lead = Lead(
        agency_id=form.agency_id,
        form_id=form.id,
        form_name=form.name,
        name=sent.submission.name,
        email=sent.submission.email,
        message=sent.submission.message,
        questions=[{name: field[name] for name in ("key", "label", "type")} for field in form.fields],
        answers=sent.answers | {file.field: _facts(file) for file in sent.files},
        spam=sent.spam,
        created_at=now,
        updated_at=now,
    )
    for file in sent.files:
        file.belong_to(lead)
    is_news = lead.is_news(now)
    await repository.add(session, lead, sent.files)
    if is_news:
        await events.lead_created(session, lead, actor=SYSTEM, now=now)
    return lead


async def list_leads(
    session: AsyncSession, staff: Staff, *, wanted: LeadFilter, after: UUID | None, limit: int
) -> Sequence[Lead]:
    """A page of the agency's leads, newest first, and one more where there is another page."""
    return await repository.page(session, staff.agency_id, wanted=wanted, after=after, limit=limit + 1)


async def get_lead(session: AsyncSession, agency_id: UUID, lead_id: UUID, *, lock: bool = False) -> Lead:
    """One lead; NotFound when the agency has none with that id."""
    lead = await repository.find(session, agency_id, lead_id, lock=lock)
    if lead is None:
        raise NotFound
    return lead


async def get_file(session: AsyncSession, staff: Staff, *, lead_id: UUID, field: str) -> LeadFile:
    """The file that a lead gave as the answer to a field; NotFound when there is none."""
    file = None if "\x00" in field else await repository.file_of(session, staff.agency_id, lead_id, field)
    if file is None:
        raise NotFound
    return file


async def update_lead(
    session: AsyncSession,
    staff: Staff,
    *,
    lead_id: UUID,
    changes: dict[str, Any],
    check_version: Callable[[int], None],
    now: datetime,
) -> Lead:
    """Change what the caller named; raises NotFound, LeadAlreadyConverted, and what `check_version` raises."""
    lead = await get_lead(session, staff.agency_id, lead_id, lock=True)
    check_version(lead.version)
    lead.change(changes, now)
    is_news = lead.is_news(now)
    await session.flush()
    if is_news:
        await events.lead_created(session, lead, actor=staff.actor, now=now)
    return lead


async def delete_lead(
    session: AsyncSession, staff: Staff, *, lead_id: UUID, check_version: Callable[[int], None], now: datetime
) -> None:
    """Take a lead away; its files end. What it has become stays."""
    lead = await get_lead(session, staff.agency_id, lead_id, lock=True)
    check_version(lead.version)
    for file in await repository.lock_files(session, lead):
        file.end(now)
    await repository.delete(session, lead)


async def plan_conversion(
    session: AsyncSession, staff: Staff, *, lead_id: UUID, gone: UUID | None, now: datetime
) -> Lead:
    """The lead with the ids of the client and the project that it becomes; raises NotFound, LeadIsSpam.

    `gone` is a project that was made for it and deleted since.
    """
    lead = await get_lead(session, staff.agency_id, lead_id, lock=True)
    if lead.converted_at is None:
        lead.plan_conversion(now)
        if gone:
            lead.replan_project(gone, now)
    return lead


async def convert_lead(session: AsyncSession, actor: Actor, *, lead: Lead, client_id: UUID, now: datetime) -> bool:
    """Note what a lead has become, and tell of it once; False when somebody else did. NotFound when it has gone."""
    current = await get_lead(session, lead.agency_id, lead.id, lock=True)
    if not current.convert(client_id, now):
        return False
    repository.touch(current, now)
    await events.lead_converted(session, current, actor=actor, now=now)
    return True


async def forget_client(session: AsyncSession, agency_id: UUID, *, client_id: UUID, now: datetime) -> None:
    """A client is gone: who was on the way to become that one is not any longer."""
    for lead in await repository.planned_for(session, agency_id, client_id):
        lead.forget_plan(now)


def _facts(file: LeadFile) -> dict[str, Any]:
    """A file as the answer to its question."""
    return {"name": file.name, "size": file.size, "mimeType": file.mime_type, "sha256": file.sha256}
