"""What can be done with an invoice: create, change, send, view, void, delete."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Reader
from chassis.errors import Conflict, Invalid, NotFound
from chassis.principals import Actor, Principal, Staff
from chassis.principals import Client as ClientPrincipal
from services.billing import events
from services.billing.context import Context
from services.billing.invoices import listing, repository
from services.billing.invoices.fields import least_of, read_lines
from services.billing.invoices.listing import InvoiceFilter
from services.billing.invoices.models import Invoice, InvoiceStatus
from services.billing.invoices.papers import paper_of
from services.billing.invoices.schemas import (
    InvoiceCreate,
    InvoicePublic,
    InvoiceUpdate,
    invoice_public,
)
from services.billing.invoices.terms import Terms
from services.billing.invoices.totals import DiscountType
from services.billing.papers.printing import branded
from services.billing.replicas import service as replicas
from services.billing.replicas.models import Client


class ClientHasNoEmail(Conflict):
    """An invoice is to be mailed to a client without an address."""

    default = "The client has no e-mail address. Add one, or send the payment link yourself."


async def create_invoice(
    session: AsyncSession, staff: Staff, *, body: InvoiceCreate, context: Context, now: datetime
) -> tuple[Invoice, InvoicePublic]:
    """Make an invoice and, unless it is to stay a draft, issue it."""
    if body.project_id:
        await replicas.require_project(
            context.database, staff.agency_id, project_id=body.project_id, client_id=body.client_id
        )
    currency = body.currency or (await context.directory.agency(staff.agency_id)).currency
    client = await replicas.known_client(
        session, staff.agency_id, client_id=body.client_id, directory=context.directory
    )
    invoice = Invoice(
        agency_id=staff.agency_id,
        client_id=client.id,
        project_id=body.project_id,
        currency=currency,
        due_on=body.due_date,
        notes=body.notes,
        created_at=now,
        updated_at=now,
    )
    invoice.set_days(issued_on=body.issue_date, due_on=body.due_date)
    invoice.write(body.content(currency))
    invoice.set_terms(body.terms(currency))
    mail = None if body.draft else body.send_email
    return invoice, await add_invoice(
        session, staff.actor, invoice=invoice, client=client, context=context, now=now, mail=mail
    )


async def add_invoice(
    session: AsyncSession,
    actor: Actor,
    *,
    invoice: Invoice,
    client: Client,
    context: Context,
    now: datetime,
    mail: bool | None,
) -> InvoicePublic:
    """Save a new invoice and issue it; `mail` tells whether its client gets a mail, None keeps it a draft."""
    session.add(invoice)
    public = show(invoice, client, context=context, now=now)
    await events.invoice_created(session, invoice, actor=actor, data=public, now=now)
    if mail is None:
        return public
    return await _issue(session, actor, invoice=invoice, client=client, context=context, now=now, mail=mail)


async def get_invoice(
    session: AsyncSession, principal: Principal, *, invoice_id: UUID, context: Context, now: datetime
) -> tuple[Invoice, InvoicePublic]:
    """The invoice; a client finds its own issued ones only."""
    invoice = await load(session, principal, invoice_id=invoice_id)
    return invoice, await show_with_client(session, invoice, context=context, now=now)


async def update_invoice(
    session: AsyncSession,
    staff: Staff,
    *,
    invoice: Invoice,
    body: InvoiceUpdate,
    context: Context,
    now: datetime,
) -> InvoicePublic:
    """Change a draft; what the body does not name stays."""
    invoice.require_draft()
    changes = body.changes()
    client_id = changes.get("client_id", invoice.client_id)
    project_id = changes.get("project_id", invoice.project_id)
    if project_id and {"client_id", "project_id"} & changes.keys():
        await replicas.require_project(context.database, staff.agency_id, project_id=project_id, client_id=client_id)
    client = await replicas.known_client(session, staff.agency_id, client_id=client_id, directory=context.directory)
    invoice.client_id, invoice.project_id = client_id, project_id
    invoice.notes = changes.get("notes", invoice.notes)
    invoice.set_days(
        issued_on=changes.get("issue_date", invoice.issued_on), due_on=changes.get("due_date", invoice.due_on)
    )
    before = invoice.currency
    _rewrite(invoice, body)
    invoice.set_terms(_terms(invoice, body, before=before))
    repository.touch(invoice, now)
    await session.flush()
    return show(invoice, client, context=context, now=now)


async def delete_invoice(
    session: AsyncSession, staff: Staff, *, invoice: Invoice, context: Context, now: datetime
) -> None:
    """Throw a draft away."""
    invoice.require_draft()
    # A last change, so that the event carries a higher version than every one before it.
    repository.touch(invoice, now)
    public = await show_with_client(session, invoice, context=context, now=now)
    await events.invoice_deleted(session, invoice, actor=staff.actor, data=public, now=now)
    await session.delete(invoice)


async def send_invoice(
    session: AsyncSession, staff: Staff, *, invoice_id: UUID, send_email: bool, context: Context, now: datetime
) -> tuple[Invoice, InvoicePublic]:
    """Issue a draft, or send an issued invoice once more."""
    invoice = await load(session, staff, invoice_id=invoice_id, lock=True)
    client = await replicas.client_of(session, staff.agency_id, invoice.client_id)
    if invoice.status is InvoiceStatus.DRAFT:
        return invoice, await _issue(
            session, staff.actor, invoice=invoice, client=client, context=context, now=now, mail=send_email
        )
    invoice.require_due()
    _require_address(client, mail=send_email)
    repository.touch(invoice, now)
    public = show(invoice, client, context=context, now=now)
    await events.invoice_sent(session, invoice, actor=staff.actor, data=public, now=now, send_email=send_email)
    return invoice, public


async def void_invoice(
    session: AsyncSession, staff: Staff, *, invoice_id: UUID, context: Context, now: datetime
) -> tuple[Invoice, InvoicePublic]:
    """Take an issued invoice back; its number stays used."""
    invoice = await load(session, staff, invoice_id=invoice_id, lock=True)
    today = await replicas.today_of(session, staff.agency_id, directory=context.directory, now=now)
    invoice.void(today=today, now=now)
    repository.touch(invoice, now)
    public = await show_with_client(session, invoice, context=context, now=now)
    await events.invoice_voided(session, invoice, actor=staff.actor, data=public, now=now)
    return invoice, public


async def announce_settled(
    session: AsyncSession, invoice: Invoice, *, before: InvoiceStatus, actor: Actor, context: Context, now: datetime
) -> None:
    """Announce that a credit note or a refund has left nothing to pay: paid, or void."""
    if invoice.status is before or invoice.status not in (InvoiceStatus.PAID, InvoiceStatus.VOID):
        return
    public = await show_with_client(session, invoice, context=context, now=now)
    event = events.invoice_paid if invoice.status is InvoiceStatus.PAID else events.invoice_voided
    await event(session, invoice, actor=actor, data=public, now=now)


async def view_invoice(
    session: AsyncSession, holder: ClientPrincipal, *, invoice_id: UUID, context: Context, now: datetime
) -> tuple[Invoice, InvoicePublic]:
    """Note that the client has opened it in person; only the first time counts."""
    invoice = await load(session, holder, invoice_id=invoice_id, lock=True)
    is_first = invoice.view(now)
    if is_first:
        repository.touch(invoice, now)
    public = await show_with_client(session, invoice, context=context, now=now)
    if is_first:
        await events.invoice_viewed(session, invoice, actor=holder.actor, data=public, now=now)
    return invoice, public


async def list_invoices(
    reader: Reader,
    principal: Principal,
    *,
    wanted: InvoiceFilter,
    after: UUID | None,
    limit: int,
    context: Context,
    now: datetime,
) -> tuple[bytes, UUID | None]:
    """A page of invoices as a JSON array; a client sees its own issued ones."""
    if isinstance(principal, ClientPrincipal):
        wanted = replace(wanted, client_ids=principal.client_ids)
    return await listing.page_of_invoices(
        reader, principal.agency_id, wanted=wanted, after=after, limit=limit, now=now, origin=context.origin
    )


async def find_for_payment(session: AsyncSession, invoice_id: UUID, *, key: str) -> Invoice | None:
    """The issued invoice that a payment link opens; needs a session across agencies."""
    invoice = await repository.find_across_agencies(session, invoice_id)
    return invoice if invoice and invoice.is_opened_by(key) else None


async def load(session: AsyncSession, principal: Principal, *, invoice_id: UUID, lock: bool = False) -> Invoice:
    """The invoice if the principal may see it; NotFound otherwise, whatever the reason."""
    invoice = await load_of_agency(session, principal.agency_id, invoice_id, lock=lock)
    if isinstance(principal, ClientPrincipal) and (
        invoice.client_id not in principal.client_ids or invoice.status is InvoiceStatus.DRAFT
    ):
        raise NotFound
    return invoice


async def get_paper(
    session: AsyncSession, principal: Principal, *, invoice_id: UUID, context: Context, now: datetime
) -> dict[str, Any]:
    """What stands on the invoice as a paper; a client finds its own issued ones only."""
    invoice = await load(session, principal, invoice_id=invoice_id)
    client = await replicas.client_of(session, invoice.agency_id, invoice.client_id)
    agency = await context.directory.agency_name(invoice.agency_id)
    sheet = paper_of(invoice, client, agency=agency, now=now)
    return await branded(session, sheet, agency_id=invoice.agency_id, agency=agency)


async def load_of_agency(session: AsyncSession, agency_id: UUID, invoice_id: UUID, *, lock: bool = False) -> Invoice:
    """The invoice, for Portico's own work on it; NotFound when there is none."""
    invoice = await repository.find(session, agency_id, invoice_id, lock=lock)
    if invoice is None:
        raise NotFound
    return invoice


def touch(invoice: Invoice, now: datetime) -> None:
    """Have the invoice's version grow with a change that another feature has made."""
    repository.touch(invoice, now)


async def show_with_client(
    session: AsyncSession, invoice: Invoice, *, context: Context, now: datetime
) -> InvoicePublic:
    """The invoice as REST and events show it."""
    client = await replicas.client_of(session, invoice.agency_id, invoice.client_id)
    return show(invoice, client, context=context, now=now)


def show(invoice: Invoice, client: Client, *, context: Context, now: datetime) -> InvoicePublic:
    """The same, where the client is at hand."""
    return invoice_public(invoice, client, origin=context.origin, now=now)


async def _issue(
    session: AsyncSession,
    actor: Actor,
    *,
    invoice: Invoice,
    client: Client,
    context: Context,
    now: datetime,
    mail: bool,
) -> InvoicePublic:
    _require_address(client, mail=mail)
    invoice.require_draft()
    days = await replicas.days_at_hand(session, invoice.agency_id, directory=context.directory)
    invoice.issue(await repository.next_number(session, invoice.agency_id), days=days, now=now)
    repository.touch(invoice, now)
    public = show(invoice, client, context=context, now=now)
    await events.invoice_sent(session, invoice, actor=actor, data=public, now=now, send_email=mail)
    return public


def _require_address(client: Client, *, mail: bool) -> None:
    if mail and not client.email:
        raise ClientHasNoEmail


def _rewrite(invoice: Invoice, body: InvoiceUpdate) -> None:
    changes = body.changes()
    if not {"amount", "lines", "currency", "tax_inclusive", "discount"} & changes.keys():
        return
    before = invoice.content
    currency = changes.get("currency", before.currency)
    is_new = {"amount", "lines"} & changes.keys()
    if currency != before.currency and not is_new:
        raise Invalid.field("currency", "changes together with amount or lines, whose prices are in it")
    discount = before.discount
    if "discount" in changes:
        discount = body.discount.read(currency, field="discount") if body.discount else None
    elif currency != before.currency and discount:
        raise Invalid.field("discount", "must be given anew, or as null, with another currency")
    lines = read_lines(changes.get("amount"), changes.get("lines"), currency) if is_new else before.lines
    invoice.write(type(before)(currency, lines, changes.get("tax_inclusive", before.tax_inclusive), discount))


def _terms(invoice: Invoice, body: InvoiceUpdate, *, before: str) -> Terms:
    """The terms after a change; amounts in another currency than the draft's former one must be given anew."""
    changes, terms, currency = body.changes(), invoice.terms, invoice.currency
    deposit, least = terms.deposit, terms.least_minor
    if "deposit" in changes:
        deposit = body.deposit.read(currency) if body.deposit else None
    elif deposit and currency != before and deposit.share.type is DiscountType.AMOUNT:
        raise Invalid.field("deposit", "must be given anew, or as null, with another currency")
    if "minimum_payment" in changes:
        least = least_of(body.minimum_payment, currency)
    elif least and currency != before:
        raise Invalid.field("minimumPayment", "must be given anew, or as null, with another currency")
    return Terms(deposit, changes.get("allow_partial_payments", terms.in_parts), least)
