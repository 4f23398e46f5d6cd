"""REST of dashboards."""

from fastapi import APIRouter

from chassis.http.dependencies import CurrentClient
from chassis.http.unit import Router
from services.portal.dashboards import service
from services.portal.dashboards.schemas import DashboardStats, PortalScopes
from services.portal.dependencies import Portal

router: APIRouter = Router(tags=["Portal profile"])


@router.get("/api/v1/portal/dashboard/stats")
async def get_dashboard_stats(client: CurrentClient, portal: Portal) -> DashboardStats:
    """Get the client's figures

    Projects under way and what is due. Drafts and void invoices never count.
    """
    return await service.read_stats(client, directory=portal.directory, work=portal.work, papers=portal.papers)


@router.get("/api/v1/portal/scopes")
async def get_scopes(client: CurrentClient) -> PortalScopes:
    """Get which sections there are

    They follow the `enabled_modules` of the portal's configuration.
    """
    return service.scopes_of(client)
