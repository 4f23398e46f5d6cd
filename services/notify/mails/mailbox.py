"""Mails as the development mailbox keeps and shows them, taken from the message that a mail server would have got."""

import base64
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any
from urllib.parse import quote
from uuid import UUID

import orjson

from chassis.schemas import Output, Timestamp
from chassis.secrets import Vault
from services.notify.mails.mime import links, part
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


def keep(message: EmailMessage) -> bytes:
    """A message in the form that the mailbox keeps: parsed once, since the page is looked at often."""
    text = part(message, "plain")
    return orjson.dumps(
        {
            "to": ", ".join(address.addr_spec for address in message["To"].addresses),
            "sender": str(message["From"]),
            "reply_to": str(message["Reply-To"] or ""),
            "subject": str(message["Subject"]),
            "text": text,
            "html": part(message, "html"),
            "links": links(text),
            "attachments": [_kept_attachment(found) for found in message.iter_attachments()],
        }
    )


def kept_mail(mail: Mail, vault: Vault) -> KeptMail:
    """A kept mail, opened."""
    kept = _open(mail, vault)
    attachments = [
        KeptAttachment(
            name=found["name"],
            content_type=found["content_type"],
            size=found["size"],
            url=f"/dev/mailbox/{mail.id}/attachments/{number}",
        )
        for number, found in enumerate(kept.pop("attachments"), start=1)
    ]
    return KeptMail(id=mail.id, template=mail.template, sent_at=mail.sent_at, attachments=attachments, **kept)


def attachment(mail: Mail, vault: Vault, number: int) -> AttachmentPart | None:
    """The attachment of that number, counted from 1."""
    attachments = _open(mail, vault)["attachments"]
    if not 1 <= number <= len(attachments):
        return None
    found = attachments[number - 1]
    disposition = f"attachment; filename*=UTF-8''{quote(found['name'], safe='')}"
    return AttachmentPart(base64.b64decode(found["content"]), found["content_type"], disposition)


def _kept_attachment(found: EmailMessage) -> dict[str, Any]:
    payload = found.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    return {
        "name": found.get_filename() or "attachment",
        "content_type": found.get_content_type(),
        "size": len(content),
        "content": base64.b64encode(content).decode(),
    }


def _open(mail: Mail, vault: Vault) -> dict[str, Any]:
    assert mail.message is not None, "the mailbox lists kept mails only"
    kept: dict[str, Any] = orjson.loads(vault.open(mail.message, str(mail.id)))
    return kept
