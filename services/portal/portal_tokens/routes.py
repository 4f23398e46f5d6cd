"""REST of portal tokens: get or create, revoke."""

from fastapi import APIRouter

from chassis.errors import Invalid
from chassis.http.dependencies import CurrentStaff
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.portal.dependencies import WITHIN_BUDGET, Portal
from services.portal.holders import CompanyNotFound, ContactNotFound
from services.portal.portal_tokens.schemas import PortalTokenAnswer, PortalTokenHolder, PortalTokenRevoked

router: APIRouter = Router(tags=["Client portal"], dependencies=[WITHIN_BUDGET])


@router.post("/api/v1/client-portal/token", responses=problems(Invalid, ContactNotFound, CompanyNotFound))
async def get_portal_token(body: PortalTokenHolder, staff: CurrentStaff, portal: Portal) -> PortalTokenAnswer:
    """Get a portal token

    The live token of a contact or a company, made where there is none; a new one lives `token_expiration_days`. A
    company's token opens the projects and papers of all its contacts. Whoever has the token has the access: keep it
    like a password. Making one announces `client_portal.token_created`.
    """
    issued = await portal.tokens.issue(staff, body.holder)
    return PortalTokenAnswer(token=issued.token, url=issued.url, expires_at=issued.expires_at)


@router.post("/api/v1/client-portal/token/revoke", responses=problems(Invalid, ContactNotFound, CompanyNotFound))
async def revoke_portal_token(body: PortalTokenHolder, staff: CurrentStaff, portal: Portal) -> PortalTokenRevoked:
    """Revoke a portal token

    The address stops working everywhere within a second; asking for a token again makes another one. `revoked` is 0
    when there was none.
    """
    revoked = await portal.tokens.revoke(staff, body.holder)
    return PortalTokenRevoked(
        message="Portal token revoked" if revoked else "There was no live portal token", revoked=revoked
    )
