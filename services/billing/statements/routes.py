"""REST of statements."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Header, Query, Response

from chassis.errors import NotFound, Unavailable
from chassis.http.dependencies import CurrentPrincipal, Now, Reading, Session, needs_module
from chassis.http.problems import problems
from chassis.http.unit import Router
from chassis.money import Currency
from services.billing.dependencies import Ctx
from services.billing.invoices.fields import Day
from services.billing.papers.answers import pdf_answer
from services.billing.papers.printing import pdf_of
from services.billing.statements import service
from services.billing.statements.schemas import StatementPublic

router = Router(prefix="/api/invoices/statement", tags=["Invoices"])

Whose = Annotated[UUID | None, Query(alias="clientId", description="Whose; a client need not say.")]
First = Annotated[Day | None, Query(alias="from", description="The first day; without one, from the beginning.")]
Last = Annotated[Day | None, Query(alias="to", description="The last day; without one, today where the agency is.")]
Wanted = Annotated[
    Currency | None,
    Query(description="Without one, the agency's where the client has an account in it, else the client's."),
]
Format = Annotated[Literal["json", "pdf"] | None, Query(description="`pdf` for the PDF; wins over Accept.")]
PDF = {"application/pdf": {"schema": {"type": "string", "contentMediaType": "application/pdf"}}}


@router.get(
    "",
    dependencies=[needs_module("invoices")],
    response_model=StatementPublic,
    responses={200: {"content": PDF}, **problems(NotFound, Unavailable)},
)
async def get_statement(
    session: Session,
    reader: Reading,
    principal: CurrentPrincipal,
    context: Ctx,
    now: Now,
    client_id: Whose = None,
    start: First = None,
    end: Last = None,
    currency: Wanted = None,
    format: Format = None,
    accept: Annotated[str, Header(max_length=1000)] = "",
) -> StatementPublic | Response:
    """Show a client's account: what was invoiced, credited, paid and refunded, with the balance after each.

    In one currency, because currencies are never added together; `currencies` names all there are. As a PDF with
    `?format=pdf` or `Accept: application/pdf`. A client sees its own.
    """
    end = end or await service.last_day(session, principal, context=context, now=now)
    period = service.Period(start, end)
    statement, client = await service.get_statement(
        session, reader, principal=principal, client_id=client_id, currency=currency, period=period, context=context
    )
    if format == "pdf" or (format is None and accept.startswith("application/pdf")):
        paper = await service.get_paper(session, statement, client, context=context)
        return pdf_answer(await pdf_of(context, "statement.typ", paper), paper["file_name"])
    return statement
