"""What a client can do with a quote: look at it, accept it, ask for changes, decline."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import NotFound
from chassis.principals import Client
from services.billing import events
from services.billing.context import Context
from services.billing.quotes import repository
from services.billing.quotes.models import Quote
from services.billing.quotes.schemas import QuoteAccept, QuotePublic
from services.billing.quotes.service import load, show
from services.billing.replicas import service as replicas


async def view_quote(
    session: AsyncSession, holder: Client, *, quote_id: UUID, context: Context, now: datetime
) -> tuple[Quote, QuotePublic]:
    """Count that the client looked at it in person; the first look at what was sent is announced."""
    quote = await load(session, holder, quote_id=quote_id, lock=True)
    is_first = quote.view(today=await _today(session, quote, context, now), now=now)
    repository.touch(quote, now)
    await session.flush()
    public = await show(session, quote)
    if is_first:
        await events.quote_viewed(session, quote, actor=holder.actor, data=public, now=now)
    return quote, public


async def accept_quote(
    session: AsyncSession, holder: Client, *, quote_id: UUID, body: QuoteAccept, context: Context, now: datetime
) -> tuple[Quote, QuotePublic]:
    """Agree to the revision that the client looked at; the event has its project made."""
    quote = await _load_sent(session, holder, quote_id)
    today = await _today(session, quote, context, now)
    quote.accept(body.revision, body.optional_lines, name=body.name or holder.name, today=today, now=now)
    repository.touch(quote, now)
    public = await show(session, quote)
    await events.quote_accepted(session, quote, actor=holder.actor, data=public, now=now)
    return quote, public


async def request_changes(
    session: AsyncSession, holder: Client, *, quote_id: UUID, comment: str, context: Context, now: datetime
) -> tuple[Quote, QuotePublic]:
    """Ask the agency for another offer."""
    quote = await _load_sent(session, holder, quote_id)
    quote.request_changes(comment, today=await _today(session, quote, context, now))
    repository.touch(quote, now)
    public = await show(session, quote)
    await events.quote_changes_requested(session, quote, actor=holder.actor, data=public, now=now)
    return quote, public


async def decline_quote(
    session: AsyncSession, holder: Client, *, quote_id: UUID, reason: str, context: Context, now: datetime
) -> tuple[Quote, QuotePublic]:
    """Say no to it."""
    quote = await _load_sent(session, holder, quote_id)
    quote.decline(reason, today=await _today(session, quote, context, now), now=now)
    repository.touch(quote, now)
    public = await show(session, quote)
    await events.quote_declined(session, quote, actor=holder.actor, data=public, now=now)
    return quote, public


async def _load_sent(session: AsyncSession, holder: Client, quote_id: UUID) -> Quote:
    """The client's quote, locked: of those who answer at once, one is first.

    One that was sent and is being revised is found too, so that a stale page is told that the quote was changed.
    """
    quote = await repository.find(session, holder.agency_id, quote_id, lock=True)
    if quote is None or quote.client_id not in holder.client_ids or quote.number is None:
        raise NotFound
    return quote


async def _today(session: AsyncSession, quote: Quote, context: Context, now: datetime) -> date:
    return await replicas.today_of(session, quote.agency_id, directory=context.directory, now=now)
