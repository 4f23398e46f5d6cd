"""One function per event that auth publishes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.events import announce
from chassis.principals import SYSTEM, Actor
from chassis.schemas import Output
from chassis.tables import Row
from services.auth.agencies.models import Agency
from services.auth.clients.models import Client
from services.auth.clients.schemas import ClientPublic
from services.auth.members.models import Member
from services.auth.sessions.models import Session
from services.auth.signing_keys.models import SigningKey


class AgencyFact(Output):
    """An agency, as other services hear of it."""

    id: UUID
    name: str
    slug: str


class Revoked(Output):
    """A credential that has ended, by the id that `Introspect` gave."""

    id: UUID


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


async def session_revoked(session: AsyncSession, ended: Session, *, actor: Actor, now: datetime) -> None:
    """A member's session is over before its time."""
    await _revoked(session, "auth.session.revoked", ended, actor=actor, now=now)


async def credential_revoked(session: AsyncSession, ended: Row, *, actor: Actor, now: datetime) -> None:
    """An API key or a portal token is over."""
    await _revoked(session, "auth.credential.revoked", ended, actor=actor, now=now)


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
    session: AsyncSession, client: Client, data: ClientPublic, *, actor: Actor, now: datetime
) -> None:
    """A client exists and is to be welcomed by e-mail."""
    await announce(
        session,
        "auth.client.created",
        row=client,
        actor=actor,
        data=data,
        now=now,
        internal={"welcome": True},
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


async def _revoked(session: AsyncSession, type: str, ended: Row, *, actor: Actor, now: datetime) -> None:
    await announce(
        session,
        type,
        row=ended,
        actor=actor,
        data=Revoked.model_validate(ended),
        now=now,
        internal={"credentialId": str(ended.id)},
    )
