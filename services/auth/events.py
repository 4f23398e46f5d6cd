"""One function per event that auth publishes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.events import announce
from chassis.principals import SYSTEM, Actor
from chassis.schemas import Output
from chassis.tables import Row
from services.auth.agencies.models import Agency
from services.auth.client_sessions.models import ClientSession
from services.auth.clients.models import Client
from services.auth.clients.schemas import ClientPublic
from services.auth.companies.models import Company
from services.auth.companies.schemas import CompanyPublic
from services.auth.magic_links.models import MagicLink
from services.auth.members.models import Member
from services.auth.portal_tokens.models import PortalToken
from services.auth.portal_tokens.schemas import PortalTokenPublic
from services.auth.sessions.models import Session
from services.auth.signing_keys.models import SigningKey


class AgencyFact(Output):
    """An agency, as other services hear of it."""

    id: UUID
    name: str
    slug: str


class CredentialFact(Output):
    """A credential that has ended or changed, by the id that `Introspect` gave."""

    id: UUID


class MagicLinkFact(Output):
    """A magic link that was asked for; `client_id` is missing when the address is nobody's."""

    id: UUID
    client_id: UUID | None


class KeyFact(Output):
    """A signing key, by the `kid` of tokens."""

    kid: str


async def agency_registered(session: AsyncSession, agency: Agency, *, owner: Member, now: datetime) -> None:
    """An agency exists, and its owner is its first member."""
    await announce(
        session,
        "auth.agency.registered",
        row=agency,
        actor=owner.actor,
        data=AgencyFact.model_validate(agency),
        now=now,
        internal={"ownerName": owner.name, "ownerEmail": owner.email},
    )


async def portal_changed(session: AsyncSession, agency: Agency, *, now: datetime) -> None:
    """Clients may come in again or not any longer, or do more or less than before."""
    data = AgencyFact.model_validate(agency)
    await announce(session, "auth.portal.changed", row=agency, actor=SYSTEM, data=data, now=now)


async def session_revoked(
    session: AsyncSession, ended: Session | ClientSession, *, actor: Actor, now: datetime
) -> None:
    """A session of a member or a client is over before its time."""
    await _concerning(session, "auth.session.revoked", ended, actor=actor, now=now)


async def credential_revoked(session: AsyncSession, ended: Row, *, actor: Actor, now: datetime) -> None:
    """An API key or a portal token is over."""
    await _concerning(session, "auth.credential.revoked", ended, actor=actor, now=now)


async def credential_changed(session: AsyncSession, changed: Row, *, actor: Actor, now: datetime) -> None:
    """A credential lives on, but opens other things than before: no process goes on by what it remembers."""
    await _concerning(session, "auth.credential.changed", changed, actor=actor, now=now)


async def magic_link_requested(session: AsyncSession, link: MagicLink, *, now: datetime) -> None:
    """Somebody wants to sign in as the holder of an address, which is to be mailed; the link itself is not told."""
    data = MagicLinkFact.model_validate(link)
    await announce(session, "auth.magic_link.requested", row=link, actor=SYSTEM, data=data, now=now)


async def key_rotated(session: AsyncSession, following: SigningKey, *, now: datetime) -> None:
    """Another key will sign from a moment on; it is published already."""
    await announce(
        session,
        "auth.key.rotated",
        row=following,
        actor=SYSTEM,
        data=KeyFact.model_validate(following),
        now=now,
    )


async def client_created(
    session: AsyncSession, client: Client, data: ClientPublic, *, actor: Actor, now: datetime, welcome: bool
) -> None:
    """A client exists; with `welcome` they are to be welcomed by e-mail."""
    await announce(
        session,
        "auth.client.created",
        row=client,
        actor=actor,
        data=data,
        now=now,
        internal={"welcome": welcome},
    )


async def client_updated(
    session: AsyncSession, client: Client, data: ClientPublic, *, actor: Actor, now: datetime
) -> None:
    """A client's name, address or company is another."""
    await announce(session, "auth.client.updated", row=client, actor=actor, data=data, now=now)


async def client_deleted(
    session: AsyncSession, client: Client, data: ClientPublic, *, actor: Actor, now: datetime
) -> None:
    """A client is no more; `data` shows the last of them."""
    await announce(session, "auth.client.deleted", row=client, actor=actor, data=data, now=now)


async def client_erased(
    session: AsyncSession, client: Client, data: ClientPublic, *, names: str, actor: Actor, now: datetime
) -> None:
    """A client is to be forgotten everywhere; `names` is what they were called, sealed for services."""
    await announce(
        session, "auth.client.erased", row=client, actor=actor, data=data, now=now, internal={"names": names}
    )


async def company_created(
    session: AsyncSession, company: Company, data: CompanyPublic, *, actor: Actor, now: datetime
) -> None:
    """A company exists."""
    await announce(session, "auth.company.created", row=company, actor=actor, data=data, now=now)


async def company_updated(
    session: AsyncSession, company: Company, data: CompanyPublic, *, actor: Actor, now: datetime
) -> None:
    """A company has another name."""
    await announce(session, "auth.company.updated", row=company, actor=actor, data=data, now=now)


async def company_deleted(
    session: AsyncSession, company: Company, data: CompanyPublic, *, actor: Actor, now: datetime
) -> None:
    """A company is no more; `data` shows the last of it."""
    await announce(session, "auth.company.deleted", row=company, actor=actor, data=data, now=now)


async def portal_token_created(session: AsyncSession, token: PortalToken, *, actor: Actor, now: datetime) -> None:
    """A client or a company has a new portal token."""
    await announce(
        session,
        "auth.portal_token.created",
        row=token,
        actor=actor,
        data=PortalTokenPublic(
            id=token.id,
            type=token.type,
            contact_id=token.client_id,
            company_id=token.company_id,
            expires_at=token.expires_at,
            created_at=token.created_at,
        ),
        now=now,
    )


async def _concerning(session: AsyncSession, type: str, credential: Row, *, actor: Actor, now: datetime) -> None:
    await announce(
        session,
        type,
        row=credential,
        actor=actor,
        data=CredentialFact.model_validate(credential),
        now=now,
        internal={"credentialId": str(credential.id)},
    )
