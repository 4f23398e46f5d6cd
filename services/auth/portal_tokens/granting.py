"""Use cases of portal tokens by whom they are for: get or make one, end all."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import Conflict
from chassis.principals import Actor
from services.auth.clients import service as clients
from services.auth.companies import membership as companies
from services.auth.portal_tokens import service
from services.auth.portal_tokens.models import HolderType, PortalToken, TokenHolder


class NobodyReachable(Conflict):
    """The token was to be mailed, and there is no address to mail it to."""

    default = "Nobody there has an e-mail address."


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose token is asked for, by id or number, and on whose word; `reachable_only`: it is to be mailed."""

    agency_id: UUID
    type: HolderType
    reference: UUID | int
    actor: Actor
    reachable_only: bool = False


@dataclass(frozen=True, slots=True)
class Addressee:
    """A client with an e-mail address."""

    client_id: UUID
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Grant:
    """A live token, whose it is, and who can be told of it by e-mail."""

    token: PortalToken
    is_new: bool
    holder: TokenHolder
    number: int
    name: str
    addressees: list[Addressee]


@dataclass(frozen=True, slots=True)
class _Found:
    """A holder whose row is locked, so that of concurrent calls one makes the token and the others find it."""

    holder: TokenHolder
    number: int
    name: str
    addressees: list[Addressee] = field(default_factory=list)


async def get_or_create(session: AsyncSession, asked: Asked, *, lifetime: timedelta, now: datetime) -> Grant:
    """The live token of a client or company, or a new one.

    NotFound when the agency has no such holder, NobodyReachable when it was to be mailed and cannot be.
    """
    found = await _find(session, asked)
    if asked.reachable_only and not found.addressees:
        raise NobodyReachable
    token = await service.live_token(session, found.holder, now=now)
    is_new = token is None
    if token is None:
        token = await service.issue(session, found.holder, lifetime=lifetime, actor=asked.actor, now=now)
    return Grant(token, is_new, found.holder, found.number, found.name, found.addressees)


async def revoke(session: AsyncSession, asked: Asked, *, now: datetime) -> tuple[TokenHolder, int]:
    """End the live tokens of a client or company: the holder, and how many there were. NotFound as above."""
    found = await _find(session, asked)
    return found.holder, await service.revoke_live(session, found.holder, actor=asked.actor, now=now)


async def _find(session: AsyncSession, asked: Asked) -> _Found:
    if asked.type is HolderType.CONTACT:
        client = await clients.load_client(session, asked.agency_id, asked.reference)
        client.require_known()
        members = [client]
        holder = TokenHolder(HolderType.CONTACT, client.agency_id, client.id)
        number, name = client.number, client.name
    else:
        company = await companies.lock_company(session, asked.agency_id, asked.reference)
        members = await clients.of_company(session, company)
        holder = TokenHolder(HolderType.COMPANY, company.agency_id, company.id)
        number, name = company.number, company.name
    addressees = [Addressee(member.id, member.name, member.email) for member in members if member.email]
    return _Found(holder, number, name, addressees)
