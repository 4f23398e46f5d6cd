"""gRPC of auth: whose a credential is, and who an agency, its members and its clients are."""

from typing import Any
from uuid import UUID

from portico.auth.v1 import credentials_pb2, credentials_pb2_grpc, directory_pb2, directory_pb2_grpc
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import Invalid, Unauthenticated
from chassis.rpc import Registration
from services.auth.agencies import service as agencies
from services.auth.api_keys import service as api_keys
from services.auth.client_sessions import service as client_sessions
from services.auth.clients import listing as clients
from services.auth.context import Context
from services.auth.custodian_clients import service as custodian_clients
from services.auth.holders import Holder, HolderKind
from services.auth.members import service as members
from services.auth.portal_tokens import service as portal_tokens
from services.auth.sessions import service as sessions
from services.auth.signing_keys import service as signing_keys
from services.auth.signing_keys.models import DEPLOYMENT

MAX_CLIENTS = 200

_HOLDER_KINDS = {
    HolderKind.MEMBER: credentials_pb2.HOLDER_KIND_MEMBER,
    HolderKind.API_KEY: credentials_pb2.HOLDER_KIND_API_KEY,
    HolderKind.CLIENT: credentials_pb2.HOLDER_KIND_CLIENT,
}


class CredentialServicer(credentials_pb2_grpc.CredentialServiceServicer):
    """CredentialService of credentials.proto."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def ListSigningKeys(  # noqa: N802 (named by the proto)
        self, request: credentials_pb2.ListSigningKeysRequest, _: Any
    ) -> credentials_pb2.ListSigningKeysResponse:
        """All keys that tokens alive today may name."""
        context = self._context
        async with context.database.unit(DEPLOYMENT) as session:
            keys = await signing_keys.published(session, vault=context.vault, now=context.clock())
        return credentials_pb2.ListSigningKeysResponse(
            keys=[credentials_pb2.SigningKey(kid=key.kid, public_key=key.public_key) for key in keys]
        )

    async def Introspect(  # noqa: N802 (named by the proto)
        self, request: credentials_pb2.IntrospectRequest, _: Any
    ) -> credentials_pb2.IntrospectResponse:
        """The holder of a live credential; Unauthenticated for every other."""
        async with self._context.database.across_agencies() as session:
            holder = await self._holder_of(session, request)
            if holder is None:
                raise Unauthenticated
            answer = _introspection(holder)
            if holder.kind is HolderKind.CLIENT:
                agency = await agencies.get_agency(session, holder.agency_id)
                answer.portal_closed = not agency.portal_open
                answer.modules.extend(agency.portal_modules)
                answer.may_share_files = agency.may_share_files
        return answer

    async def _holder_of(self, session: AsyncSession, request: credentials_pb2.IntrospectRequest) -> Holder | None:
        context, now, credential = self._context, self._context.clock(), request.credential
        match request.kind:
            case credentials_pb2.CREDENTIAL_KIND_STAFF_SESSION:
                session_id = _uuid_or_none(credential)
                return await sessions.holder_of(session, session_id, now=now) if session_id else None
            case credentials_pb2.CREDENTIAL_KIND_API_KEY:
                return await api_keys.holder_of(session, credential, now=now)
            case credentials_pb2.CREDENTIAL_KIND_PORTAL_TOKEN:
                return await portal_tokens.holder_of(session, credential, links=context.links, now=now)
            case credentials_pb2.CREDENTIAL_KIND_CLIENT_SESSION:
                session_id = _uuid_or_none(credential)
                return await client_sessions.holder_of(session, session_id, now=now) if session_id else None
            case credentials_pb2.CREDENTIAL_KIND_CLIENT_KEY:
                return await custodian_clients.holder_of(session, credential, context=context, now=now)
        return None


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
        return directory_pb2.GetAgencyResponse(
            agency=directory_pb2.Agency(
                id=str(agency.id),
                name=agency.name,
                slug=agency.slug,
                currency=agency.currency,
                time_zone=agency.time_zone,
            )
        )

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


def registrations(context: Context) -> list[Registration]:
    """Both servicers, as the RPC server takes them."""
    return [
        (
            credentials_pb2_grpc.add_CredentialServiceServicer_to_server,
            CredentialServicer(context),
            credentials_pb2.DESCRIPTOR.services_by_name["CredentialService"].full_name,
        ),
        (
            directory_pb2_grpc.add_DirectoryServiceServicer_to_server,
            DirectoryServicer(context),
            directory_pb2.DESCRIPTOR.services_by_name["DirectoryService"].full_name,
        ),
    ]


def _introspection(holder: Holder) -> credentials_pb2.IntrospectResponse:
    answer = credentials_pb2.IntrospectResponse(
        holder=_HOLDER_KINDS[holder.kind],
        agency_id=str(holder.agency_id),
        id=str(holder.id),
        name=holder.name,
        email=holder.email,
        role=holder.role,
        scopes=holder.scopes,
        credential_id=str(holder.credential_id),
        client_ids=[str(client_id) for client_id in holder.client_ids],
        is_company=holder.is_company,
    )
    if holder.expires_at:
        answer.expires_at.FromDatetime(holder.expires_at)
    return answer


def _client(entry: clients.ClientEntry) -> directory_pb2.Client:
    return directory_pb2.Client(
        id=str(entry.id),
        number=entry.number,
        name=entry.name,
        email=entry.email,
        company=entry.company,
        portal_url=entry.portal_url,
    )


def _uuid_or_none(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
