"""Mails: who is written to about which event, the states, and the schedule as data."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlmodel import Field

from chassis.tables import Row, enum_column, timestamp
from services.notify.addressees import Addressee, Side

# Before the first, second, ... try: quick at first, since most refusals (greylisting, a restart) pass within minutes.
SCHEDULE = (
    timedelta(0),
    timedelta(seconds=10),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=8),
    timedelta(hours=12),
    timedelta(hours=24),
)
# How long a claim holds: longer than a try may take, and if the claimer dies, others try when it ends.
LEASE = timedelta(seconds=120)


class MailStatus(StrEnum):
    """Where a mail stands.

    `split`: it was for all members, and each has a mail of their own now. `held`: it waits for a digest; `gathered`:
    it stands in one. `unwanted`: whom it was for has turned mails of its kind off.
    """

    QUEUED = "queued"
    RETRYING = "retrying"
    SENT = "sent"
    FAILED = "failed"
    SPLIT = "split"
    HELD = "held"
    GATHERED = "gathered"
    UNWANTED = "unwanted"


OPEN = (MailStatus.QUEUED, MailStatus.RETRYING)


class Audience(StrEnum):
    """Whom a mail is for; `recipient_id` names the one client, member or invitation to become a member."""

    CLIENT = "client"
    MEMBER = "member"
    MEMBERS = "members"
    OWNER = "owner"
    INVITEE = "invitee"


class Template(StrEnum):
    """The mails there are; each has its words in `locales/`."""

    WELCOME = "welcome"
    FILE_SHARED = "file_shared"
    FILE_RECEIVED = "file_received"
    FILE_APPROVED = "file_approved"
    CHANGES_REQUESTED = "changes_requested"
    FILE_COMMENTED = "file_commented"
    COMMENT_RECEIVED = "comment_received"
    SIGNED_COPY = "signed_copy"
    FILE_SIGNED = "file_signed"
    MESSAGE_RECEIVED = "message_received"
    PROJECT_COMPLETED = "project_completed"
    FEEDBACK_RECEIVED = "feedback_received"
    LEAD_RECEIVED = "lead_received"
    CONTRACT_SENT = "contract_sent"
    CONTRACT_SIGNED = "contract_signed"
    CONTRACT_DECLINED = "contract_declined"
    QUOTE_SENT = "quote_sent"
    QUOTE_ACCEPTED = "quote_accepted"
    QUOTE_CHANGES_REQUESTED = "quote_changes_requested"
    QUOTE_DECLINED = "quote_declined"
    QUOTE_REOPENED = "quote_reopened"
    INVOICE_SENT = "invoice_sent"
    INVOICE_REMINDER = "invoice_reminder"
    INVOICE_OVERDUE = "invoice_overdue"
    CREDIT_NOTE_ISSUED = "credit_note_issued"
    INVOICE_RECEIPT = "invoice_receipt"
    INVOICE_PAID = "invoice_paid"
    PAYMENT_REFUNDED = "payment_refunded"
    REFUND_FAILED = "refund_failed"
    DISPUTE_OPENED = "dispute_opened"
    DISPUTE_CLOSED = "dispute_closed"
    RECURRING_INVOICE_FAILED = "recurring_invoice_failed"
    ENDPOINT_DISABLED = "endpoint_disabled"
    DIGEST = "digest"
    PORTAL_INVITATION = "portal_invitation"
    MAGIC_LINK = "magic_link"
    MEMBER_INVITATION = "member_invitation"
    PASSWORD_RESET = "password_reset"  # noqa: S105 (the name of a mail)
    PASSWORD_CHANGED = "password_changed"  # noqa: S105


class Mail(Row, table=True):
    """One mail: template and recipient, with the event's facts sealed until it is sent.

    `recipient_id` is the client or member written to, or an invitee's invitation; the nil UUID where the audience
    says it all. `facts` and `message` are sealed and bound to the row's id; `message` is what the development mailbox
    keeps of it. `project_id` is the project that the event was about, if any.
    """

    __tablename__ = "mails"

    event_id: UUID
    template: Template = enum_column(Template)
    audience: Audience = enum_column(Audience)
    recipient_id: UUID = UUID(int=0)
    project_id: UUID | None = None
    facts: bytes | None = Field(default=None, sa_type=LargeBinary)
    message: bytes | None = Field(default=None, sa_type=LargeBinary)
    status: MailStatus = enum_column(MailStatus, MailStatus.QUEUED)
    tries: int = 0
    last_error: str | None = None
    next_attempt_at: datetime | None = timestamp()
    claimed_until: datetime | None = timestamp()
    sent_at: datetime | None = timestamp()

    @property
    def addressee(self) -> Addressee | None:
        """The one member or client whom it is for; None where it is for several, or for somebody who is neither."""
        if self.audience not in (Audience.CLIENT, Audience.MEMBER):
            return None
        return Addressee(self.agency_id, Side(self.audience), self.recipient_id)

    def sent(self, now: datetime, *, kept: bytes | None = None) -> None:
        """The mail server has taken it. What it said is wiped, save for what the development mailbox keeps."""
        self.sent_at = now
        self.message = kept
        self._finish(MailStatus.SENT)

    def split(self) -> None:
        """Each member has a mail of their own now."""
        self._finish(MailStatus.SPLIT)

    def hold(self) -> None:
        """It waits for a digest, with what it is to say."""
        self.status = MailStatus.HELD
        self.next_attempt_at = None
        self.claimed_until = None

    def gathered(self) -> None:
        """What it says stands in a digest now."""
        self._finish(MailStatus.GATHERED)

    def unwanted(self) -> None:
        """Whom it was for does not want it."""
        self._finish(MailStatus.UNWANTED)

    def fail(self, reason: str) -> None:
        """It cannot be sent, now or later."""
        self.tries += 1
        self.last_error = reason
        self._finish(MailStatus.FAILED)

    def retry(self, reason: str, now: datetime) -> None:
        """It could not be sent this time; try later, until the schedule ends."""
        if self.tries + 1 >= len(SCHEDULE):
            self.fail(reason)
            return
        self.tries += 1
        self.last_error = reason
        self.status = MailStatus.RETRYING
        self.claimed_until = None
        self.next_attempt_at = now + SCHEDULE[self.tries]

    def _finish(self, status: MailStatus) -> None:
        self.status = status
        self.facts = None
        self.next_attempt_at = None
        self.claimed_until = None
