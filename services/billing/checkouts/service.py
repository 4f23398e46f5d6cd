"""What becomes of a checkout: opened before the provider is asked, settled by what the provider reports."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import Conflict, NotFound
from services.billing.accounts import service as accounts
from services.billing.checkouts import repository
from services.billing.checkouts.models import Checkout, CheckoutStatus, ReceivedEvent, Verdict
from services.billing.context import Context
from services.billing.invoices import service as invoices
from services.billing.invoices.models import OPEN, Invoice
from services.billing.payments import service as payments
from services.billing.payments.models import Payment
from services.billing.providers.protocol import Attempt, Provider, Report
from services.billing.providers.reversals import Bell
from services.billing.replicas import service as replicas

_ASK = "Please ask it for another way to pay."


class NoOnlinePayment(Conflict):
    """Neither the agency nor the deployment has an account at a payment provider."""

    default = f"This agency takes no online payments at the moment. {_ASK}"


@dataclass(frozen=True, slots=True)
class Try:
    """A checkout as the provider is asked about it; `is_due` is False when nobody should pay it any more."""

    attempt: Attempt
    provider: Provider
    status: CheckoutStatus
    provider_id: str | None
    is_due: bool


async def begin(
    session: AsyncSession, invoice: Invoice, *, chosen_minor: int | None, context: Context, now: datetime
) -> Try:
    """Note a new try to be paid what is asked for or chosen; the provider is asked once this is committed."""
    minor = invoice.amount_to_pay(chosen_minor)
    provider = await accounts.provider_for(session, invoice.agency_id, currency=invoice.currency, context=context)
    if provider is None:
        raise NoOnlinePayment(f"This agency takes no online payments in {invoice.currency} at the moment. {_ASK}")
    checkout = Checkout(
        agency_id=invoice.agency_id,
        invoice_id=invoice.id,
        provider=provider.name,
        account=provider.account,
        amount_minor=minor,
        currency=invoice.currency,
        created_at=now,
    )
    checkout.schedule(now)
    session.add(checkout)
    await session.flush()
    attempt = await _attempt(session, checkout, invoice, context)
    return Try(attempt, provider, checkout.status, None, is_due=True)


async def resume(
    session: AsyncSession, agency_id: UUID, *, checkout_id: UUID, context: Context, now: datetime
) -> Try | None:
    """An unsettled checkout to ask the provider about; None when there is nothing to ask."""
    checkout = await repository.find(session, agency_id, checkout_id)
    if checkout is None or checkout.look_at is None:
        return None
    provider = await accounts.provider_of(
        session, agency_id, name=checkout.provider, account=checkout.account, context=context
    )
    is_forgotten = checkout.status is CheckoutStatus.OPENING and not checkout.may_be_asked_for_again(now)
    if provider is None or is_forgotten:
        checkout.end(now)
        return None
    invoice = await invoices.load_of_agency(session, agency_id, checkout.invoice_id)
    is_due = invoice.status in OPEN and invoice.payable.takes(checkout.amount_minor)
    attempt = await _attempt(session, checkout, invoice, context)
    return Try(attempt, provider, checkout.status, checkout.provider_id, is_due=is_due)


async def note_opened(session: AsyncSession, agency_id: UUID, *, checkout_id: UUID, provider_id: str) -> None:
    """The provider has opened it."""
    checkout = await _load(session, agency_id, checkout_id)
    checkout.opened(provider_id)


async def note_refused(session: AsyncSession, agency_id: UUID, *, checkout_id: UUID, now: datetime) -> None:
    """The provider will not have it."""
    checkout = await _load(session, agency_id, checkout_id)
    checkout.fail(now)


async def note_looked_after(session: AsyncSession, agency_id: UUID, *, checkout_id: UUID, now: datetime) -> None:
    """Nothing new was found out: look again later."""
    checkout = await _load(session, agency_id, checkout_id)
    checkout.look_again(now)


async def settle(
    session: AsyncSession, agency_id: UUID, *, checkout_id: UUID, report: Report, context: Context, now: datetime
) -> Verdict:
    """Judge a report and do what follows from it, exactly once: the rows are locked until the transaction ends."""
    checkout = await repository.find(session, agency_id, checkout_id)
    if checkout is None:
        return Verdict.NOT_OURS
    verdict = checkout.judge(report)
    if verdict is Verdict.ENDED:
        checkout.end(now)
    if verdict is Verdict.PAID:
        return await _take_payment(session, checkout, report=report, context=context, now=now)
    return verdict


async def locate(session: AsyncSession, *, provider: Provider, report: Report) -> tuple[UUID, UUID] | None:
    """Agency and id of the checkout that a report is about; needs a session across agencies."""
    found = await repository.find_reported(
        session, provider=provider.name, provider_id=report.provider_id, checkout_id=report.checkout_id
    )
    return (found.agency_id, found.id) if found else None


async def locate_rung(session: AsyncSession, *, provider: Provider, bell: Bell) -> tuple[UUID, UUID] | None:
    """Agency and id of the checkout whose payment a bell rings for; needs a session across agencies."""
    found = await repository.find_rung(session, provider=provider.name, account=provider.account, bell=bell)
    return (found.agency_id, found.id) if found else None


async def provider_of_checkout(
    session: AsyncSession, agency_id: UUID, *, checkout_id: UUID, context: Context
) -> Provider | None:
    """Through whom a checkout was opened; None when that account has been removed since."""
    checkout = await repository.peek(session, agency_id, checkout_id)
    if checkout is None:
        return None
    return await accounts.provider_of(
        session, agency_id, name=checkout.provider, account=checkout.account, context=context
    )


async def find_attempt(session: AsyncSession, checkout_id: UUID, *, context: Context) -> Attempt | None:
    """The attempt behind a checkout's own page; needs a session across agencies."""
    checkout = await repository.find_across_agencies(session, checkout_id)
    if checkout is None:
        return None
    invoice = await invoices.load_of_agency(session, checkout.agency_id, checkout.invoice_id)
    return await _attempt(session, checkout, invoice, context)


async def log_event(session: AsyncSession, event: ReceivedEvent) -> None:
    """Keep that a rightly signed event came, and what was made of it."""
    await repository.note(session, event)


async def claim_due(session: AsyncSession, *, now: datetime, again_at: datetime, limit: int) -> list[tuple[UUID, UUID]]:
    """Agency and id of checkouts whose time to be looked after has come; needs a session across agencies."""
    return await repository.claim_due(session, now=now, again_at=again_at, limit=limit)


async def hasten(session: AsyncSession, agency_id: UUID, *, invoice_id: UUID, now: datetime) -> None:
    """Have an invoice's checkouts looked after at once, because something else is due now."""
    await repository.hasten_all(session, agency_id, invoice_id, now)


async def _take_payment(
    session: AsyncSession, checkout: Checkout, *, report: Report, context: Context, now: datetime
) -> Verdict:
    payment_id = report.payment_id or report.provider_id
    if await payments.is_recorded(session, checkout.agency_id, provider=checkout.provider, provider_id=payment_id):
        return Verdict.DUPLICATE
    invoice = await invoices.load_of_agency(session, checkout.agency_id, checkout.invoice_id, lock=True)
    today = await replicas.today_of(session, checkout.agency_id, directory=context.directory, now=now)
    payment = Payment(
        agency_id=invoice.agency_id,
        invoice_id=invoice.id,
        client_id=invoice.client_id,
        checkout_id=checkout.id,
        amount_minor=checkout.amount_minor,
        currency=checkout.currency,
        decimals=invoice.decimals,
        method=report.method,
        provider=checkout.provider,
        provider_id=payment_id,
        received_on=today,
        note=_surplus_note(invoice, checkout.amount_minor),
        created_at=now,
    )
    await payments.receive(session, payment, invoice=invoice, context=context, now=now)
    checkout.pay(report.provider_id, now)
    await repository.hasten_others(session, checkout, now)
    return Verdict.PAID


def _surplus_note(invoice: Invoice, minor: int) -> str:
    return "" if minor <= invoice.due_minor else "More than was due when it arrived: please give back the surplus."


async def _load(session: AsyncSession, agency_id: UUID, checkout_id: UUID) -> Checkout:
    checkout = await repository.find(session, agency_id, checkout_id)
    if checkout is None:
        raise NotFound
    return checkout


async def _attempt(session: AsyncSession, checkout: Checkout, invoice: Invoice, context: Context) -> Attempt:
    client = await replicas.client_of(session, invoice.agency_id, invoice.client_id)
    return Attempt(
        checkout_id=checkout.id,
        agency_id=checkout.agency_id,
        invoice_id=checkout.invoice_id,
        amount_minor=checkout.amount_minor,
        currency=checkout.currency,
        title=f"Invoice {invoice.label}",
        back_url=f"{context.origin}/pay/{invoice.id}?k={invoice.pay_key}&returned=1",
        email=client.email,
    )
