"""The shapes of reports outside."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from chassis.schemas import Output
from services.projects.reports.models import Hours, Spent

_SUMS = {"minutes": 900, "billableMinutes": 600, "nonBillableMinutes": 300}


class TimeSums(Output):
    """Time in whole minutes."""

    minutes: int
    billable_minutes: int
    non_billable_minutes: int


class ProjectHours(TimeSums):
    """The time that went into a project."""

    project_id: UUID
    name: str
    client_id: UUID
    client_name: str


class OtherHours(TimeSums):
    """The time of all projects that are not listed by themselves."""

    projects: int


class HoursPublic(TimeSums):
    """Where time went, in all and by project."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "from": "2026-11-01",
                "to": "2026-11-30",
                **_SUMS,
                "projects": [
                    {
                        "projectId": "0198f7a2-5c1e-7b44-9d3e-2f6a8c1b0e55",
                        "name": "Website",
                        "clientId": "0198f7a1-88d0-7c10-8a55-91c7d2e4f603",
                        "clientName": "Ada Byron",
                        **_SUMS,
                    }
                ],
                "others": {"projects": 0, **dict.fromkeys(_SUMS, 0)},
            }
        }
    )

    start: date | None = Field(alias="from")
    end: date | None = Field(alias="to")
    projects: list[ProjectHours] = Field(description="Those that took most, first.")
    others: OtherHours


def hours_public(hours: Hours, *, first_on: date | None, last_on: date | None) -> HoursPublic:
    """The report as REST shows it."""
    shown = [
        {
            "projectId": one.project_id,
            "name": one.name,
            "clientId": one.client_id,
            "clientName": one.client_name,
            **_sums(one.spent),
        }
        for one in hours.largest
    ]
    others = hours.total.less([one.spent for one in hours.largest])
    return HoursPublic.model_validate(
        {
            "from": first_on,
            "to": last_on,
            **_sums(hours.total),
            "projects": shown,
            "others": {"projects": hours.projects - len(shown), **_sums(others)},
        }
    )


def _sums(spent: Spent) -> dict[str, Any]:
    return {
        "minutes": spent.minutes,
        "billableMinutes": spent.billable,
        "nonBillableMinutes": spent.minutes - spent.billable,
    }
