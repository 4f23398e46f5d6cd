"""What the portal asks other services, as dataclasses."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from portico.auth.v1 import directory_pb2, directory_pb2_grpc, portal_access_pb2, portal_access_pb2_grpc
from portico.billing.v1 import papers_pb2, papers_pb2_grpc
from portico.projects.v1 import work_pb2, work_pb2_grpc

from chassis.principals import Actor, Client
from chassis.rpc import Peers
from services.portal.holders import Holder, HolderKind

# A page that waits longer is better off with the section marked unavailable.
SECTION_DEADLINE_S = 2.5
# Giving out a credential may wait for a lock on its holder.
ACCESS_DEADLINE_S = 5.0


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """What auth tells of an agency."""

    id: UUID
    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class ClientFacts:
    """What auth tells of a client; `email` and `company` are None where it has none."""

    id: UUID
    number: int
    name: str
    email: str | None
    company: str | None


class Directory:
    """Auth's directory of agencies and clients."""

    def __init__(self, peers: Peers) -> None:
        self._peers = peers
        self._stub = directory_pb2_grpc.DirectoryServiceStub(peers.channel("auth"))

    async def agency(self, agency_id: UUID) -> AgencyFacts:
        """One agency; raises NotFound or Unavailable."""
        request = directory_pb2.GetAgencyRequest(agency_id=str(agency_id))
        answer = await self._peers.ask(self._stub.GetAgency, request, deadline_s=SECTION_DEADLINE_S)
        return AgencyFacts(agency_id, answer.agency.name, answer.agency.slug)

    async def agency_named(self, slug: str) -> AgencyFacts:
        """The agency with that short name; raises NotFound or Unavailable."""
        request = directory_pb2.FindAgencyRequest(slug=slug)
        answer = await self._peers.ask(self._stub.FindAgency, request, deadline_s=SECTION_DEADLINE_S)
        return AgencyFacts(UUID(answer.agency.id), answer.agency.name, answer.agency.slug)

    async def client(self, agency_id: UUID, client_id: UUID) -> ClientFacts | None:
        """One client, None when there is none; raises Unavailable."""
        request = directory_pb2.GetClientsRequest(agency_id=str(agency_id), client_ids=[str(client_id)])
        answer = await self._peers.ask(self._stub.GetClients, request, deadline_s=SECTION_DEADLINE_S)
        for found in answer.clients:
            return ClientFacts(client_id, found.number, found.name, found.email or None, found.company or None)
        return None

    async def company(self, agency_id: UUID, company_id: UUID) -> ClientFacts:
        """One company, as a client of its own name; raises NotFound or Unavailable."""
        request = directory_pb2.GetCompanyRequest(agency_id=str(agency_id), company_id=str(company_id))
        answer = await self._peers.ask(self._stub.GetCompany, request, deadline_s=SECTION_DEADLINE_S)
        return ClientFacts(company_id, answer.company.number, answer.company.name, None, answer.company.name)

    async def holder(self, client: Client) -> ClientFacts | None:
        """The client or the company that has come in; raises NotFound or Unavailable."""
        if client.is_company:
            return await self.company(client.agency_id, client.id)
        return await self.client(client.agency_id, client.id)

    async def currency(self, agency_id: UUID) -> str:
        """The ISO 4217 code that an agency makes its papers in; raises NotFound or Unavailable."""
        request = directory_pb2.GetAgencyRequest(agency_id=str(agency_id))
        answer = await self._peers.ask(self._stub.GetAgency, request, deadline_s=SECTION_DEADLINE_S)
        return str(answer.agency.currency)


class Work:
    """What projects shows a client: each section a JSON array as bytes."""

    def __init__(self, peers: Peers) -> None:
        self._peers = peers
        self._stub = work_pb2_grpc.WorkServiceStub(peers.channel("projects"))

    async def sections(self, agency_id: UUID, client_ids: tuple[UUID, ...]) -> dict[str, bytes]:
        """Projects, files, threads, time entries, updates and contracts; raises Unavailable."""
        request = work_pb2.GetClientWorkRequest(**_whose(agency_id, client_ids))
        answer = await self._peers.ask(self._stub.GetClientWork, request, deadline_s=SECTION_DEADLINE_S)
        return {
            "projects": answer.projects,
            "files": answer.files,
            "threads": answer.threads,
            "timeEntries": answer.time_entries,
            "updates": answer.updates,
            "contracts": answer.contracts,
        }

    async def active_projects(self, agency_id: UUID, client_ids: tuple[UUID, ...]) -> int:
        """How many projects are under way for clients; raises Unavailable."""
        request = work_pb2.CountClientWorkRequest(**_whose(agency_id, client_ids))
        answer = await self._peers.ask(self._stub.CountClientWork, request, deadline_s=SECTION_DEADLINE_S)
        return int(answer.active_projects)


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What is owed in one currency, in its major unit, and for how many invoices."""

    currency: str
    amount: Decimal
    invoices: int


@dataclass(frozen=True, slots=True)
class Balance:
    """What clients owe, by currency in the order of the codes, and how many quotes wait for their answer."""

    outstanding: tuple[Outstanding, ...] = ()
    pending_quotes: int = 0


class Papers:
    """What billing shows a client: each section a JSON array as bytes."""

    def __init__(self, peers: Peers) -> None:
        self._peers = peers
        self._stub = papers_pb2_grpc.PapersServiceStub(peers.channel("billing"))

    async def sections(self, agency_id: UUID, client_ids: tuple[UUID, ...]) -> dict[str, bytes]:
        """Invoices, quotes and credit notes; raises Unavailable."""
        request = papers_pb2.GetClientPapersRequest(**_whose(agency_id, client_ids))
        answer = await self._peers.ask(self._stub.GetClientPapers, request, deadline_s=SECTION_DEADLINE_S)
        return {"invoices": answer.invoices, "quotes": answer.quotes, "creditNotes": answer.credit_notes}

    async def balance(self, agency_id: UUID, client_ids: tuple[UUID, ...]) -> Balance:
        """What clients owe; raises Unavailable."""
        request = papers_pb2.GetClientBalanceRequest(**_whose(agency_id, client_ids))
        answer = await self._peers.ask(self._stub.GetClientBalance, request, deadline_s=SECTION_DEADLINE_S)
        outstanding = (Outstanding(owed.currency, Decimal(owed.amount), owed.invoices) for owed in answer.outstanding)
        return Balance(tuple(outstanding), answer.pending_quotes)


@dataclass(frozen=True, slots=True)
class Recipient:
    """A client who can be written to."""

    id: UUID
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A live portal token and its holder; neither the token nor its address shows where this is printed."""

    id: UUID
    token: str = field(repr=False)
    url: str = field(repr=False)
    expires_at: datetime
    holder_id: UUID
    holder_number: int
    holder_name: str
    recipients: tuple[Recipient, ...]


class PortalAccess:
    """Auth's portal tokens."""

    def __init__(self, peers: Peers) -> None:
        self._peers = peers
        self._stub = portal_access_pb2_grpc.PortalAccessServiceStub(peers.channel("auth"))

    async def issue(
        self, agency_id: UUID, holder: Holder, *, valid_days: int, by: Actor, reachable_only: bool
    ) -> IssuedToken:
        """The live token of the holder, made where there is none.

        `reachable_only` raises Conflict where nobody can be written to. Raises NotFound, Unavailable.
        """
        request = portal_access_pb2.IssuePortalTokenRequest(
            agency_id=str(agency_id),
            holder=_portal_holder(holder),
            valid_days=valid_days,
            performer=_performer(by),
            reachable_only=reachable_only,
        )
        answer = await self._peers.ask(self._stub.IssuePortalToken, request, deadline_s=ACCESS_DEADLINE_S)
        return IssuedToken(
            id=UUID(answer.token_id),
            token=answer.token,
            url=answer.url,
            expires_at=answer.expires_at.ToDatetime(tzinfo=UTC),
            holder_id=UUID(answer.holder_id),
            holder_number=answer.holder_number,
            holder_name=answer.holder_name,
            recipients=tuple(Recipient(UUID(one.client_id), one.name, one.email) for one in answer.recipients),
        )

    async def revoke(self, agency_id: UUID, holder: Holder, *, by: Actor) -> int:
        """End the holder's live tokens; tells how many there were. Raises NotFound, Unavailable."""
        request = portal_access_pb2.RevokePortalTokenRequest(
            agency_id=str(agency_id), holder=_portal_holder(holder), performer=_performer(by)
        )
        answer = await self._peers.ask(self._stub.RevokePortalToken, request, deadline_s=ACCESS_DEADLINE_S)
        return int(answer.revoked)


def _portal_holder(holder: Holder) -> portal_access_pb2.PortalHolder:
    kind = (
        portal_access_pb2.PORTAL_HOLDER_KIND_COMPANY
        if holder.kind is HolderKind.COMPANY
        else portal_access_pb2.PORTAL_HOLDER_KIND_CLIENT
    )
    return portal_access_pb2.PortalHolder(kind=kind, reference=holder.reference)


def _performer(actor: Actor) -> portal_access_pb2.Performer:
    return portal_access_pb2.Performer(id=str(actor.id), name=actor.name)


def _whose(agency_id: UUID, client_ids: tuple[UUID, ...]) -> dict[str, Any]:
    return {"agency_id": str(agency_id), "client_ids": [str(client_id) for client_id in client_ids]}
