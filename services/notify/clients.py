"""Questions to other services: who is written to, by which link they come in (auth), how an agency appears (portal)."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from portico.auth.v1 import directory_pb2, directory_pb2_grpc, portal_access_pb2, portal_access_pb2_grpc
from portico.portal.v1 import settings_pb2, settings_pb2_grpc

from chassis.errors import NotFound, Unavailable
from chassis.principals import Role

if TYPE_CHECKING:
    from chassis.rpc import Peers

DEADLINE_S = 3.0
# Names and colours may be this old in a mail; addresses and portal links are asked for each time.
REMEMBERED_S = 30.0
MAX_REMEMBERED = 1000

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Agency:
    """A tenant's name, and the IANA zone that its days are of."""

    id: UUID
    name: str
    time_zone: str

    @property
    def zone(self) -> ZoneInfo:
        """Where its days begin and end; UTC where this machine knows no zone of that name."""
        try:
            return ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the agency."""

    id: UUID
    name: str
    email: str
    role: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A client to be written to; `email` may be empty, `portal_url` opens the portal and is never stored."""

    id: UUID
    name: str
    email: str
    portal_url: str = field(repr=False)
    company_id: UUID | None


class LinkKind(StrEnum):
    """What a secret address is for."""

    PORTAL_TOKEN = "portal_token"  # noqa: S105 (a kind of link)
    MAGIC_LINK = "magic_link"
    INVITATION = "invitation"
    PASSWORD_RESET = "password_reset"  # noqa: S105 (a kind of link)


@dataclass(frozen=True, slots=True)
class SecretLink:
    """A secret address, never stored and never shown where this is printed."""

    url: str = field(repr=False)
    expires_at: datetime


_LINK_KINDS = {
    LinkKind.PORTAL_TOKEN: portal_access_pb2.MAIL_LINK_KIND_PORTAL_TOKEN,
    LinkKind.MAGIC_LINK: portal_access_pb2.MAIL_LINK_KIND_MAGIC_LINK,
    LinkKind.INVITATION: portal_access_pb2.MAIL_LINK_KIND_INVITATION,
    LinkKind.PASSWORD_RESET: portal_access_pb2.MAIL_LINK_KIND_PASSWORD_RESET,
}


@dataclass(frozen=True, slots=True)
class Appearance:
    """The portal settings that mails apply; empty where the agency has set none."""

    portal_name: str = ""
    sender_name: str = ""
    primary_color: str = ""
    logo_url: str = ""


class Directory:
    """Auth: its directory of agencies, members and clients, and the links that it makes for mails."""

    def __init__(self, peers: "Peers") -> None:
        self._peers = peers
        self._stub = directory_pb2_grpc.DirectoryServiceStub(peers.channel("auth"))
        self._agencies: _Remembered[Agency] = _Remembered()
        self._links = portal_access_pb2_grpc.PortalAccessServiceStub(peers.channel("auth"))
        self._owners: _Remembered[Member] = _Remembered()

    async def agency(self, agency_id: UUID) -> Agency:
        """The agency; raises NotFound, Unavailable."""
        return await self._agencies.get(agency_id, self._ask_agency)

    async def members(self, agency_id: UUID) -> list[Member]:
        """Everybody of the agency at this moment, owner first: nobody who has just left is written to."""
        request = directory_pb2.ListMembersRequest(agency_id=str(agency_id))
        answer = await self._peers.ask(self._stub.ListMembers, request, deadline_s=DEADLINE_S)
        return [Member(UUID(one.id), one.name, one.email, one.role) for one in answer.members]

    async def owner(self, agency_id: UUID) -> Member:
        """The owner, to whom clients answer; raises NotFound when the agency is gone."""
        return await self._owners.get(agency_id, self._ask_owner)

    def forget(self, agency_id: UUID) -> None:
        """Ask anew about an agency that has changed."""
        self._agencies.forget(agency_id)
        self._owners.forget(agency_id)

    async def contact(self, agency_id: UUID, client_id: UUID) -> Contact | None:
        """The client, or None when it is gone."""
        request = directory_pb2.GetClientsRequest(agency_id=str(agency_id), client_ids=[str(client_id)])
        answer = await self._peers.ask(self._stub.GetClients, request, deadline_s=DEADLINE_S)
        for client in answer.clients:
            company_id = UUID(client.company_id) if client.company_id else None
            return Contact(UUID(client.id), client.name, client.email, client.portal_url, company_id)
        return None

    async def link(self, agency_id: UUID, kind: LinkKind, id: UUID) -> SecretLink | None:
        """The secret address made from a row of auth's, None when what it would open has ended."""
        request = portal_access_pb2.GetMailLinkRequest(agency_id=str(agency_id), kind=_LINK_KINDS[kind], id=str(id))
        answer = await self._peers.ask(self._links.GetMailLink, request, deadline_s=DEADLINE_S)
        return SecretLink(answer.url, answer.expires_at.ToDatetime(tzinfo=UTC)) if answer.url else None

    async def _ask_agency(self, agency_id: UUID) -> Agency:
        request = directory_pb2.GetAgencyRequest(agency_id=str(agency_id))
        answer = await self._peers.ask(self._stub.GetAgency, request, deadline_s=DEADLINE_S)
        return Agency(UUID(answer.agency.id), answer.agency.name, answer.agency.time_zone)

    async def _ask_owner(self, agency_id: UUID) -> Member:
        for member in await self.members(agency_id):
            if member.role == Role.OWNER:
                return member
        raise NotFound


class PortalSettings:
    """Portal's settings; a portal that is down makes mails plain, it does not keep them back."""

    def __init__(self, peers: "Peers") -> None:
        self._peers = peers
        self._stub = settings_pb2_grpc.SettingsServiceStub(peers.channel("portal"))
        self._remembered: _Remembered[Appearance] = _Remembered()

    async def appearance(self, agency_id: UUID) -> Appearance:
        """How the agency appears; the default when the portal does not answer."""
        try:
            return await self._remembered.get(agency_id, self._ask)
        except (Unavailable, NotFound):
            return Appearance()

    def forget(self, agency_id: UUID) -> None:
        """Ask anew about an agency whose settings have changed."""
        self._remembered.forget(agency_id)

    async def _ask(self, agency_id: UUID) -> Appearance:
        request = settings_pb2.GetSettingsRequest(agency_id=str(agency_id))
        answer = await self._peers.ask(self._stub.GetSettings, request, deadline_s=DEADLINE_S)
        return Appearance(answer.portal_name, answer.sender_name, answer.primary_color, answer.logo_url)


class _Remembered(Generic[T]):
    """Answers by agency, each for a short while."""

    def __init__(self) -> None:
        self._answers: dict[UUID, tuple[float, T]] = {}
        self._changes = 0

    async def get(self, agency_id: UUID, ask: Callable[[UUID], Awaitable[T]]) -> T:
        """The remembered answer, or a new one."""
        until, answer = self._answers.get(agency_id, (0.0, None))
        if answer is not None and time.monotonic() < until:
            return answer
        changes = self._changes
        fresh = await ask(agency_id)
        # What changed while the question was under way may not be in the answer.
        if changes == self._changes:
            if len(self._answers) >= MAX_REMEMBERED:
                self._answers.clear()
            self._answers[agency_id] = (time.monotonic() + REMEMBERED_S, fresh)
        return fresh

    def forget(self, agency_id: UUID) -> None:
        """Ask anew the next time."""
        self._changes += 1
        self._answers.pop(agency_id, None)
