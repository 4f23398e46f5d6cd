"""gRPC of auth: credentials, the directory, access to portals, and clients made for other services."""

from portico.auth.v1 import (
    clients_pb2,
    clients_pb2_grpc,
    credentials_pb2,
    credentials_pb2_grpc,
    directory_pb2,
    directory_pb2_grpc,
    portal_access_pb2,
    portal_access_pb2_grpc,
)

from chassis.rpc import Registration
from chassis.searching_rpc import registration as search_registration
from services.auth.context import Context
from services.auth.rpc.clients import ClientServicer
from services.auth.rpc.credentials import CredentialServicer
from services.auth.rpc.directory import DirectoryServicer
from services.auth.rpc.portal_access import PortalAccessServicer
from services.auth.search.service import find


def registrations(context: Context) -> list[Registration]:
    """All servicers, as the RPC server takes them."""
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
        (
            portal_access_pb2_grpc.add_PortalAccessServiceServicer_to_server,
            PortalAccessServicer(context),
            portal_access_pb2.DESCRIPTOR.services_by_name["PortalAccessService"].full_name,
        ),
        (
            clients_pb2_grpc.add_ClientServiceServicer_to_server,
            ClientServicer(context),
            clients_pb2.DESCRIPTOR.services_by_name["ClientService"].full_name,
        ),
        search_registration(context.database, find),
    ]
