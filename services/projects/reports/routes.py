"""REST of reports."""

from typing import Annotated

from fastapi import Query

from chassis.http.dependencies import CurrentStaff, Reading
from chassis.http.unit import Router
from services.projects.reports import service
from services.projects.reports.schemas import HoursPublic
from services.projects.time_entries.schemas import Day

MAX_PROJECTS = 200

router = Router(prefix="/api/reports", tags=["Reports"])

From = Annotated[Day | None, Query(alias="from", description="Only time of this date or later.")]
To = Annotated[Day | None, Query(alias="to", description="Only time of this date or earlier.")]
Limit = Annotated[int, Query(ge=1, le=MAX_PROJECTS, description="How many projects are listed by themselves.")]


@router.get("/hours", response_model=HoursPublic)
async def report_hours(
    staff: CurrentStaff, reader: Reading, first_on: From = None, last_on: To = None, limit: Limit = 20
) -> HoursPublic:
    """Show where time went: the projects that took most of it, and all others in one sum."""
    return await service.report_hours(reader, staff, first_on=first_on, last_on=last_on, limit=limit)
