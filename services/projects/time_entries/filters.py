"""Which time entries a list is asked for."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class TimeEntryFilter:
    """None lets all pass; `first_on` and `last_on` are inclusive, `q` is words of the description.

    `invoiced` tells whether it is on any invoice, `invoice_id` on which.
    """

    project_id: UUID | None = None
    member_id: UUID | None = None
    billable: bool | None = None
    first_on: date | None = None
    last_on: date | None = None
    q: str | None = None
    invoiced: bool | None = None
    invoice_id: UUID | None = None
