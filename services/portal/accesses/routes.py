"""REST of accesses: the page's word that a person opened it."""

from fastapi import APIRouter

from chassis.http.dependencies import CurrentClient, Now, Session
from chassis.http.unit import Router
from services.portal.accesses import service
from services.portal.accesses.schemas import PortalOpened

router: APIRouter = Router(tags=["Portal"])


@router.post("/api/portal/opened", status_code=204)
async def tell_portal_opened(body: PortalOpened, client: CurrentClient, session: Session, now: Now) -> None:
    """Tell that a person opened the portal

    The portal's page calls this when somebody first touches it by mouse, finger or keyboard; opening the page and
    reading the snapshot do not count, because mail scanners follow links and run scripts too.
    Announces `client_portal.token_accessed` once per visit.
    """
    await service.open_portal(session, client, now=now)
