"""What the API takes to make an invoice of worked time."""

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from chassis.schemas import Input
from services.billing.invoices.fields import Day, Rate
from services.billing.invoices.time_lines import GroupBy, Rounding, RoundingPer

MAX_ENTRIES = 2000

EXAMPLE: dict[str, Any] = {
    "projectId": "0198f7a2-5c1e-7b44-9d3e-2f6a8c1b0e55",
    "from": "2026-11-01",
    "to": "2026-11-30",
    "groupBy": "task",
    "rounding": {"minutes": 15, "per": "entry"},
    "taxRate": 19,
    "dueDate": "2026-12-14",
}


class RoundingInput(Input):
    """Time is rounded up to whole multiples of `minutes`: each entry, or what a line adds up to."""

    minutes: Literal[1, 5, 6, 10, 15, 30]
    per: RoundingPer = RoundingPer.ENTRY

    def read(self) -> Rounding:
        """As the arithmetic takes it."""
        return Rounding(self.minutes, self.per)


class InvoiceFromTime(Input):
    """Which time of a project is invoiced, and how: all that is billable and on no invoice yet, or some entries."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    project_id: UUID
    first_on: Annotated[Day | None, Field(alias="from", description="Only time of this date or later.")] = None
    last_on: Annotated[Day | None, Field(alias="to", description="Only time of this date or earlier.")] = None
    time_entry_ids: Annotated[
        list[UUID] | None, Field(min_length=1, max_length=MAX_ENTRIES, description="Just these entries.")
    ] = None
    group_by: Annotated[GroupBy, Field(description="What shares a line, as far as it costs the same.")] = GroupBy.ENTRY
    rounding: Annotated[
        RoundingInput | None, Field(description="Without it each entry is rounded as the time settings say.")
    ] = None
    tax_rate: Rate | None = None
    due_date: Day
    draft: bool = True
    send_email: bool = False

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if self.time_entry_ids and (self.first_on or self.last_on):
            raise ValueError("give either timeEntryIds, or dates")
        if self.first_on and self.last_on and self.first_on > self.last_on:
            raise ValueError("from must not be after to")
        if self.draft and self.send_email:
            raise ValueError("a draft is not mailed: send draft: false as well, or leave out sendEmail")
        return self
