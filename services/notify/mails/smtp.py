"""The mail server: one SMTP conversation per mail, with a deadline, and refusals told apart by what to do next."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from chassis.errors import PorticoError
from chassis.telemetry import log

if TYPE_CHECKING:
    from aiosmtplib import SMTP

DEADLINE_S = 30.0
FAREWELL_S = 2.0
_PORTS = {"smtp": 25, "smtps": 465}
_STARTTLS_PORT = 587
_MAX_REASON = 500


class MailRefused(PorticoError):
    """The server will not take this mail, now or later (5xx about recipient or content)."""


class MailDeferred(PorticoError):
    """The mail could not be handed over this time."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are handed over; `start_tls` None takes TLS where the server offers it.

    `deadline_s` bounds the whole conversation.
    """

    host: str
    port: int
    username: str | None
    password: str | None
    tls: bool
    start_tls: bool | None
    hello: str
    deadline_s: float = DEADLINE_S

    @classmethod
    def parse(cls, url: str, *, hello: str) -> "MailServer":
        """From `smtp://user:pass@host:port`, `smtps://...` or `?starttls=true|false`; raises ValueError."""
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise ValueError("PORTICO_SMTP_URL must look like smtp://user:password@host:587?starttls=true")
        wish = parse_qs(parts.query).get("starttls", [""])[-1].lower()
        if wish not in ("", "true", "false"):
            raise ValueError("PORTICO_SMTP_URL: starttls is true or false")
        start_tls = {"true": True, "false": False}.get(wish)
        tls = parts.scheme == "smtps"
        return cls(
            host=parts.hostname,
            port=parts.port or (_STARTTLS_PORT if start_tls else _PORTS[parts.scheme]),
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            tls=tls,
            start_tls=False if tls else start_tls,
            hello=hello,
        )

    async def send(self, message: EmailMessage) -> None:
        """Hand a message over; raises MailRefused or MailDeferred."""
        import aiosmtplib

        client = aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            username=self.username,
            password=self.password,
            use_tls=self.tls,
            start_tls=self.start_tls,
            # Encryption that was merely on offer is better than none; a password goes to a verified server only.
            validate_certs=self.tls or bool(self.start_tls) or self.password is not None,
            timeout=self.deadline_s,
            local_hostname=self.hello,
        )
        try:
            async with asyncio.timeout(self.deadline_s):
                await client.connect()
                await _hand_over(client, message)
        except (aiosmtplib.SMTPException, OSError, TimeoutError, ValueError) as failure:
            # Connection, TLS, log-in, sender: about the set-up, which an operator can mend.
            raise MailDeferred((str(failure) or type(failure).__name__)[:_MAX_REASON]) from failure
        else:
            # The message is taken: nothing that happens while taking leave may make it seem untaken.
            with suppress(aiosmtplib.SMTPException, OSError, TimeoutError):
                await client.quit(timeout=FAREWELL_S)
        finally:
            client.close()


async def _hand_over(client: "SMTP", message: EmailMessage) -> None:
    import aiosmtplib

    try:
        refused, _ = await client.send_message(message)
    except aiosmtplib.SMTPRecipientsRefused as refusal:
        raise _verdict(refusal.recipients[0].code, refusal.recipients[0].message) from refusal
    except aiosmtplib.SMTPDataError as refusal:
        raise _verdict(refusal.code, refusal.message) from refusal
    except aiosmtplib.SMTPNotSupported as refusal:
        raise MailRefused(refusal.message) from refusal
    for response in refused.values():
        log.warning("mail_recipient_refused", code=response.code)


def _verdict(code: int, message: str) -> PorticoError:
    reason = f"{code} {message}"[:_MAX_REASON]
    return MailRefused(reason) if 500 <= code < 600 else MailDeferred(reason)
