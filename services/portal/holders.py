"""Whose portal a token opens: a contact, as the client-portal API calls a client, or a company with all its clients."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from chassis.errors import Invalid, NotFound

MAX_NUMBER = 2**31 - 1


class ContactNotFound(NotFound):
    """The agency has no such contact."""

    default = "Contact not found"


class CompanyNotFound(NotFound):
    """The agency has no such company."""

    default = "Company not found"


class ContactWithoutEmail(Invalid):
    """The contact cannot be written to."""

    default = "Contact does not have an email address"


class CompanyWithoutEmail(Invalid):
    """No contact of the company can be written to."""

    default = "Company has no contact with an email address"


class HolderKind(StrEnum):
    """Who may hold a portal token."""

    CONTACT = "contact"
    COMPANY = "company"


@dataclass(frozen=True, slots=True)
class Holder:
    """One of the two; `reference` is a UUID or the decimal digits of a number."""

    kind: HolderKind
    reference: str

    @classmethod
    def named(cls, kind: HolderKind, given: str) -> "Holder":
        """The holder that an address names; what can be no id at all raises what an unknown id does."""
        try:
            return cls(kind, _canonical(given))
        except ValueError as error:
            raise cls(kind, given).unknown from error

    @property
    def unknown(self) -> NotFound:
        """What to say when the agency has none."""
        return ContactNotFound() if self.kind is HolderKind.CONTACT else CompanyNotFound()

    @property
    def unreachable(self) -> Invalid:
        """What to say when there is no address to write to."""
        return ContactWithoutEmail() if self.kind is HolderKind.CONTACT else CompanyWithoutEmail()


def _canonical(given: str) -> str:
    if not (given.isascii() and given.isdigit() and len(given) <= len(str(MAX_NUMBER))):
        return str(UUID(given))
    if not 1 <= int(given) <= MAX_NUMBER:
        raise ValueError("not a number that anything has")
    return str(int(given))
