"""What the API takes and gives about timers."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from chassis.schemas import Input, Output, Timestamp
from services.projects.time_entries.schemas import EXAMPLE as ENTRY
from services.projects.time_entries.schemas import Description, Note, TimeEntryPublic

EXAMPLE: dict[str, Any] = {
    "id": "0198f7b4-0a1b-7c2d-8e3f-405162738495",
    "projectId": "0198f7a2-5c1e-7b44-9d3e-2f6a8c1b0e55",
    "memberId": "0198f7a0-0b0c-7d0e-8f10-111213141516",
    "description": "Wireframes of the shop",
    "startedAt": "2026-11-21T08:00:00.000Z",
}


class TimerStart(Input):
    """What is worked on; without a description it is the project's name."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"projectId": EXAMPLE["projectId"], "description": EXAMPLE["description"]}]}
    )

    project_id: UUID
    description: Description | None = None


class TimerStop(Input):
    """What the time entry says beside the time."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"billable": True, "note": "With a long call."}]})

    billable: bool = True
    note: Note = ""


class TimerPublic(Output):
    """A timer that runs."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    id: UUID
    project_id: UUID
    member_id: UUID
    description: str
    started_at: Timestamp


class TimerEntry(TimeEntryPublic):
    """The time entry that a timer became, of the day on which it was started."""

    model_config = ConfigDict(json_schema_extra={"examples": [ENTRY | {"cutShort": False}]})

    cut_short: Annotated[bool, Field(description="Whether the timer ran for more than 24 hours, of which 24 count.")]


class TimerDiscarded(Output):
    """The timer that is gone."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"id": EXAMPLE["id"], "deleted": True}]})

    id: UUID
    deleted: Literal[True] = True
