"""What this service asks of auth."""

from dataclasses import dataclass
from uuid import UUID

from portico.auth.v1 import directory_pb2, directory_pb2_grpc

from chassis.rpc import Peers

# Asked while a request waits with a connection in hand, so it must not wait long.
DEADLINE_S = 2.0


@dataclass(frozen=True, slots=True)
class ClientFacts:
    """What auth knows about a client."""

    id: UUID
    name: str
    email: str
    company: str


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

    async def get_agency_name(self, agency_id: UUID) -> str:
        """What the agency is called; Unavailable when auth does not answer."""
        stub = directory_pb2_grpc.DirectoryServiceStub(self._peers.channel("auth"))
        request = directory_pb2.GetAgencyRequest(agency_id=str(agency_id))
        answer = await self._peers.ask(stub.GetAgency, request, deadline_s=DEADLINE_S)
        return str(answer.agency.name)
