"""The member: a person of the agency, with a role and a password."""

from chassis.errors import Conflict, Unauthenticated
from chassis.principals import Actor, ActorKind, Role
from chassis.tables import Row, enum_column


class EmailTaken(Conflict):
    """The address belongs to a member already."""

    default = "This e-mail address is registered already. Sign in instead."


class WrongCredentials(Unauthenticated):
    """Unknown address or wrong password: the two are never told apart."""

    default = "E-mail address or password is not right."


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


def login_name(email: str) -> str:
    """The form in which addresses are compared and kept: people type the same address in many cases."""
    return email.lower()
