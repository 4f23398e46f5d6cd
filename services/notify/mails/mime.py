"""Mails on the wire (RFC 5322): made from a composed letter, with headers that no name can break out of."""

import re
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import Policy
from email.utils import format_datetime
from uuid import UUID

from chassis.errors import Invalid
from services.notify.mails.composing import Composed
from services.notify.mails.letters import MAX_SUBJECT_VALUE, one_line

_URL = re.compile(r"https?://[^\s<>\"']+")


class _Unfolded(str):
    """The value of a header on one line, however long.

    The standard library would take a long address apart into encoded words, which may not stand there (RFC 2047,
    section 5) and which no mail program puts together again.
    """

    name: str

    def __new__(cls, name: str, value: str) -> "_Unfolded":
        made = super().__new__(cls, value)
        made.name = name
        return made

    def fold(self, *, policy: Policy) -> str:
        """The whole header field; an address is shorter than the 998 octets that a line may have."""
        return f"{self.name}: {self}{policy.linesep}"


class AddressUnusable(Invalid):
    """The recipient's address cannot stand in a mail."""

    default = "The e-mail address cannot be written to."


def build(composed: Composed, *, id: UUID, sender: str, now: datetime) -> EmailMessage:
    """The message: text and HTML alternatives, attachments, headers that nobody's name can break out of.

    The Message-ID is the same in every try, so that a receiver sees a mail sent twice around a crash as one.
    """
    letter = composed.letter
    message = EmailMessage(policy=policy.SMTP)
    try:
        message["From"] = Address(letter.sender, addr_spec=sender)
        message["To"] = tuple(_address(name, address) for name, address in composed.to)
        if composed.reply_to:
            message["Reply-To"] = _address(*composed.reply_to)
        message["Subject"] = letter.subject
    except (ValueError, IndexError) as error:
        raise AddressUnusable from error
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{id}@{sender.rpartition('@')[2]}>"
    # RFC 3834: vacation programs stay silent.
    message["Auto-Submitted"] = "auto-generated"
    if composed.unsubscribe_url:
        # RFC 8058: mail programs show a button, and post to the address when it is pressed.
        message["List-Unsubscribe"] = _Unfolded("List-Unsubscribe", f"<{composed.unsubscribe_url}>")
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    for name, content in letter.attachments:
        message.add_attachment(content, maintype="application", subtype="pdf", filename=one_line(name))
    return message


def part(message: EmailMessage, kind: str) -> str:
    """The `plain` or `html` alternative; empty when there is none."""
    body = message.get_body((kind,))
    return str(body.get_content()) if body else ""


def links(text: str) -> list[str]:
    """The addresses in a text, each once, in order."""
    return list(dict.fromkeys(url.rstrip(".,)") for url in _URL.findall(text)))


def without_links(text: str) -> str:
    """A text for rows and logs: what a mail server quotes of a mail may hold the link that was in it."""
    return _URL.sub("(link)", text)


def _address(name: str, address: str) -> Address:
    local, _, domain = address.rpartition("@")
    if not domain.isascii():
        domain = domain.encode("idna").decode()
    return Address(one_line(name, MAX_SUBJECT_VALUE), addr_spec=f"{local}@{domain}")
