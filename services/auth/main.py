"""The composition root of auth."""

from fastapi import FastAPI

from chassis.clock import Clock, system_clock
from chassis.erasing import SealedNames
from chassis.erasing_loop import Erasing, Tools
from chassis.exporting_rpc import registration as export_registration
from chassis.http.application import Chassis, application
from chassis.runtime import run
from services.auth import rpc
from services.auth.agencies import routes as agency_routes
from services.auth.api_keys import routes as api_key_routes
from services.auth.client_sessions import routes as client_session_routes
from services.auth.clients import routes as client_routes
from services.auth.companies import routes as company_routes
from services.auth.config import Settings
from services.auth.consumers import consumers
from services.auth.context import Context
from services.auth.custodian_clients import routes as custodian_client_routes
from services.auth.erasing import PLAN
from services.auth.erasures import routes as erasure_routes
from services.auth.exporting import EXPORT
from services.auth.housekeeping import housekeeping
from services.auth.invitations import routes as invitation_routes
from services.auth.magic_links import routes as magic_link_routes
from services.auth.members import routes as member_routes
from services.auth.members.hashing import PasswordHasher
from services.auth.one_time_passwords import routes as one_time_password_routes
from services.auth.password_resets import routes as password_reset_routes
from services.auth.portal_tokens.links import PortalLinks
from services.auth.second_factors import routes as second_factor_routes
from services.auth.secret_tokens import SecretTokens
from services.auth.sessions import routes as session_routes
from services.auth.signing_keys import routes as signing_key_routes
from services.auth.wallets import routes as wallet_routes
from services.auth.wallets.challenges import Challenges
from services.auth.wallets.recoverer import Recoverer


def build_app(settings: Settings, *, clock: Clock = system_clock, hasher: PasswordHasher | None = None) -> FastAPI:
    """The whole service; tests hand in another clock or hasher."""
    chassis = Chassis(settings, "auth", clock=clock)
    context = Context(
        database=chassis.database,
        limiter=chassis.limiter,
        clock=clock,
        hasher=hasher or PasswordHasher(),
        vault=chassis.vault,
        links=PortalLinks(secret_key=settings.secret, origin=settings.origin),
        tokens=SecretTokens(settings.secret),
        sealed_names=SealedNames(settings.secret),
        challenges=Challenges(secret_key=settings.secret, origin=settings.origin),
        recoverer=Recoverer(),
        issuer=settings.origin,
        registrations_per_address=settings.registrations_per_address,
        magic_links_per_address=settings.magic_links_per_address,
        client_sign_ins_per_address=settings.client_sign_ins_per_address,
    )
    return application(
        chassis,
        title="Portico auth",
        description="Agencies, members and their sessions, API keys, clients and their portal tokens.",
        routers=[
            session_routes.router,
            password_reset_routes.router,
            second_factor_routes.router,
            agency_routes.router,
            member_routes.router,
            invitation_routes.router,
            client_routes.router,
            erasure_routes.router,
            company_routes.router,
            magic_link_routes.router,
            one_time_password_routes.router,
            client_session_routes.router,
            custodian_client_routes.router,
            wallet_routes.router,
            api_key_routes.router,
            signing_key_routes.router,
        ],
        context=context,
        rpc=[*rpc.registrations(context), export_registration(chassis.database, EXPORT)],
        consumers=consumers,
        loops=[housekeeping(context), Erasing(PLAN, Tools.of(chassis)).run],
        on_stop=[context.recoverer.close],
    )


def main() -> None:
    """Run until told to stop; what `portico serve auth` calls."""
    run("auth", build_app, Settings)
