"""What can be done with payments: record one by hand, take one that a provider reports, list them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Reader
from chassis.errors import NotFound
from chassis.money import to_minor
from chassis.principals import SYSTEM, Actor, Client, Principal, Staff
from services.billing import events
from services.billing.context import Context
from services.billing.invoices import service as invoices
from services.billing.invoices.models import Invoice
from services.billing.payments import repository
from services.billing.payments.models import Payment, require_past
from services.billing.payments.schemas import PaymentCreate, PaymentPublic, payment_public
from services.billing.providers.protocol import ProviderName
from services.billing.refunds.models import Refund
from services.billing.replicas import service as replicas


async def record_payment(
    session: AsyncSession, staff: Staff, *, invoice_id: UUID, body: PaymentCreate, context: Context, now: datetime
) -> PaymentPublic:
    """Note that money came in by other means; refused beyond what is due."""
    invoice = await invoices.load(session, staff, invoice_id=invoice_id, lock=True)
    minor = to_minor(body.amount, invoice.currency)
    invoice.require_room_for(minor)
    today = await replicas.today_of(session, staff.agency_id, directory=context.directory, now=now)
    received_on = body.received_on or today
    require_past(received_on, today)
    payment = Payment(
        agency_id=invoice.agency_id,
        invoice_id=invoice.id,
        client_id=invoice.client_id,
        amount_minor=minor,
        currency=invoice.currency,
        decimals=invoice.decimals,
        method=body.method,
        provider=ProviderName.MANUAL,
        received_on=received_on,
        note=body.note,
        created_at=now,
    )
    return await receive(session, payment, invoice=invoice, actor=staff.actor, context=context, now=now)


async def receive(
    session: AsyncSession,
    payment: Payment,
    *,
    invoice: Invoice,
    context: Context,
    now: datetime,
    actor: Actor = SYSTEM,
) -> PaymentPublic:
    """Count a payment for its invoice, which the caller has locked, and announce what follows from it."""
    session.add(payment)
    is_paid_now = invoice.receive(payment.amount_minor, now)
    invoices.touch(invoice, now)
    public = payment_public(payment, invoice)
    await events.payment_received(session, payment, actor=actor, data=public, now=now)
    if is_paid_now:
        shown = await invoices.show_with_client(session, invoice, context=context, now=now)
        await events.invoice_paid(session, invoice, actor=actor, data=shown, now=now)
    return public


async def is_recorded(session: AsyncSession, agency_id: UUID, *, provider: str, provider_id: str) -> bool:
    """Whether a provider's payment has been taken already."""
    return await repository.exists_at_provider(session, agency_id, provider=provider, provider_id=provider_id)


async def get_payment(session: AsyncSession, principal: Principal, *, payment_id: UUID) -> tuple[int, PaymentPublic]:
    """The payment with its refunds, and a version that grows with them; a client finds those of its own invoices."""
    payment = await load(session, principal.agency_id, payment_id)
    invoice = await invoices.load(session, principal, invoice_id=payment.invoice_id)
    refunds = await repository.refunds_of(session, payment)
    return payment.version + sum(refund.version for refund in refunds), payment_public(payment, invoice, refunds)


async def load(session: AsyncSession, agency_id: UUID, payment_id: UUID) -> Payment:
    """The payment; NotFound when the agency has none of that id."""
    payment = await repository.find(session, agency_id, payment_id)
    if payment is None:
        raise NotFound
    return payment


async def of_checkout(session: AsyncSession, agency_id: UUID, checkout_id: UUID) -> Payment | None:
    """The payment that a checkout led to, None while nobody has paid."""
    return await repository.find_of_checkout(session, agency_id, checkout_id)


async def refunds_of(session: AsyncSession, payment: Payment) -> Sequence[Refund]:
    """All refunds of a payment, oldest first, whatever became of them."""
    return await repository.refunds_of(session, payment)


async def payments_of_invoice(
    session: AsyncSession, reader: Reader, *, principal: Principal, invoice_id: UUID, after: UUID | None, limit: int
) -> tuple[bytes, UUID | None]:
    """A page of one invoice's payments; a client sees those of its own issued invoices."""
    await invoices.load(session, principal, invoice_id=invoice_id)
    return await repository.page(
        reader,
        principal.agency_id,
        invoice_id=invoice_id,
        client_id=None,
        is_client=isinstance(principal, Client),
        after=after,
        limit=limit,
    )


async def list_payments(
    reader: Reader,
    staff: Staff,
    *,
    invoice_id: UUID | None,
    client_id: UUID | None,
    after: UUID | None,
    limit: int,
) -> tuple[bytes, UUID | None]:
    """A page of the agency's payments."""
    return await repository.page(
        reader, staff.agency_id, invoice_id=invoice_id, client_id=client_id, is_client=False, after=after, limit=limit
    )
