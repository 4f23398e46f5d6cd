"""Notify's composition root."""

import ssl

from fastapi import FastAPI
from portico.notify.v1 import deliveries_pb2_grpc

from chassis.bell import Bell
from chassis.clock import Clock, system_clock
from chassis.erasing_loop import Erasing, Tools
from chassis.exporting import read_agency
from chassis.exporting_rpc import ask_agency
from chassis.exporting_rpc import registration as export_registration
from chassis.http.application import Chassis, application
from chassis.runtime import run
from chassis.scheduling import Scheduler
from chassis.storage import ObjectStore
from services.notify.clients import Directory, PortalSettings
from services.notify.config import Settings
from services.notify.connections import AddressGuard, Resolver, SystemResolver
from services.notify.consumers import consumers
from services.notify.context import Context
from services.notify.deliveries import routes as delivery_routes
from services.notify.deliveries.dispatching import Dispatcher
from services.notify.deliveries.posting import Poster
from services.notify.digests.mornings import mornings
from services.notify.erasing import plan
from services.notify.exporting import EXPORT
from services.notify.exports import routes as export_routes
from services.notify.exports.service import Exports, Source
from services.notify.forgetting import Forgetting
from services.notify.live import routes as live_routes
from services.notify.live.hub import Hub
from services.notify.mails import routes as mail_routes
from services.notify.mails.composing import Composer
from services.notify.mails.letters import Catalogue
from services.notify.mails.sending import MailSender
from services.notify.preferences import routes as preference_routes
from services.notify.rpc import SERVICE, DeliveryService
from services.notify.sweeping import Sweeper
from services.notify.unsubscriptions import routes as unsubscription_routes
from services.notify.unsubscriptions.tokens import UnsubscribeLinks
from services.notify.webhook_endpoints import routes as webhook_routes

DESCRIPTION = "Webhooks and deliveries, event streams, which mails one gets, and the export of an agency's data."
# A slow line may take a while for all rows; longer than that no service keeps its snapshot.
EXPORT_DEADLINE_S = 3600.0


def build_app(
    settings: Settings,
    *,
    clock: Clock = system_clock,
    resolver: Resolver | None = None,
    tls: ssl.SSLContext | None = None,
) -> FastAPI:
    """Notify as an ASGI application; `resolver` and `tls` replace the system's for webhooks."""
    chassis = Chassis(settings, "notify", clock)
    guard = AddressGuard(
        resolver or SystemResolver(),
        allow_private=settings.allow_private_webhooks,
        https_only=settings.production and not settings.allow_private_webhooks,
    )
    mail_bell: Bell[None] = Bell()
    poster = Poster(guard, tls=tls)
    store = ObjectStore(settings.storage_url)
    dispatcher = Dispatcher(chassis.database, chassis.vault, clock, poster=poster, mail_bell=mail_bell)
    hub = Hub(chassis.database, chassis.bus)
    context = Context(
        chassis.vault,
        clock,
        guard=guard,
        dispatcher=dispatcher,
        mail_bell=mail_bell,
        hub=hub,
        directory=Directory(chassis.peers),
        catalogue=Catalogue(),
        unsubscribe_links=UnsubscribeLinks(settings.secret, settings.origin),
        scheduler=Scheduler(chassis.database, clock, [mornings(chassis.database, chassis.vault, mail_bell)]),
        exports=_exports(chassis, store),
    )
    portal_settings = PortalSettings(chassis.peers)
    sender = _mail_sender(chassis, settings, store=store, context=context, portal_settings=portal_settings)
    chassis.authenticator.on_revoked(hub.doubt)

    async def close_store() -> None:
        store.close()

    mailbox = [] if settings.production or settings.mail_server else [mail_routes.router]
    return application(
        chassis,
        title="Notify",
        description=DESCRIPTION,
        routers=[
            webhook_routes.router,
            delivery_routes.router,
            live_routes.router,
            preference_routes.router,
            unsubscription_routes.router,
            export_routes.router,
            *mailbox,
        ],
        context=context,
        rpc=[
            (deliveries_pb2_grpc.add_DeliveryServiceServicer_to_server, DeliveryService(chassis.database), SERVICE),
            export_registration(chassis.database, EXPORT),
        ],
        consumers=consumers,
        loops=[
            sender.run,
            dispatcher.run,
            hub.run,
            context.scheduler.run,
            Sweeper(chassis.database, clock).run,
            Erasing(plan(chassis.vault), Tools.of(chassis)).run,
        ],
        on_start=[Forgetting(chassis.bus, [context.directory.forget, portal_settings.forget]).start],
        on_leaving=[hub.close],
        on_stop=[poster.close, close_store],
    )


def main() -> None:
    """Run notify until it is told to stop."""
    run("notify", build_app, Settings)


def _exports(chassis: Chassis, store: ObjectStore) -> Exports:
    """Exports of what every service keeps: the others are asked, this one reads for itself."""

    def asked(service: str) -> Source:
        return lambda agency_id: ask_agency(chassis.peers, service, agency_id, deadline_s=EXPORT_DEADLINE_S)

    return Exports(
        {
            **{service: asked(service) for service in ("auth", "projects", "billing", "portal")},
            "notify": lambda agency_id: read_agency(chassis.database, EXPORT, agency_id),
        },
        store,
    )


def _mail_sender(
    chassis: Chassis, settings: Settings, *, store: ObjectStore, context: Context, portal_settings: PortalSettings
) -> MailSender:
    composer = Composer(
        context.directory,
        portal_settings,
        store=store,
        catalogue=context.catalogue,
        origin=settings.origin,
        unsubscribe_links=context.unsubscribe_links,
    )
    return MailSender(
        chassis.database,
        chassis.vault,
        chassis.clock,
        composer=composer,
        directory=context.directory,
        bell=context.mail_bell,
        server=settings.mail_server,
        sender=settings.sender,
    )
