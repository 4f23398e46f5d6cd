"""REST of signatures."""

from fastapi import Request, Response

from chassis.errors import Invalid, NotFound
from chassis.http.dependencies import Address, CurrentClient, CurrentStaff, Now, PathId, Session, needs_module
from chassis.http.etags import set_etag
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.projects.dependencies import Ctx
from services.projects.files.models import File, FileAlreadySigned, FileVersionStale
from services.projects.files.schemas import FilePublic
from services.projects.signatures import service
from services.projects.signatures.models import Evidence
from services.projects.signatures.recording import Given
from services.projects.signatures.schemas import EvidencePublic, SignRequest

router = Router(tags=["Signatures"])

MAX_USER_AGENT = 400


@router.post(
    "/api/portal/sign/{file_id}",
    dependencies=[needs_module("files")],
    response_model=FilePublic,
    responses=problems(Invalid, NotFound, FileAlreadySigned, FileVersionStale),
)
async def sign_file(
    file_id: PathId,
    body: SignRequest,
    session: Session,
    client: CurrentClient,
    ctx: Ctx,
    now: Now,
    address: Address,
    request: Request,
    response: Response,
) -> File:
    """Sign a file with a typed name or a drawn picture.

    The signature binds to the hash of the current version. It makes a sealed PDF (the file's pages, a certificate
    page, and a digital signature over all of it), which becomes a file of the project and is mailed to both sides.
    Send `sha256` or `version` of what was looked at: a newer version meanwhile is then refused.
    """
    given = Given(
        data=body.signature_data,
        name=body.client_name,
        email=body.client_email,
        ip=address,
        user_agent=printable(request.headers.get("user-agent", "")),
    )
    signing = service.Signing(file_id, body.seen, given)
    file = await service.sign_file(session, client, context=ctx, signing=signing, now=now)
    set_etag(response, file.version)
    return file


@router.get("/api/files/{file_id}/signature", response_model=EvidencePublic, responses=problems(NotFound))
async def get_evidence(file_id: PathId, session: Session, staff: CurrentStaff, ctx: Ctx) -> Evidence:
    """Get the record of a file's signature, and whether the agency's trail of signatures is unbroken."""
    return await service.evidence_of(session, staff, context=ctx, file_id=file_id)


def printable(header: str) -> str:
    """A header as it can be put on record."""
    return "".join(char for char in header[:MAX_USER_AGENT] if char.isprintable())
