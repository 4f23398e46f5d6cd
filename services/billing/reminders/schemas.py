"""The shapes of reminders outside."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field

from chassis.schemas import Input, Output, Timestamp
from services.billing.reminders.models import Reminder, ReminderSettings

MOST_EACH = 10
_EXAMPLE: dict[str, Any] = {"daysBeforeDue": [3], "daysAfterDue": [1, 7, 14], "active": True}

DaysBefore = Annotated[int, Field(strict=True, ge=0, le=90)]
DaysAfter = Annotated[int, Field(strict=True, ge=1, le=365)]


class ReminderSettingsSet(Input):
    """When clients are reminded of an open invoice: days before it is due (0 is the day itself), and days after."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    days_before_due: Annotated[list[DaysBefore], Field(max_length=MOST_EACH)]
    days_after_due: Annotated[list[DaysAfter], Field(max_length=MOST_EACH)]
    active: bool


class ReminderSettingsPublic(Output):
    """When clients are reminded; nothing is sent until `active`."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE | {"updatedAt": "2026-03-01T09:30:00.000Z"}]})

    days_before_due: list[int]
    days_after_due: list[int]
    active: bool
    updated_at: Timestamp | None


class ReminderPublic(Output):
    """A reminder that was sent: `daysFromDue` is negative before the due date."""

    id: UUID
    invoice_id: UUID
    days_from_due: int = Field(examples=[7])
    created_at: Timestamp


def settings_public(settings: ReminderSettings) -> ReminderSettingsPublic:
    """The settings as REST shows them; the defaults were never changed."""
    return ReminderSettingsPublic(
        days_before_due=settings.days_before_due,
        days_after_due=settings.days_after_due,
        active=settings.active,
        updated_at=settings.updated_at if settings.version else None,
    )


def reminder_public(reminder: Reminder) -> ReminderPublic:
    """A reminder as REST shows it."""
    return ReminderPublic.model_validate(reminder)
