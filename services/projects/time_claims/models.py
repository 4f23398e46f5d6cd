"""The claim: time kept for one invoice, until that is there, or it is known that it never will be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import DateTime
from sqlmodel import Field

from chassis.errors import Conflict
from chassis.tables import Row, enum_column
from services.projects.time_entries.models import Rate

# Billing gives up an invoice that it has not begun to save by then. What is older and has no invoice never gets one.
VALID_FOR = timedelta(minutes=1)
# One invoice takes no more: its lines have to be made, and to travel, within a few seconds.
MAX_ENTRIES = 2000


class ClaimStatus(StrEnum):
    """`open`: the invoice may come; `settled`: it is there; `released`: it never came, or is void or deleted."""

    OPEN = "open"
    SETTLED = "settled"
    RELEASED = "released"


class Refusal(StrEnum):
    """Why time cannot be put on an invoice."""

    NO_PROJECT = "no_project"
    NOTHING = "nothing"
    TOO_MANY = "too_many"
    UNKNOWN_ENTRIES = "unknown_entries"
    NOT_BILLABLE = "not_billable"
    LOCKED = "locked"
    NO_RATE = "no_rate"
    MIXED_CURRENCIES = "mixed_currencies"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which time is wanted: all that is billable and on no invoice, of some days where they are named; or entries."""

    project_id: UUID
    first_on: date | None = None
    last_on: date | None = None
    entry_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A time entry that is wanted; `task` is what its client knows the task as, None where there is none to name."""

    id: UUID
    description: str
    minutes: int
    worked_on: date
    billable: bool
    rate: Rate | None
    invoice_id: UUID | None
    task: str | None


@dataclass(frozen=True, slots=True)
class Refused:
    """The reason, and the entries that it is about."""

    reason: Refusal
    entry_ids: tuple[UUID, ...] = ()


class TimeNotClaimable(Conflict):
    """The time cannot be put on an invoice; `refused` tells why."""

    default = "The time cannot be put on an invoice."

    def __init__(self, reason: Refusal, entry_ids: Sequence[UUID] = ()) -> None:
        super().__init__()
        self.refused = Refused(reason, tuple(entry_ids))


class TimeClaim(Row, table=True):
    """Time kept for an invoice; `id` is the invoice's. The entries name it too."""

    __tablename__ = "time_claims"

    project_id: UUID
    status: ClaimStatus = enum_column(ClaimStatus, ClaimStatus.OPEN)
    valid_until: datetime = Field(sa_type=DateTime(timezone=True))  # type: ignore[call-overload]

    @classmethod
    def of(cls, selection: Selection, *, agency_id: UUID, invoice_id: UUID, now: datetime) -> "TimeClaim":
        """A claim that holds for as long as billing may take."""
        return cls(
            agency_id=agency_id,
            id=invoice_id,
            project_id=selection.project_id,
            valid_until=now + VALID_FOR,
            created_at=now,
            updated_at=now,
        )

    def settle(self, now: datetime) -> None:
        """The invoice is there; nothing to do for what was released since."""
        if self.status is ClaimStatus.OPEN:
            self.status = ClaimStatus.SETTLED
            self.updated_at = now

    def release(self, now: datetime) -> bool:
        """The invoice is gone, or never came; False when that was known."""
        if self.status is ClaimStatus.RELEASED:
            return False
        self.status = ClaimStatus.RELEASED
        self.updated_at = now
        return True


def priced(candidates: Sequence[Candidate], default: Rate | None) -> list[tuple[Candidate, Rate]]:
    """Each entry with what an hour of it costs, all in one currency; TimeNotClaimable where that cannot be."""
    rates = [(one, one.rate or default) for one in candidates]
    if missing := [one.id for one, rate in rates if rate is None]:
        raise TimeNotClaimable(Refusal.NO_RATE, missing)
    found = [(one, rate) for one, rate in rates if rate is not None]
    if len({rate.currency for _, rate in found}) > 1:
        raise TimeNotClaimable(Refusal.MIXED_CURRENCIES)
    return found


def require_claimable(selection: Selection, candidates: Sequence[Candidate]) -> None:
    """Raise TimeNotClaimable unless all that was found can be put on an invoice, and all that was named was found."""
    known = {one.id for one in candidates}
    if unknown := [id for id in selection.entry_ids if id not in known]:
        raise TimeNotClaimable(Refusal.UNKNOWN_ENTRIES, unknown)
    if unbillable := [one.id for one in candidates if not one.billable]:
        raise TimeNotClaimable(Refusal.NOT_BILLABLE, unbillable)
    if locked := [one.id for one in candidates if one.invoice_id is not None]:
        raise TimeNotClaimable(Refusal.LOCKED, locked)
    if len(candidates) > MAX_ENTRIES:
        raise TimeNotClaimable(Refusal.TOO_MANY)
    if not candidates:
        raise TimeNotClaimable(Refusal.NOTHING)
