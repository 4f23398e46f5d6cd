"""The gRPC side: what the portal asks for its snapshot and its dashboard."""

from uuid import UUID

import grpc
from portico.projects.v1 import work_pb2, work_pb2_grpc

from chassis.rpc import Registration
from chassis.searching_rpc import registration as search_registration
from services.projects import commissions
from services.projects.context import Context
from services.projects.search.service import find
from services.projects.time_claims import rpc as time_claims
from services.projects.work.service import client_work, count_active_projects


class WorkServicer(work_pb2_grpc.WorkServiceServicer):
    """Answers what a client may see of the work."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def GetClientWork(  # noqa: N802 (the name is the contract's)
        self,
        request: work_pb2.GetClientWorkRequest,
        context: "grpc.aio.ServicerContext[work_pb2.GetClientWorkRequest, work_pb2.GetClientWorkResponse]",
    ) -> work_pb2.GetClientWorkResponse:
        """The work visible to the clients named."""
        agency_id = UUID(request.agency_id)
        client_ids = [UUID(client_id) for client_id in request.client_ids]
        async with self._context.database.reader(agency_id) as reader:
            work = await client_work(reader, agency_id=agency_id, client_ids=client_ids)
        return work_pb2.GetClientWorkResponse(
            projects=work.projects,
            files=work.files,
            threads=work.threads,
            updates=work.updates,
            time_entries=work.time_entries,
            contracts=work.contracts,
        )

    async def CountClientWork(  # noqa: N802 (the name is the contract's)
        self,
        request: work_pb2.CountClientWorkRequest,
        context: "grpc.aio.ServicerContext[work_pb2.CountClientWorkRequest, work_pb2.CountClientWorkResponse]",
    ) -> work_pb2.CountClientWorkResponse:
        """How much work there is for the clients named."""
        agency_id = UUID(request.agency_id)
        client_ids = [UUID(client_id) for client_id in request.client_ids]
        async with self._context.database.reader(agency_id) as reader:
            active = await count_active_projects(reader, agency_id=agency_id, client_ids=client_ids)
        return work_pb2.CountClientWorkResponse(active_projects=active)


def registrations(context: Context) -> list[Registration]:
    """What the server of this service offers."""
    name = work_pb2.DESCRIPTOR.services_by_name["WorkService"].full_name
    return [
        (work_pb2_grpc.add_WorkServiceServicer_to_server, WorkServicer(context), name),
        commissions.registration(context),
        time_claims.registration(context),
        search_registration(context.database, find),
    ]
