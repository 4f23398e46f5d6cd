"""Which mails an event is an occasion for: event in, orders out, nothing else."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from chassis.events import Event
from chassis.principals import ActorKind
from services.notify.mails.admissions import ADMISSIONS
from services.notify.mails.facts import Attachment, Door, Facts, Money, Order
from services.notify.mails.models import Audience, Template


class _Heard(BaseModel):
    """The few fields that a mail reads of a noun's public JSON; all others are let pass."""

    model_config = ConfigDict(alias_generator=to_camel, extra="ignore")


class _Person(_Heard):
    name: str = ""
    email: str | None = None
    kind: str = ""


class _Signature(_Heard):
    name: str
    signed_at: datetime


class _File(_Heard):
    name: str
    client_id: UUID
    version: int
    signature: _Signature | None = None


class _Project(_Heard):
    name: str
    client_id: UUID


class _Feedback(_Heard):
    rating: int
    comment: str | None


class _Message(_Heard):
    client_id: UUID
    content: str
    author: _Person


class _Quote(_Heard):
    number: str
    title: str
    client_id: UUID
    currency: str
    amount: Decimal
    expires_on: date | None
    change_request: str | None
    decline_reason: str | None


class _Invoice(_Heard):
    number: str | None
    client_id: UUID
    client: _Person
    currency: str
    amount: Decimal
    amount_paid: Decimal
    amount_due: Decimal
    due_date: date | None
    payment_url: str | None
    paid_at: datetime | None


def orders_for(event: Event) -> list[Order]:
    """The mails that an event asks for; most ask for none."""
    occasion = OCCASIONS.get(event.type)
    return occasion(event) if occasion else []


def _client_created(event: Event) -> list[Order]:
    if not event.internal.get("welcome", True):
        return []
    return [_to_client(Template.WELCOME, event.aggregate_id, Facts(door=Door.PORTAL))]


def _file_uploaded(event: Event) -> list[Order]:
    file = _File.model_validate(event.data)
    if event.actor.kind == ActorKind.CLIENT:
        facts = Facts(texts={"client": event.actor.name, "file": file.name})
        return [_to_members(Template.FILE_RECEIVED, facts)]
    if event.internal.get("notify"):
        facts = Facts(texts={"file": file.name}, door=Door.PORTAL)
        return [_to_client(Template.FILE_SHARED, file.client_id, facts)]
    return []


def _file_approved(event: Event) -> list[Order]:
    return _verdict(event, Template.FILE_APPROVED)


def _changes_requested(event: Event) -> list[Order]:
    return _verdict(event, Template.CHANGES_REQUESTED)


def _verdict(event: Event, template: Template) -> list[Order]:
    # The agency's own verdict is no news to the agency.
    if event.actor.kind != ActorKind.CLIENT:
        return []
    file = _File.model_validate(event.data)
    texts = {"client": event.actor.name, "file": file.name, "version": str(file.version)}
    return [_to_members(template, Facts(texts=texts, quote=str(event.internal.get("comment") or "")))]


def _file_signed(event: Event) -> list[Order]:
    file = _File.model_validate(event.data)
    key = event.internal.get("storageKey")
    stem = file.name.rpartition(".")[0] or file.name
    facts = Facts(
        texts={"file": file.name, "signer": file.signature.name if file.signature else event.actor.name},
        dates={"date": (file.signature.signed_at if file.signature else event.occurred_at).date()},
        attachment=Attachment(key=str(key), name=f"{stem} (signed).pdf") if key else None,
        also_to=str(event.internal.get("clientEmail") or ""),
    )
    return [
        _to_client(Template.SIGNED_COPY, file.client_id, facts.model_copy(update={"door": Door.PORTAL})),
        _to_members(Template.FILE_SIGNED, facts.model_copy(update={"also_to": ""})),
    ]


def _message_created(event: Event) -> list[Order]:
    message = _Message.model_validate(event.data)
    if message.author.kind != ActorKind.CLIENT:
        return []
    facts = Facts(texts={"client": message.author.name}, quote=message.content)
    return [_to_members(Template.MESSAGE_RECEIVED, facts)]


def _project_completed(event: Event) -> list[Order]:
    project = _Project.model_validate(event.data)
    facts = Facts(texts={"project": project.name}, quote=str(event.internal.get("message") or ""), door=Door.PORTAL)
    return [_to_client(Template.PROJECT_COMPLETED, project.client_id, facts)]


def _feedback_received(event: Event) -> list[Order]:
    feedback = _Feedback.model_validate(event.data)
    project = str(event.internal.get("projectName") or "")
    texts = {"client": event.actor.name, "project": project, "rating": str(feedback.rating)}
    return [_to_members(Template.FEEDBACK_RECEIVED, Facts(texts=texts, quote=feedback.comment or ""))]


def _quote_sent(event: Event) -> list[Order]:
    if not event.internal.get("sendEmail"):
        return []
    quote = _Quote.model_validate(event.data)
    facts = _quote_facts(event, quote).model_copy(update={"door": Door.PORTAL})
    return [_to_client(Template.QUOTE_SENT, quote.client_id, facts)]


def _quote_accepted(event: Event) -> list[Order]:
    return [_to_members(Template.QUOTE_ACCEPTED, _quote_facts(event, _Quote.model_validate(event.data)))]


def _quote_changes_requested(event: Event) -> list[Order]:
    quote = _Quote.model_validate(event.data)
    facts = _quote_facts(event, quote).model_copy(update={"quote": quote.change_request or ""})
    return [_to_members(Template.QUOTE_CHANGES_REQUESTED, facts)]


def _quote_declined(event: Event) -> list[Order]:
    quote = _Quote.model_validate(event.data)
    facts = _quote_facts(event, quote).model_copy(update={"quote": quote.decline_reason or ""})
    return [_to_members(Template.QUOTE_DECLINED, facts)]


def _quote_facts(event: Event, quote: _Quote) -> Facts:
    return Facts(
        texts={"number": quote.number, "title": quote.title, "client": event.actor.name},
        money={"amount": Money(amount=quote.amount, currency=quote.currency)},
        dates={"expires": quote.expires_on},
    )


def _invoice_sent(event: Event) -> list[Order]:
    if not event.internal.get("sendEmail"):
        return []
    invoice = _Invoice.model_validate(event.data)
    facts = Facts(
        texts={"number": invoice.number or ""},
        money=_money(invoice, amount=invoice.amount, amount_due=invoice.amount_due),
        dates={"due": invoice.due_date},
        door=Door.PAY if invoice.payment_url else Door.PORTAL,
        pay_url=invoice.payment_url or "",
    )
    return [_to_client(Template.INVOICE_SENT, invoice.client_id, facts)]


def _invoice_paid(event: Event) -> list[Order]:
    invoice = _Invoice.model_validate(event.data)
    facts = Facts(
        texts={"number": invoice.number or "", "client": invoice.client.name},
        money=_money(invoice, amount=invoice.amount_paid),
        dates={"paid": (invoice.paid_at or event.occurred_at).date()},
    )
    return [
        _to_client(Template.INVOICE_RECEIPT, invoice.client_id, facts.model_copy(update={"door": Door.PORTAL})),
        _to_members(Template.INVOICE_PAID, facts),
    ]


def _money(invoice: _Invoice, **amounts: Decimal) -> dict[str, Money]:
    return {name: Money(amount=amount, currency=invoice.currency) for name, amount in amounts.items()}


def _to_client(template: Template, client_id: UUID, facts: Facts) -> Order:
    return Order(template=template, audience=Audience.CLIENT, recipient_id=client_id, facts=facts)


def _to_members(template: Template, facts: Facts) -> Order:
    return Order(template=template, audience=Audience.MEMBERS, facts=facts)


OCCASIONS: dict[str, Callable[[Event], list[Order]]] = {
    "auth.client.created": _client_created,
    "projects.file.uploaded": _file_uploaded,
    "projects.file.approved": _file_approved,
    "projects.file.changes_requested": _changes_requested,
    "projects.file.signed": _file_signed,
    "projects.message.created": _message_created,
    "projects.project.completed": _project_completed,
    "projects.feedback.received": _feedback_received,
    "billing.quote.sent": _quote_sent,
    "billing.quote.accepted": _quote_accepted,
    "billing.quote.changes_requested": _quote_changes_requested,
    "billing.quote.declined": _quote_declined,
    "billing.invoice.sent": _invoice_sent,
    "billing.invoice.paid": _invoice_paid,
    **ADMISSIONS,
}
