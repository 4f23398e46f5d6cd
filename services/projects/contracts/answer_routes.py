"""REST of contracts, for the client: look at one, sign it, decline."""

from fastapi import Request, Response

from chassis.errors import Invalid, NotFound, Unavailable
from chassis.http.dependencies import Address, CurrentClient, Now, PathId, Session, needs_module
from chassis.http.etags import set_etag
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.projects.contracts import answering
from services.projects.contracts.models import (
    Contract,
    ContractAlreadySigned,
    ContractChanged,
    ContractDeclined,
    ContractVoid,
)
from services.projects.contracts.schemas import ContractDecline, ContractForClient, ContractSign, ContractView
from services.projects.dependencies import Ctx
from services.projects.signatures.recording import Given
from services.projects.signatures.routes import printable

router = Router(prefix="/api/contracts", tags=["Contracts"], dependencies=[needs_module("contracts")])

_CLOSED = (NotFound, ContractAlreadySigned, ContractDeclined, ContractVoid)


@router.post("/{contract_id}/view", response_model=ContractForClient, responses=problems(NotFound))
async def view_contract(
    contract_id: PathId,
    session: Session,
    client: CurrentClient,
    now: Now,
    response: Response,
    body: ContractView | None = None,
) -> Contract:
    """Note that the client looks at the contract in person; the portal's page sends this, a mail scanner does not."""
    contract = await answering.view_contract(session, client, contract_id=contract_id, now=now)
    set_etag(response, contract.version)
    return contract


@router.post(
    "/{contract_id}/sign",
    response_model=ContractForClient,
    responses=problems(Invalid, ContractChanged, Unavailable, *_CLOSED),
)
async def sign_contract(
    contract_id: PathId,
    body: ContractSign,
    session: Session,
    client: CurrentClient,
    ctx: Ctx,
    now: Now,
    address: Address,
    request: Request,
    response: Response,
) -> Contract:
    """Sign a contract with a typed name or a drawn picture.

    The signature binds to the text that was sent, by its hash. It makes a sealed PDF (the contract, a certificate page
    with the consent, and a digital signature over all of it), which becomes the file `fileId` and is mailed to both
    sides. `consent` must be true: it says that the signer agrees to `consentText`.
    """
    given = Given(
        data=body.signature_data,
        name=body.client_name,
        email=body.client_email,
        ip=address,
        user_agent=printable(request.headers.get("user-agent", "")),
    )
    signing = answering.ContractSigning(contract_id, body.text_sha256, given)
    contract = await answering.sign_contract(session, client, context=ctx, signing=signing, now=now)
    set_etag(response, contract.version)
    return contract


@router.post("/{contract_id}/decline", response_model=ContractForClient, responses=problems(*_CLOSED))
async def decline_contract(
    contract_id: PathId,
    session: Session,
    client: CurrentClient,
    now: Now,
    response: Response,
    body: ContractDecline | None = None,
) -> Contract:
    """Decline a contract, with a reason if the client cares to give one."""
    reason = body.reason if body else ""
    contract = await answering.decline_contract(session, client, contract_id=contract_id, reason=reason, now=now)
    set_etag(response, contract.version)
    return contract
