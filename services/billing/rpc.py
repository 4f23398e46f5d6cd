"""gRPC of billing: which papers about money a client may see."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from portico.billing.v1 import papers_pb2, papers_pb2_grpc

from chassis.rpc import Registration
from chassis.searching_rpc import registration as search_registration
from services.billing.context import Context
from services.billing.invoices.balances import balance_of_clients
from services.billing.quotes.listing import count_waiting
from services.billing.replicas.service import read_today
from services.billing.search.service import find
from services.billing.sections import sections_of_clients


class PapersServicer(papers_pb2_grpc.PapersServiceServicer):
    """PapersService of papers.proto."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def GetClientPapers(  # noqa: N802 (named by the proto)
        self, request: papers_pb2.GetClientPapersRequest, _: Any
    ) -> papers_pb2.GetClientPapersResponse:
        """Issued invoices, sent quotes and credit notes of the clients."""
        agency_id = UUID(request.agency_id)
        client_ids = [UUID(id) for id in request.client_ids]
        now, origin = self._context.clock(), self._context.origin
        async with self._context.database.reader(agency_id) as reader:
            sections = await sections_of_clients(reader, agency_id, client_ids, now=now, origin=origin)
        return papers_pb2.GetClientPapersResponse(**sections)

    async def GetClientBalance(  # noqa: N802 (named by the proto)
        self, request: papers_pb2.GetClientBalanceRequest, _: Any
    ) -> papers_pb2.GetClientBalanceResponse:
        """What the clients owe, and how many quotes wait for their answer."""
        agency_id = UUID(request.agency_id)
        client_ids = [UUID(id) for id in request.client_ids]
        async with self._context.database.reader(agency_id) as reader:
            owed = await balance_of_clients(reader, agency_id, client_ids)
            today = await read_today(reader, agency_id, directory=self._context.directory, now=self._context.clock())
            waiting = await count_waiting(reader, agency_id, client_ids, today=today)
        return papers_pb2.GetClientBalanceResponse(
            outstanding=[
                papers_pb2.Outstanding(currency=one.currency, amount=one.amount, invoices=one.invoices) for one in owed
            ],
            pending_quotes=waiting,
        )


def registrations(context: Context) -> Sequence[Registration]:
    """What the gRPC server of billing serves."""
    add = papers_pb2_grpc.add_PapersServiceServicer_to_server
    return [
        (add, PapersServicer(context), "portico.billing.v1.PapersService"),
        search_registration(context.database, find),
    ]
