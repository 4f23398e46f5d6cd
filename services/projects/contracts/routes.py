"""REST of contracts, for the agency; and what both sides read."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.errors import NotFound, PreconditionFailed, Unavailable
from chassis.file_names import attachment, clean_name
from chassis.http.dependencies import CurrentPrincipal, CurrentStaff, Now, PathId, Reading, Session, needs_module
from chassis.http.etags import IfMatch, set_etag
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.unit import Router
from chassis.principals import Client
from services.projects.contracts import copies, service
from services.projects.contracts.filters import ContractFilter
from services.projects.contracts.models import (
    Contract,
    ContractAlreadySigned,
    ContractChanged,
    ContractDeclined,
    ContractNotDraft,
    ContractNotSent,
    ContractStatus,
    ContractTooLong,
    ContractVoid,
)
from services.projects.contracts.schemas import (
    ContractCreate,
    ContractDeleted,
    ContractForClient,
    ContractPublic,
    ContractSend,
    ContractSummary,
    ContractSummaryForClient,
    ContractUpdate,
    for_client,
)
from services.projects.contracts.service import ContractClientHasNoEmail
from services.projects.dependencies import Ctx, Search
from services.projects.signatures.models import Evidence
from services.projects.signatures.schemas import EvidencePublic
from services.projects.signatures.service import evidence_of_contract

MODULE = "contracts"
router = Router(prefix="/api/contracts", tags=["Contracts"])
if_enabled = needs_module(MODULE)

Summaries = ContractSummary | ContractSummaryForClient
StatusFilter = Annotated[ContractStatus | None, Query(description="Only contracts in this status.")]
ClientFilter = Annotated[UUID | None, Query(alias="clientId", description="Only this client's contracts.")]
ProjectFilter = Annotated[UUID | None, Query(alias="projectId", description="Only contracts for this project.")]


@router.get("", response_model=list[Summaries], dependencies=[if_enabled])
async def list_contracts(
    principal: CurrentPrincipal,
    reader: Reading,
    page: Paging,
    status: StatusFilter = None,
    client_id: ClientFilter = None,
    project_id: ProjectFilter = None,
    q: Search = None,
) -> Response:
    """List contracts without their texts, newest first. A client sees what was sent to it."""
    wanted = ContractFilter(status, client_id, project_id, q)
    found = await service.list_contracts(reader, principal, wanted=wanted, after=page.after, limit=page.limit)
    return page.respond_json(found.body, found.next_after)


@router.post("", status_code=201, response_model=ContractPublic, responses=problems(Unavailable))
async def create_contract(
    body: ContractCreate, session: Session, staff: CurrentStaff, ctx: Ctx, now: Now, response: Response
) -> Contract:
    """Create a contract, a draft until it is sent, with a body of its own or that of a template.

    Title and body may have the merge fields `{{client.name}}`, `{{client.company}}`, `{{agency.name}}`,
    `{{project.name}}` and `{{date}}`, which are filled when it is sent; another one is refused.
    """
    contract = await service.create_contract(session, staff, wanted=body, context=ctx, now=now)
    set_etag(response, contract.version)
    return contract


@router.get(
    "/{contract_id}",
    response_model=ContractPublic | ContractForClient,
    responses=problems(NotFound),
    dependencies=[if_enabled],
)
async def get_contract(
    contract_id: PathId, session: Session, principal: CurrentPrincipal, response: Response
) -> Contract | ContractForClient:
    """Get one contract with its text. For a client this does not count as a view."""
    contract = await service.visible_contract(session, principal, contract_id)
    set_etag(response, contract.version)
    return for_client(contract) if isinstance(principal, Client) else ContractPublic.model_validate(contract)


@router.patch(
    "/{contract_id}",
    response_model=ContractPublic,
    responses=problems(NotFound, ContractNotDraft, PreconditionFailed),
)
async def update_contract(
    contract_id: PathId,
    body: ContractUpdate,
    session: Session,
    staff: CurrentStaff,
    now: Now,
    match: IfMatch,
    response: Response,
) -> Contract:
    """Change a draft; what is not named stays. What was sent stays what it is: void it, and make a new one."""
    contract = await service.visible_contract(session, staff, contract_id, lock=True)
    match.check(contract.version)
    await service.update_contract(session, staff, contract=contract, wanted=body, now=now)
    set_etag(response, contract.version)
    return contract


@router.delete(
    "/{contract_id}",
    response_model=ContractDeleted,
    responses=problems(NotFound, ContractNotDraft, PreconditionFailed),
)
async def delete_contract(
    contract_id: PathId, session: Session, staff: CurrentStaff, match: IfMatch
) -> ContractDeleted:
    """Delete a draft. What was sent stays."""
    contract = await service.visible_contract(session, staff, contract_id, lock=True)
    match.check(contract.version)
    await service.delete_contract(session, contract=contract)
    return ContractDeleted(id=contract_id)


@router.post(
    "/{contract_id}/send",
    response_model=ContractPublic,
    responses=problems(
        NotFound,
        ContractAlreadySigned,
        ContractDeclined,
        ContractVoid,
        ContractChanged,
        ContractTooLong,
        ContractClientHasNoEmail,
        Unavailable,
    ),
)
async def send_contract(
    contract_id: PathId,
    session: Session,
    staff: CurrentStaff,
    ctx: Ctx,
    now: Now,
    response: Response,
    body: ContractSend | None = None,
) -> Contract:
    """Send a draft to its client, or mail what waits for an answer once more.

    Its merge fields are filled for good: from then on `body` is the text that `textSha256` is of.
    """
    send_email = body.send_email if body else True
    contract = await service.send_contract(
        session, staff, contract_id=contract_id, send_email=send_email, context=ctx, now=now
    )
    set_etag(response, contract.version)
    return contract


@router.post(
    "/{contract_id}/void",
    response_model=ContractPublic,
    responses=problems(NotFound, ContractAlreadySigned, ContractVoid, ContractNotSent),
)
async def void_contract(
    contract_id: PathId, session: Session, staff: CurrentStaff, now: Now, response: Response
) -> Contract:
    """Withdraw a contract that was sent and is not signed; its client sees that it was."""
    contract = await service.void_contract(session, staff, contract_id=contract_id, now=now)
    set_etag(response, contract.version)
    return contract


@router.get("/{contract_id}/signature", response_model=EvidencePublic, responses=problems(NotFound))
async def get_contract_evidence(contract_id: PathId, session: Session, staff: CurrentStaff, ctx: Ctx) -> Evidence:
    """Get the record of a contract's signature, and whether the agency's trail of signatures is unbroken."""
    return await evidence_of_contract(session, staff, context=ctx, contract_id=contract_id)


@router.get(
    "/{contract_id}/pdf",
    response_class=Response,
    responses={
        200: {
            "description": "The contract as a PDF.",
            "content": {"application/pdf": {"schema": {"type": "string", "contentMediaType": "application/pdf"}}},
        },
        **problems(NotFound, ContractTooLong, Unavailable),
    },
    dependencies=[if_enabled],
)
async def get_contract_pdf(
    contract_id: PathId, session: Session, principal: CurrentPrincipal, ctx: Ctx, now: Now
) -> Response:
    """Download a contract as a PDF: after signing, the sealed one; a draft as it would be sent now."""
    contract, pdf = await copies.copy_of(session, principal, contract_id=contract_id, context=ctx, now=now)
    headers = {"Content-Disposition": attachment(clean_name(f"{contract.title}.pdf"))}
    return Response(pdf, media_type="application/pdf", headers=headers)
