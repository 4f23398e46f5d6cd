"""Settings of auth, the only reader of its environment."""

from chassis.settings import Settings as CommonSettings

REGISTRATIONS = "100/15minutes"
REGISTRATIONS_IN_DEVELOPMENT = "10000/15minutes"
MAGIC_LINKS = "100/10minutes"
MAGIC_LINKS_IN_DEVELOPMENT = "10000/10minutes"
CLIENT_SIGN_INS = "30/15minutes"
CLIENT_SIGN_INS_IN_DEVELOPMENT = "10000/15minutes"


class Settings(CommonSettings):
    """The common settings and budgets of a caller's address: registering, asking for magic links, using them.

    As set; else tight, but for development, where demonstrations and tests come by the hundred.
    """

    registration_limit: str | None = None
    magic_link_limit: str | None = None
    client_sign_in_limit: str | None = None

    @property
    def registrations_per_address(self) -> str:
        """How many agencies one address may register."""
        default = REGISTRATIONS if self.production else REGISTRATIONS_IN_DEVELOPMENT
        return self.registration_limit or default

    @property
    def magic_links_per_address(self) -> str:
        """How many magic links one address may ask for, whoever they are for."""
        default = MAGIC_LINKS if self.production else MAGIC_LINKS_IN_DEVELOPMENT
        return self.magic_link_limit or default

    @property
    def client_sign_ins_per_address(self) -> str:
        """How often one address may try to sign a client in."""
        default = CLIENT_SIGN_INS if self.production else CLIENT_SIGN_INS_IN_DEVELOPMENT
        return self.client_sign_in_limit or default
