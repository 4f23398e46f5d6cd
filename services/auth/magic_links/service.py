"""Use cases of magic links: ask for one, sign in with it."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.auth import events
from services.auth.agencies import service as agencies
from services.auth.client_sessions import service as client_sessions
from services.auth.client_sessions.models import SignedInBy
from services.auth.client_sessions.schemas import ClientSignedIn
from services.auth.context import Context
from services.auth.magic_links import repository
from services.auth.magic_links.models import LinkNotValid, MagicLink
from services.auth.magic_links.schemas import MagicLinkRequest
from services.auth.secret_tokens import Named, Purpose
from services.auth.signing_keys.models import DEPLOYMENT

# Of the row that an unknown agency's request leaves; nobody gets to see it.
_NOBODYS_LIFETIME = timedelta(hours=1)


async def request_link(session: AsyncSession, body: MagicLinkRequest, *, now: datetime) -> None:
    """Have a link mailed to the client with that address. The session must see every agency.

    An unknown agency or address and a portal that is shut are as much work and leave as many rows; nobody is
    mailed then.
    """
    found = await repository.addressee(session, slug=body.tenant_code, email=body.email)
    agency, client_id = found or (None, None)
    link = MagicLink.asked_for(
        agency_id=agency.id if agency else DEPLOYMENT,
        client_id=client_id if agency and agency.portal_open else None,
        lifetime=agency.magic_link_lifetime if agency else _NOBODYS_LIFETIME,
        now=now,
    )
    await repository.add(session, link)
    await events.magic_link_requested(session, link, now=now)


def read_token(token: str, *, context: Context) -> Named:
    """The link that a token names; LinkNotValid for what is not ours."""
    named = context.tokens.read(Purpose.MAGIC_LINK, token)
    if named is None:
        raise LinkNotValid
    return named


async def sign_in(
    session: AsyncSession, named: Named, *, context: Context, user_agent: str, now: datetime
) -> ClientSignedIn:
    """A new session of the client whom the link was mailed to. The session must see every agency.

    LinkNotValid, which says no more than that; PortalClosed while the portal is shut, and the link stays good.
    """
    found = await repository.with_client_locked(session, named.id)
    if found is None:
        raise LinkNotValid
    link, client = found
    link.use(now)
    return await client_sessions.open_session(
        session, client, context=context, user_agent=user_agent, via=SignedInBy.MAGIC_LINK, now=now
    )


async def link_of(
    session: AsyncSession, agency_id: UUID, id: UUID, *, context: Context, now: datetime
) -> tuple[str, datetime] | None:
    """The address that a magic link's mail carries and when it ends; None when it has ended."""
    link = await repository.get(session, agency_id, id)
    if link is None or not link.is_live(now):
        return None
    agency = await agencies.get_agency(session, agency_id)
    token = context.tokens.token(Purpose.MAGIC_LINK, link.id)
    # In the fragment, which is sent to no server and stands in no log.
    return f"{context.issuer}/portal/{agency.slug}#magic={token}", link.expires_at


async def end_all(session: AsyncSession, agency_id: UUID, client_id: UUID, *, now: datetime) -> None:
    """End the links of a client who has another address now: they lie in a mailbox that may be somebody else's."""
    await repository.end_all(session, agency_id, client_id, now=now)


async def forget_ended(session: AsyncSession, *, now: datetime) -> None:
    """Forget links that are of use to nobody."""
    await repository.delete_ended(session, now)
