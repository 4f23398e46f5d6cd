"""What the API takes and gives about time settings."""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, model_validator

from chassis.money import Amount, Currency
from chassis.schemas import Input, Output
from services.projects.time_entries.schemas import HourlyRate

EXAMPLE: dict[str, Any] = {"rate": 87.5, "currency": "EUR", "roundingMinutes": 15}

Rounding = Annotated[
    Literal[1, 5, 6, 10, 15, 30],
    Field(description="Time on invoices is rounded up to these whole minutes; 1 leaves it as it was measured."),
]


class TimeSettingsSet(Input):
    """All of the settings: what is left out is unset. A rate without a currency is in the agency's."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    rate: HourlyRate | None = None
    currency: Currency | None = None
    rounding_minutes: Rounding | None = None

    @model_validator(mode="after")
    def _prices_something(self) -> "TimeSettingsSet":
        if self.currency is not None and self.rate is None:
            raise ValueError("a currency needs a rate that is in it")
        return self


class TimeSettingsPublic(Output):
    """What an hour costs where an entry does not say, and how its time is rounded; null where that is left open."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    rate: Amount | None
    currency: str | None
    rounding_minutes: int | None
