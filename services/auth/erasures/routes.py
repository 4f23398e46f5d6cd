"""REST of erasures."""

from chassis.errors import Forbidden, PreconditionFailed
from chassis.http.dependencies import CurrentManager, Now, PathId, Session
from chassis.http.etags import IfMatch
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.auth.dependencies import Ctx
from services.auth.erasures import service
from services.auth.erasures.schemas import ErasureCreate, ErasurePublic

router = Router(tags=["Data"])


@router.post(
    "/api/clients/{client_id}/erase",
    response_model=ErasurePublic,
    responses=problems(Forbidden, PreconditionFailed),
)
async def erase_client(
    client_id: PathId,
    body: ErasureCreate,
    staff: CurrentManager,
    session: Session,
    context: Ctx,
    match: IfMatch,
    now: Now,
) -> ErasurePublic:
    """Erase a client: everything that tells of them, or that they have written, everywhere.

    Their access ends at once. Within seconds every service replaces their name and e-mail address, empties what they
    wrote, and deletes their files with their bytes. What the law or somebody's rights want kept stays: issued
    invoices and the rest of the books with the name they were made out to, and what was signed. It cannot be undone.
    Erasing a client again looks for what has come in since. Erase instead of deleting: who was deleted is unknown here.
    """
    client = await service.load_client(session, staff, client_id)
    match.check(client.version)
    return await service.erase_client(session, staff, client=client, confirm=body.confirm, context=context, now=now)
