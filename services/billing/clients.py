"""What billing asks auth over gRPC: who a client is, what an agency is called."""

from dataclasses import dataclass
from uuid import UUID

from portico.auth.v1 import directory_pb2, directory_pb2_grpc

from chassis.clock import Clock
from chassis.errors import NotFound, Unavailable
from chassis.rpc import Peers
from chassis.telemetry import log

AGENCY_KEPT_S = 300
_AGENCIES_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class ClientCard:
    """A client as auth knows it."""

    id: UUID
    name: str
    email: str | None
    company: str | None


@dataclass(frozen=True, slots=True)
class AgencyCard:
    """An agency as auth knows it.

    `slug` is its portal's address, `currency` what its papers are made in, `time_zone` (IANA) where its days are.
    """

    name: str
    slug: str
    currency: str
    time_zone: str


class Directory:
    """auth's directory; agencies are remembered for some minutes, because every page shows their name."""

    def __init__(self, peers: Peers, clock: Clock) -> None:
        self._peers, self._clock = peers, clock
        self._agencies: dict[UUID, tuple[float, AgencyCard]] = {}

    async def client(self, agency_id: UUID, client_id: UUID) -> ClientCard | None:
        """The client, None when the agency has none of that id; raises Unavailable when auth is away."""
        answer = await self._peers.ask(
            self._stub().GetClients,
            directory_pb2.GetClientsRequest(agency_id=str(agency_id), client_ids=[str(client_id)]),
        )
        for found in answer.clients:
            return ClientCard(UUID(found.id), found.name, found.email or None, found.company or None)
        return None

    async def agency(self, agency_id: UUID) -> AgencyCard:
        """The agency; raises NotFound, and Unavailable when auth is away and it was never asked before."""
        now = self._clock().timestamp()
        kept = self._agencies.get(agency_id)
        if kept and now - kept[0] < AGENCY_KEPT_S:
            return kept[1]
        try:
            answer = await self._peers.ask(
                self._stub().GetAgency, directory_pb2.GetAgencyRequest(agency_id=str(agency_id))
            )
        except Unavailable:
            if kept is None:
                raise
            return kept[1]
        found = answer.agency
        card = AgencyCard(found.name, found.slug, found.currency, found.time_zone)
        if len(self._agencies) >= _AGENCIES_KEPT:
            self._agencies.clear()
        self._agencies[agency_id] = (now, card)
        return card

    async def agency_name(self, agency_id: UUID) -> str:
        """The agency's name for the head of a page; empty when auth is away, because the rest is still of use."""
        card = await self.agency_at_hand(agency_id)
        return card.name if card else ""

    async def agency_at_hand(self, agency_id: UUID) -> AgencyCard | None:
        """The agency for a page that is of use without it; None when auth is away."""
        try:
            return await self.agency(agency_id)
        except (NotFound, Unavailable) as error:
            log.warning("agency_missing", agency_id=str(agency_id), error=error.code)
            return None

    def _stub(self) -> directory_pb2_grpc.DirectoryServiceStub:
        return directory_pb2_grpc.DirectoryServiceStub(self._peers.channel("auth"))
