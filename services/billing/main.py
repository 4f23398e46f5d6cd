"""The composition root of billing."""

from fastapi import FastAPI

from chassis.bell import Bell
from chassis.clock import Clock, system_clock
from chassis.erasing_loop import Erasing, Tools
from chassis.exporting_rpc import registration as export_registration
from chassis.http.application import Chassis, application
from chassis.logos import Logos
from chassis.runtime import run
from chassis.scheduling import Job, Scheduler
from chassis.storage import ObjectStore
from chassis.typesetting import Typesetter
from services.billing import rpc
from services.billing.accounts import routes as account_routes
from services.billing.checkouts import routes as checkout_routes
from services.billing.checkouts import webhook_routes
from services.billing.checkouts.reconciliation import reconciliation
from services.billing.clients import Directory
from services.billing.config import PAYSTACK_API, STRIPE_API, Settings
from services.billing.consumers import consumers
from services.billing.context import Context
from services.billing.credit_notes import routes as credit_note_routes
from services.billing.disputes import routes as dispute_routes
from services.billing.erasing import PLAN
from services.billing.exporting import EXPORT
from services.billing.invoices import from_time_routes
from services.billing.invoices import routes as invoice_routes
from services.billing.invoices.lost_claims import lost_claims
from services.billing.payments import routes as payment_routes
from services.billing.providers.paystack import PaystackProvider
from services.billing.providers.paystack_api import PaystackApi
from services.billing.providers.registry import DEPLOYMENT, Providers
from services.billing.providers.sandbox import SandboxProvider
from services.billing.providers.stripe import StripeProvider
from services.billing.quotes import reopening_routes
from services.billing.quotes import routes as quote_routes
from services.billing.quotes.expiry import expiry
from services.billing.recurring_invoices import routes as recurring_invoice_routes
from services.billing.recurring_invoices.issuing import issuing
from services.billing.refunds import routes as refund_routes
from services.billing.refunds.lookouts import lookouts
from services.billing.reminders import routes as reminder_routes
from services.billing.reminders.following import following_up
from services.billing.reports import routes as report_routes
from services.billing.statements import routes as statement_routes
from services.billing.work import Work


def build_app(settings: Settings, *, clock: Clock = system_clock, providers: Providers | None = None) -> FastAPI:
    """The whole service; tests hand in another clock or other providers."""
    chassis = Chassis(settings, "billing", clock=clock)
    typesetter = Typesetter()
    store = ObjectStore(settings.storage_url)
    providers = providers or providers_of(settings)
    # Filled below: jobs need the context that holds their scheduler.
    jobs: list[Job] = []
    context = Context(
        database=chassis.database,
        clock=clock,
        directory=Directory(chassis.peers, clock),
        work=Work(chassis.peers),
        typesetter=typesetter,
        logos=Logos(store),
        providers=providers,
        vault=chassis.vault,
        scheduler=Scheduler(chassis.database, clock, jobs),
        refund_bell=Bell(),
        origin=settings.origin,
    )

    async def close_store() -> None:
        store.close()

    jobs += [expiry(context), following_up(context), lost_claims(context), issuing(context)]
    return application(
        chassis,
        title="Portico billing",
        description="Quotes, invoices and their papers, payments and payment accounts.",
        routers=[
            quote_routes.router,
            reopening_routes.router,
            from_time_routes.router,
            statement_routes.router,
            invoice_routes.router,
            credit_note_routes.router,
            recurring_invoice_routes.router,
            reminder_routes.router,
            payment_routes.router,
            refund_routes.router,
            dispute_routes.router,
            report_routes.router,
            account_routes.router,
            checkout_routes.router,
            webhook_routes.router,
        ],
        context=context,
        rpc=[*rpc.registrations(context), export_registration(chassis.database, EXPORT)],
        consumers=consumers,
        loops=[
            reconciliation(context),
            lookouts(context),
            context.scheduler.run,
            Erasing(PLAN, Tools.of(chassis)).run,
        ],
        on_stop=[typesetter.close, providers.close, close_store],
    )


def providers_of(settings: Settings) -> Providers:
    """The deployment's providers: Stripe and Paystack where they have a key, the sandbox in development only."""
    stripe = None
    if settings.stripe_secret_key:
        webhook_secret = settings.stripe_webhook_secret
        stripe = StripeProvider(
            secret_key=settings.stripe_secret_key.get_secret_value(),
            webhook_secret=webhook_secret.get_secret_value() if webhook_secret else "",
            api_base=settings.stripe_api_base or STRIPE_API,
            account=DEPLOYMENT,
        )
    paystack_api = PaystackApi(settings.paystack_api_base or PAYSTACK_API)
    paystack = None
    if settings.paystack_secret_key:
        key = settings.paystack_secret_key.get_secret_value()
        paystack = PaystackProvider(secret_key=key, api=paystack_api, account=DEPLOYMENT)
    sandbox = None if settings.production else SandboxProvider(secret_key=settings.secret, origin=settings.origin)
    return Providers(
        stripe=stripe,
        paystack=paystack,
        sandbox=sandbox,
        stripe_api_base=settings.stripe_api_base or STRIPE_API,
        paystack_api=paystack_api,
    )


def main() -> None:
    """Run until told to stop; what `portico serve billing` calls."""
    run("billing", build_app, Settings)
