"""REST of magic links: ask for one, sign in with it."""

from typing import Annotated

from fastapi import Query, Request, Response

from chassis.credentials import PortalClosed
from chassis.errors import Invalid
from chassis.http.credentials import CrossSiteWrite
from chassis.http.dependencies import Address, Budgets, Now, Wide
from chassis.http.problems import problems
from chassis.http.turns import RequestInFlight
from chassis.http.unit import Router, unit_of
from services.auth.client_sessions.cookies import refuse_another_site, set_cookies
from services.auth.client_sessions.schemas import ClientSignedIn
from services.auth.dependencies import Ctx, UserAgent
from services.auth.magic_links import service
from services.auth.magic_links.models import LinkNotValid
from services.auth.magic_links.schemas import LinkToken, MagicLinkRequest

LINKS_PER_EMAIL = "3/10minutes"

router = Router(prefix="/api/v1/portal/auth", tags=["Client sessions"])

TokenInQuery = Annotated[str | None, Query(description="The token of a magic link, unless the body has it.")]


@router.post("/request-magic-link", status_code=204, responses=problems(Invalid))
async def request_magic_link(
    body: MagicLinkRequest, session: Wide, context: Ctx, budgets: Budgets, address: Address, now: Now
) -> None:
    """Have a magic link mailed to a client.

    204 whoever asks for whom: only the mailbox tells whether an agency has a client with that address. The link
    signs in once, for 60 minutes unless the agency has set less. Three requests in 10 minutes for an address.
    """
    await budgets.hit("magic-link-address", address, context.magic_links_per_address)
    await budgets.hit("magic-link-email", f"{body.tenant_code}/{body.email.lower()}", LINKS_PER_EMAIL)
    await service.request_link(session, body, now=now)


@router.post(
    "/validate",
    response_model=ClientSignedIn,
    responses=problems(LinkNotValid, PortalClosed, CrossSiteWrite, Invalid, RequestInFlight),
)
async def validate_magic_link(
    request: Request,
    response: Response,
    session: Wide,
    context: Ctx,
    budgets: Budgets,
    address: Address,
    now: Now,
    token: TokenInQuery = None,
    body: LinkToken | None = None,
    user_agent: UserAgent = "",
) -> ClientSignedIn:
    """Sign a client in with the token of a magic link, which is used up by it.

    The token stands in the query or in the body. One refusal for a link that is unknown, used or over. While the
    portal is shut the link stays good. Sets the cookies of the session and of its refresh token.
    """
    refuse_another_site(request)
    await budgets.hit("client-sign-in-address", address, context.client_sign_ins_per_address)
    named = service.read_token(_one_of(token, body.token if body else None), context=context)
    await unit_of(request).take_turn(f"magic-link/{named.id}")
    signed_in = await service.sign_in(session, named, context=context, user_agent=user_agent, now=now)
    set_cookies(response, request.app.state.chassis.settings, signed_in, now)
    return signed_in


def _one_of(in_query: str | None, in_body: str | None) -> str:
    given = {token for token in (in_query, in_body) if token is not None}
    if not given:
        raise Invalid.field("token", "is missing: send it in the query or in the body")
    if len(given) > 1:
        raise Invalid.field("token", "differs between query and body")
    return given.pop()
