"""What the API takes and gives about time entries."""

import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

from chassis.money import Amount, Number
from chassis.schemas import Clean, Input, Output, Patch, Text, Timestamp
from services.projects.time_entries.models import MAX_MINUTES

EARLIEST, LATEST = datetime.date(1970, 1, 1), datetime.date(2200, 12, 31)

EXAMPLE: dict[str, Any] = {
    "id": "0198f7b3-4a5b-7c6d-8e7f-102132435465",
    "projectId": "0198f7a2-5c1e-7b44-9d3e-2f6a8c1b0e55",
    "clientId": "0198f7a1-88d0-7c10-8a55-91c7d2e4f603",
    "description": "Wireframes of the shop",
    "minutes": 90,
    "billable": True,
    "date": "2026-11-21",
    "createdAt": "2026-11-21T09:30:00.000Z",
    "memberId": "0198f7a0-0b0c-7d0e-8f10-111213141516",
    "taskId": None,
    "rate": 87.5,
    "currency": "EUR",
    "note": "Second round; the first was thrown away.",
    "invoiceId": None,
    "updatedAt": "2026-11-21T09:30:00.000Z",
}
_OF_STAFF = ("memberId", "taskId", "rate", "currency", "note", "invoiceId", "updatedAt")
EXAMPLE_FOR_CLIENT = {name: value for name, value in EXAMPLE.items() if name not in _OF_STAFF}


def _written_day(value: Any) -> Any:
    # Pydantic would read numbers as seconds since 1970, also those that a query string holds as text.
    if not isinstance(value, (str, datetime.date)) or (isinstance(value, str) and "-" not in value):
        raise ValueError("must be a date such as 2026-03-31")
    return value


def _sensible_day(day: datetime.date) -> datetime.date:
    if not EARLIEST <= day <= LATEST:
        raise ValueError(f"must be between {EARLIEST} and {LATEST}")
    return day


Day = Annotated[
    datetime.date,
    BeforeValidator(_written_day),
    AfterValidator(_sensible_day),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-03-31"]}),
]
Description = Annotated[str, StringConstraints(min_length=1, max_length=1000), Clean]
Minutes = Annotated[
    int,
    Field(
        strict=True,
        ge=1,
        le=MAX_MINUTES,
        description="Whole minutes; 1440 at the most, for an entry is of one date. Longer work is an entry a day.",
    ),
]
HourlyRate = Annotated[
    Number,
    Field(ge=0, description="What an hour costs, in the major unit of the agency's currency."),
    WithJsonSchema({"type": "number", "minimum": 0, "examples": [87.5]}),
]
TaskId = Annotated[UUID, Field(description="A task of the same project.")]
Note = Annotated[Text, Field(description="For the agency alone; its client never sees it.")]


class TimeEntryCreate(Input):
    """Time that was worked; without a `date` it was today, where the agency is."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"description": EXAMPLE["description"], "minutes": 90, "rate": 87.5}]}
    )

    description: Description
    minutes: Minutes
    billable: bool = True
    rate: HourlyRate | None = None
    note: Note = ""
    date: Day | None = None
    task_id: TaskId | None = None


class TimeEntryUpdate(Patch):
    """A change of some fields; null takes away a `rate` or a `taskId`."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"minutes": 75, "billable": False}]})

    description: Description = Field(default=None)  # type: ignore[assignment]
    minutes: Minutes = Field(default=None)  # type: ignore[assignment]
    billable: bool = Field(default=None)  # type: ignore[assignment]
    rate: HourlyRate | None = None
    note: Note = Field(default=None)  # type: ignore[assignment]
    date: Day = Field(default=None)  # type: ignore[assignment]
    task_id: TaskId | None = None


class TimeEntryForClient(Output):
    """A billable time entry as its client sees it: what was done, when, and how long it took."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE_FOR_CLIENT]})

    id: UUID
    project_id: UUID
    client_id: UUID
    description: str
    minutes: int
    billable: bool
    date: Annotated[datetime.date, Field(validation_alias="worked_on")]
    created_at: Timestamp


class TimeEntryPublic(TimeEntryForClient):
    """A time entry as the agency sees it: whose it is (null for a machine's), what an hour costs, and the note."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    member_id: UUID | None
    task_id: UUID | None
    rate: Amount | None
    currency: str | None
    note: str
    invoice_id: UUID | None
    updated_at: Timestamp


class TimeEntryDeleted(Output):
    """The time entry that is gone."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"id": EXAMPLE["id"], "deleted": True}]})

    id: UUID
    deleted: Literal[True] = True
