"""REST of invitations: invite a contact or a company, and see who was invited."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from chassis.errors import Invalid
from chassis.http.dependencies import CurrentStaff, Now, Reference, Session
from chassis.http.pages import Paging
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.portal.dependencies import WITHIN_BUDGET, Portal
from services.portal.holders import (
    CompanyNotFound,
    CompanyWithoutEmail,
    ContactNotFound,
    ContactWithoutEmail,
    Holder,
    HolderKind,
)
from services.portal.invitations import service
from services.portal.invitations.models import Invitation
from services.portal.invitations.schemas import InvitationCreate, InvitationPublic, InvitationSent
from services.portal.invitations.service import InvitationNotSent

SENT = "Portal invitation sent successfully"

router: APIRouter = Router(tags=["Client portal"], dependencies=[WITHIN_BUDGET])

# Texts, so that what is no id at all is answered like an id that nobody has.
ContactInPath = Annotated[str, Path(description="The contact's `id` (UUID) or `number`.")]
CompanyInPath = Annotated[str, Path(description="The company's `id` (UUID) or `number`.")]
OfContact = Annotated[Reference | None, Query(description="Only those of the contact with this `id` or `number`.")]
OfCompany = Annotated[Reference | None, Query(description="Only those of the company with this `id` or `number`.")]


@router.post(
    "/api/v1/client-portal/contacts/{contact_id}/invite",
    responses=problems(ContactWithoutEmail, ContactNotFound, InvitationNotSent),
)
async def invite_contact(
    contact_id: ContactInPath,
    staff: CurrentStaff,
    session: Session,
    portal: Portal,
    now: Now,
    body: InvitationCreate | None = None,
) -> InvitationSent:
    """Invite a contact to the portal

    Mails the contact a link that opens the portal, with the agency's own words where `custom_message` has some, and
    returns the portal token of that link. Each call sends again, as often as needed. Announces
    `client_portal.invitation_sent`.
    """
    holder = Holder.named(HolderKind.CONTACT, contact_id)
    token = await service.invite(
        session, staff, holder=holder, custom_message=_words(body), tokens=portal.tokens, now=now
    )
    return InvitationSent(message=SENT, token=token)


@router.post(
    "/api/v1/client-portal/companies/{company_id}/invite",
    responses=problems(CompanyWithoutEmail, CompanyNotFound, InvitationNotSent),
)
async def invite_company(
    company_id: CompanyInPath,
    staff: CurrentStaff,
    session: Session,
    portal: Portal,
    now: Now,
    body: InvitationCreate | None = None,
) -> InvitationSent:
    """Invite a company to the portal

    Mails each contact of the company that has an e-mail address a link to the company's portal: the projects and
    papers of all its contacts. Returns the company's portal token. Announces `client_portal.invitation_sent` once.
    """
    holder = Holder.named(HolderKind.COMPANY, company_id)
    token = await service.invite(
        session, staff, holder=holder, custom_message=_words(body), tokens=portal.tokens, now=now
    )
    return InvitationSent(message=SENT, token=token)


@router.get("/api/v1/client-portal/invitations", response_model=list[InvitationPublic], responses=problems(Invalid))
async def list_portal_invitations(
    staff: CurrentStaff,
    session: Session,
    page: Paging,
    response: Response,
    contact_id: OfContact = None,
    company_id: OfCompany = None,
) -> Sequence[Invitation]:
    """List the invitations to the portal, newest first."""
    asked: list[tuple[HolderKind, UUID | int | None]] = [
        (HolderKind.CONTACT, contact_id),
        (HolderKind.COMPANY, company_id),
    ]
    holders = [Holder(kind, str(reference)) for kind, reference in asked if reference is not None]
    return page.respond(
        await service.list_invitations(session, holders, after=page.after, limit=page.limit + 1), response
    )


def _words(body: InvitationCreate | None) -> str:
    return body.custom_message or "" if body else ""
