"""Taking an acceptance back: shortly after it, and before work has begun in the project that it made."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import Conflict
from chassis.principals import Staff
from services.billing import events
from services.billing.context import Context
from services.billing.quotes import repository
from services.billing.quotes.models import Quote
from services.billing.quotes.schemas import QuotePublic
from services.billing.quotes.service import load, show


class QuoteWorkBegun(Conflict):
    """The project of an accepted quote has something in it, or is billed."""

    default = "Work on the quote's project has begun. Delete what is in it first, or agree on a new quote."


async def reopen_quote(
    session: AsyncSession, staff: Staff, *, quote_id: UUID, context: Context, now: datetime
) -> tuple[Quote, QuotePublic]:
    """Have the quote wait for its client again, and its project withdrawn.

    Projects is asked last before the quote changes. Where that change is lost, projects hears of no reopened quote and
    brings the project back by itself; where the caller asks again first, it answers the same.
    """
    quote = await load(session, staff, quote_id=quote_id, lock=True)
    project_id = quote.require_undoable(now)
    if await repository.is_billed(session, staff.agency_id, project_id):
        raise QuoteWorkBegun
    has_begun = await context.work.withdraw_project(
        staff.agency_id,
        project_id,
        client_id=quote.client_id,
        title=quote.title,
        number=quote.label or "",
        by=staff.actor,
    )
    if has_begun:
        raise QuoteWorkBegun
    quote.reopen(now, by=staff.actor.name)
    repository.touch(quote, now)
    await session.flush()
    public = await show(session, quote)
    await events.quote_reopened(session, quote, actor=staff.actor, data=public, now=now, project_id=project_id)
    return quote, public
