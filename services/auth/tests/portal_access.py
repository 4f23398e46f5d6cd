"""Asks auth for portal tokens and mail links, as the other services do."""

from typing import Any
from uuid import uuid4

from portico.auth.v1 import portal_access_pb2, portal_access_pb2_grpc

from tests.house import Agency, House

CLIENT = portal_access_pb2.PORTAL_HOLDER_KIND_CLIENT
COMPANY = portal_access_pb2.PORTAL_HOLDER_KIND_COMPANY
PERFORMER = portal_access_pb2.Performer(id=str(uuid4()), name="Olivia Owner")


async def ask(house: House, method: str, request: Any) -> Any:
    """The answer of PortalAccessService."""
    peers = house.chassis("auth").peers
    stub = portal_access_pb2_grpc.PortalAccessServiceStub(peers.channel("auth"))
    return await peers.ask(getattr(stub, method), request)


async def issue(
    house: House, agency: Agency, kind: int, reference: object, *, days: int = 30, reachable_only: bool = False
) -> portal_access_pb2.IssuePortalTokenResponse:
    """The live portal token of a client or company, or a new one."""
    request = portal_access_pb2.IssuePortalTokenRequest(
        agency_id=agency.id,
        holder=portal_access_pb2.PortalHolder(kind=kind, reference=str(reference)),
        valid_days=days,
        performer=PERFORMER,
        reachable_only=reachable_only,
    )
    return await ask(house, "IssuePortalToken", request)


async def revoke(
    house: House, agency: Agency, kind: int, reference: object
) -> portal_access_pb2.RevokePortalTokenResponse:
    """End the live portal tokens of a client or company."""
    request = portal_access_pb2.RevokePortalTokenRequest(
        agency_id=agency.id,
        holder=portal_access_pb2.PortalHolder(kind=kind, reference=str(reference)),
        performer=PERFORMER,
    )
    return await ask(house, "RevokePortalToken", request)


async def mail_link(house: House, agency: Agency, kind: int, id: object) -> portal_access_pb2.GetMailLinkResponse:
    """The address that a mail carries."""
    request = portal_access_pb2.GetMailLinkRequest(agency_id=agency.id, kind=kind, id=str(id))
    return await ask(house, "GetMailLink", request)
