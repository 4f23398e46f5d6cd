"""Use cases of custodian clients: the agency's own backend makes clients and lets them in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import NotFound
from chassis.principals import Staff
from services.auth import events
from services.auth.client_session_tokens import service as session_tokens
from services.auth.clients import service as clients
from services.auth.clients.models import NewClient
from services.auth.context import Context
from services.auth.custodian_clients import repository
from services.auth.custodian_clients.models import CustodianClient
from services.auth.custodian_clients.schemas import (
    CustodianClientCreate,
    CustodianClientCreated,
    CustodianClientListed,
    CustodianClientPublic,
    KeyRotated,
    OneTimePasswordIssued,
    SessionTokenIssued,
    SessionTokensEnded,
)
from services.auth.one_time_passwords import service as one_time_passwords
from services.auth.secret_tokens import Purpose


async def create_custodian_client(
    session: AsyncSession, staff: Staff, *, body: CustodianClientCreate, context: Context, now: datetime
) -> CustodianClientCreated:
    """A new client with a key and a first session token; no mail welcomes them, their product does."""
    new = NewClient(name=body.name, email=body.email, welcome=False)
    client, _ = await clients.add_client(session, new, agency_id=staff.agency_id, actor=staff.actor, now=now)
    row = CustodianClient(
        agency_id=staff.agency_id,
        client_id=client.id,
        is_account_abstracted=body.is_account_abstracted,
        created_at=now,
        updated_at=now,
    )
    await repository.add(session, row)
    token = await session_tokens.issue(session, agency_id=row.agency_id, client_id=row.client_id, now=now)
    return CustodianClientCreated(
        id=row.client_id,
        client_api_key=_key(row, context),
        client_session_token=token,
        is_account_abstracted=row.is_account_abstracted,
    )


async def get_custodian_client(
    session: AsyncSession, staff: Staff, *, client_id: UUID, context: Context
) -> CustodianClientPublic:
    """A custodian client; NotFound when the agency's custodians have made none with that id."""
    found = await repository.get(session, staff.agency_id, client_id)
    if found is None:
        raise NotFound
    return CustodianClientPublic(
        id=client_id,
        address=found.wallet.address if found.wallet else None,
        client_api_key=_key(found.client, context),
        is_account_abstracted=found.client.is_account_abstracted,
    )


async def list_custodian_clients(
    session: AsyncSession, staff: Staff, *, after: UUID | None, limit: int, context: Context
) -> list[CustodianClientListed]:
    """Custodian clients of the agency, newest first, older than `after`."""
    return [
        CustodianClientListed(
            id=found.client.client_id,
            address=found.wallet.address if found.wallet else None,
            backup_status=found.wallet.backup_status if found.wallet else None,
            client_api_key=_key(found.client, context),
            signing_status=found.wallet.signing_status if found.wallet else None,
        )
        for found in await repository.page(session, staff.agency_id, after=after, limit=limit)
    ]


async def issue_session_token(
    session: AsyncSession, staff: Staff, *, client_id: UUID, now: datetime
) -> SessionTokenIssued:
    """One more session token of a client; older ones run to their own end."""
    row = await _load(session, staff, client_id)
    token = await session_tokens.issue(session, agency_id=row.agency_id, client_id=client_id, now=now)
    return SessionTokenIssued(id=client_id, client_session_token=token, is_account_abstracted=row.is_account_abstracted)


async def end_session_tokens(
    session: AsyncSession, staff: Staff, *, client_id: UUID, now: datetime
) -> SessionTokensEnded:
    """Every session token of a client is over; every process hears of it. Their key lives on."""
    row = await _load(session, staff, client_id)
    ended = await session_tokens.end_all(session, agency_id=row.agency_id, client_id=client_id, now=now)
    row.end_credentials(now)
    await events.credential_revoked(session, row, actor=staff.actor, now=now)
    return SessionTokensEnded(id=client_id, ended=ended)


async def issue_one_time_password(
    session: AsyncSession, staff: Staff, *, client_id: UUID, now: datetime
) -> OneTimePasswordIssued:
    """A one-time password of a client; the one before is void."""
    row = await _load(session, staff, client_id)
    password = await one_time_passwords.issue(session, agency_id=row.agency_id, client_id=client_id, now=now)
    return OneTimePasswordIssued(id=client_id, otp=password)


async def rotate_key(
    session: AsyncSession, staff: Staff, *, client_id: UUID, context: Context, now: datetime
) -> KeyRotated:
    """Another key of a client; every process hears that the old one is over."""
    row = await _load(session, staff, client_id)
    row.rotate_key(now)
    await events.credential_revoked(session, row, actor=staff.actor, now=now)
    return KeyRotated(id=client_id, client_api_key=_key(row, context))


async def _load(session: AsyncSession, staff: Staff, client_id: UUID) -> CustodianClient:
    """The row to change in this transaction alone; it stays until the transaction ends, and its client with it."""
    row = await repository.lock(session, staff.agency_id, client_id)
    if row is None:
        raise NotFound
    return row


def _key(row: CustodianClient, context: Context) -> str:
    return context.tokens.token(Purpose.CLIENT_KEY, row.id, row.key_generation)
