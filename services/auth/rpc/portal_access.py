"""PortalAccessService: portal tokens given out and ended, and the secret addresses that mails carry."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from portico.auth.v1 import portal_access_pb2, portal_access_pb2_grpc

from chassis.errors import Invalid, NotFound
from chassis.principals import Actor, ActorKind
from services.auth.context import Context
from services.auth.invitations import service as invitations
from services.auth.magic_links import service as magic_links
from services.auth.password_resets import service as password_resets
from services.auth.portal_tokens import granting
from services.auth.portal_tokens import service as portal_tokens
from services.auth.portal_tokens.models import HolderType

MAX_DAYS = 3650
_MAX_NUMBER = 2**31 - 1
_UUID_DIGITS = 32

_HOLDER_TYPES = {
    portal_access_pb2.PORTAL_HOLDER_KIND_CLIENT: HolderType.CONTACT,
    portal_access_pb2.PORTAL_HOLDER_KIND_COMPANY: HolderType.COMPANY,
}
_LinkOf = Callable[..., Awaitable[tuple[str, datetime] | None]]
_LINKS: dict[int, _LinkOf] = {
    portal_access_pb2.MAIL_LINK_KIND_PORTAL_TOKEN: portal_tokens.link_of,
    portal_access_pb2.MAIL_LINK_KIND_MAGIC_LINK: magic_links.link_of,
    portal_access_pb2.MAIL_LINK_KIND_INVITATION: invitations.link_of,
    portal_access_pb2.MAIL_LINK_KIND_PASSWORD_RESET: password_resets.link_of,
}


class PortalAccessServicer(portal_access_pb2_grpc.PortalAccessServiceServicer):
    """PortalAccessService of portal_access.proto."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def IssuePortalToken(  # noqa: N802 (named by the proto)
        self, request: portal_access_pb2.IssuePortalTokenRequest, _: Any
    ) -> portal_access_pb2.IssuePortalTokenResponse:
        """The holder's live token, or a new one."""
        if not 1 <= request.valid_days <= MAX_DAYS:
            raise Invalid(f"A token lives for 1 to {MAX_DAYS} days.")
        asked = replace(_asked(request), reachable_only=request.reachable_only)
        now = self._context.clock()
        async with self._context.database.unit(asked.agency_id) as session:
            grant = await granting.get_or_create(session, asked, lifetime=timedelta(days=request.valid_days), now=now)
        return self._granted(grant)

    async def RevokePortalToken(  # noqa: N802 (named by the proto)
        self, request: portal_access_pb2.RevokePortalTokenRequest, _: Any
    ) -> portal_access_pb2.RevokePortalTokenResponse:
        """End the holder's live tokens."""
        asked = _asked(request)
        async with self._context.database.unit(asked.agency_id) as session:
            holder, revoked = await granting.revoke(session, asked, now=self._context.clock())
        return portal_access_pb2.RevokePortalTokenResponse(revoked=revoked, holder_id=str(holder.id))

    async def GetMailLink(  # noqa: N802 (named by the proto)
        self, request: portal_access_pb2.GetMailLinkRequest, _: Any
    ) -> portal_access_pb2.GetMailLinkResponse:
        """The address behind a row; empty when it has ended, or was never there."""
        link_of = _LINKS.get(request.kind)
        if link_of is None:
            raise Invalid("Name the kind of link.")
        context, agency_id = self._context, UUID(request.agency_id)
        async with context.database.unit(agency_id) as session:
            link = await link_of(session, agency_id, UUID(request.id), context=context, now=context.clock())
        answer = portal_access_pb2.GetMailLinkResponse()
        if link:
            answer.url = link[0]
            answer.expires_at.FromDatetime(link[1])
        return answer

    def _granted(self, grant: granting.Grant) -> portal_access_pb2.IssuePortalTokenResponse:
        token, links = grant.token, self._context.links
        answer = portal_access_pb2.IssuePortalTokenResponse(
            token_id=str(token.id),
            token=links.token(token.id, token.generation),
            url=links.url(token.id, token.generation),
            created=grant.is_new,
            holder_id=str(grant.holder.id),
            holder_number=grant.number,
            holder_name=grant.name,
            recipients=[
                portal_access_pb2.Recipient(client_id=str(one.client_id), name=one.name, email=one.email)
                for one in grant.addressees
            ],
        )
        answer.expires_at.FromDatetime(token.expires_at)
        return answer


def _asked(
    request: portal_access_pb2.IssuePortalTokenRequest | portal_access_pb2.RevokePortalTokenRequest,
) -> granting.Asked:
    type = _HOLDER_TYPES.get(request.holder.kind)
    if type is None:
        raise Invalid("Name a client or a company.")
    performer = request.performer
    return granting.Asked(
        agency_id=UUID(request.agency_id),
        type=type,
        reference=_reference(request.holder.reference),
        actor=Actor(ActorKind.MEMBER, UUID(performer.id), performer.name),
    )


def _reference(text: str) -> UUID | int:
    if not (text.isascii() and text.isdigit() and len(text) < _UUID_DIGITS):
        return UUID(text)
    if int(text) > _MAX_NUMBER:
        raise NotFound
    return int(text)
