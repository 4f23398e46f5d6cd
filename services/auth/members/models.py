"""The member: a person of the agency, with a role and a password."""

from datetime import datetime

from chassis.errors import Conflict, Forbidden, Unauthenticated
from chassis.principals import Actor, ActorKind, Role
from chassis.tables import Row, enum_column


class EmailTaken(Conflict):
    """The address belongs to a member already."""

    default = "This e-mail address is registered already. Sign in instead."


class WrongCredentials(Unauthenticated):
    """Unknown address or wrong password: the two are never told apart."""

    default = "E-mail address or password is not right."


class WrongPassword(Forbidden):
    """Whoever holds the session does not know its member's password."""

    default = "The password is not right."


class PeopleOnly(Forbidden):
    """An API key on a route that needs a member in person."""

    default = "An API key may not do that; a member has to sign in."


class OwnersOnly(Forbidden):
    """Somebody other than an owner makes or unmakes one."""

    default = "Only an owner makes, changes or removes owners."


class LastOwner(Conflict):
    """The agency would be left without an owner."""

    default = "An agency needs an owner. Make somebody else an owner first."


class Member(Row, table=True):
    """A person who signs in. The address is unique in the whole deployment and kept in lower case."""

    __tablename__ = "members"

    name: str
    email: str
    password_hash: str
    role: Role = enum_column(Role, Role.MEMBER)

    @property
    def actor(self) -> Actor:
        """As the cause of an event."""
        return Actor(ActorKind.MEMBER, self.id, self.name)

    def rename(self, name: str, now: datetime) -> None:
        """Another name."""
        self.name, self.updated_at = name, now

    def take_role(self, role: Role, *, by: "Member", owners: int, now: datetime) -> None:
        """Another role, given by a member of the team that has so many owners.

        Raises Forbidden, OwnersOnly or LastOwner.
        """
        by.require_say_over(self.role, role)
        if role is not Role.OWNER:
            self._require_another_owner(owners)
        self.role, self.updated_at = role, now

    def leave(self, *, by: "Member", owners: int, now: datetime) -> None:
        """Go, or be removed by a member of the team that has so many owners.

        Raises Forbidden, OwnersOnly or LastOwner.
        """
        if by.id != self.id:
            by.require_say_over(self.role)
        self._require_another_owner(owners)
        self.updated_at = now

    def set_password(self, password_hash: str, now: datetime) -> None:
        """Another password."""
        self.password_hash, self.updated_at = password_hash, now

    def require_say_over(self, *roles: Role) -> None:
        """Refuse members who may not give or take one of the roles."""
        if self.role not in (Role.OWNER, Role.ADMIN):
            raise Forbidden(f"Only {Role.OWNER} and {Role.ADMIN} may do that.")
        if Role.OWNER in roles and self.role is not Role.OWNER:
            raise OwnersOnly

    def _require_another_owner(self, owners: int) -> None:
        if self.role is Role.OWNER and owners == 1:
            raise LastOwner


def login_name(email: str) -> str:
    """The form in which addresses are compared and kept: people type the same address in many cases."""
    return email.lower()
