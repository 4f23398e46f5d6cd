"""What this service asks of auth."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from portico.auth.v1 import directory_pb2, directory_pb2_grpc

from chassis.errors import NotFound, Unavailable
from chassis.rpc import Peers
from chassis.telemetry import log

# Asked while a request waits with a connection in hand, so it must not wait long.
DEADLINE_S = 2.0


@dataclass(frozen=True, slots=True)
class ClientFacts:
    """What auth knows about a client."""

    id: UUID
    name: str
    email: str
    company: str


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """What auth knows about an agency: its name, the currency of its papers (ISO 4217), its time zone (IANA)."""

    name: str
    currency: str
    time_zone: str

    @property
    def zone(self) -> tzinfo:
        """Where its days begin and end; UTC where this machine knows no zone of that name."""
        try:
            return ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError):
            log.warning("time_zone_unknown", time_zone=self.time_zone)
            return UTC

    def day_at(self, moment: datetime) -> date:
        """The date of a moment where the agency is."""
        return moment.astimezone(self.zone).date()


class Directory:
    """Who agencies and clients are, as auth knows them."""

    def __init__(self, peers: Peers) -> None:
        self._peers = peers

    async def get_client(self, agency_id: UUID, client_id: UUID) -> ClientFacts | None:
        """The client, None when the agency has no such one; Unavailable when auth does not answer."""
        stub = directory_pb2_grpc.DirectoryServiceStub(self._peers.channel("auth"))
        request = directory_pb2.GetClientsRequest(agency_id=str(agency_id), client_ids=[str(client_id)])
        answer = await self._peers.ask(stub.GetClients, request, deadline_s=DEADLINE_S)
        for found in answer.clients:
            if found.id == str(client_id):
                return ClientFacts(client_id, found.name, found.email, found.company)
        return None

    async def is_member(self, agency_id: UUID, member_id: UUID) -> bool:
        """Whether that is a member of the agency; Unavailable when auth does not answer."""
        stub = directory_pb2_grpc.DirectoryServiceStub(self._peers.channel("auth"))
        request = directory_pb2.ListMembersRequest(agency_id=str(agency_id))
        answer = await self._peers.ask(stub.ListMembers, request, deadline_s=DEADLINE_S)
        return any(member.id == str(member_id) for member in answer.members)

    async def get_agency(self, agency_id: UUID) -> AgencyFacts:
        """The agency; NotFound when there is none, Unavailable when auth does not answer."""
        stub = directory_pb2_grpc.DirectoryServiceStub(self._peers.channel("auth"))
        request = directory_pb2.GetAgencyRequest(agency_id=str(agency_id))
        answer = await self._peers.ask(stub.GetAgency, request, deadline_s=DEADLINE_S)
        return AgencyFacts(answer.agency.name, answer.agency.currency, answer.agency.time_zone)

    async def get_agency_name(self, agency_id: UUID) -> str:
        """What the agency is called; Unavailable when auth does not answer."""
        return (await self.get_agency(agency_id)).name

    async def zone_of(self, agency_id: UUID) -> tzinfo:
        """Where the agency's days begin and end; UTC while auth does not answer, for work goes on."""
        try:
            return (await self.get_agency(agency_id)).zone
        except (NotFound, Unavailable) as error:
            log.warning("agency_day_unknown", agency_id=str(agency_id), error=error.code)
            return UTC

    async def day_at(self, agency_id: UUID, moment: datetime) -> date:
        """The date of a moment where the agency is."""
        return moment.astimezone(await self.zone_of(agency_id)).date()
