"""The settings of notify; the only reader of its environment."""

from urllib.parse import urlsplit

from pydantic import model_validator

from chassis.settings import Settings as ChassisSettings
from services.notify.mails.composing import sender_of
from services.notify.mails.smtp import MailServer


class Settings(ChassisSettings):
    """The common settings, with those about mail checked at the start rather than at the first mail."""

    @model_validator(mode="after")
    def _can_send_mail(self) -> "Settings":
        if self.production and self.smtp_url is None:
            raise ValueError(
                "PORTICO_SMTP_URL is required in production, such as smtp://user:password@host:587?starttls=true"
            )
        sender_of(self.mail_from)
        _ = self.mail_server
        return self

    @property
    def mail_server(self) -> MailServer | None:
        """Where mails go; None in development without a server, when they go to the mailbox page."""
        if self.smtp_url is None or not self.smtp_url.get_secret_value():
            return None
        return MailServer.parse(
            self.smtp_url.get_secret_value(), hello=urlsplit(self.public_url).hostname or "localhost"
        )

    @property
    def sender(self) -> str:
        """The address that mails come from."""
        return sender_of(self.mail_from)
