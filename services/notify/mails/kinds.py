"""The kinds of mails: who can get each, and which of them nobody can turn off."""

from dataclasses import dataclass

from chassis.principals import Role
from services.notify.addressees import Side
from services.notify.mails.models import Template

BOTH = frozenset(Side)


@dataclass(frozen=True, slots=True)
class Kind:
    """`locked`: it comes in any case. `roles`: the members who get it, of those who could."""

    sides: frozenset[Side]
    locked: bool = False
    roles: frozenset[Role] = frozenset(Role)


_TO_CLIENTS = Kind(frozenset({Side.CLIENT}))
_TO_MEMBERS = Kind(frozenset({Side.MEMBER}))
# About money that goes where no other member decides.
_TO_MANAGERS = Kind(frozenset({Side.MEMBER}), roles=frozenset({Role.OWNER, Role.ADMIN}))
# What somebody cannot do without: a way in, word that it was changed, what is owed, and the papers that prove it.
_CLIENTS_OWN = Kind(frozenset({Side.CLIENT}), locked=True)
_MEMBERS_OWN = Kind(frozenset({Side.MEMBER}), locked=True)

# One that is not here can be turned off by whoever gets it, but does not stand in their list of preferences.
KINDS: dict[Template, Kind] = {
    Template.WELCOME: _CLIENTS_OWN,
    Template.PORTAL_INVITATION: _CLIENTS_OWN,
    Template.MAGIC_LINK: _CLIENTS_OWN,
    Template.MEMBER_INVITATION: Kind(frozenset(), locked=True),
    Template.PASSWORD_RESET: _MEMBERS_OWN,
    Template.PASSWORD_CHANGED: _MEMBERS_OWN,
    Template.FILE_SHARED: _TO_CLIENTS,
    Template.FILE_RECEIVED: _TO_MEMBERS,
    Template.FILE_APPROVED: _TO_MEMBERS,
    Template.CHANGES_REQUESTED: _TO_MEMBERS,
    Template.FILE_COMMENTED: _TO_CLIENTS,
    Template.COMMENT_RECEIVED: _TO_MEMBERS,
    Template.SIGNED_COPY: _CLIENTS_OWN,
    Template.FILE_SIGNED: _MEMBERS_OWN,
    Template.MESSAGE_RECEIVED: _TO_MEMBERS,
    Template.PROJECT_COMPLETED: _TO_CLIENTS,
    Template.FEEDBACK_RECEIVED: _TO_MEMBERS,
    Template.LEAD_RECEIVED: _TO_MEMBERS,
    Template.CONTRACT_SENT: _TO_CLIENTS,
    Template.CONTRACT_SIGNED: _MEMBERS_OWN,
    Template.CONTRACT_DECLINED: _TO_MEMBERS,
    Template.QUOTE_SENT: _TO_CLIENTS,
    Template.QUOTE_ACCEPTED: _TO_MEMBERS,
    Template.QUOTE_CHANGES_REQUESTED: _TO_MEMBERS,
    Template.QUOTE_DECLINED: _TO_MEMBERS,
    Template.QUOTE_REOPENED: _TO_CLIENTS,
    Template.INVOICE_SENT: _CLIENTS_OWN,
    Template.CREDIT_NOTE_ISSUED: _CLIENTS_OWN,
    Template.INVOICE_REMINDER: _TO_CLIENTS,
    Template.INVOICE_OVERDUE: _CLIENTS_OWN,
    Template.INVOICE_RECEIPT: _CLIENTS_OWN,
    Template.INVOICE_PAID: _TO_MEMBERS,
    Template.PAYMENT_REFUNDED: _CLIENTS_OWN,
    Template.REFUND_FAILED: _TO_MANAGERS,
    Template.DISPUTE_OPENED: _TO_MANAGERS,
    Template.DISPUTE_CLOSED: _TO_MANAGERS,
    Template.RECURRING_INVOICE_FAILED: _TO_MEMBERS,
    Template.ENDPOINT_DISABLED: Kind(frozenset({Side.MEMBER}), locked=True, roles=frozenset({Role.OWNER})),
}
_UNLISTED = Kind(BOTH)


def kind_of(template: Template) -> Kind:
    """What is to be known about a kind of mail."""
    return KINDS.get(template, _UNLISTED)


def kinds_for(side: Side, role: Role | None) -> list[Template]:
    """The kinds that somebody can get, those that can be turned off first; `role` is a member's."""
    found = [
        template
        for template, kind in KINDS.items()
        if side in kind.sides and (side == Side.CLIENT or role in kind.roles)
    ]
    return sorted(found, key=lambda template: KINDS[template].locked)
