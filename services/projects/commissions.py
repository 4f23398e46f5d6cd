"""The gRPC side of projects that other services ask for."""

from uuid import UUID

import grpc
from portico.projects.v1 import projects_pb2, projects_pb2_grpc

from chassis.principals import Actor, ActorKind
from chassis.rpc import Registration
from services.projects.context import Context
from services.projects.projects.commissioned import Commission, begin_commissioned, project_of
from services.projects.projects.models import Project
from services.projects.projects.quoted import Quoted
from services.projects.projects.schemas import ProjectPublic
from services.projects.projects.withdrawing import withdraw_project


class ProjectServicer(projects_pb2_grpc.ProjectServiceServicer):
    """Makes projects once, under the ids that other services chose."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def CreateProject(  # noqa: N802 (the name is the contract's)
        self,
        request: projects_pb2.CreateProjectRequest,
        context: "grpc.aio.ServicerContext[projects_pb2.CreateProjectRequest, projects_pb2.CreateProjectResponse]",
    ) -> projects_pb2.CreateProjectResponse:
        """The project of that id, made if there is none."""
        commission = Commission(
            agency_id=UUID(request.agency_id),
            project_id=UUID(request.project_id),
            client_id=UUID(request.client_id),
            name=request.name,
        )
        actor = _actor(request.commissioner)
        own = self._context
        async with own.database.unit(commission.agency_id) as session:
            project = await begin_commissioned(
                session, commission, actor=actor, directory=own.directory, now=own.clock()
            )
        return projects_pb2.CreateProjectResponse(project=_json(project))

    async def GetProject(  # noqa: N802 (the name is the contract's)
        self,
        request: projects_pb2.GetProjectRequest,
        context: "grpc.aio.ServicerContext[projects_pb2.GetProjectRequest, projects_pb2.GetProjectResponse]",
    ) -> projects_pb2.GetProjectResponse:
        """One project."""
        agency_id = UUID(request.agency_id)
        async with self._context.database.unit(agency_id) as session:
            project = await project_of(session, agency_id, UUID(request.project_id))
        return projects_pb2.GetProjectResponse(project=_json(project))

    async def WithdrawProject(  # noqa: N802 (the name is the contract's)
        self,
        request: projects_pb2.WithdrawProjectRequest,
        context: "grpc.aio.ServicerContext[projects_pb2.WithdrawProjectRequest, projects_pb2.WithdrawProjectResponse]",
    ) -> projects_pb2.WithdrawProjectResponse:
        """Take the project of a quote out of sight, unless work has begun."""
        agency_id, own = UUID(request.agency_id), self._context
        quoted = Quoted(UUID(request.project_id), UUID(request.client_id), request.title, request.number)
        async with own.database.unit(agency_id) as session:
            is_withdrawn = await withdraw_project(
                session,
                agency_id,
                quoted=quoted,
                actor=_actor(request.commissioner),
                directory=own.directory,
                now=own.clock(),
            )
        return projects_pb2.WithdrawProjectResponse(has_begun=not is_withdrawn)


def registration(context: Context) -> Registration:
    """What the server of this service offers of it."""
    name = projects_pb2.DESCRIPTOR.services_by_name["ProjectService"].full_name
    return projects_pb2_grpc.add_ProjectServiceServicer_to_server, ProjectServicer(context), name


def _actor(commissioner: projects_pb2.Commissioner) -> Actor:
    return Actor(ActorKind.MEMBER, UUID(commissioner.id), commissioner.name)


def _json(project: Project) -> bytes:
    return ProjectPublic.model_validate(project).model_dump_json(by_alias=True).encode()
