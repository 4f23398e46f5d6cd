"""DirectoryService: who an agency, its members, its companies and its clients are."""

from typing import Any
from uuid import UUID

from portico.auth.v1 import directory_pb2, directory_pb2_grpc

from chassis.errors import Invalid
from services.auth.agencies import service as agencies
from services.auth.agencies.models import Agency
from services.auth.clients import listing as clients
from services.auth.companies import listing as companies
from services.auth.context import Context
from services.auth.members import service as members

MAX_CLIENTS = 200


class DirectoryServicer(directory_pb2_grpc.DirectoryServiceServicer):
    """DirectoryService of directory.proto."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def GetAgency(  # noqa: N802 (named by the proto)
        self, request: directory_pb2.GetAgencyRequest, _: Any
    ) -> directory_pb2.GetAgencyResponse:
        """One agency."""
        agency_id = UUID(request.agency_id)
        async with self._context.database.unit(agency_id) as session:
            agency = await agencies.get_agency(session, agency_id)
        return directory_pb2.GetAgencyResponse(agency=_agency(agency))

    async def FindAgency(  # noqa: N802 (named by the proto)
        self, request: directory_pb2.FindAgencyRequest, _: Any
    ) -> directory_pb2.FindAgencyResponse:
        """The agency with a short name."""
        async with self._context.database.across_agencies() as session:
            agency = await agencies.find_agency(session, request.slug)
        return directory_pb2.FindAgencyResponse(agency=_agency(agency))

    async def ListMembers(  # noqa: N802 (named by the proto)
        self, request: directory_pb2.ListMembersRequest, _: Any
    ) -> directory_pb2.ListMembersResponse:
        """The members of an agency."""
        agency_id = UUID(request.agency_id)
        async with self._context.database.unit(agency_id) as session:
            found = await members.list_members(session, agency_id)
        return directory_pb2.ListMembersResponse(
            members=[
                directory_pb2.Member(id=str(member.id), name=member.name, email=member.email, role=member.role)
                for member in found
            ]
        )

    async def GetCompany(  # noqa: N802 (named by the proto)
        self, request: directory_pb2.GetCompanyRequest, _: Any
    ) -> directory_pb2.GetCompanyResponse:
        """One company."""
        agency_id, company_id = UUID(request.agency_id), UUID(request.company_id)
        async with self._context.database.reader(agency_id) as reader:
            company, _version = await companies.get_company(reader, agency_id, company_id=company_id)
        return directory_pb2.GetCompanyResponse(
            company=directory_pb2.Company(id=str(company.id), number=company.number, name=company.name)
        )

    async def GetClients(  # noqa: N802 (named by the proto)
        self, request: directory_pb2.GetClientsRequest, _: Any
    ) -> directory_pb2.GetClientsResponse:
        """Those of the named clients that exist."""
        if len(request.client_ids) > MAX_CLIENTS:
            raise Invalid(f"At most {MAX_CLIENTS} clients at once.")
        context, agency_id = self._context, UUID(request.agency_id)
        async with context.database.reader(agency_id) as reader:
            found = await clients.find_clients(
                reader,
                agency_id,
                client_ids=[UUID(client_id) for client_id in request.client_ids],
                context=context,
                now=context.clock(),
            )
        return directory_pb2.GetClientsResponse(clients=[_client(entry) for entry in found])


def _agency(agency: Agency) -> directory_pb2.Agency:
    return directory_pb2.Agency(
        id=str(agency.id),
        name=agency.name,
        slug=agency.slug,
        currency=agency.currency,
        time_zone=agency.time_zone,
    )


def _client(entry: clients.ClientEntry) -> directory_pb2.Client:
    return directory_pb2.Client(
        id=str(entry.id),
        number=entry.number,
        name=entry.name,
        email=entry.email,
        company=entry.company,
        company_id=str(entry.company_id or ""),
        portal_url=entry.portal_url,
    )
