"""REST of the snapshot."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from chassis.credentials import PortalClosed
from chassis.errors import NotFound
from chassis.http.dependencies import CurrentClient, CurrentStaff
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.portal.dependencies import Portal
from services.portal.snapshots.schemas import Snapshot
from services.portal.snapshots.service import take_snapshot
from services.portal.snapshots.viewing import holder_named

router: APIRouter = Router(tags=["Portal"])

Whose = Annotated[UUID | None, Query(alias="clientId", description="The client whose portal is shown.")]
WhichCompany = Annotated[
    UUID | None, Query(alias="companyId", description="The company whose portal is shown, instead of a client's.")
]


@router.get("/api/portal", response_model=Snapshot, responses=problems(PortalClosed))
async def get_snapshot(client: CurrentClient, portal: Portal) -> Response:
    """Get everything the client may see

    The agency, the client, the portal's settings and every section that is switched on, in one answer. A section
    whose service does not answer is an empty list and is named in `unavailable`.
    """
    snapshot = await take_snapshot(portal.doors, client, work=portal.work, papers=portal.papers)
    return Response(snapshot, media_type="application/json")


@router.get("/api/portal/as-client", response_model=Snapshot, responses=problems(NotFound))
async def view_as_client(
    staff: CurrentStaff, portal: Portal, client_id: Whose = None, company_id: WhichCompany = None
) -> Response:
    """See what a client sees

    The very snapshot that the client, or the company, would get at this moment; the agency gets it even while the
    portal is shut. Nothing counts as a visit or as seen by it, and no portal token is made.
    """
    holder = await holder_named(staff, client_id=client_id, company_id=company_id, database=portal.database)
    snapshot = await take_snapshot(portal.doors, holder, work=portal.work, papers=portal.papers, even_if_shut=True)
    return Response(snapshot, media_type="application/json")
