"""Which mails are asked for by events about getting in: invitations, leads, sign-in links, passwords."""

from collections.abc import Callable
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from chassis.events import Event
from services.notify.clients import LinkKind
from services.notify.mails.facts import Door, Facts, Order, SecretDoor
from services.notify.mails.models import Audience, Template
from services.notify.mails.occasions.heard import Heard, to_members

# The words of the mail to the contacts of a company.
FOR_COMPANY = "company"


class _Person(BaseModel):
    id: UUID


class _PortalInvitation(BaseModel):
    company_id: UUID | None
    recipients: list[_Person]
    custom_message: str


class _MagicLink(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)

    id: UUID
    client_id: UUID | None


class _MemberInvitation(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)

    id: UUID
    email: str
    invited_by: str


class _PasswordReset(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)

    id: UUID
    member_id: UUID | None


class _PasswordChange(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)

    member_id: UUID


class _Lead(Heard):
    name: str
    email: str
    form_name: str
    message: str


def _client_created(event: Event) -> list[Order]:
    if not event.internal.get("welcome", True):
        return []
    return [_to(Template.WELCOME, Audience.CLIENT, event.aggregate_id, Facts(door=Door.PORTAL))]


def _portal_invitation(event: Event) -> list[Order]:
    invitation = _PortalInvitation.model_validate(event.data)
    facts = Facts(
        texts={"company": str(event.internal.get("companyName") or "")},
        quote=invitation.custom_message,
        whole_quote=True,
        variant=FOR_COMPANY if invitation.company_id else "",
        of_company=invitation.company_id,
        door=Door.SECRET,
        secret=SecretDoor(kind=LinkKind.PORTAL_TOKEN, id=UUID(event.internal["portalTokenId"])),
    )
    return [_to(Template.PORTAL_INVITATION, Audience.CLIENT, person.id, facts) for person in invitation.recipients]


def _magic_link(event: Event) -> list[Order]:
    link = _MagicLink.model_validate(event.data)
    # Somebody asked with an address that is nobody's.
    if link.client_id is None:
        return []
    facts = Facts(door=Door.SECRET, secret=SecretDoor(kind=LinkKind.MAGIC_LINK, id=link.id))
    return [_to(Template.MAGIC_LINK, Audience.CLIENT, link.client_id, facts)]


def _member_invitation(event: Event) -> list[Order]:
    invitation = _MemberInvitation.model_validate(event.data)
    facts = Facts(
        texts={"invited_by": invitation.invited_by},
        address=invitation.email,
        door=Door.SECRET,
        secret=SecretDoor(kind=LinkKind.INVITATION, id=invitation.id),
    )
    return [_to(Template.MEMBER_INVITATION, Audience.INVITEE, invitation.id, facts)]


def _password_reset(event: Event) -> list[Order]:
    reset = _PasswordReset.model_validate(event.data)
    if reset.member_id is None:
        return []
    facts = Facts(door=Door.SECRET, secret=SecretDoor(kind=LinkKind.PASSWORD_RESET, id=reset.id))
    return [_to(Template.PASSWORD_RESET, Audience.MEMBER, reset.member_id, facts)]


def _password_changed(event: Event) -> list[Order]:
    change = _PasswordChange.model_validate(event.data)
    facts = Facts(moments={"moment": event.occurred_at})
    return [_to(Template.PASSWORD_CHANGED, Audience.MEMBER, change.member_id, facts)]


def _lead_created(event: Event) -> list[Order]:
    lead = _Lead.model_validate(event.data)
    texts = {"lead": lead.name, "email": lead.email, "form": lead.form_name}
    return [to_members(Template.LEAD_RECEIVED, Facts(texts=texts, quote=lead.message))]


def _to(template: Template, audience: Audience, recipient_id: UUID, facts: Facts) -> Order:
    return Order(template=template, audience=audience, recipient_id=recipient_id, facts=facts)


ADMISSIONS: dict[str, Callable[[Event], list[Order]]] = {
    "auth.client.created": _client_created,
    "portal.invitation.sent": _portal_invitation,
    "portal.lead.created": _lead_created,
    "auth.magic_link.requested": _magic_link,
    "auth.invitation.created": _member_invitation,
    "auth.invitation.resent": _member_invitation,
    "auth.password_reset.requested": _password_reset,
    "auth.password.changed": _password_changed,
}
