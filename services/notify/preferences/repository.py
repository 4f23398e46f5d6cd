"""All SQL of notification preferences."""

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from chassis.ids import new_id
from services.notify.addressees import Addressee
from services.notify.preferences.models import Frequency, NotificationPreferences


async def find(session: AsyncSession, addressee: Addressee) -> NotificationPreferences | None:
    """Somebody's preferences; None while they have said nothing."""
    query = select(NotificationPreferences).where(_of(addressee))
    return (await session.execute(query)).scalar_one_or_none()


async def lock(session: AsyncSession, addressee: Addressee) -> NotificationPreferences:
    """Somebody's preferences, held until the transaction ends; at version 0 when nothing has been said yet."""
    nothing_said = {
        "agency_id": addressee.agency_id,
        "id": new_id(),
        "version": 0,
        "side": addressee.side,
        "recipient_id": addressee.id,
        "otherwise": Frequency.NOW,
        "frequencies": {},
    }
    await session.execute(insert(NotificationPreferences).values(nothing_said).on_conflict_do_nothing())
    query = select(NotificationPreferences).where(_of(addressee)).with_for_update()
    return (await session.execute(query)).scalar_one()


def _of(addressee: Addressee) -> ColumnElement[bool]:
    return and_(
        col(NotificationPreferences.agency_id) == addressee.agency_id,
        col(NotificationPreferences.side) == addressee.side,
        col(NotificationPreferences.recipient_id) == addressee.id,
    )
