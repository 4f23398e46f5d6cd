"""A real SMTP server on a free port that takes mails, or refuses them, as a test tells it to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from enum import StrEnum
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


class Mode(StrEnum):
    """How the server behaves."""

    OK = "ok"
    DEFER = "defer"
    REFUSE_RECIPIENT = "refuse_recipient"
    REFUSE_CONTENT = "refuse_content"
    REFUSE_LINK = "refuse_link"  # as blocklists do: the refusal quotes the address that it is about
    HANG = "hang"


@dataclass(frozen=True)
class Taken:
    """A mail as it came over the wire."""

    sender: str
    recipients: list[str]
    raw: bytes
    username: str | None

    @property
    def message(self) -> EmailMessage:
        """The mail, parsed."""
        parsed = BytesParser(policy=policy.default).parsebytes(self.raw)
        assert isinstance(parsed, EmailMessage)
        return parsed

    def part(self, kind: str) -> str:
        """The `plain` or `html` alternative."""
        body = self.message.get_body((kind,))
        assert body is not None, f"no {kind} part"
        return str(body.get_content())


@dataclass
class SmtpServer:
    """Takes mails on a free port."""

    host: str = "127.0.0.1"
    port: int = 0
    mode: Mode = Mode.OK
    taken: list[Taken] = field(default_factory=list)
    tries: int = 0
    with_login: bool = False
    smtputf8: bool = True
    hang_up_on_quit: bool = False
    _server: asyncio.Server | None = None
    _conversations: list[SMTP] = field(default_factory=list)

    async def open(self) -> None:
        """Listen, on the same port as before if there was one."""
        self._server = await asyncio.get_running_loop().create_server(self._accept, self.host, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    def close(self) -> None:
        """Stop listening, and hang up on everybody."""
        if self._server:
            self._server.close()
        for conversation in self._conversations:
            if conversation.transport:
                conversation.transport.abort()
        self._conversations.clear()

    def _accept(self) -> SMTP:
        conversation = SMTP(
            self,
            hostname="mail.test",
            authenticator=_authenticate if self.with_login else None,
            auth_required=self.with_login,
            auth_require_tls=False,
            enable_SMTPUTF8=self.smtputf8,
            loop=asyncio.get_running_loop(),
        )
        self._conversations.append(conversation)
        return conversation

    @property
    def url(self) -> str:
        """What PORTICO_SMTP_URL is to be."""
        return f"smtp://{self.host}:{self.port}"

    def to(self, address: str) -> list[Taken]:
        """The mails that one address got."""
        return [mail for mail in self.taken if address in mail.recipients]

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take or refuse a recipient."""
        self.tries += 1
        if self.mode == Mode.HANG:
            await asyncio.sleep(3600)
        if self.mode == Mode.DEFER:
            return "451 4.7.1 greylisted, come back later"
        if self.mode == Mode.REFUSE_RECIPIENT:
            return "550 5.1.1 no such person here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take or refuse a mail."""
        if self.mode == Mode.REFUSE_CONTENT:
            return "554 5.7.1 looks like spam"
        if self.mode == Mode.REFUSE_LINK:
            return f"554 5.7.1 listed: {_first_link(envelope)}"
        username = session.auth_data.decode() if isinstance(session.auth_data, bytes) else None
        self.taken.append(
            Taken(str(envelope.mail_from), list(envelope.rcpt_tos), bytes(envelope.content or b""), username)
        )
        return "250 OK"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Say goodbye, or just go."""
        if self.hang_up_on_quit:
            server.transport.abort()
        return "221 Bye"


def _first_link(envelope: Envelope) -> str:
    mail = Taken("", [], bytes(envelope.content or b""), None)
    return next(word for word in mail.part("plain").split() if word.startswith("http"))


def _authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"mailer", b"p@ss/word")
    return AuthResult(success=right, handled=False, auth_data=data.login if right else None)


@asynccontextmanager
async def taking_mail(*, with_login: bool = False, host: str = "127.0.0.1") -> AsyncIterator[SmtpServer]:
    """A mail server that listens while the block runs; with a log-in it wants mailer and p@ss/word."""
    smtp = SmtpServer(host=host, with_login=with_login)
    await smtp.open()
    try:
        yield smtp
    finally:
        smtp.close()
