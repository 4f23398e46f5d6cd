"""The portal's gRPC side."""

from typing import Any
from uuid import UUID

from portico.portal.v1 import settings_pb2, settings_pb2_grpc

from chassis.database import Database
from chassis.rpc import Registration
from services.portal.portal_settings import service

NAME = settings_pb2.DESCRIPTOR.services_by_name["SettingsService"].full_name


class SettingsServicer(settings_pb2_grpc.SettingsServiceServicer):
    """How an agency's portal looks, for services that apply it."""

    def __init__(self, database: Database, origin: str) -> None:
        self._database, self._origin = database, origin

    async def GetSettings(  # noqa: N802 (the method's name in the proto)
        self, request: settings_pb2.GetSettingsRequest, context: Any
    ) -> settings_pb2.GetSettingsResponse:
        """The agency's settings, or the defaults."""
        agency_id = UUID(request.agency_id)
        async with self._database.unit(agency_id) as session:
            settings = await service.read_settings(session, agency_id)
        return settings_pb2.GetSettingsResponse(
            portal_name=settings.portal_name,
            logo_url=f"{self._origin}/{settings.portal_logo}" if settings.portal_logo else "",
            primary_color=settings.primary_color,
            secondary_color=settings.secondary_color,
            welcome_message=settings.welcome_message,
            enabled_modules=settings.enabled_modules,
            is_active=settings.is_active,
            sender_name=settings.sender_name,
        )


def registration(database: Database, origin: str) -> Registration:
    """What the chassis needs to serve it; addresses begin with `origin`."""
    return settings_pb2_grpc.add_SettingsServiceServicer_to_server, SettingsServicer(database, origin), NAME
