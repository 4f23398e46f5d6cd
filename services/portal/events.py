"""The events that the portal publishes."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.events import announce
from chassis.principals import Actor, Client
from services.portal.accesses.models import Access
from services.portal.accesses.schemas import AccessClient, AccessCompany, AccessPublic
from services.portal.invitations.models import Invitation
from services.portal.invitations.schemas import InvitationPublic
from services.portal.leads.models import Lead
from services.portal.leads.schemas import lead_public
from services.portal.portal_settings.models import PortalSettings
from services.portal.portal_settings.schemas import PortalSettingsPublic


async def settings_updated(
    session: AsyncSession, settings: PortalSettings, *, logo_key: str | None, actor: Actor, now: datetime
) -> None:
    """The agency changed its portal settings; `internal` repeats all of them for services that keep a replica.

    It adds the logo's key in the object store, where they read it for their papers.
    """
    data = PortalSettingsPublic.model_validate(settings)
    internal = {**data.model_dump(mode="json"), "logo_key": logo_key}
    await announce(session, "portal.settings.updated", row=settings, actor=actor, data=data, now=now, internal=internal)


async def invitation_sent(
    session: AsyncSession, invitation: Invitation, *, internal: dict[str, str], actor: Actor, now: datetime
) -> None:
    """A contact or a company was invited; `internal` names the portal token by its id, and the company."""
    data = InvitationPublic.model_validate(invitation)
    await announce(
        session, "portal.invitation.sent", row=invitation, actor=actor, data=data, now=now, internal=internal
    )


async def token_accessed(session: AsyncSession, access: Access, *, client: Client, now: datetime) -> None:
    """A person opened a portal."""
    company = AccessCompany(id=client.id, name=client.name) if client.is_company else None
    person = None if company else AccessClient(id=client.id, name=client.name, email=client.email or None)
    data = AccessPublic(
        id=access.id,
        client_id=person.id if person else None,
        client=person,
        company_id=company.id if company else None,
        company=company,
        visits=access.visits,
        accessed_at=now,
    )
    await announce(session, "portal.token.accessed", row=access, actor=client.actor, data=data, now=now)


async def lead_created(session: AsyncSession, lead: Lead, *, actor: Actor, now: datetime) -> None:
    """Somebody filled in an intake form; or what was taken for spam turned out to be none."""
    await announce(session, "portal.lead.created", row=lead, actor=actor, data=lead_public(lead), now=now)


async def lead_converted(session: AsyncSession, lead: Lead, *, actor: Actor, now: datetime) -> None:
    """A lead has become a client and a project."""
    await announce(session, "portal.lead.converted", row=lead, actor=actor, data=lead_public(lead), now=now)
