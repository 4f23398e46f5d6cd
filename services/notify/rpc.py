"""Notify's answers to other services."""

from typing import Any

from portico.notify.v1 import deliveries_pb2, deliveries_pb2_grpc

from chassis.database import Database
from services.notify.deliveries import service as deliveries
from services.notify.mails import service as mails

SERVICE = "portico.notify.v1.DeliveryService"


class DeliveryService(deliveries_pb2_grpc.DeliveryServiceServicer):
    """What became of the word that was sent."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def GetBacklog(  # noqa: N802  the protocol's name
        self, request: deliveries_pb2.GetBacklogRequest, context: Any
    ) -> deliveries_pb2.GetBacklogResponse:
        """How much is waiting, in the whole deployment."""
        async with self._database.across_agencies() as session:
            return deliveries_pb2.GetBacklogResponse(
                mails=await mails.count_open(session), deliveries=await deliveries.count_open(session)
            )
