"""The invitation: a person who may become a member, until they have, it is taken back, or a week has passed."""

from datetime import datetime, timedelta
from enum import StrEnum

from chassis.errors import Unauthenticated
from chassis.principals import Role
from chassis.tables import Row, enum_column, timestamp

LIFETIME = timedelta(days=7)


class InvitationNotValid(Unauthenticated):
    """Accepted, revoked, replaced, run out or made up: the same for all."""

    default = "This invitation is not valid any longer. Ask for a new one."


class InvitationState(StrEnum):
    """What has become of an invitation; that it has run out is told by the time."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REVOKED = "revoked"


class Invitation(Row, table=True):
    """An address that was asked to join, and as what.

    `generation` is part of what its token is derived from: raising it ends the tokens mailed before. `invited_by`
    is the name of whoever invited, at that time.
    """

    __tablename__ = "invitations"

    email: str
    role: Role = enum_column(Role, Role.MEMBER)
    invited_by: str
    state: InvitationState = enum_column(InvitationState, InvitationState.OPEN)
    generation: int = 1
    expires_at: datetime = timestamp(nullable=False)

    def is_live(self, now: datetime) -> bool:
        """True while it can be accepted."""
        return self.state is InvitationState.OPEN and now < self.expires_at

    def opens(self, generation: int, now: datetime) -> bool:
        """Whether the token of that generation can be used."""
        return generation == self.generation and self.is_live(now)

    def accept(self, now: datetime) -> None:
        """The person is a member now; InvitationNotValid when it cannot be accepted."""
        if not self.is_live(now):
            raise InvitationNotValid
        self.state, self.updated_at = InvitationState.ACCEPTED, now

    def send_again(self, now: datetime) -> bool:
        """Another week, by another token; False when it is not open."""
        if self.state is not InvitationState.OPEN:
            return False
        self.generation += 1
        self.expires_at, self.updated_at = now + LIFETIME, now
        return True

    def revoke(self, now: datetime) -> bool:
        """Take it back; False when it is not open."""
        if self.state is not InvitationState.OPEN:
            return False
        self.state, self.updated_at = InvitationState.REVOKED, now
        return True
