"""The composition root of the projects service."""

from fastapi import FastAPI

from chassis.clock import Clock, system_clock
from chassis.erasing_loop import Erasing, Tools
from chassis.exporting_rpc import registration as export_registration
from chassis.http.application import Chassis, application
from chassis.logos import Logos
from chassis.runtime import run
from chassis.storage import ObjectStore
from chassis.typesetting import Typesetter
from services.projects.activity import routes as activity
from services.projects.clients import Directory
from services.projects.comments import routes as comments
from services.projects.config import Settings
from services.projects.consumers import consumers
from services.projects.context import Context
from services.projects.contract_templates import routes as contract_templates
from services.projects.contracts import answer_routes as answers
from services.projects.contracts import routes as contracts
from services.projects.erasing import PLAN
from services.projects.exporting import EXPORT
from services.projects.feedback import routes as feedback
from services.projects.files import downloads, uploads
from services.projects.files import routes as files
from services.projects.files.sweeping import Sweeper
from services.projects.inbox import routes as inbox
from services.projects.messages import routes as messages
from services.projects.previews import routes as previews
from services.projects.previews.previewing import Previews
from services.projects.projects import routes as projects
from services.projects.projects.withdrawing import Returning
from services.projects.reports import routes as reports
from services.projects.rpc import registrations
from services.projects.signatures import routes as signatures
from services.projects.signatures import verification_routes as verification
from services.projects.tasks import routes as tasks
from services.projects.threads import routes as threads
from services.projects.time_entries import routes as time_entries
from services.projects.time_settings import routes as time_settings
from services.projects.timers import routes as timers
from services.projects.updates import routes as updates
from services.projects.updates.writer import Writer

DESCRIPTION = (
    "Projects, their tasks, time, files, threads and messages, contracts, signatures, updates, feedback and activity."
)


def build_app(
    settings: Settings,
    *,
    clock: Clock = system_clock,
    store: ObjectStore | None = None,
) -> FastAPI:
    """The whole service; tests hand in another clock or store."""
    chassis = Chassis(settings, "projects", clock)
    store = store or ObjectStore(settings.storage_url)
    context = Context(
        settings=settings,
        database=chassis.database,
        store=store,
        vault=chassis.vault,
        directory=Directory(chassis.peers),
        typesetter=Typesetter(),
        logos=Logos(store),
        previews=Previews(chassis.database, store, clock),
        writer=Writer(settings.openai_api_key, model=settings.openai_model, base_url=settings.openai_base_url),
        clock=clock,
    )

    async def close_tools() -> None:
        await context.typesetter.close()
        await context.previews.close()
        await context.writer.close()
        context.store.close()

    return application(
        chassis,
        title="Portico projects",
        description=DESCRIPTION,
        routers=[
            projects.router,
            tasks.router,
            threads.router,
            inbox.router,
            messages.router,
            uploads.router,
            downloads.router,
            previews.router,
            files.router,
            comments.router,
            verification.router,
            signatures.router,
            contract_templates.router,
            contracts.router,
            answers.router,
            updates.router,
            feedback.router,
            activity.router,
            time_entries.router,
            time_settings.router,
            timers.router,
            reports.router,
        ],
        context=context,
        rpc=[*registrations(context), export_registration(chassis.database, EXPORT)],
        consumers=consumers,
        loops=[
            Sweeper(chassis.database, context.store, clock).run,
            Returning(chassis.database, clock).run,
            Erasing(PLAN, Tools.of(chassis, context.store)).run,
        ],
        on_stop=[close_tools],
    )


def main() -> None:
    """Run until told to stop."""
    run("projects", build_app, Settings)
