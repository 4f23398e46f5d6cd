"""REST of leads."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from chassis.errors import PreconditionFailed
from chassis.file_names import attachment
from chassis.http.dependencies import CurrentStaff, Now, PathId, Session
from chassis.http.etags import IfMatch, set_etag
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.turns import Crowded
from chassis.http.unit import Router, unit_of
from chassis.schemas import Clean
from services.portal.dependencies import Portal
from services.portal.leads import service
from services.portal.leads.models import Lead, LeadAlreadyConverted, LeadFilter, LeadIsSpam, LeadStatus
from services.portal.leads.schemas import (
    LeadConversion,
    LeadConvert,
    LeadDeleted,
    LeadPublic,
    LeadUpdate,
    lead_public,
)

# Should a browser show it after all, nothing in it runs, loads or is framed.
_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"
_BYTES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The bytes.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
_AGAIN: dict[int | str, dict[str, Any]] = {
    200: {"model": LeadConversion, "description": "The lead was converted already; this is what it became."}
}

router: APIRouter = Router(prefix="/api/leads", tags=["Leads"])

StatusFilter = Annotated[LeadStatus | None, Query(description="Only leads in this status.")]
FormFilter = Annotated[UUID | None, Query(alias="formId", description="Only leads of this intake form.")]
SpamFilter = Annotated[bool, Query(description="Only what is taken for spam; without it, none of that.")]
Search = Annotated[
    Annotated[str, Clean] | None, Query(max_length=200, description="Part of a name, an e-mail address or a message.")
]
FieldKey = Annotated[str, Path(max_length=100, description="The key of the form's field.", examples=["brief"])]


@router.get("", response_model=list[LeadPublic])
async def list_leads(
    staff: CurrentStaff,
    session: Session,
    page: Paging,
    response: Response,
    status: StatusFilter = None,
    q: Search = None,
    form_id: FormFilter = None,
    spam: SpamFilter = False,
) -> list[LeadPublic]:
    """List leads, newest first."""
    wanted = LeadFilter(status, q, form_id, spam)
    leads = await service.list_leads(session, staff, wanted=wanted, after=page.after, limit=page.limit)
    return [lead_public(lead) for lead in page.respond(leads, response)]


@router.get("/{lead_id}", response_model=LeadPublic)
async def get_lead(lead_id: PathId, staff: CurrentStaff, session: Session, response: Response) -> LeadPublic:
    """Show one lead."""
    return _answer(await service.get_lead(session, staff.agency_id, lead_id), response)


@router.patch("/{lead_id}", response_model=LeadPublic, responses=problems(LeadAlreadyConverted, PreconditionFailed))
async def update_lead(
    lead_id: PathId,
    body: LeadUpdate,
    staff: CurrentStaff,
    session: Session,
    now: Now,
    match: IfMatch,
    response: Response,
) -> LeadPublic:
    """Move a lead in the pipeline, note something, or say whether it is spam.

    `lead.created` is told of what turns out to be no spam. A converted lead stays won.
    """
    lead = await service.update_lead(
        session, staff, lead_id=lead_id, changes=body.changes(), check_version=match.check, now=now
    )
    return _answer(lead, response)


@router.delete("/{lead_id}", response_model=LeadDeleted, responses=problems(PreconditionFailed))
async def delete_lead(lead_id: PathId, staff: CurrentStaff, session: Session, now: Now, match: IfMatch) -> LeadDeleted:
    """Delete a lead with its files. The client and the project that it has become stay."""
    await service.delete_lead(session, staff, lead_id=lead_id, check_version=match.check, now=now)
    return LeadDeleted(id=lead_id)


@router.post(
    "/{lead_id}/convert",
    status_code=201,
    response_model=LeadConversion,
    responses=_AGAIN | problems(LeadAlreadyConverted, LeadIsSpam),
)
async def convert_lead(
    lead_id: PathId,
    request: Request,
    staff: CurrentStaff,
    session: Session,
    portal: Portal,
    now: Now,
    response: Response,
    body: LeadConvert | None = None,
) -> LeadConversion:
    """Make a lead a client and a project, once: 201 when that is done now, 200 when it was before.

    The client gets the welcome with their portal link. Where a client has the lead's e-mail address already, the
    project is for that one. After a failure in between, the same request goes on where it stopped.
    """
    await unit_of(request).take_turn(f"lead/{lead_id}", refusal=Crowded)
    name = body.project_name if body else None
    conversion = await portal.converter.convert(session, staff, lead_id=lead_id, project_name=name, now=now)
    response.status_code = 201 if conversion.is_new else 200
    return conversion.made


@router.get("/{lead_id}/files/{key}", response_class=Response, responses=_BYTES)
async def download_lead_file(
    lead_id: PathId, key: FieldKey, staff: CurrentStaff, session: Session, portal: Portal
) -> Response:
    """Download a file that came with a lead, as the answer to one field. Always to be saved, never to be run."""
    file = await service.get_file(session, staff, lead_id=lead_id, field=key)
    headers = {
        "Content-Length": str(file.size),
        "Content-Disposition": attachment(file.name),
        "Content-Security-Policy": _POLICY,
        "X-Content-Type-Options": "nosniff",
    }
    return StreamingResponse(await portal.keeper.show(file), headers=headers, media_type=file.mime_type)


def _answer(lead: Lead, response: Response) -> LeadPublic:
    set_etag(response, lead.version)
    return lead_public(lead)
