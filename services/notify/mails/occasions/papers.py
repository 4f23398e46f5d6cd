"""Which mails quotes and invoices ask for."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from chassis.events import Event
from services.notify.mails.facts import Door, Facts, Money, Order
from services.notify.mails.models import Template
from services.notify.mails.occasions.heard import Heard, HeardPerson, to_client, to_members


class _Quote(Heard):
    number: str
    title: str
    client_id: UUID
    currency: str
    amount: Decimal
    expires_on: date | None
    change_request: str | None
    decline_reason: str | None


class _Deposit(Heard):
    due_date: date


class _Invoice(Heard):
    number: str | None
    client_id: UUID
    client: HeardPerson
    currency: str
    amount: Decimal
    amount_paid: Decimal
    amount_due: Decimal
    due_date: date | None
    payment_url: str | None
    paid_at: datetime | None
    deposit: _Deposit | None = None
    deposit_due: Decimal = Decimal(0)

    @property
    def due_deposit(self) -> _Deposit | None:
        """The deposit while it is asked for before the rest."""
        return self.deposit if 0 < self.deposit_due < self.amount_due else None


class _RecurringInvoice(Heard):
    client: HeardPerson
    currency: str
    amount: Decimal
    next_on: date
    error: str


class _CreditNote(Heard):
    number: str
    invoice_number: str
    client_id: UUID
    currency: str
    amount: Decimal
    reason: str


def _quote_sent(event: Event) -> list[Order]:
    if not event.internal.get("sendEmail"):
        return []
    quote = _Quote.model_validate(event.data)
    facts = _quote_facts(event, quote).model_copy(update={"door": Door.PORTAL})
    return [to_client(Template.QUOTE_SENT, quote.client_id, facts)]


def _quote_accepted(event: Event) -> list[Order]:
    return [to_members(Template.QUOTE_ACCEPTED, _quote_facts(event, _Quote.model_validate(event.data)))]


def _quote_changes_requested(event: Event) -> list[Order]:
    quote = _Quote.model_validate(event.data)
    facts = _quote_facts(event, quote).model_copy(update={"quote": quote.change_request or ""})
    return [to_members(Template.QUOTE_CHANGES_REQUESTED, facts)]


def _quote_declined(event: Event) -> list[Order]:
    quote = _Quote.model_validate(event.data)
    facts = _quote_facts(event, quote).model_copy(update={"quote": quote.decline_reason or ""})
    return [to_members(Template.QUOTE_DECLINED, facts)]


def _quote_reopened(event: Event) -> list[Order]:
    quote = _Quote.model_validate(event.data)
    facts = _quote_facts(event, quote).model_copy(update={"door": Door.PORTAL})
    return [to_client(Template.QUOTE_REOPENED, quote.client_id, facts)]


def _quote_facts(event: Event, quote: _Quote) -> Facts:
    return Facts(
        texts={"number": quote.number, "title": quote.title, "client": event.actor.name},
        money={"amount": Money(amount=quote.amount, currency=quote.currency)},
        dates={"expires": quote.expires_on},
    )


def _credit_note_created(event: Event) -> list[Order]:
    if not event.internal.get("sendEmail"):
        return []
    note = _CreditNote.model_validate(event.data)
    facts = Facts(
        texts={"number": note.number, "invoice": note.invoice_number},
        money={"amount": Money(amount=note.amount, currency=note.currency)},
        quote=note.reason,
        door=Door.PORTAL,
    )
    return [to_client(Template.CREDIT_NOTE_ISSUED, note.client_id, facts)]


def _invoice_sent(event: Event) -> list[Order]:
    if not event.internal.get("sendEmail"):
        return []
    invoice = _Invoice.model_validate(event.data)
    order = _to_pay(Template.INVOICE_SENT, invoice)
    if deposit := invoice.due_deposit:
        order.facts.variant = "deposit"
        order.facts.money |= _money(invoice, deposit=invoice.deposit_due)
        order.facts.dates["deposit_day"] = deposit.due_date
    return [order]


def _invoice_reminded(event: Event) -> list[Order]:
    is_late = event.internal["daysFromDue"] > 0
    template = Template.INVOICE_OVERDUE if is_late else Template.INVOICE_REMINDER
    return [_to_pay(template, _Invoice.model_validate(event.data))]


def _to_pay(template: Template, invoice: _Invoice) -> Order:
    facts = Facts(
        texts={"number": invoice.number or ""},
        money=_money(invoice, amount=invoice.amount, amount_due=invoice.amount_due),
        dates={"due": invoice.due_date},
        door=Door.PAY if invoice.payment_url else Door.PORTAL,
        pay_url=invoice.payment_url or "",
    )
    return to_client(template, invoice.client_id, facts)


def _invoice_paid(event: Event) -> list[Order]:
    invoice = _Invoice.model_validate(event.data)
    facts = Facts(
        texts={"number": invoice.number or "", "client": invoice.client.name},
        money=_money(invoice, amount=invoice.amount_paid),
        days={"paid": invoice.paid_at or event.occurred_at},
    )
    return [
        to_client(Template.INVOICE_RECEIPT, invoice.client_id, facts.model_copy(update={"door": Door.PORTAL})),
        to_members(Template.INVOICE_PAID, facts),
    ]


def _recurring_invoice_failed(event: Event) -> list[Order]:
    recurring = _RecurringInvoice.model_validate(event.data)
    facts = Facts(
        texts={"client": recurring.client.name, "error": recurring.error},
        money={"amount": Money(amount=recurring.amount, currency=recurring.currency)},
        dates={"next": recurring.next_on},
    )
    return [to_members(Template.RECURRING_INVOICE_FAILED, facts)]


def _money(invoice: _Invoice, **amounts: Decimal) -> dict[str, Money]:
    return {name: Money(amount=amount, currency=invoice.currency) for name, amount in amounts.items()}


PAPERS: dict[str, Callable[[Event], list[Order]]] = {
    "billing.quote.sent": _quote_sent,
    "billing.quote.accepted": _quote_accepted,
    "billing.quote.changes_requested": _quote_changes_requested,
    "billing.quote.declined": _quote_declined,
    "billing.quote.reopened": _quote_reopened,
    "billing.invoice.sent": _invoice_sent,
    "billing.invoice.reminded": _invoice_reminded,
    "billing.invoice.paid": _invoice_paid,
    "billing.credit_note.created": _credit_note_created,
    "billing.recurring_invoice.failed": _recurring_invoice_failed,
}
