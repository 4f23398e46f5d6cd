"""What an agency can do with a quote: create, change, send, delete; and how both sides read it."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Reader
from chassis.errors import Conflict, Invalid, NotFound
from chassis.principals import Client as ClientPrincipal
from chassis.principals import Principal, Staff
from services.billing import events
from services.billing.context import Context
from services.billing.papers.printing import branded
from services.billing.quotes import listing, repository
from services.billing.quotes.listing import QuoteFilter
from services.billing.quotes.models import Quote, QuoteStatus
from services.billing.quotes.papers import paper_of
from services.billing.quotes.schemas import QuoteCreate, QuotePublic, QuoteUpdate, offer_of, quote_public
from services.billing.replicas import service as replicas


class QuoteClientHasNoEmail(Conflict):
    """A quote is to be mailed to a client without an address."""

    default = "The client has no e-mail address. Add one, or send the quote with sendEmail: false."


async def create_quote(
    session: AsyncSession, staff: Staff, *, body: QuoteCreate, context: Context, now: datetime
) -> tuple[Quote, QuotePublic]:
    """Make a draft."""
    currency = body.currency or (await context.directory.agency(staff.agency_id)).currency
    client = await replicas.known_client(
        session, staff.agency_id, client_id=body.client_id, directory=context.directory
    )
    quote = Quote(
        agency_id=staff.agency_id,
        client_id=client.id,
        title=body.title,
        currency=currency,
        notes=body.notes,
        expires_on=body.expires_on,
        created_at=now,
        updated_at=now,
    )
    quote.write(body.offer(currency))
    session.add(quote)
    await session.flush()
    return quote, quote_public(quote, client)


async def get_quote(session: AsyncSession, principal: Principal, *, quote_id: UUID) -> tuple[Quote, QuotePublic]:
    """The quote; a client finds its own sent ones only."""
    quote = await load(session, principal, quote_id=quote_id)
    return quote, await show(session, quote)


async def get_paper(
    session: AsyncSession, principal: Principal, *, quote_id: UUID, context: Context, now: datetime
) -> dict[str, Any]:
    """What stands on the quote as a paper; a client finds its own sent ones only."""
    quote = await load(session, principal, quote_id=quote_id)
    client = await replicas.client_of(session, quote.agency_id, quote.client_id)
    agency = await context.directory.agency_name(quote.agency_id)
    days = await replicas.days_at_hand(session, quote.agency_id, directory=context.directory)
    sheet = paper_of(quote, client, agency=agency, days=days, now=now)
    return await branded(session, sheet, agency_id=quote.agency_id, agency=agency)


async def update_quote(session: AsyncSession, *, quote: Quote, body: QuoteUpdate, now: datetime) -> QuotePublic:
    """Change a quote that is not accepted; one that was sent becomes a draft of the next revision."""
    quote.revise()
    changes = body.changes()
    quote.title = changes.get("title", quote.title)
    quote.notes = changes.get("notes", quote.notes)
    quote.expires_on = changes.get("expires_on", quote.expires_on)
    _rewrite(quote, body)
    repository.touch(quote, now)
    await session.flush()
    return await show(session, quote)


async def delete_quote(session: AsyncSession, *, quote: Quote) -> None:
    """Throw a draft away that was never sent."""
    quote.require_never_sent()
    await session.delete(quote)


async def send_quote(
    session: AsyncSession, staff: Staff, *, quote_id: UUID, send_email: bool, context: Context, now: datetime
) -> tuple[Quote, QuotePublic]:
    """Offer a draft to its client, or send what waits for an answer once more."""
    quote = await load(session, staff, quote_id=quote_id, lock=True)
    client = await replicas.client_of(session, staff.agency_id, quote.client_id)
    today = await replicas.today_of(session, staff.agency_id, directory=context.directory, now=now)
    quote.require_sendable(today)
    if send_email and not client.email:
        raise QuoteClientHasNoEmail
    quote.send(quote.number or await repository.next_number(session, staff.agency_id), today=today, now=now)
    repository.touch(quote, now)
    public = quote_public(quote, client)
    await events.quote_sent(session, quote, actor=staff.actor, data=public, now=now, send_email=send_email)
    return quote, public


async def list_quotes(
    reader: Reader, principal: Principal, *, wanted: QuoteFilter, after: UUID | None, limit: int
) -> tuple[bytes, UUID | None]:
    """A page of quotes as a JSON array; a client sees its own sent ones."""
    if isinstance(principal, ClientPrincipal):
        wanted = replace(wanted, client_ids=principal.client_ids)
    return await listing.page_of_quotes(reader, principal.agency_id, wanted=wanted, after=after, limit=limit)


async def load(session: AsyncSession, principal: Principal, *, quote_id: UUID, lock: bool = False) -> Quote:
    """The quote if the principal may see it; NotFound otherwise, whatever the reason."""
    quote = await repository.find(session, principal.agency_id, quote_id, lock=lock)
    if quote is None:
        raise NotFound
    if isinstance(principal, ClientPrincipal) and (
        quote.client_id not in principal.client_ids or quote.status is QuoteStatus.DRAFT
    ):
        raise NotFound
    return quote


async def show(session: AsyncSession, quote: Quote) -> QuotePublic:
    """The quote as REST and events show it to the agency."""
    return quote_public(quote, await replicas.client_of(session, quote.agency_id, quote.client_id))


def _rewrite(quote: Quote, body: QuoteUpdate) -> None:
    changes = body.changes()
    if not {"lines", "currency", "tax_inclusive", "discount"} & changes.keys():
        return
    offer = quote.offer
    currency = changes.get("currency", offer.currency)
    discount = offer.discount
    if "discount" in changes:
        discount = body.discount.read(currency, field="discount") if body.discount else None
    if currency != offer.currency:
        if "lines" not in changes:
            raise Invalid.field("currency", "changes together with lines, whose prices are in it")
        if discount and "discount" not in changes:
            raise Invalid.field("discount", "must be given anew, or as null, with another currency")
    tax_inclusive = changes.get("tax_inclusive", offer.tax_inclusive)
    if "lines" in changes:
        offer = offer_of(body.lines, currency, tax_inclusive=tax_inclusive, discount=discount)
    quote.write(replace(offer, tax_inclusive=tax_inclusive, discount=discount))
