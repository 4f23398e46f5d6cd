"""REST of reports."""

from typing import Annotated

from fastapi import Query

from chassis.errors import Unavailable
from chassis.http.dependencies import CurrentStaff, Now, Session
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.billing.dependencies import Ctx
from services.billing.reports import service
from services.billing.reports.schemas import IncomePublic, OutstandingPublic

MAX_MONTHS = 120

router = Router(prefix="/api/reports", tags=["Reports"])

HowMany = Annotated[int, Query(ge=1, le=MAX_MONTHS, description="How many months, this one included.")]


@router.get("/income", response_model=IncomePublic, responses=problems(Unavailable))
async def report_income(
    session: Session, staff: CurrentStaff, context: Ctx, now: Now, months: HowMany = 12
) -> IncomePublic:
    """Show what came in and was invoiced, month by month.

    Money counts on the day on which it came or went where the agency is, an invoice or credit note on the day that
    stands on it. Currencies are never added together.
    """
    return await service.report_income(session, staff, months=months, context=context, now=now)


@router.get("/outstanding", response_model=OutstandingPublic, responses=problems(Unavailable))
async def report_outstanding(session: Session, staff: CurrentStaff, context: Ctx, now: Now) -> OutstandingPublic:
    """Show what open invoices still ask for, by how late it is where the agency is."""
    return await service.report_outstanding(session, staff, context=context, now=now)
