"""The contract: its states, and what each allows."""

import hashlib
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from chassis.errors import Conflict, Invalid
from chassis.tables import Row, enum_column, json_column, timestamp
from services.projects.contracts.fields import Parties, filled, filled_line, require_known, require_project_for

MAX_BODY = 50_000
MAX_FILLED = 60_000
MAX_TITLE = 200
CONSENT = (
    "The signer has read this contract, agrees to it, agrees to sign it electronically, and means this signature to"
    " have the same effect as one written by hand."
)


class ContractStatus(StrEnum):
    """Where a contract stands."""

    DRAFT = "draft"
    SENT = "sent"
    VIEWED = "viewed"
    SIGNED = "signed"
    DECLINED = "declined"
    VOID = "void"


WAITING = frozenset({ContractStatus.SENT, ContractStatus.VIEWED})


class ContractNotDraft(Conflict):
    """What was sent stays what it is."""

    default = "The contract was sent, so it can no longer be changed or deleted. Void it, and make a new one."


class ContractNotSent(Conflict):
    """A draft is not withdrawn."""

    default = "The contract was never sent. A draft can be deleted."


class ContractAlreadySigned(Conflict):
    """A contract is signed once, and stays signed."""

    default = "The contract is signed already."


class ContractDeclined(Conflict):
    """The client has said no."""

    default = "The contract was declined. Another one can be made."


class ContractVoid(Conflict):
    """The agency has withdrawn it."""

    default = "The contract was withdrawn."


class ContractChanged(Conflict):
    """The signer looked at another text."""

    default = "This is not the text of the contract as it was sent. Look at it again before you sign."


class ContractTooLong(Conflict):
    """With its fields filled, the text is longer than a contract can be."""

    default = (
        f"With its merge fields filled, the text has more than {MAX_FILLED:,} characters, or the title {MAX_TITLE}."
    )


_CLOSED: dict[ContractStatus, type[Conflict]] = {
    ContractStatus.SIGNED: ContractAlreadySigned,
    ContractStatus.DECLINED: ContractDeclined,
    ContractStatus.VOID: ContractVoid,
    ContractStatus.DRAFT: ContractNotSent,
}


class Contract(Row, table=True):
    """A text in Markdown that a client is to sign.

    When it is sent, its merge fields are filled for good: from then on title and body are what `text_sha256` is of,
    and `parties` tells between whom it is. `signature` is what the public form shows of the one in `signatures`, and
    `file_id` the sealed PDF.
    """

    __tablename__ = "contracts"

    client_id: UUID
    project_id: UUID | None = None
    title: str
    body: str
    status: ContractStatus = enum_column(ContractStatus, ContractStatus.DRAFT)
    parties: dict[str, Any] | None = json_column(lambda: None)
    text_sha256: str | None = None
    sent_at: datetime | None = timestamp()
    first_viewed_at: datetime | None = timestamp()
    last_viewed_at: datetime | None = timestamp()
    view_count: int = 0
    signed_at: datetime | None = timestamp()
    signature: dict[str, Any] | None = json_column(lambda: None)
    file_id: UUID | None = None
    declined_at: datetime | None = timestamp()
    decline_reason: str | None = None
    voided_at: datetime | None = timestamp()

    @property
    def signatures(self) -> list[dict[str, Any]]:
        """Who has signed."""
        return [self.signature] if self.signature else []

    @property
    def consent_text(self) -> str:
        """What a signer agrees to."""
        return CONSENT

    @property
    def is_waiting(self) -> bool:
        """Whether its client may sign or decline it."""
        return self.status in WAITING

    def write(self, *, title: str, body: str, project_id: UUID | None, now: datetime) -> None:
        """Change a draft; Invalid for merge fields that cannot be filled."""
        self.require_draft()
        for field, text in (("title", title), ("body", body)):
            require_known(text, field)
            if project_id is None:
                require_project_for(text, field)
        self.title, self.body, self.project_id = title, body, project_id
        self.updated_at = now

    def require_draft(self) -> None:
        """Raise ContractNotDraft for what was sent."""
        if self.status is not ContractStatus.DRAFT:
            raise ContractNotDraft

    def require_unchanged(self, version: int) -> None:
        """Raise ContractChanged for a draft that is not what it was in that version."""
        if self.status is ContractStatus.DRAFT and self.version != version:
            raise ContractChanged("The draft was changed meanwhile. Look at it again before you send it.")

    def filled(self, parties: Parties) -> tuple[str, str]:
        """Title and body as they would be sent."""
        return filled_line(self.title, parties), filled(self.body, parties)

    def send(self, parties: Parties, now: datetime) -> None:
        """Fill its fields and let the client see it; what waits for its client goes on waiting."""
        if self.status is ContractStatus.DRAFT:
            title, body = self.filled(parties)
            if len(title) > MAX_TITLE or len(body) > MAX_FILLED:
                raise ContractTooLong
            self.title, self.body = title, body
            self.text_sha256 = hash_of(title, body)
            self.parties = parties.stored
            self.status, self.sent_at = ContractStatus.SENT, now
        self.require_waiting()
        self.updated_at = now

    def view(self, now: datetime) -> bool:
        """Count that the client looked at it; True the first time, while it waits for an answer."""
        self.first_viewed_at = self.first_viewed_at or now
        self.last_viewed_at = self.updated_at = now
        self.view_count += 1
        if self.status is not ContractStatus.SENT:
            return False
        self.status = ContractStatus.VIEWED
        return True

    def require_waiting(self) -> None:
        """Raise unless its client may sign or decline it."""
        if not self.is_waiting:
            raise _CLOSED[self.status]

    def require_signable(self, seen_sha256: str | None) -> None:
        """Raise as `require_waiting`, and ContractChanged when the signer saw another text."""
        self.require_waiting()
        if seen_sha256 is not None and seen_sha256.lower() != self.text_sha256:
            raise ContractChanged

    def sign(self, signature: dict[str, Any], *, file_id: UUID, now: datetime) -> None:
        """Keep its signature: once."""
        self.require_waiting()
        self.status, self.signed_at = ContractStatus.SIGNED, now
        self.signature, self.file_id = signature, file_id
        self.updated_at = now

    def decline(self, reason: str, now: datetime) -> None:
        """The client says no."""
        self.require_waiting()
        self.status, self.declined_at = ContractStatus.DECLINED, now
        self.decline_reason = reason or None
        self.updated_at = now

    def void(self, now: datetime) -> None:
        """Withdraw what was sent and is not signed."""
        if self.status not in WAITING | {ContractStatus.DECLINED}:
            raise _CLOSED[self.status]
        self.status, self.voided_at = ContractStatus.VOID, now
        self.updated_at = now


def hash_of(title: str, body: str) -> str:
    """SHA-256 of title, an empty line and body in UTF-8, in hexadecimal."""
    return hashlib.sha256(f"{title}\n\n{body}".encode()).hexdigest()


def require_source(body: str | None, template_id: UUID | None) -> None:
    """Raise Invalid unless a contract's text comes from one place."""
    if (body is None) == (template_id is None):
        raise Invalid.field("body", "give either a body or a templateId")
