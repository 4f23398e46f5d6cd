"""Reconciliation: asks the provider about checkouts that no webhook has settled, and closes those no longer due."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from chassis.telemetry import log
from services.billing.checkouts import service
from services.billing.checkouts.service import Try
from services.billing.context import Context
from services.billing.providers.protocol import ProviderRefused, ProviderUnavailable, Report, ReportedState

INTERVAL_S = 15
BATCH = 50
_AT_ONCE = 4
# When another process takes over a checkout whose keeper has died.
_CLAIM = timedelta(minutes=2)


def reconciliation(context: Context) -> Callable[[], Awaitable[None]]:
    """The loop."""

    async def reconcile_for_ever() -> None:
        while True:
            while await reconcile(context) == BATCH:
                pass
            await asyncio.sleep(INTERVAL_S)

    return reconcile_for_ever


async def reconcile(context: Context) -> int:
    """Look after the checkouts whose time has come; how many those were."""
    now = context.clock()
    async with context.database.across_agencies() as session:
        due = await service.claim_due(session, now=now, again_at=now + _CLAIM, limit=BATCH)
    turns = asyncio.Semaphore(_AT_ONCE)

    async def look_after(agency_id: UUID, checkout_id: UUID) -> None:
        async with turns:
            try:
                await _look_after(context, agency_id, checkout_id, now)
            except Exception as error:
                # One that fails delays no other; its claim ends by itself, and it is looked after again.
                log.error("reconciliation_failed", checkout=str(checkout_id), error=repr(error))

    await asyncio.gather(*(look_after(agency_id, checkout_id) for agency_id, checkout_id in due))
    return len(due)


async def _look_after(context: Context, agency_id: UUID, checkout_id: UUID, now: datetime) -> None:
    async with context.database.unit(agency_id) as session:
        known = await service.resume(session, agency_id, checkout_id=checkout_id, context=context, now=now)
    if known is None:
        return
    report: Report | None = None
    try:
        report = await _ask(context, known)
    except ProviderRefused:
        if known.provider_id is None:
            async with context.database.unit(agency_id) as session:
                await service.note_refused(session, agency_id, checkout_id=checkout_id, now=now)
            return
    except ProviderUnavailable:
        log.warning("reconciliation_waits", checkout=str(checkout_id))
    async with context.database.unit(agency_id) as session:
        if report:
            verdict = await service.settle(
                session, agency_id, checkout_id=checkout_id, report=report, context=context, now=now
            )
            log.info("checkout_looked_after", checkout=str(checkout_id), verdict=verdict)
        await service.note_looked_after(session, agency_id, checkout_id=checkout_id, now=now)


async def _ask(context: Context, known: Try) -> Report:
    """How the checkout stands at the provider; one whose opening was never confirmed is found first."""
    provider_id = known.provider_id
    if provider_id is None:
        provider_id = await known.provider.recover(known.attempt)
        async with context.database.unit(known.attempt.agency_id) as session:
            await service.note_opened(
                session, known.attempt.agency_id, checkout_id=known.attempt.checkout_id, provider_id=provider_id
            )
    report = await known.provider.look_up(provider_id)
    if report.state is ReportedState.OPEN and not known.is_due:
        await known.provider.close(provider_id)
        return replace(report, state=ReportedState.ENDED)
    return report
