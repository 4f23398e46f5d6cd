"""All SQL of invitations."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.portal.holders import Holder, HolderKind
from services.portal.invitations.models import Invitation

_FORGET_CONTACT = text("DELETE FROM invitations WHERE agency_id = :agency_id AND contact_id = :client_id")
_FORGET_RECIPIENT = text(
    "UPDATE invitations SET version = version + 1, recipients = ("
    " SELECT coalesce(jsonb_agg(one ORDER BY place), '[]') FROM jsonb_array_elements(recipients)"
    " WITH ORDINALITY AS every (one, place) WHERE one ->> 'id' <> :text)"
    " WHERE agency_id = :agency_id AND company_id IS NOT NULL"
    " AND recipients @> jsonb_build_array(jsonb_build_object('id', CAST(:text AS text)))"
)


async def add(session: AsyncSession, invitation: Invitation) -> None:
    """Save a new row."""
    session.add(invitation)
    await session.flush()


async def newest(
    session: AsyncSession, holders: Sequence[Holder], *, after: UUID | None, limit: int
) -> Sequence[Invitation]:
    """Invitations of all the named holders at once, newest first; of everybody when none is named."""
    query = select(Invitation).where(*map(_is_of, holders))
    if after:
        query = query.where(col(Invitation.id) < after)
    return (await session.execute(query.order_by(col(Invitation.id).desc()).limit(limit))).scalars().all()


async def forget_client(session: AsyncSession, agency_id: UUID, client_id: UUID) -> None:
    """Remove a client's own invitations, and the client from those of companies."""
    await session.execute(_FORGET_CONTACT, {"agency_id": agency_id, "client_id": client_id})
    await session.execute(_FORGET_RECIPIENT, {"agency_id": agency_id, "text": str(client_id)})


def _is_of(holder: Holder) -> ColumnElement[bool]:
    column = col(Invitation.contact_id if holder.kind is HolderKind.CONTACT else Invitation.company_id)
    if holder.reference.isdigit():
        return column.is_not(None) & (col(Invitation.holder_number) == int(holder.reference))
    return column == UUID(holder.reference)
