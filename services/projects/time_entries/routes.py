"""REST of time entries."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.errors import Invalid, PreconditionFailed, Unavailable
from chassis.http.dependencies import CurrentPrincipal, CurrentStaff, Now, PathId, Reading, Session, needs_module
from chassis.http.etags import IfMatch, set_etag
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.unit import Router
from chassis.principals import Client
from services.projects.dependencies import Ctx, Search
from services.projects.time_entries import service
from services.projects.time_entries.filters import TimeEntryFilter
from services.projects.time_entries.models import TimeEntry, TimeEntryLocked
from services.projects.time_entries.schemas import (
    Day,
    TimeEntryCreate,
    TimeEntryDeleted,
    TimeEntryForClient,
    TimeEntryPublic,
    TimeEntryUpdate,
)

router = Router(prefix="/api", tags=["Time"])
if_enabled = needs_module("time_logs")

Anyones = TimeEntryPublic | TimeEntryForClient
ProjectFilter = Annotated[UUID | None, Query(alias="projectId", description="Only this project's time.")]
MemberFilter = Annotated[UUID | None, Query(alias="memberId", description="Only this member's time.")]
BillableFilter = Annotated[bool | None, Query(description="Only time that is, or is not, charged.")]
InvoicedFilter = Annotated[bool | None, Query(description="Only time that is, or is not, on an invoice.")]
InvoiceFilter = Annotated[UUID | None, Query(alias="invoiceId", description="Only the time on this invoice.")]
From = Annotated[Day | None, Query(alias="from", description="Only time of this date or later.")]
To = Annotated[Day | None, Query(alias="to", description="Only time of this date or earlier.")]


@router.get("/time-entries", response_model=list[TimeEntryPublic])
async def list_time_entries(
    staff: CurrentStaff,
    reader: Reading,
    page: Paging,
    project_id: ProjectFilter = None,
    member_id: MemberFilter = None,
    billable: BillableFilter = None,
    first_on: From = None,
    last_on: To = None,
    invoiced: InvoicedFilter = None,
    invoice_id: InvoiceFilter = None,
    q: Search = None,
) -> Response:
    """List the agency's time entries, newest first."""
    if first_on and last_on and first_on > last_on:
        raise Invalid.field("from", "must not be after `to`")
    wanted = TimeEntryFilter(project_id, member_id, billable, first_on, last_on, q, invoiced, invoice_id)
    found = await service.list_entries(reader, staff, wanted=wanted, after=page.after, limit=page.limit)
    return page.respond_json(found.body, found.next_after)


@router.get("/projects/{project_id}/time-entries", response_model=list[Anyones], dependencies=[if_enabled])
async def list_project_time_entries(
    project_id: PathId, principal: CurrentPrincipal, reader: Reading, page: Paging, q: Search = None
) -> Response:
    """List a project's time entries, newest first. A client sees the billable ones: what was done, and how long."""
    found = await service.list_entries_of_project(
        reader, principal, project_id=project_id, q=q, after=page.after, limit=page.limit
    )
    return page.respond_json(found.body, found.next_after)


@router.post(
    "/projects/{project_id}/time-entries",
    status_code=201,
    response_model=TimeEntryPublic,
    responses=problems(Unavailable),
)
async def record_time(
    project_id: PathId,
    body: TimeEntryCreate,
    session: Session,
    staff: CurrentStaff,
    ctx: Ctx,
    now: Now,
    response: Response,
) -> TimeEntry:
    """Record time worked on a project. It is the member's who writes it, and nobody's where an API key does."""
    entry = await service.record_time(
        session, staff, project_id=project_id, wanted=body, directory=ctx.directory, now=now
    )
    set_etag(response, entry.version)
    return entry


@router.get("/time-entries/{entry_id}", response_model=Anyones, dependencies=[if_enabled])
async def get_time_entry(
    entry_id: PathId, session: Session, principal: CurrentPrincipal, response: Response
) -> Anyones:
    """Get one time entry. A client finds the billable ones of its own projects."""
    entry = await service.visible_entry(session, principal, entry_id)
    set_etag(response, entry.version)
    shape = TimeEntryForClient if isinstance(principal, Client) else TimeEntryPublic
    return shape.model_validate(entry)


@router.patch(
    "/time-entries/{entry_id}",
    response_model=TimeEntryPublic,
    responses=problems(TimeEntryLocked, PreconditionFailed, Unavailable),
)
async def update_time_entry(
    entry_id: PathId,
    body: TimeEntryUpdate,
    session: Session,
    staff: CurrentStaff,
    ctx: Ctx,
    now: Now,
    match: IfMatch,
    response: Response,
) -> TimeEntry:
    """Change a time entry; what is not named stays. One that is on an invoice cannot be changed."""
    entry = await service.visible_entry(session, staff, entry_id, lock=True)
    match.check(entry.version)
    await service.change_entry(session, entry=entry, changes=body.changes(), directory=ctx.directory, now=now)
    set_etag(response, entry.version)
    return entry


@router.delete(
    "/time-entries/{entry_id}",
    response_model=TimeEntryDeleted,
    responses=problems(TimeEntryLocked, PreconditionFailed),
)
async def delete_time_entry(
    entry_id: PathId, session: Session, staff: CurrentStaff, match: IfMatch
) -> TimeEntryDeleted:
    """Delete a time entry. One that is on an invoice cannot be deleted."""
    entry = await service.visible_entry(session, staff, entry_id, lock=True)
    match.check(entry.version)
    await service.delete_entry(session, entry=entry)
    return TimeEntryDeleted(id=entry_id)
