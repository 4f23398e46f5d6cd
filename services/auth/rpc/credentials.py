"""CredentialService: whose a credential is, and what tokens are signed with."""

from typing import Any
from uuid import UUID

from portico.auth.v1 import credentials_pb2, credentials_pb2_grpc
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import Unauthenticated
from services.auth.agencies import service as agencies
from services.auth.api_keys import service as api_keys
from services.auth.client_sessions import service as client_sessions
from services.auth.context import Context
from services.auth.custodian_clients import credentials as custodian_clients
from services.auth.holders import Holder, HolderKind
from services.auth.portal_tokens import service as portal_tokens
from services.auth.sessions import service as sessions
from services.auth.signing_keys import service as signing_keys
from services.auth.signing_keys.models import DEPLOYMENT

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
                answer.may_see_activity = agency.may_see_activity
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


def _uuid_or_none(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
