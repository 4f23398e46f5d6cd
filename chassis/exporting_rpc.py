"""Exporting over gRPC: what every service offers, and how its parts are read."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any
from uuid import UUID

from portico.exports.v1 import export_pb2, export_pb2_grpc

from chassis.database import Database
from chassis.exporting import Export, Object, Opened, Part, Rows, Table, read_agency
from chassis.rpc import Peers, Registration


class ExportServicer(export_pb2_grpc.ExportServiceServicer):
    """Gives out what one service keeps of an agency."""

    def __init__(self, database: Database, export: Export) -> None:
        self._database, self._export = database, export

    async def ExportAgency(  # type: ignore[override]  # noqa: N802 (the name is the contract's)
        self, request: export_pb2.ExportAgencyRequest, context: Any
    ) -> AsyncIterator[export_pb2.ExportAgencyResponse]:
        """All rows of the agency."""
        async with aclosing(read_agency(self._database, self._export, UUID(request.agency_id))) as parts:
            async for part in parts:
                yield _message(part)


def registration(database: Database, export: Export) -> Registration:
    """What the server of a service offers."""
    name = export_pb2.DESCRIPTOR.services_by_name["ExportService"].full_name
    return export_pb2_grpc.add_ExportServiceServicer_to_server, ExportServicer(database, export), name


async def ask_agency(peers: Peers, service: str, agency_id: UUID, *, deadline_s: float) -> AsyncIterator[Part]:
    """Everything that another service keeps of an agency; raises Unavailable when it breaks off."""
    stub = export_pb2_grpc.ExportServiceStub(peers.channel(service))
    request = export_pb2.ExportAgencyRequest(agency_id=str(agency_id))
    async with aclosing(peers.stream(stub.ExportAgency, request, deadline_s=deadline_s)) as answers:
        async for answer in answers:
            yield _part(answer)


def _message(part: Part) -> export_pb2.ExportAgencyResponse:
    match part:
        case Opened():
            opened = export_pb2.Opened(tables_left_out=part.tables_left_out)
            return export_pb2.ExportAgencyResponse(opened=opened)
        case Table():
            table = export_pb2.Table(name=part.name, columns_left_out=part.columns_left_out)
            return export_pb2.ExportAgencyResponse(table=table)
        case Rows():
            return export_pb2.ExportAgencyResponse(rows=part.lines)
        case Object():
            return export_pb2.ExportAgencyResponse(object=export_pb2.Object(key=part.key, path=part.path))


def _part(answer: export_pb2.ExportAgencyResponse) -> Part:
    match answer.WhichOneof("part"):
        case "opened":
            return Opened(tuple(answer.opened.tables_left_out))
        case "table":
            return Table(answer.table.name, tuple(answer.table.columns_left_out))
        case "rows":
            return Rows(answer.rows)
        case "object":
            return Object(answer.object.key, answer.object.path)
    raise ValueError("a part of an export that this version does not know")
