"""REST of the snapshot."""

from fastapi import APIRouter, Response

from chassis.credentials import PortalClosed
from chassis.http.dependencies import CurrentClient
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.portal.dependencies import Portal
from services.portal.snapshots.schemas import Snapshot
from services.portal.snapshots.service import take_snapshot

router: APIRouter = Router(tags=["Portal"])


@router.get("/api/portal", response_model=Snapshot, responses=problems(PortalClosed))
async def get_snapshot(client: CurrentClient, portal: Portal) -> Response:
    """Get everything the client may see

    The agency, the client, the portal's settings and every section that is switched on, in one answer. A section
    whose service does not answer is an empty list and is named in `unavailable`.
    """
    snapshot = await take_snapshot(portal.doors, client, work=portal.work, papers=portal.papers)
    return Response(snapshot, media_type="application/json")
