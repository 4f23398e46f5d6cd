"""REST of intake forms: for the agency, and for whoever wants to fill one in."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from chassis.errors import NotFound, PreconditionFailed
from chassis.http.dependencies import CurrentManager, CurrentStaff, Now, PathId, Session
from chassis.http.etags import IfMatch, set_etag
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.unit import Router
from chassis.principals import Staff
from chassis.schemas import Clean
from services.portal.dependencies import Context, Portal
from services.portal.intake_forms import service
from services.portal.intake_forms.models import IntakeForm, IntakeFormSlugTaken
from services.portal.intake_forms.schemas import (
    IntakeFormCreate,
    IntakeFormDeleted,
    IntakeFormForVisitor,
    IntakeFormPublic,
    IntakeFormUpdate,
)

router: APIRouter = Router(tags=["Intake"])

Search = Annotated[Annotated[str, Clean] | None, Query(max_length=200, description="Part of a name or slug.")]
AgencySlug = Annotated[str, Path(max_length=100, description="The agency's short name.", examples=["northwind-studio"])]
FormSlug = Annotated[str, Path(max_length=100, description="The form's slug.", examples=["start-a-project"])]


@router.get("/api/intake-forms", response_model=list[IntakeFormPublic])
async def list_intake_forms(
    staff: CurrentStaff, session: Session, portal: Portal, page: Paging, response: Response, q: Search = None
) -> list[IntakeFormPublic]:
    """List the agency's intake forms, newest first."""
    forms = await service.list_forms(session, staff, q=q, after=page.after, limit=page.limit)
    start = await _addresses(portal, staff)
    return [_public(form, start) for form in page.respond(forms, response)]


@router.post(
    "/api/intake-forms", status_code=201, response_model=IntakeFormPublic, responses=problems(IntakeFormSlugTaken)
)
async def create_intake_form(
    body: IntakeFormCreate, staff: CurrentManager, session: Session, portal: Portal, now: Now, response: Response
) -> IntakeFormPublic:
    """Create an intake form, which anyone may fill in at its `url` from then on. Owners and admins only."""
    start = await _addresses(portal, staff)
    form = await service.create_form(session, staff, body=body, now=now)
    return _answer(form, start, response)


@router.get("/api/intake-forms/{form_id}", response_model=IntakeFormPublic)
async def get_intake_form(
    form_id: PathId, staff: CurrentStaff, session: Session, portal: Portal, response: Response
) -> IntakeFormPublic:
    """Show one intake form."""
    form = await service.get_form(session, staff, form_id=form_id)
    return _answer(form, await _addresses(portal, staff), response)


@router.patch(
    "/api/intake-forms/{form_id}",
    response_model=IntakeFormPublic,
    responses=problems(IntakeFormSlugTaken, PreconditionFailed),
)
async def update_intake_form(
    form_id: PathId,
    body: IntakeFormUpdate,
    staff: CurrentManager,
    session: Session,
    portal: Portal,
    now: Now,
    match: IfMatch,
    response: Response,
) -> IntakeFormPublic:
    """Change an intake form; `fields` replaces all its questions. Owners and admins only.

    Leads keep the questions that they answered. Another `slug` is another address: links to the former one end.
    """
    start = await _addresses(portal, staff)
    form = await service.update_form(session, staff, form_id=form_id, body=body, check_version=match.check, now=now)
    return _answer(form, start, response)


@router.delete("/api/intake-forms/{form_id}", response_model=IntakeFormDeleted, responses=problems(PreconditionFailed))
async def delete_intake_form(
    form_id: PathId, staff: CurrentManager, session: Session, match: IfMatch
) -> IntakeFormDeleted:
    """Delete an intake form; the leads that came of it stay. Owners and admins only."""
    await service.delete_form(session, staff, form_id=form_id, check_version=match.check)
    return IntakeFormDeleted(id=form_id)


@router.get("/api/portal/intake/{slug}/{form}", response_model=IntakeFormForVisitor, responses=problems(NotFound))
async def open_intake_form(slug: AgencySlug, form: FormSlug, portal: Portal, now: Now) -> IntakeFormForVisitor:
    """Get an intake form to fill in

    For anyone. 404, as for a form that there is not, while the form is inactive, the agency's portal is shut, or its
    module `intake` is off. Besides `fields`, every form asks for a name, an e-mail address and a message.
    """
    found = await service.open_form(portal.database, portal.directory, slug=slug, form=form)
    token = portal.stamps.stamp(found, now)
    return IntakeFormForVisitor.model_validate({**found.model_dump(), "form_token": token})


async def _addresses(portal: Context, staff: Staff) -> str:
    """What the addresses of the agency's forms begin with."""
    return f"{portal.origin}/intake/{await portal.identities.agency_slug(staff.agency_id)}/"


def _public(form: IntakeForm, start: str) -> IntakeFormPublic:
    return IntakeFormPublic.model_validate({**form.model_dump(), "url": start + form.slug})


def _answer(form: IntakeForm, start: str, response: Response) -> IntakeFormPublic:
    set_etag(response, form.version)
    return _public(form, start)
