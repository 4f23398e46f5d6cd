"""gRPC of billing: which papers about money a client may see."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from portico.billing.v1 import papers_pb2, papers_pb2_grpc

from chassis.rpc import Registration
from services.billing.context import Context
from services.billing.invoices import service as invoices


class PapersServicer(papers_pb2_grpc.PapersServiceServicer):
    """PapersService of papers.proto."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def GetClientPapers(  # noqa: N802 (named by the proto)
        self, request: papers_pb2.GetClientPapersRequest, _: Any
    ) -> papers_pb2.GetClientPapersResponse:
        """Issued invoices of the clients; there are no quotes yet."""
        agency_id = UUID(request.agency_id)
        client_ids = [UUID(id) for id in request.client_ids]
        found = await invoices.invoices_of_clients(
            agency_id, client_ids, context=self._context, now=self._context.clock()
        )
        return papers_pb2.GetClientPapersResponse(invoices=found, quotes=b"[]")


def registrations(context: Context) -> Sequence[Registration]:
    """What the gRPC server of billing serves."""
    add = papers_pb2_grpc.add_PapersServiceServicer_to_server
    return [(add, PapersServicer(context), "portico.billing.v1.PapersService")]
