"""Settings of auth, the only reader of its environment."""

from chassis.settings import Settings as CommonSettings

REGISTRATIONS = "100/15minutes"
REGISTRATIONS_IN_DEVELOPMENT = "10000/15minutes"


class Settings(CommonSettings):
    """The common settings and one budget: how many agencies one address may register."""

    registration_limit: str | None = None

    @property
    def registrations_per_address(self) -> str:
        """As set; else tight, but for development, where demonstrations and tests register by the hundred."""
        default = REGISTRATIONS if self.production else REGISTRATIONS_IN_DEVELOPMENT
        return self.registration_limit or default
