"""Composition root of the portal service."""

from fastapi import FastAPI

from chassis.clock import Clock, system_clock
from chassis.erasing_loop import Erasing, Tools
from chassis.exporting_rpc import registration as export_registration
from chassis.http.application import Chassis, application
from chassis.runtime import run
from chassis.storage import ObjectStore
from services.portal import rpc
from services.portal.accesses import routes as accesses
from services.portal.blobs import routes as blobs
from services.portal.blobs.gallery import Gallery
from services.portal.blobs.pictures import Pictures
from services.portal.blobs.receiving import Receiving
from services.portal.blobs.sweeping import Sweeper
from services.portal.clients import Directory, Papers, PortalAccess, Work
from services.portal.config import Settings
from services.portal.consumers import consumers
from services.portal.dashboards import routes as dashboards
from services.portal.dependencies import Context
from services.portal.erasing import PLAN
from services.portal.exporting import EXPORT
from services.portal.intake_forms import routes as intake_forms
from services.portal.intake_forms.stamps import Stamps
from services.portal.invitations import routes as invitations
from services.portal.leads import routes as leads
from services.portal.leads import submitting
from services.portal.leads.conversion import Converter
from services.portal.leads.keeping import Keeper
from services.portal.leads.sweeping import Sweeper as LeadSweeper
from services.portal.makers import Makers
from services.portal.pages import refusals
from services.portal.pages import routes as pages
from services.portal.pages.assets import Assets
from services.portal.portal_settings import logos
from services.portal.portal_settings import routes as portal_settings
from services.portal.portal_tokens import routes as portal_tokens
from services.portal.portal_tokens.tokens import Tokens
from services.portal.profiles import routes as profiles
from services.portal.reference import routes as reference
from services.portal.reference.assembly import SERVICES
from services.portal.reference.documents import Documents, Fetch
from services.portal.reference.peers import HttpPeers
from services.portal.replicas.identities import Identities
from services.portal.search import routes as search
from services.portal.search.peers import Searchers
from services.portal.snapshots import routes as snapshots
from services.portal.snapshots.doors import Doors
from services.portal.welcomes import routes as welcomes

ROUTERS = (
    snapshots.router,
    accesses.router,
    portal_settings.router,
    logos.router,
    invitations.router,
    portal_tokens.router,
    profiles.router,
    dashboards.router,
    blobs.router,
    intake_forms.router,
    submitting.router,
    leads.router,
    welcomes.router,
    search.router,
    reference.router,
    pages.router,
    refusals.router,
)


def build_app(
    settings: Settings,
    *,
    clock: Clock = system_clock,
    fetch_document: Fetch | None = None,
    store: ObjectStore | None = None,
) -> FastAPI:
    """The whole service; tests replace clock and store, and the way other services' documents are fetched."""
    chassis = Chassis(settings, "portal", clock)
    directory = Directory(chassis.peers)
    store = store or ObjectStore(settings.storage_url)
    addresses = {service: getattr(settings, f"{service}_url") for service in SERVICES}
    context = Context(
        database=chassis.database,
        authenticator=chassis.authenticator,
        doors=Doors(chassis.database, directory, chassis.bus),
        work=Work(chassis.peers),
        papers=Papers(chassis.peers),
        assets=Assets(watch=not settings.production),
        documents=Documents(fetch_document or HttpPeers(addresses).document, settings.origin),
        tokens=Tokens(chassis.database, PortalAccess(chassis.peers)),
        directory=directory,
        identities=Identities(chassis.database, directory),
        gallery=Gallery(chassis.database, store, Pictures()),
        receiving=Receiving(),
        stamps=Stamps(settings.secret),
        keeper=Keeper(chassis.database, store),
        converter=Converter(chassis.database, Makers(chassis.peers)),
        searchers=Searchers(chassis.peers),
        origin=settings.origin,
    )
    app = application(
        chassis,
        title="Portico portal",
        description="The client's door: settings, snapshot and pages.",
        routers=ROUTERS,
        context=context,
        rpc=[
            rpc.registration(chassis.database, settings.origin),
            export_registration(chassis.database, EXPORT),
        ],
        consumers=consumers,
        loops=[
            Sweeper(chassis.database, store, clock).run,
            LeadSweeper(chassis.database, store, clock).run,
            Erasing(PLAN, Tools.of(chassis, store)).run,
        ],
        on_start=[context.doors.start],
        on_stop=[context.gallery.close],
    )
    refusals.install(app, context.assets)
    return app


def main() -> None:
    """What `portico serve portal` runs."""
    run("portal", build_app, Settings)
