"""What can be asked of a client's account."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Reader
from chassis.errors import Invalid, NotFound
from chassis.principals import Client as ClientPrincipal
from chassis.principals import Principal
from services.billing.context import Context
from services.billing.papers.printing import branded
from services.billing.replicas import service as replicas
from services.billing.replicas.models import Client
from services.billing.statements import repository
from services.billing.statements.papers import paper_of
from services.billing.statements.schemas import StatementPublic, statement_public

# A statement is read by people: who has more entries in a period asks for a shorter one.
MAX_ENTRIES = 2000


@dataclass(frozen=True, slots=True)
class Period:
    """From one day, or the beginning, through another."""

    start: date | None
    end: date

    def require_sensible(self) -> None:
        """Raise Invalid when it ends before it begins."""
        if self.start and self.start > self.end:
            raise Invalid.field("from", "must not be after `to`")


async def last_day(session: AsyncSession, principal: Principal, *, context: Context, now: datetime) -> date:
    """The one of a statement that goes to the present: today where the agency is."""
    return await replicas.today_of(session, principal.agency_id, directory=context.directory, now=now)


async def get_statement(
    session: AsyncSession,
    reader: Reader,
    *,
    principal: Principal,
    client_id: UUID | None,
    currency: str | None,
    period: Period,
    context: Context,
) -> tuple[StatementPublic, Client]:
    """A client's account in one currency; a client sees its own."""
    period.require_sensible()
    client = await _client(session, principal, client_id=client_id, context=context)
    currency = currency or await _currency(reader, client, context=context)
    account = await repository.account(
        reader,
        principal.agency_id,
        client_id=client.id,
        currency=currency,
        start=period.start,
        end=period.end,
        limit=MAX_ENTRIES,
    )
    if account.many > MAX_ENTRIES:
        raise Invalid.field("from", f"must be later: there are more than {MAX_ENTRIES} entries in this period")
    return statement_public(account, client, currency=currency, start=period.start, end=period.end), client


async def get_paper(
    session: AsyncSession, statement: StatementPublic, client: Client, *, context: Context
) -> dict[str, Any]:
    """What stands on the statement as a paper."""
    agency = await context.directory.agency_name(client.agency_id)
    return await branded(session, paper_of(statement, client, agency=agency), agency_id=client.agency_id, agency=agency)


async def _client(session: AsyncSession, principal: Principal, *, client_id: UUID | None, context: Context) -> Client:
    """Whose account it is; NotFound for whom the principal may not see, whatever the reason."""
    if client_id is None:
        client_id = _own(principal)
    if isinstance(principal, ClientPrincipal) and client_id not in principal.client_ids:
        raise NotFound
    found = await replicas.remembered_client(session, principal.agency_id, client_id)
    if found:
        return found
    try:
        return await replicas.known_client(
            session, principal.agency_id, client_id=client_id, directory=context.directory
        )
    except Invalid:
        raise NotFound from None


async def _currency(reader: Reader, client: Client, *, context: Context) -> str:
    """One in which the client was invoiced: the agency's own where it is among several; else the agency's."""
    used = await repository.currencies(reader, client.agency_id, client_id=client.id)
    if len(used) == 1:
        return used[0]
    own = (await context.directory.agency(client.agency_id)).currency
    return own if own in used or not used else used[0]


def _own(principal: Principal) -> UUID:
    if isinstance(principal, ClientPrincipal) and len(principal.client_ids) == 1:
        return principal.client_ids[0]
    raise Invalid.field("clientId", "says whose statement is wanted")
