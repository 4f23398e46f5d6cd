"""Settings of auth, the only reader of its environment."""

from chassis.settings import Settings as CommonSettings


class Settings(CommonSettings):
    """The common settings and one budget.

    `registration_limit` is per address of the caller; whoever makes many agencies at once (a migration, a
    test run) raises it.
    """

    registration_limit: str = "100/15minutes"
