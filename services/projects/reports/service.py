"""What can be asked about the agency's time as a whole."""

from datetime import date

from chassis.database import Reader
from chassis.errors import Invalid
from chassis.principals import Staff
from services.projects.reports import repository
from services.projects.reports.schemas import HoursPublic, hours_public


async def report_hours(
    reader: Reader, staff: Staff, *, first_on: date | None, last_on: date | None, limit: int
) -> HoursPublic:
    """Where the time of some days went: the projects that took most, and the rest in one sum."""
    if first_on and last_on and first_on > last_on:
        raise Invalid.field("from", "must not be after `to`")
    hours = await repository.hours(reader, staff.agency_id, first_on=first_on, last_on=last_on, limit=limit)
    return hours_public(hours, first_on=first_on, last_on=last_on)
