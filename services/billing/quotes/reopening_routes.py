"""REST of reopening quotes."""

from fastapi import Response

from chassis.errors import Unavailable
from chassis.http.dependencies import CurrentStaff, Now, PathId, Session
from chassis.http.etags import set_etag
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.billing.dependencies import Ctx
from services.billing.quotes.models import QuoteNotAccepted, QuoteUndoOver
from services.billing.quotes.reopening import QuoteWorkBegun, reopen_quote
from services.billing.quotes.schemas import QuotePublic

router = Router(prefix="/api/quotes", tags=["Quotes"])


@router.post(
    "/{quote_id}/reopen",
    response_model=QuotePublic,
    responses=problems(QuoteNotAccepted, QuoteUndoOver, QuoteWorkBegun, Unavailable),
)
async def reopen(
    quote_id: PathId, session: Session, staff: CurrentStaff, context: Ctx, now: Now, response: Response
) -> QuotePublic:
    """Take an acceptance back within 10 minutes: the quote waits for its client again, and its project goes.

    Only while the project has no task, file, time, update, contract, invoice, and no more than one message. The client
    is mailed. What was taken back stays in `reopenings`; accepting once more makes a new project.
    """
    quote, public = await reopen_quote(session, staff, quote_id=quote_id, context=context, now=now)
    set_etag(response, quote.version)
    return public
