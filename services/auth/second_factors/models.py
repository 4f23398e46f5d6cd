"""The second factor: a secret shared with a member's authenticator app, and codes for when the app is lost."""

from datetime import datetime
from uuid import UUID

from chassis.errors import Conflict, Forbidden, Unauthenticated
from chassis.tables import Row, timestamp


class SecondFactorRequired(Unauthenticated):
    """The password is right, and a code has to come with it."""

    default = "Enter the code that your authenticator app shows, or a recovery code."


class SecondFactorWrong(Unauthenticated):
    """A code that is wrong, too old or used already."""

    default = "This code is not right, or was used already. Wait for the next one."


class WrongCode(Forbidden):
    """Whoever holds the session has no code that is right and unused."""

    default = "This code is not right, or was used already. Wait for the next one."


class SecondFactorOn(Conflict):
    """There is a second factor already."""

    default = "Two-factor sign-in is on already. Switch it off first."


class NoSecondFactor(Conflict):
    """There is no second factor that could be confirmed, renewed or switched off."""

    default = "Two-factor sign-in is not set up. Begin by setting it up."


class SecondFactor(Row, table=True):
    """A member's second factor: set up, and on from the first right code.

    `last_step` is the 30-second step of the last code that was taken: no code is taken twice.
    """

    __tablename__ = "second_factors"

    member_id: UUID
    sealed_secret: bytes
    confirmed_at: datetime | None = timestamp()
    last_step: int = 0

    @property
    def is_on(self) -> bool:
        """Whether signing in asks for a code."""
        return self.confirmed_at is not None

    def set_up(self, sealed_secret: bytes, now: datetime) -> None:
        """Another secret, to be confirmed; SecondFactorOn when one is in use."""
        if self.is_on:
            raise SecondFactorOn
        self.sealed_secret, self.last_step, self.updated_at = sealed_secret, 0, now

    def confirm(self, now: datetime) -> None:
        """Signing in asks for a code from now on; SecondFactorOn when it does already."""
        if self.is_on:
            raise SecondFactorOn
        self.confirmed_at = self.updated_at = now

    def take(self, step: int | None, now: datetime) -> bool:
        """Take the code of a step; False when there is none, or the step or a later one was taken before."""
        if step is None or step <= self.last_step:
            return False
        self.last_step, self.updated_at = step, now
        return True


class RecoveryCode(Row, table=True):
    """A code that is taken once instead of the app's; only its hash is kept."""

    __tablename__ = "recovery_codes"

    second_factor_id: UUID
    code_hash: bytes
    used_at: datetime | None = timestamp()
