"""Mails as the development mailbox shows them, read from the very bytes that a mail server would have got."""

from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import quote
from uuid import UUID

from chassis.schemas import Output, Timestamp
from chassis.secrets import Vault
from services.notify.mails.mime import links, part, read
from services.notify.mails.models import Mail


class KeptAttachment(Output):
    """An attachment; `size` in bytes, `url` downloads it."""

    name: str
    content_type: str
    size: int
    url: str


class KeptMail(Output):
    """One mail of the mailbox; `to` holds addresses, comma-separated where there are several."""

    id: UUID
    template: str
    to: str
    sender: str
    reply_to: str
    subject: str
    text: str
    html: str
    links: list[str]
    attachments: list[KeptAttachment]
    sent_at: Timestamp | None


@dataclass(frozen=True, slots=True)
class AttachmentPart:
    """An attachment's bytes and what a browser is told about them."""

    content: bytes
    content_type: str
    disposition: str


def kept_mail(mail: Mail, vault: Vault) -> KeptMail:
    """A kept mail, opened."""
    message = _message(mail, vault)
    text = part(message, "plain")
    return KeptMail(
        id=mail.id,
        template=mail.template,
        to=", ".join(address.addr_spec for address in message["To"].addresses),
        sender=str(message["From"]),
        reply_to=str(message["Reply-To"] or ""),
        subject=str(message["Subject"]),
        text=text,
        html=part(message, "html"),
        links=links(text),
        attachments=[
            KeptAttachment(
                name=found.get_filename() or "attachment",
                content_type=found.get_content_type(),
                size=len(_content(found)),
                url=f"/dev/mailbox/{mail.id}/attachments/{number}",
            )
            for number, found in enumerate(message.iter_attachments(), start=1)
        ],
        sent_at=mail.sent_at,
    )


def attachment(mail: Mail, vault: Vault, number: int) -> AttachmentPart | None:
    """The attachment of that number, counted from 1."""
    for count, found in enumerate(_message(mail, vault).iter_attachments(), start=1):
        if count == number:
            name = quote(found.get_filename() or "attachment", safe="")
            return AttachmentPart(_content(found), found.get_content_type(), f"attachment; filename*=UTF-8''{name}")
    return None


def _message(mail: Mail, vault: Vault) -> EmailMessage:
    assert mail.message is not None, "the mailbox lists kept mails only"
    return read(vault.open(mail.message, str(mail.id)))


def _content(found: EmailMessage) -> bytes:
    content = found.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
