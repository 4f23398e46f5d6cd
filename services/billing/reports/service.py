"""What can be asked about the agency's money as a whole."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.principals import Staff
from services.billing.context import Context
from services.billing.replicas import service as replicas
from services.billing.reports import repository
from services.billing.reports.models import Months
from services.billing.reports.schemas import IncomePublic, OutstandingPublic, income_public, outstanding_public


async def report_income(
    session: AsyncSession, staff: Staff, *, months: int, context: Context, now: datetime
) -> IncomePublic:
    """What came in and was invoiced in the last months, this one included."""
    days = await replicas.days_of(session, staff.agency_id, directory=context.directory)
    wanted = Months.until(days.today(now), months)
    flows = await repository.flows(session, staff.agency_id, wanted)
    return income_public(flows, wanted, zone=str(days.zone))


async def report_outstanding(
    session: AsyncSession, staff: Staff, *, context: Context, now: datetime
) -> OutstandingPublic:
    """What is owed to the agency today."""
    days = await replicas.days_of(session, staff.agency_id, directory=context.directory)
    today = days.today(now)
    rows = await repository.owed(session, staff.agency_id, today=today)
    return outstanding_public(rows, today=today, zone=str(days.zone))
