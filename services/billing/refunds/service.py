"""What can be done with refunds: ask for one, take what a provider reports, list them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Reader
from chassis.money import to_minor
from chassis.principals import Staff
from chassis.telemetry import log
from services.billing import events
from services.billing.checkouts import service as checkouts
from services.billing.context import Context
from services.billing.invoices import service as invoices
from services.billing.invoices.models import Invoice
from services.billing.payments import service as payments
from services.billing.payments.models import Payment
from services.billing.payments.schemas import payment_public
from services.billing.providers.protocol import ProviderName
from services.billing.providers.reversals import RefundReport, RefundState
from services.billing.refunds import repository
from services.billing.refunds.models import (
    PaymentRefunded,
    Refund,
    RefundExceedsPayment,
    RefundKind,
    RefundNotPossible,
    RefundStatus,
)
from services.billing.refunds.schemas import RefundCreate, RefundPublic, refund_public
from services.billing.replicas import service as replicas


async def refund_payment(
    session: AsyncSession, staff: Staff, *, payment_id: UUID, body: RefundCreate, context: Context, now: datetime
) -> RefundPublic:
    """Note that a payment is to go back, in part or whole; the provider is asked once this is committed.

    What was recorded by hand is refunded by being recorded.
    """
    payment = await payments.load(session, staff.agency_id, payment_id)
    # Held until the end, so that two refunds at once never come to more than the payment.
    invoice = await invoices.load_of_agency(session, staff.agency_id, payment.invoice_id, lock=True)
    left = await _left(session, payment, RefundStatus.PENDING, RefundStatus.SUCCEEDED)
    # Below 0 where one that waits here was made at the provider meanwhile.
    if left <= 0:
        raise PaymentRefunded
    minor = left if body.amount is None else to_minor(body.amount, payment.currency)
    if minor > left:
        raise RefundExceedsPayment
    refund = _refund(payment, minor, now)
    refund.member_id, refund.member_name, refund.reason = staff.id, staff.name, body.reason
    if body.record_only or payment.checkout_id is None:
        refund.provider = ProviderName.MANUAL
        before = invoice.status
        await give_back(session, refund, payment=payment, invoice=invoice, context=context, now=now)
        await invoices.announce_settled(session, invoice, before=before, actor=staff.actor, context=context, now=now)
    else:
        provider = await checkouts.provider_of_checkout(
            session, staff.agency_id, checkout_id=payment.checkout_id, context=context
        )
        if provider is None:
            raise RefundNotPossible
        provider.require_refundable(minor, payment.currency)
        session.add(refund)
        await session.flush()
        await ring(session, staff.agency_id, checkout_id=payment.checkout_id, context=context, now=now)
    return refund_public(refund)


async def refunds_of_payment(
    session: AsyncSession, reader: Reader, staff: Staff, *, payment_id: UUID, after: UUID | None, limit: int
) -> tuple[bytes, UUID | None]:
    """A page of one payment's refunds."""
    await payments.load(session, staff.agency_id, payment_id)
    return await repository.page(reader, staff.agency_id, payment_id=payment_id, after=after, limit=limit)


async def ring(session: AsyncSession, agency_id: UUID, *, checkout_id: UUID, context: Context, now: datetime) -> None:
    """Have the provider asked what has happened to a checkout's payment, as soon as this is committed."""
    await repository.ring(session, agency_id, checkout_id, now)
    context.refund_bell.ring_on_commit(session, [checkout_id])


async def settle(
    session: AsyncSession,
    payment: Payment,
    *,
    invoice: Invoice,
    report: RefundReport,
    context: Context,
    now: datetime,
) -> None:
    """Do what follows from a provider's report, exactly once; the caller has locked the invoice."""
    refund = await repository.find_reported(session, payment, report) or await _found(session, payment, report, now)
    if refund is None and report.state is RefundState.FAILED:
        return
    if refund is None or not refund.is_told_by(report):
        log.error("refund_does_not_match", payment=str(payment.id), refund=report.provider_id)
        return
    refund.provider_id = report.provider_id
    if report.state is RefundState.SUCCEEDED:
        await give_back(session, refund, payment=payment, invoice=invoice, context=context, now=now)
    elif report.state is RefundState.FAILED:
        await note_failed(session, refund, invoice=invoice, failure=report.failure, now=now)


async def note_refused(session: AsyncSession, payment: Payment, *, refund_id: UUID, reason: str, now: datetime) -> None:
    """The provider does not make the refund."""
    invoice = await invoices.load_of_agency(session, payment.agency_id, payment.invoice_id, lock=True)
    refund = await repository.find(session, payment.agency_id, refund_id)
    if refund and refund.status is RefundStatus.PENDING:
        await note_failed(session, refund, invoice=invoice, failure=reason, now=now)


async def give_up(session: AsyncSession, payment: Payment, *, now: datetime) -> None:
    """Nobody can be asked any more what becomes of the refunds that are under way: the account was removed."""
    invoice = await invoices.load_of_agency(session, payment.agency_id, payment.invoice_id, lock=True)
    for refund in await payments.refunds_of(session, payment):
        if refund.status is RefundStatus.PENDING:
            await note_failed(session, refund, invoice=invoice, failure="account_removed", now=now)


async def take_back(
    session: AsyncSession,
    payment: Payment,
    *,
    invoice: Invoice,
    dispute_id: UUID,
    minor: int,
    context: Context,
    now: datetime,
) -> None:
    """Record that a lost dispute has taken money back: no more than is left of the payment, and once."""
    refund = await repository.find_of_dispute(session, payment.agency_id, dispute_id)
    if refund is None:
        left = await _left(session, payment, RefundStatus.SUCCEEDED)
        if not left:
            return
        refund = _refund(payment, min(minor, left), now)
        refund.kind, refund.dispute_id = RefundKind.DISPUTE, dispute_id
    await give_back(session, refund, payment=payment, invoice=invoice, context=context, now=now)


async def return_taken(
    session: AsyncSession, *, agency_id: UUID, invoice: Invoice, dispute_id: UUID, now: datetime
) -> None:
    """A lost dispute was won on appeal: what it took back is there again."""
    if refund := await repository.find_of_dispute(session, agency_id, dispute_id):
        await note_failed(session, refund, invoice=invoice, failure="dispute_won", now=now)


async def give_back(
    session: AsyncSession, refund: Refund, *, payment: Payment, invoice: Invoice, context: Context, now: datetime
) -> None:
    """The money has gone back: count it for the invoice, which the caller has locked, and announce it."""
    today = await replicas.today_of(session, invoice.agency_id, directory=context.directory, now=now)
    if not refund.succeed(today=today, now=now):
        return
    session.add(refund)
    invoice.give_back(refund.amount_minor, now)
    invoices.touch(invoice, now)
    await session.flush()
    data = payment_public(payment, invoice, await payments.refunds_of(session, payment))
    about = await _about(session, refund, invoice)
    await events.payment_refunded(session, payment, actor=refund.actor, data=data, now=now, internal=about)


async def note_failed(session: AsyncSession, refund: Refund, *, invoice: Invoice, failure: str, now: datetime) -> None:
    """The money has not gone back, or has come back to the agency; the caller has locked the invoice."""
    had_gone = refund.status is RefundStatus.SUCCEEDED
    if not refund.fail(failure, now):
        return
    if had_gone:
        invoice.receive(refund.amount_minor, now)
        invoices.touch(invoice, now)
    about = await _about(session, refund, invoice)
    await events.refund_failed(session, refund, data=refund_public(refund), now=now, internal=about)


async def _left(session: AsyncSession, payment: Payment, *statuses: RefundStatus) -> int:
    return payment.amount_minor - await repository.sum_of(session, payment, *statuses)


async def _found(session: AsyncSession, payment: Payment, report: RefundReport, now: datetime) -> Refund | None:
    """A refund that was made at the provider; None for what cannot be one of this payment."""
    minor = report.amount_minor
    if report.state is RefundState.FAILED or not minor or minor < 0 or report.currency != payment.currency:
        return None
    if minor > await _left(session, payment, RefundStatus.SUCCEEDED):
        return None
    refund = _refund(payment, minor, now)
    refund.provider_id = report.provider_id
    session.add(refund)
    return refund


def _refund(payment: Payment, minor: int, now: datetime) -> Refund:
    return Refund(
        agency_id=payment.agency_id,
        payment_id=payment.id,
        invoice_id=payment.invoice_id,
        client_id=payment.client_id,
        amount_minor=minor,
        currency=payment.currency,
        decimals=payment.decimals,
        provider=ProviderName(payment.provider),
        created_at=now,
        updated_at=now,
    )


async def _about(session: AsyncSession, refund: Refund, invoice: Invoice) -> dict[str, str]:
    """What mails say of it besides the noun itself."""
    client = await replicas.client_of(session, invoice.agency_id, invoice.client_id)
    public = refund_public(refund)
    return {
        "kind": public.kind,
        "amount": str(public.amount),
        "currency": public.currency,
        "number": invoice.label or "",
        "client": client.name,
    }
