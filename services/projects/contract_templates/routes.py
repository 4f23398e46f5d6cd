"""REST of contract templates."""

from fastapi import Response

from chassis.errors import NotFound, PreconditionFailed
from chassis.http.dependencies import CurrentStaff, Now, PathId, Reading, Session
from chassis.http.etags import IfMatch, set_etag
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.projects.contract_templates import service
from services.projects.contract_templates.models import ContractTemplate
from services.projects.contract_templates.schemas import (
    ContractTemplateCreate,
    ContractTemplateDeleted,
    ContractTemplatePublic,
    ContractTemplateUpdate,
)
from services.projects.dependencies import Search

router = Router(prefix="/api/contract-templates", tags=["Contracts"])


@router.get("", response_model=list[ContractTemplatePublic])
async def list_contract_templates(staff: CurrentStaff, reader: Reading, page: Paging, q: Search = None) -> Response:
    """List contract templates, newest first."""
    found = await service.list_templates(reader, staff, q=q, after=page.after, limit=page.limit)
    return page.respond_json(found.body, found.next_after)


@router.post("", status_code=201, response_model=ContractTemplatePublic)
async def create_contract_template(
    body: ContractTemplateCreate, session: Session, staff: CurrentStaff, now: Now, response: Response
) -> ContractTemplate:
    """Create a template for contracts.

    Title and body may have the merge fields `{{client.name}}`, `{{client.company}}`, `{{agency.name}}`,
    `{{project.name}}` and `{{date}}`; another one is refused.
    """
    template = await service.create_template(session, staff, wanted=body, now=now)
    set_etag(response, template.version)
    return template


@router.get("/{template_id}", response_model=ContractTemplatePublic, responses=problems(NotFound))
async def get_contract_template(
    template_id: PathId, session: Session, staff: CurrentStaff, response: Response
) -> ContractTemplate:
    """Get one contract template."""
    template = await service.get_template(session, staff, template_id)
    set_etag(response, template.version)
    return template


@router.patch("/{template_id}", response_model=ContractTemplatePublic, responses=problems(NotFound, PreconditionFailed))
async def update_contract_template(
    template_id: PathId,
    body: ContractTemplateUpdate,
    session: Session,
    staff: CurrentStaff,
    now: Now,
    match: IfMatch,
    response: Response,
) -> ContractTemplate:
    """Change a contract template; contracts that were made of it stay as they are."""
    template = await service.get_template(session, staff, template_id, lock=True)
    match.check(template.version)
    await service.update_template(session, template=template, wanted=body, now=now)
    set_etag(response, template.version)
    return template


@router.delete(
    "/{template_id}", response_model=ContractTemplateDeleted, responses=problems(NotFound, PreconditionFailed)
)
async def delete_contract_template(
    template_id: PathId, session: Session, staff: CurrentStaff, match: IfMatch
) -> ContractTemplateDeleted:
    """Delete a contract template; contracts that were made of it stay."""
    template = await service.get_template(session, staff, template_id, lock=True)
    match.check(template.version)
    await service.delete_template(session, template=template)
    return ContractTemplateDeleted(id=template_id)
