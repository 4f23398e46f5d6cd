"""The conversion: a lead becomes a client and a project, exactly once, whatever fails between its steps."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Database
from chassis.errors import Conflict, NotFound
from chassis.principals import Actor, Staff
from services.portal.leads import service
from services.portal.leads.models import Lead, LeadAlreadyConverted
from services.portal.leads.schemas import ConvertedClient, ConvertedProject, LeadConversion
from services.portal.makers import Made, Makers


class ConvertedIsGone(LeadAlreadyConverted):
    """What the lead has become was deleted since."""

    code = LeadAlreadyConverted.code
    default = "This lead was converted already; its client or project has been deleted since."


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a lead has become, and whether it has by this request."""

    made: LeadConversion
    is_new: bool


@dataclass(frozen=True, slots=True)
class _Plan:
    """A lead, and the ids of what it becomes."""

    lead: Lead
    client_id: UUID
    project_id: UUID


class Converter:
    """Chooses the ids first, in a transaction of its own, and has others make what they name before it is noted.

    Every step may be repeated, so a request that broke off anywhere is finished by the next.
    """

    def __init__(self, database: Database, makers: Makers) -> None:
        self._database, self._makers = database, makers

    async def convert(
        self, session: AsyncSession, staff: Staff, *, lead_id: UUID, project_name: str | None, now: datetime
    ) -> Conversion:
        """Raises NotFound, LeadIsSpam, ConvertedIsGone, and Unavailable when a service that makes does not answer."""
        plan = await self._plan(staff, lead_id, now)
        if plan.lead.converted_at:
            return Conversion(await self._as_it_is(plan), is_new=False)
        lead, by = plan.lead, staff.actor
        client = await self._makers.client(lead.agency_id, plan.client_id, name=lead.name, email=lead.email, by=by)
        name = project_name or lead.usual_project_name
        try:
            project = await self._project(plan, name, client_id=client.id, by=by)
        except Conflict:
            # Made by a try that broke off, and deleted since.
            plan = await self._plan(staff, lead_id, now, gone=plan.project_id)
            project = await self._project(plan, name, client_id=client.id, by=by)
        is_new = await service.convert_lead(session, by, lead=lead, client_id=client.id, now=now)
        return Conversion(_conversion(client, project), is_new=is_new)

    async def _plan(self, staff: Staff, lead_id: UUID, now: datetime, *, gone: UUID | None = None) -> _Plan:
        async with self._database.unit(staff.agency_id) as session:
            lead = await service.plan_conversion(session, staff, lead_id=lead_id, gone=gone, now=now)
        assert lead.client_id
        assert lead.project_id
        return _Plan(lead, lead.client_id, lead.project_id)

    async def _project(self, plan: _Plan, name: str, *, client_id: UUID, by: Actor) -> Made:
        agency_id = plan.lead.agency_id
        return await self._makers.project(agency_id, plan.project_id, name=name, client_id=client_id, by=by)

    async def _as_it_is(self, plan: _Plan) -> LeadConversion:
        agency_id = plan.lead.agency_id
        try:
            client = await self._makers.find_client(agency_id, plan.client_id)
            project = await self._makers.find_project(agency_id, plan.project_id)
        except NotFound as error:
            raise ConvertedIsGone from error
        return _conversion(client, project)


def _conversion(client: Made, project: Made) -> LeadConversion:
    return LeadConversion(
        client=ConvertedClient.model_validate_json(client.body),
        project=ConvertedProject.model_validate_json(project.body),
    )
