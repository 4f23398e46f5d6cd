"""The facts that billing announces, each in the transaction that makes it true."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.events import announce
from chassis.principals import SYSTEM, Actor
from chassis.schemas import Output
from chassis.tables import Row


async def invoice_created(session: AsyncSession, row: Row, *, actor: Actor, data: Output, now: datetime) -> None:
    """An invoice exists, as a draft at first."""
    await announce(session, "billing.invoice.created", row=row, actor=actor, data=data, now=now)


async def invoice_sent(
    session: AsyncSession, row: Row, *, actor: Actor, data: Output, now: datetime, send_email: bool
) -> None:
    """An invoice was issued, or is sent once more; `send_email` tells whether its client is to get a mail."""
    internal = {"sendEmail": send_email}
    await announce(session, "billing.invoice.sent", row=row, actor=actor, data=data, now=now, internal=internal)


async def invoice_viewed(session: AsyncSession, row: Row, *, actor: Actor, data: Output, now: datetime) -> None:
    """The client has opened an invoice for the first time."""
    await announce(session, "billing.invoice.viewed", row=row, actor=actor, data=data, now=now)


async def invoice_overdue(session: AsyncSession, row: Row, *, actor: Actor, data: Output, now: datetime) -> None:
    """The day on which an open invoice was due has passed."""
    await announce(session, "billing.invoice.overdue", row=row, actor=actor, data=data, now=now)


async def invoice_reminded(
    session: AsyncSession, row: Row, *, actor: Actor, data: Output, now: datetime, days_from_due: int
) -> None:
    """The client is to be reminded of an open invoice; negative days are before it is due."""
    internal = {"daysFromDue": days_from_due}
    await announce(session, "billing.invoice.reminded", row=row, actor=actor, data=data, now=now, internal=internal)


async def invoice_voided(session: AsyncSession, row: Row, *, actor: Actor, data: Output, now: datetime) -> None:
    """An issued invoice was taken back."""
    await announce(session, "billing.invoice.voided", row=row, actor=actor, data=data, now=now)


async def invoice_deleted(session: AsyncSession, row: Row, *, actor: Actor, data: Output, now: datetime) -> None:
    """A draft was thrown away."""
    await announce(session, "billing.invoice.deleted", row=row, actor=actor, data=data, now=now)


async def invoice_paid(session: AsyncSession, row: Row, *, actor: Actor, data: Output, now: datetime) -> None:
    """Nothing is left to pay."""
    await announce(session, "billing.invoice.paid", row=row, actor=actor, data=data, now=now)


async def credit_note_created(
    session: AsyncSession, row: Row, *, actor: Actor, data: Output, now: datetime, send_email: bool
) -> None:
    """A credit note was issued; `send_email` tells whether its client is to get a mail."""
    internal = {"sendEmail": send_email}
    await announce(session, "billing.credit_note.created", row=row, actor=actor, data=data, now=now, internal=internal)


async def recurring_invoice_failed(
    session: AsyncSession, row: Row, *, actor: Actor, data: Output, now: datetime
) -> None:
    """The invoice of a period could not be issued, and somebody has to mend what stands against it."""
    await announce(session, "billing.recurring_invoice.failed", row=row, actor=actor, data=data, now=now)


async def payment_received(session: AsyncSession, row: Row, *, actor: Actor, data: Output, now: datetime) -> None:
    """Money has arrived: the whole of an invoice or a part."""
    await announce(session, "billing.payment.received", row=row, actor=actor, data=data, now=now)


async def payment_refunded(
    session: AsyncSession, row: Row, *, actor: Actor, data: Output, now: datetime, internal: dict[str, str]
) -> None:
    """A payment went back, in part or whole, or a lost dispute took it back; `internal` tells of that refund."""
    await announce(session, "billing.payment.refunded", row=row, actor=actor, data=data, now=now, internal=internal)


async def refund_failed(
    session: AsyncSession, row: Row, *, data: Output, now: datetime, internal: dict[str, str]
) -> None:
    """The provider has not made a refund, or its money has come back."""
    await announce(session, "billing.refund.failed", row=row, actor=SYSTEM, data=data, now=now, internal=internal)


async def dispute_opened(
    session: AsyncSession, row: Row, *, data: Output, now: datetime, internal: dict[str, str]
) -> None:
    """A bank asks a payment back."""
    await announce(session, "billing.dispute.opened", row=row, actor=SYSTEM, data=data, now=now, internal=internal)


async def dispute_closed(
    session: AsyncSession, row: Row, *, data: Output, now: datetime, internal: dict[str, str]
) -> None:
    """A dispute is won, lost or came to nothing."""
    await announce(session, "billing.dispute.closed", row=row, actor=SYSTEM, data=data, now=now, internal=internal)


async def quote_sent(
    session: AsyncSession, row: Row, *, actor: Actor, data: Output, now: datetime, send_email: bool
) -> None:
    """A quote was offered, or is sent once more; `send_email` tells whether its client is to get a mail."""
    internal = {"sendEmail": send_email}
    await announce(session, "billing.quote.sent", row=row, actor=actor, data=data, now=now, internal=internal)


async def quote_viewed(session: AsyncSession, row: Row, *, actor: Actor, data: Output, now: datetime) -> None:
    """The client has opened what was sent for the first time."""
    await announce(session, "billing.quote.viewed", row=row, actor=actor, data=data, now=now)


async def quote_accepted(session: AsyncSession, row: Row, *, actor: Actor, data: Output, now: datetime) -> None:
    """The client agreed; `projectId` is that of the project to be made of it."""
    await announce(session, "billing.quote.accepted", row=row, actor=actor, data=data, now=now)


async def quote_reopened(
    session: AsyncSession, row: Row, *, actor: Actor, data: Output, now: datetime, project_id: UUID
) -> None:
    """The agency took an acceptance back; `project_id` is that of the project which goes with it."""
    internal = {"projectId": str(project_id)}
    await announce(session, "billing.quote.reopened", row=row, actor=actor, data=data, now=now, internal=internal)


async def quote_changes_requested(
    session: AsyncSession, row: Row, *, actor: Actor, data: Output, now: datetime
) -> None:
    """The client asked for another offer."""
    await announce(session, "billing.quote.changes_requested", row=row, actor=actor, data=data, now=now)


async def quote_declined(session: AsyncSession, row: Row, *, actor: Actor, data: Output, now: datetime) -> None:
    """The client said no."""
    await announce(session, "billing.quote.declined", row=row, actor=actor, data=data, now=now)


async def quote_expired(session: AsyncSession, row: Row, *, actor: Actor, data: Output, now: datetime) -> None:
    """Nobody answered in time."""
    await announce(session, "billing.quote.expired", row=row, actor=actor, data=data, now=now)
