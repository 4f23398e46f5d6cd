"""REST of welcomes."""

from typing import Annotated

from fastapi import APIRouter, Path

from chassis.errors import NotFound
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.portal.dependencies import Portal
from services.portal.welcomes import service
from services.portal.welcomes.schemas import Welcome

router: APIRouter = Router(tags=["Portal"])

Slug = Annotated[str, Path(description="The agency's short name.", max_length=100, examples=["northwind-studio"])]


@router.get("/api/portal/welcome/{slug}", responses=problems(NotFound))
async def get_welcome(slug: Slug, portal: Portal) -> Welcome:
    """Get what an agency's sign-in page shows

    Name, logo, colours and welcome of an agency's portal, by the agency's short name. Needs no credential and tells
    nothing about clients.
    """
    return await service.welcome_to(portal.database, portal.directory, slug)
