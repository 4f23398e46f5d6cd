"""The quote: its states and revisions, what changes them and what it forbids."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger
from sqlmodel import Field

from chassis.errors import Conflict, Invalid
from chassis.ids import new_id
from chassis.money import exponent
from chassis.tables import Row, enum_column, json_column, timestamp
from services.billing.invoices.charges import MAX_SHOWN_BYTES
from services.billing.invoices.lines import restored_discount, stored_discount
from services.billing.quotes.lines import Offer, restored_lines


class QuoteStatus(StrEnum):
    """Where a quote stands."""

    DRAFT = "draft"
    SENT = "sent"
    VIEWED = "viewed"
    CHANGES_REQUESTED = "changes_requested"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"


WAITING = frozenset({QuoteStatus.SENT, QuoteStatus.VIEWED})
OPEN = WAITING | {QuoteStatus.CHANGES_REQUESTED}
# How long after it an acceptance can be taken back.
UNDO_WINDOW = timedelta(minutes=10)


class QuoteAlreadyAnswered(Conflict):
    """A quote is accepted or declined once."""

    default = "The quote has been answered already."


class QuoteChanged(Conflict):
    """What the client looked at is not what the agency offers now."""

    default = "The quote was changed meanwhile. Look at it again before you answer."


class QuoteExpired(Conflict):
    """Its last day has passed."""

    default = "The quote has expired."


class QuoteNotAccepted(Conflict):
    """There is no acceptance to take back."""

    default = "The quote is not accepted."


class QuoteUndoOver(Conflict):
    """An acceptance stands after a while."""

    default = "The quote was accepted more than 10 minutes ago. It can no longer be reopened."


class QuoteNotDraft(Conflict):
    """A quote that was sent once keeps its number, and cannot be deleted."""

    default = "The quote was sent. Only a draft that was never sent can be deleted."


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _minor() -> Any:
    return Field(default=0, sa_type=BigInteger)


class Quote(Row, table=True):
    """What an agency offers a client; amounts are minor units of `currency`, of which `decimals` is the exponent.

    `lines`, `chosen` and `discount` are the record. `shown` is their public form, written with them. A quote that was
    sent and is changed becomes a draft of the next revision: until it is sent again the client sees nothing of it.
    """

    __tablename__ = "quotes"

    number: int | None = None
    status: QuoteStatus = enum_column(QuoteStatus, QuoteStatus.DRAFT)
    revision: int = 1
    client_id: UUID
    title: str
    currency: str
    decimals: int = 2
    lines: list[dict[str, Any]] = json_column(list)
    chosen: list[int] = json_column(list)
    tax_inclusive: bool = False
    discount: dict[str, Any] | None = json_column(lambda: None)
    shown: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    subtotal_minor: int = _minor()
    discount_minor: int = _minor()
    tax_minor: int = _minor()
    amount_minor: int = _minor()
    notes: str = ""
    expires_on: date | None = None
    sent_at: datetime | None = timestamp()
    first_viewed_at: datetime | None = timestamp()
    last_viewed_at: datetime | None = timestamp()
    view_count: int = 0
    change_request: str | None = None
    declined_at: datetime | None = timestamp()
    decline_reason: str | None = None
    accepted_at: datetime | None = timestamp()
    accepted_by: str | None = None
    project_id: UUID | None = None
    # The acceptances that were taken back, oldest first, as the agency is shown them.
    reopenings: list[dict[str, Any]] = json_column(list)

    @property
    def offer(self) -> Offer:
        """What it offers."""
        lines, optional = restored_lines(self.lines)
        return Offer(self.currency, lines, optional, self.tax_inclusive, restored_discount(self.discount))

    @property
    def label(self) -> str | None:
        """The number as people read it: QUO-0042; None before it was first sent."""
        return None if self.number is None else f"QUO-{self.number:04d}"

    def is_past(self, today: date) -> bool:
        """Whether its last day has passed where the agency is; the whole of it counts."""
        return self.expires_on is not None and self.expires_on < today

    def write(self, offer: Offer) -> None:
        """Replace what the draft offers; Invalid when that cannot be billed."""
        offer.require_billable()
        if len(json.dumps(offer.public_form(), ensure_ascii=False).encode()) > MAX_SHOWN_BYTES:
            raise Invalid.field("lines", "hold more text than a quote can carry")
        self.currency, self.decimals = offer.currency, exponent(offer.currency)
        self.lines = offer.stored_lines()
        self.tax_inclusive = offer.tax_inclusive
        self.discount = stored_discount(offer.discount)
        self._compute(offer, ())

    def revise(self) -> None:
        """Take it up for a change: what was sent becomes a draft of the next revision. Not once it is accepted."""
        if self.status is QuoteStatus.ACCEPTED:
            raise QuoteAlreadyAnswered
        if self.status is not QuoteStatus.DRAFT:
            self.status = QuoteStatus.DRAFT
            self.revision += 1

    def require_never_sent(self) -> None:
        """Raise QuoteNotDraft for what has a number."""
        if self.number is not None:
            raise QuoteNotDraft

    def require_sendable(self, today: date) -> None:
        """Raise for what was answered or is past."""
        if self.status in (QuoteStatus.ACCEPTED, QuoteStatus.DECLINED):
            raise QuoteAlreadyAnswered
        if self.is_past(today):
            raise QuoteExpired("The quote has expired. Give it a later expiresOn, then send it.")

    def send(self, number: int, *, today: date, now: datetime) -> None:
        """Offer it: draft, or changes requested and not made -> sent. What waits for an answer goes on waiting."""
        self.require_sendable(today)
        if self.status in WAITING:
            return
        self.number = number
        self.status = QuoteStatus.SENT
        self.sent_at = now
        self.change_request = self.decline_reason = self.declined_at = None

    def view(self, *, today: date, now: datetime) -> bool:
        """Count that the client looked at it; True the first time that what was sent is looked at."""
        self.first_viewed_at = self.first_viewed_at or now
        self.last_viewed_at = now
        self.view_count += 1
        if self.status is not QuoteStatus.SENT or self.is_past(today):
            return False
        self.status = QuoteStatus.VIEWED
        return True

    def accept(self, revision: int, chosen: Sequence[int], *, name: str, today: date, now: datetime) -> None:
        """Agree to this revision with these optional lines; the project that comes of it gets its id here."""
        self._require_open(today)
        if revision != self.revision:
            raise QuoteChanged
        offer = self.offer
        offer.require_choice(chosen)
        self.chosen = sorted(chosen)
        self._compute(offer, chosen)
        self.status = QuoteStatus.ACCEPTED
        self.accepted_at, self.accepted_by = now, name
        self.project_id = new_id()

    def require_undoable(self, now: datetime) -> UUID:
        """The id of the project that is to go; raise for what is not accepted, or was too long ago."""
        if self.status is not QuoteStatus.ACCEPTED or self.accepted_at is None or self.project_id is None:
            raise QuoteNotAccepted
        if now >= self.accepted_at + UNDO_WINDOW:
            raise QuoteUndoOver
        return self.project_id

    def reopen(self, now: datetime, *, by: str) -> None:
        """Take the acceptance back and have it wait again; what was agreed to is kept in `reopenings`."""
        project_id = self.require_undoable(now)
        undone = {
            "acceptedAt": _moment(self.accepted_at or now),
            "acceptedBy": self.accepted_by,
            "optionalLines": self.chosen,
            "projectId": str(project_id),
            "reopenedAt": _moment(now),
            "reopenedBy": by,
        }
        self.reopenings = [*self.reopenings, undone]
        self.status = QuoteStatus.VIEWED if self._was_viewed else QuoteStatus.SENT
        self.chosen = []
        self._compute(self.offer, ())
        self.accepted_at = self.accepted_by = self.project_id = None

    def request_changes(self, comment: str, *, today: date) -> None:
        """Ask for another offer; the one there is may still be accepted."""
        self._require_open(today)
        self.status = QuoteStatus.CHANGES_REQUESTED
        self.change_request = comment

    def decline(self, reason: str, *, today: date, now: datetime) -> None:
        """Say no."""
        self._require_open(today)
        self.status = QuoteStatus.DECLINED
        self.declined_at, self.decline_reason = now, reason or None

    def expire(self, today: date) -> bool:
        """End what nobody answered in time; False when there is nothing to end."""
        if self.status not in OPEN or not self.is_past(today):
            return False
        self.status = QuoteStatus.EXPIRED
        return True

    @property
    def _was_viewed(self) -> bool:
        return bool(self.last_viewed_at and self.sent_at and self.last_viewed_at >= self.sent_at)

    def _require_open(self, today: date) -> None:
        if self.status in (QuoteStatus.ACCEPTED, QuoteStatus.DECLINED):
            raise QuoteAlreadyAnswered
        if self.status is QuoteStatus.DRAFT:
            raise QuoteChanged
        if self.status is QuoteStatus.EXPIRED or self.is_past(today):
            raise QuoteExpired

    def _compute(self, offer: Offer, chosen: Sequence[int]) -> None:
        totals = offer.totals(chosen)
        self.shown = offer.public_form(chosen)
        self.subtotal_minor = totals.subtotal_minor
        self.discount_minor = totals.discount_minor
        self.tax_minor = totals.tax_minor
        self.amount_minor = totals.total_minor
