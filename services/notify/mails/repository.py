"""All SQL of mails."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.notify.addressees import Addressee
from services.notify.mails.models import LEASE, Mail, MailStatus

_CLAIM = text(
    """
    UPDATE mails SET claimed_until = :until
    WHERE (agency_id, id) IN (
        SELECT agency_id, id FROM mails
        WHERE next_attempt_at <= :now AND (claimed_until IS NULL OR claimed_until <= :now)
        ORDER BY next_attempt_at LIMIT :limit FOR UPDATE SKIP LOCKED)
    RETURNING *
    """
)


async def add_all(session: AsyncSession, mails: Sequence[Mail]) -> None:
    """Add mails; one that exists for the same event, template and recipient is left as it is."""
    rows: list[dict[str, Any]] = [mail.model_dump() for mail in mails]
    if rows:
        await session.execute(insert(Mail).on_conflict_do_nothing(), rows)


async def claim_due(session: AsyncSession, *, limit: int, now: datetime) -> Sequence[Mail]:
    """Take mails that are due and that nobody else is sending, oldest first."""
    claimed = {"now": now, "until": now + LEASE, "limit": limit}
    return (await session.execute(select(Mail).from_statement(_CLAIM), claimed)).scalars().all()


async def lock(session: AsyncSession, mail_id: UUID) -> Mail | None:
    """The mail, held until the transaction ends."""
    query = select(Mail).where(col(Mail.id) == mail_id).with_for_update()
    return (await session.execute(query)).scalar_one_or_none()


async def lock_held(session: AsyncSession, addressee: Addressee) -> Sequence[Mail]:
    """Mails to somebody that wait for a digest, held until the transaction ends.

    In the order of their events, whose ids grow with time: mails are made by several at once, in any order.
    """
    query = (
        select(Mail)
        .where(
            col(Mail.agency_id) == addressee.agency_id,
            # As a literal, so that the partial index is found.
            text("status = 'held'"),
            col(Mail.audience) == addressee.side,
            col(Mail.recipient_id) == addressee.id,
        )
        .order_by(col(Mail.event_id), col(Mail.id))
        .with_for_update()
    )
    return (await session.execute(query)).scalars().all()


async def newest_kept(session: AsyncSession, *, limit: int) -> Sequence[Mail]:
    """Sent mails whose message was kept, newest first."""
    query = select(Mail).where(col(Mail.message).is_not(None)).order_by(col(Mail.sent_at).desc()).limit(limit)
    return (await session.execute(query)).scalars().all()


async def kept(session: AsyncSession, mail_id: UUID) -> Mail | None:
    """One of them."""
    query = select(Mail).where(col(Mail.id) == mail_id, col(Mail.message).is_not(None))
    return (await session.execute(query)).scalar_one_or_none()


async def count_open(session: AsyncSession) -> int:
    """How many wait to be sent."""
    query = select(func.count()).select_from(Mail).where(col(Mail.next_attempt_at).is_not(None))
    return (await session.execute(query)).scalar_one()


async def forget_before(session: AsyncSession, moment: datetime) -> None:
    """Remove mails that ended and were made before a moment; what waits for a digest has not ended."""
    ended = (col(Mail.next_attempt_at).is_(None), col(Mail.status) != MailStatus.HELD)
    await session.execute(delete(Mail).where(col(Mail.created_at) < moment, *ended))
