"""Looking out for what happens to payments: the provider is asked about those that a refund or a webhook rang for.

Each look lists every refund and dispute of one payment, takes in what is news, and only then asks for refunds that are
not among them. A crash between any two steps is made good by the next look.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.principals import SYSTEM
from chassis.telemetry import log
from services.billing.checkouts import service as checkouts
from services.billing.context import Context
from services.billing.disputes import service as disputes
from services.billing.invoices import service as invoices
from services.billing.invoices.models import InvoiceStatus
from services.billing.payments import service as payments
from services.billing.payments.models import Payment
from services.billing.providers.protocol import Provider, ProviderRefused, ProviderUnavailable, RefundRefused
from services.billing.providers.reversals import Charge, RefundOrder, Reversals
from services.billing.refunds import repository, service
from services.billing.refunds.models import RefundStatus

INTERVAL_S = 15
BATCH = 50
_AT_ONCE = 4
# When another process takes over from one that has died.
_CLAIM = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Watched:
    """A payment as its provider is asked about it; `orders` are refunds that the provider may not know of yet."""

    payment: Payment
    provider: Provider
    charge: Charge
    orders: Sequence[RefundOrder]


def lookouts(context: Context) -> Callable[[], Awaitable[None]]:
    """The loop."""

    async def look_out_for_ever() -> None:
        while True:
            while await look_out(context) == BATCH:
                pass
            await context.refund_bell.wait(INTERVAL_S)

    return look_out_for_ever


async def look_out(context: Context) -> int:
    """Look after the payments whose time has come; how many those were."""
    now = context.clock()
    claimed_until = now + _CLAIM
    async with context.database.across_agencies() as session:
        due = await repository.claim_due(
            session,
            deployments=[provider.name for provider in context.providers.in_order],
            now=now,
            again_at=claimed_until,
            limit=BATCH,
        )
    turns = asyncio.Semaphore(_AT_ONCE)

    async def look_after(agency_id: UUID, checkout_id: UUID) -> None:
        async with turns:
            try:
                await _look(context, agency_id, checkout_id, now)
                async with context.database.unit(agency_id) as session:
                    await _rest(session, agency_id, checkout_id, claimed_until=claimed_until, now=now)
            except Exception as error:
                # One that fails delays no other; its claim ends by itself, and it is looked after again.
                log.error("lookout_failed", checkout=str(checkout_id), error=repr(error))

    await asyncio.gather(*(look_after(agency_id, checkout_id) for agency_id, checkout_id in due))
    return len(due)


async def _look(context: Context, agency_id: UUID, checkout_id: UUID, now: datetime) -> None:
    async with context.database.unit(agency_id) as session:
        watched = await _watched(session, agency_id, checkout_id, context=context, now=now)
    if watched is None:
        return
    try:
        found = await watched.provider.reversals(watched.charge)
        await _take_in(context, watched, found, now)
        known = {refund.refund_id for refund in found.refunds}
        for order in watched.orders:
            if order.refund_id not in known:
                await _make(context, watched, order, now)
    except (ProviderRefused, ProviderUnavailable) as error:
        log.warning("lookout_waits", checkout=str(checkout_id), error=error.code)


async def _watched(
    session: AsyncSession, agency_id: UUID, checkout_id: UUID, *, context: Context, now: datetime
) -> Watched | None:
    payment = await payments.of_checkout(session, agency_id, checkout_id)
    if payment is None or payment.provider_id is None:
        return None
    provider = await checkouts.provider_of_checkout(session, agency_id, checkout_id=checkout_id, context=context)
    if provider is None:
        await service.give_up(session, payment, now=now)
        return None
    charge = Charge(payment.provider_id, checkout_id, payment.currency)
    orders = [
        RefundOrder(refund.id, agency_id, refund.invoice_id, charge, refund.amount_minor)
        for refund in await payments.refunds_of(session, payment)
        if refund.status is RefundStatus.PENDING and refund.provider_id is None
    ]
    return Watched(payment, provider, charge, orders)


async def _make(context: Context, watched: Watched, order: RefundOrder, now: datetime) -> None:
    try:
        report = await watched.provider.refund(order)
    except RefundRefused as refusal:
        # An earlier try may have made it, whose answer was lost: then it is there by now.
        found = await watched.provider.reversals(watched.charge)
        if order.refund_id in {refund.refund_id for refund in found.refunds}:
            await _take_in(context, watched, found, now)
            return
        async with context.database.unit(order.agency_id) as session:
            await service.note_refused(
                session, watched.payment, refund_id=order.refund_id, reason=refusal.reason, now=now
            )
        return
    await _take_in(context, watched, Reversals(refunds=[replace(report, refund_id=order.refund_id)]), now)


async def _take_in(context: Context, watched: Watched, found: Reversals, now: datetime) -> None:
    if not found.refunds and not found.disputes:
        return
    payment = watched.payment
    async with context.database.unit(payment.agency_id) as session:
        invoice = await invoices.load_of_agency(session, payment.agency_id, payment.invoice_id, lock=True)
        before = invoice.status
        for refund in found.refunds:
            await service.settle(session, payment, invoice=invoice, report=refund, context=context, now=now)
        for dispute in found.disputes:
            await disputes.settle(session, payment, invoice=invoice, report=dispute, context=context, now=now)
        # That a failed refund leaves it paid, as it was, is told by the refund.
        if invoice.status is InvoiceStatus.VOID:
            await invoices.announce_settled(session, invoice, before=before, actor=SYSTEM, context=context, now=now)


async def _rest(
    session: AsyncSession, agency_id: UUID, checkout_id: UUID, *, claimed_until: datetime, now: datetime
) -> None:
    lookout = await repository.find_claimed(session, agency_id, checkout_id, claimed_until=claimed_until)
    if lookout is None:
        return
    payment = await payments.of_checkout(session, agency_id, checkout_id)
    if payment is None:
        lookout.rest(now, is_settled=lookout.has_waited_long)
    else:
        waits = await repository.sum_of(session, payment, RefundStatus.PENDING)
        lookout.rest(now, is_settled=not waits and not await disputes.any_open(session, payment))
