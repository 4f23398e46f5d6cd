"""The SQL of checkouts and of the log of provider events."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.billing.checkouts.models import Checkout, ReceivedEvent
from services.billing.payments.models import Payment
from services.billing.providers.protocol import ProviderName
from services.billing.providers.reversals import Bell

_NOTE = text(
    "INSERT INTO provider_events (agency_id, id, provider, account, event_id, type, verdict, checkout_id)"
    " VALUES (:agency_id, :id, :provider, :account, :event_id, :type, :verdict, :checkout_id)"
    " ON CONFLICT (agency_id, provider, account, event_id) DO UPDATE SET"
    " deliveries = provider_events.deliveries + 1, updated_at = now(),"
    # What an event has caused stays its verdict; one that came to nothing may be judged anew.
    " verdict = CASE WHEN provider_events.verdict IN ('paid', 'ended') THEN provider_events.verdict"
    " ELSE excluded.verdict END,"
    " checkout_id = coalesce(provider_events.checkout_id, excluded.checkout_id)"
)
# Claimed by moving the next look ahead: another process passes over them, and a crash only delays the look.
_CLAIM_DUE = text(
    "UPDATE checkouts SET look_at = :again_at WHERE (agency_id, id) IN"
    " (SELECT agency_id, id FROM checkouts WHERE look_at <= :now ORDER BY look_at LIMIT :limit FOR UPDATE SKIP LOCKED)"
    " RETURNING agency_id, id"
)
_HASTEN = text(
    "UPDATE checkouts SET look_at = :now WHERE (agency_id, id) IN"
    " (SELECT agency_id, id FROM checkouts WHERE agency_id = :agency_id AND invoice_id = :invoice_id AND id <> :id"
    " AND look_at IS NOT NULL FOR UPDATE SKIP LOCKED)"
)


async def find(session: AsyncSession, agency_id: UUID, checkout_id: UUID) -> Checkout | None:
    """The checkout, locked until the transaction ends."""
    found = select(Checkout).where(Checkout.agency_id == agency_id, Checkout.id == checkout_id)
    locked = found.with_for_update().execution_options(populate_existing=True)
    return (await session.execute(locked)).scalar_one_or_none()


async def peek(session: AsyncSession, agency_id: UUID, checkout_id: UUID) -> Checkout | None:
    """The checkout as it stands, for what never changes of it: whoever holds its lock is not waited for."""
    found = select(Checkout).where(Checkout.agency_id == agency_id, Checkout.id == checkout_id)
    return (await session.execute(found)).scalar_one_or_none()


async def find_across_agencies(session: AsyncSession, checkout_id: UUID) -> Checkout | None:
    """The checkout by its id alone; needs a session across agencies."""
    return (await session.execute(select(Checkout).where(Checkout.id == checkout_id))).scalar_one_or_none()


async def find_reported(
    session: AsyncSession, *, provider: ProviderName, provider_id: str, checkout_id: UUID | None
) -> Checkout | None:
    """The checkout that a report is about: by the provider's id, else by ours, which the provider sends back.

    Needs a session across agencies, because a webhook of the deployment's account names none.
    """
    by_theirs = select(Checkout).where(Checkout.provider == provider, Checkout.provider_id == provider_id)
    if found := (await session.execute(by_theirs)).scalar_one_or_none():
        return found
    if checkout_id is None:
        return None
    by_ours = select(Checkout).where(Checkout.provider == provider, Checkout.id == checkout_id)
    return (await session.execute(by_ours)).scalar_one_or_none()


async def find_rung(session: AsyncSession, *, provider: ProviderName, account: str, bell: Bell) -> Checkout | None:
    """The checkout of a payment in that account: by the provider's id of the payment, else by ours.

    Needs a session across agencies.
    """
    of_account = select(Checkout).where(Checkout.provider == provider, Checkout.account == account)
    if bell.payment_id is not None:
        paid = of_account.join(
            Payment,
            and_(col(Payment.agency_id) == Checkout.agency_id, col(Payment.checkout_id) == Checkout.id),
        ).where(Payment.provider == provider, Payment.provider_id == bell.payment_id)
        if found := (await session.execute(paid)).scalars().first():
            return found
    if bell.checkout_id is None:
        return None
    return (await session.execute(of_account.where(Checkout.id == bell.checkout_id))).scalar_one_or_none()


async def hasten_others(session: AsyncSession, checkout: Checkout, now: datetime) -> None:
    """Have the invoice's other checkouts looked after at once, except those that somebody is at work on."""
    names = {"agency_id": checkout.agency_id, "invoice_id": checkout.invoice_id, "id": checkout.id, "now": now}
    await session.execute(_HASTEN, names)


async def hasten_all(session: AsyncSession, agency_id: UUID, invoice_id: UUID, now: datetime) -> None:
    """Have an invoice's checkouts looked after at once, except those that somebody is at work on."""
    await session.execute(_HASTEN, {"agency_id": agency_id, "invoice_id": invoice_id, "id": UUID(int=0), "now": now})


async def note(session: AsyncSession, event: ReceivedEvent) -> None:
    """Log an event, once however often it is delivered."""
    fields = {"agency_id", "id", "provider", "account", "event_id", "type", "verdict", "checkout_id"}
    await session.execute(_NOTE, event.model_dump(include=fields))


async def claim_due(session: AsyncSession, *, now: datetime, again_at: datetime, limit: int) -> list[tuple[UUID, UUID]]:
    """Agency and id of checkouts to look after; needs a session across agencies."""
    rows = await session.execute(_CLAIM_DUE, {"now": now, "again_at": again_at, "limit": limit})
    return [(row.agency_id, row.id) for row in rows]
