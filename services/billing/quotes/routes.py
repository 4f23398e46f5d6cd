"""REST of quotes."""

from typing import Annotated
from uuid import UUID

from fastapi import Header, Query, Response

from chassis.errors import PreconditionFailed, Unavailable
from chassis.http.dependencies import (
    CurrentClient,
    CurrentPrincipal,
    CurrentStaff,
    Now,
    PathId,
    Reading,
    Session,
    needs_module,
)
from chassis.http.etags import IfMatch, set_etag
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.unit import Router
from chassis.principals import Client
from chassis.schemas import Clean
from services.billing.dependencies import Ctx
from services.billing.papers.answers import PAPER, Format, answer_paper
from services.billing.quotes import answering, service
from services.billing.quotes.listing import QuoteFilter
from services.billing.quotes.models import (
    QuoteAlreadyAnswered,
    QuoteChanged,
    QuoteExpired,
    QuoteNotDraft,
    QuoteStatus,
)
from services.billing.quotes.schemas import (
    QuoteAccept,
    QuoteChangesRequest,
    QuoteCreate,
    QuoteDecline,
    QuoteDeleted,
    QuoteForClient,
    QuotePublic,
    QuoteSend,
    QuoteUpdate,
    QuoteView,
    for_client,
)
from services.billing.quotes.service import QuoteClientHasNoEmail

router = Router(prefix="/api/quotes", tags=["Quotes"])
if_enabled = needs_module("proposals")

Anyones = QuotePublic | QuoteForClient
StatusFilter = Annotated[QuoteStatus | None, Query(description="Only quotes in this status.")]
ClientFilter = Annotated[UUID | None, Query(alias="clientId", description="Only this client's quotes.")]
Search = Annotated[
    Annotated[str, Clean] | None,
    Query(max_length=200, description="Words in number or title, or in the client's name, company or address."),
]
REFUSALS = problems(QuoteAlreadyAnswered, QuoteChanged, QuoteExpired)


@router.get("", response_model=list[Anyones], dependencies=[if_enabled])
async def list_quotes(
    principal: CurrentPrincipal,
    reader: Reading,
    page: Paging,
    status: StatusFilter = None,
    client_id: ClientFilter = None,
    q: Search = None,
) -> Response:
    """List quotes, newest first. A client sees its own sent ones."""
    wanted = QuoteFilter(status, client_id, q)
    body, last_id = await service.list_quotes(reader, principal, wanted=wanted, after=page.after, limit=page.limit)
    return page.respond_json(body, last_id)


@router.post("", status_code=201, response_model=QuotePublic)
async def create_quote(
    body: QuoteCreate, session: Session, staff: CurrentStaff, context: Ctx, now: Now, response: Response
) -> QuotePublic:
    """Create a quote, a draft until it is sent. Lines marked `optional` count once the client has chosen them."""
    quote, public = await service.create_quote(session, staff, body=body, context=context, now=now)
    set_etag(response, quote.version)
    return public


@router.get("/{quote_id}", response_model=Anyones, dependencies=[if_enabled])
async def get_quote(quote_id: PathId, session: Session, principal: CurrentPrincipal, response: Response) -> Anyones:
    """Show one quote. A client finds its own sent ones; this does not count as a view."""
    quote, public = await service.get_quote(session, principal, quote_id=quote_id)
    set_etag(response, quote.version)
    return for_client(public) if isinstance(principal, Client) else public


@router.patch("/{quote_id}", response_model=QuotePublic, responses=problems(QuoteAlreadyAnswered, PreconditionFailed))
async def update_quote(
    quote_id: PathId,
    body: QuoteUpdate,
    session: Session,
    staff: CurrentStaff,
    now: Now,
    match: IfMatch,
    response: Response,
) -> QuotePublic:
    """Change a quote that is not accepted; what is not named stays.

    One that was sent becomes a draft of the next `revision`: until it is sent again its client sees nothing of it, and
    whoever answers the former revision is told that the quote was changed.
    """
    quote = await service.load(session, staff, quote_id=quote_id, lock=True)
    match.check(quote.version)
    public = await service.update_quote(session, quote=quote, body=body, now=now)
    set_etag(response, quote.version)
    return public


@router.delete("/{quote_id}", response_model=QuoteDeleted, responses=problems(QuoteNotDraft, PreconditionFailed))
async def delete_quote(quote_id: PathId, session: Session, staff: CurrentStaff, match: IfMatch) -> QuoteDeleted:
    """Delete a draft that was never sent. What was sent keeps its number and stays."""
    quote = await service.load(session, staff, quote_id=quote_id, lock=True)
    match.check(quote.version)
    await service.delete_quote(session, quote=quote)
    return QuoteDeleted(id=quote_id)


@router.post(
    "/{quote_id}/send",
    response_model=QuotePublic,
    responses=problems(QuoteAlreadyAnswered, QuoteExpired, QuoteClientHasNoEmail),
)
async def send_quote(
    quote_id: PathId,
    session: Session,
    staff: CurrentStaff,
    context: Ctx,
    now: Now,
    response: Response,
    body: QuoteSend | None = None,
) -> QuotePublic:
    """Send a draft to its client under the agency's next number, or mail what waits for an answer once more."""
    send_email = body.send_email if body else True
    quote, public = await service.send_quote(
        session, staff, quote_id=quote_id, send_email=send_email, context=context, now=now
    )
    set_etag(response, quote.version)
    return public


@router.post("/{quote_id}/view", response_model=QuoteForClient, dependencies=[if_enabled])
async def view_quote(
    quote_id: PathId,
    session: Session,
    client: CurrentClient,
    context: Ctx,
    now: Now,
    response: Response,
    body: QuoteView | None = None,
) -> QuoteForClient:
    """Note that the client looks at the quote in person; the portal's page sends this, a mail scanner does not."""
    quote, public = await answering.view_quote(session, client, quote_id=quote_id, context=context, now=now)
    set_etag(response, quote.version)
    return for_client(public)


@router.post("/{quote_id}/accept", response_model=QuoteForClient, responses=REFUSALS, dependencies=[if_enabled])
async def accept_quote(
    quote_id: PathId,
    body: QuoteAccept,
    session: Session,
    client: CurrentClient,
    context: Ctx,
    now: Now,
    response: Response,
) -> QuoteForClient:
    """Accept the revision that was looked at, with the optional lines that are wanted.

    The totals then hold those lines. The agency is told, and the project of `projectId` is made. A quote can be
    accepted through the whole of its `expiresOn` where the agency is.
    """
    quote, public = await answering.accept_quote(
        session, client, quote_id=quote_id, body=body, context=context, now=now
    )
    set_etag(response, quote.version)
    return for_client(public)


@router.post(
    "/{quote_id}/request-changes", response_model=QuoteForClient, responses=REFUSALS, dependencies=[if_enabled]
)
async def request_changes(
    quote_id: PathId,
    body: QuoteChangesRequest,
    session: Session,
    client: CurrentClient,
    context: Ctx,
    now: Now,
    response: Response,
) -> QuoteForClient:
    """Ask for another offer. Until the agency has changed it, the one there is may still be accepted or declined."""
    quote, public = await answering.request_changes(
        session, client, quote_id=quote_id, comment=body.comment, context=context, now=now
    )
    set_etag(response, quote.version)
    return for_client(public)


@router.post("/{quote_id}/decline", response_model=QuoteForClient, responses=REFUSALS, dependencies=[if_enabled])
async def decline_quote(
    quote_id: PathId,
    session: Session,
    client: CurrentClient,
    context: Ctx,
    now: Now,
    response: Response,
    body: QuoteDecline | None = None,
) -> QuoteForClient:
    """Decline the quote, with a reason if the client cares to give one."""
    reason = body.reason if body else ""
    quote, public = await answering.decline_quote(
        session, client, quote_id=quote_id, reason=reason, context=context, now=now
    )
    set_etag(response, quote.version)
    return for_client(public)


@router.get(
    "/{quote_id}/pdf",
    dependencies=[if_enabled],
    response_class=Response,
    responses={200: {"description": "The quote as a paper.", "content": PAPER}, **problems(Unavailable)},
)
async def get_quote_paper(
    quote_id: PathId,
    session: Session,
    principal: CurrentPrincipal,
    context: Ctx,
    now: Now,
    format: Format = None,
    accept: Annotated[str, Header(max_length=1000)] = "",
) -> Response:
    """Show the quote as a printable page, or as a PDF with `?format=pdf` or `Accept: application/pdf`.

    A client finds its own sent ones; this does not count as a view.
    """
    paper = await service.get_paper(session, principal, quote_id=quote_id, context=context, now=now)
    return await answer_paper(context, paper, format=format, accept=accept)
