"""ClientService: clients made for services whose own nouns become one."""

from typing import Any
from uuid import UUID

from portico.auth.v1 import clients_pb2, clients_pb2_grpc

from chassis.principals import Actor, ActorKind
from services.auth.clients import service
from services.auth.clients.models import NewClient
from services.auth.clients.schemas import ClientPublic
from services.auth.context import Context


class ClientServicer(clients_pb2_grpc.ClientServiceServicer):
    """ClientService of clients.proto."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def CreateClient(  # noqa: N802 (named by the proto)
        self, request: clients_pb2.CreateClientRequest, _: Any
    ) -> clients_pb2.CreateClientResponse:
        """The client of that id or address, made if there is none."""
        agency_id = UUID(request.agency_id)
        new = NewClient(id=UUID(request.client_id), name=request.name, email=request.email, welcome=True)
        actor = Actor(ActorKind.MEMBER, UUID(request.performer.id), request.performer.name)
        async with self._context.database.unit(agency_id) as session:
            client = await service.admit_client(session, agency_id, new=new, actor=actor, now=self._context.clock())
        return clients_pb2.CreateClientResponse(client_id=str(client.id), client=_json(client))

    async def GetClient(  # noqa: N802 (named by the proto)
        self, request: clients_pb2.GetClientRequest, _: Any
    ) -> clients_pb2.GetClientResponse:
        """One client."""
        agency_id = UUID(request.agency_id)
        async with self._context.database.unit(agency_id) as session:
            client = await service.public_client(session, agency_id, UUID(request.client_id))
        return clients_pb2.GetClientResponse(client=_json(client))


def _json(client: ClientPublic) -> bytes:
    return client.model_dump_json(by_alias=True).encode()
