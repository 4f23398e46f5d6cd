"""What the portal has other services make: each once, under an id that the portal chose, however often it asks."""

from dataclasses import dataclass
from uuid import UUID

from portico.auth.v1 import clients_pb2, clients_pb2_grpc, portal_access_pb2
from portico.projects.v1 import projects_pb2, projects_pb2_grpc

from chassis.principals import Actor
from chassis.rpc import Peers

# Making may wait for a lock on a number or a name.
DEADLINE_S = 5.0


@dataclass(frozen=True, slots=True)
class Made:
    """A client or a project: its id, and its public JSON."""

    id: UUID
    body: bytes


class Makers:
    """Auth for clients, projects for projects."""

    def __init__(self, peers: Peers) -> None:
        self._peers = peers
        self._clients = clients_pb2_grpc.ClientServiceStub(peers.channel("auth"))
        self._projects = projects_pb2_grpc.ProjectServiceStub(peers.channel("projects"))

    async def client(self, agency_id: UUID, client_id: UUID, *, name: str, email: str, by: Actor) -> Made:
        """The client of that id, or the one who has the address; raises Invalid, Unavailable."""
        request = clients_pb2.CreateClientRequest(
            agency_id=str(agency_id),
            client_id=str(client_id),
            name=name,
            email=email,
            performer=portal_access_pb2.Performer(id=str(by.id), name=by.name),
        )
        answer = await self._peers.ask(self._clients.CreateClient, request, deadline_s=DEADLINE_S)
        return Made(UUID(answer.client_id), answer.client)

    async def find_client(self, agency_id: UUID, client_id: UUID) -> Made:
        """A client as it is now; raises NotFound, Unavailable."""
        request = clients_pb2.GetClientRequest(agency_id=str(agency_id), client_id=str(client_id))
        answer = await self._peers.ask(self._clients.GetClient, request, deadline_s=DEADLINE_S)
        return Made(client_id, answer.client)

    async def project(self, agency_id: UUID, project_id: UUID, *, name: str, client_id: UUID, by: Actor) -> Made:
        """The project of that id; raises Invalid, Conflict when it was deleted since, Unavailable."""
        request = projects_pb2.CreateProjectRequest(
            agency_id=str(agency_id),
            project_id=str(project_id),
            client_id=str(client_id),
            name=name,
            commissioner=projects_pb2.Commissioner(id=str(by.id), name=by.name),
        )
        answer = await self._peers.ask(self._projects.CreateProject, request, deadline_s=DEADLINE_S)
        return Made(project_id, answer.project)

    async def find_project(self, agency_id: UUID, project_id: UUID) -> Made:
        """A project as it is now; raises NotFound, Unavailable."""
        request = projects_pb2.GetProjectRequest(agency_id=str(agency_id), project_id=str(project_id))
        answer = await self._peers.ask(self._projects.GetProject, request, deadline_s=DEADLINE_S)
        return Made(project_id, answer.project)
