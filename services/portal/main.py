"""Composition root of the portal service."""

from fastapi import FastAPI

from chassis.clock import Clock, system_clock
from chassis.http.application import Chassis, application
from chassis.runtime import run
from services.portal import rpc
from services.portal.accesses import routes as accesses
from services.portal.clients import Directory, Papers, Work
from services.portal.config import Settings
from services.portal.consumers import consumers
from services.portal.dependencies import Context
from services.portal.pages import refusals
from services.portal.pages import routes as pages
from services.portal.pages.assets import Assets
from services.portal.portal_settings import routes as portal_settings
from services.portal.reference import routes as reference
from services.portal.reference.assembly import SERVICES
from services.portal.reference.documents import Documents, Fetch
from services.portal.reference.peers import HttpPeers
from services.portal.snapshots import routes as snapshots
from services.portal.snapshots.doors import Doors

ROUTERS = (
    snapshots.router,
    accesses.router,
    portal_settings.router,
    reference.router,
    pages.router,
    refusals.router,
)


def build_app(settings: Settings, *, clock: Clock = system_clock, fetch_document: Fetch | None = None) -> FastAPI:
    """The whole service; tests replace the clock, and the way other services' documents are fetched."""
    chassis = Chassis(settings, "portal", clock)
    addresses = {service: getattr(settings, f"{service}_url") for service in SERVICES}
    context = Context(
        database=chassis.database,
        authenticator=chassis.authenticator,
        doors=Doors(chassis.database, Directory(chassis.peers), chassis.bus),
        work=Work(chassis.peers),
        papers=Papers(chassis.peers),
        assets=Assets(),
        documents=Documents(fetch_document or HttpPeers(addresses).document, settings.origin),
    )
    app = application(
        chassis,
        title="Portico portal",
        description="The client's door: settings, snapshot and pages.",
        routers=ROUTERS,
        context=context,
        rpc=[rpc.registration(chassis.database)],
        consumers=consumers,
        on_start=[context.doors.start],
    )
    refusals.install(app, context.assets)
    return app


def main() -> None:
    """What `portico serve portal` runs."""
    run("portal", build_app, Settings)
