"""REST of agencies."""

from chassis.errors import Forbidden
from chassis.http.dependencies import CurrentManager, Now, Session
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.auth.agencies import service
from services.auth.agencies.schemas import AgencyPublic, AgencyUpdate

router = Router(tags=["Team"])


@router.patch("/api/auth/agency", response_model=AgencyPublic, responses=problems(Forbidden))
async def update_agency(body: AgencyUpdate, staff: CurrentManager, session: Session, now: Now) -> AgencyPublic:
    """Change the agency's name, currency or time zone.

    The slug stays as it is, because addresses carry it; papers keep the currency that they were made in.
    """
    return await service.change_agency(session, staff, body=body, now=now)
