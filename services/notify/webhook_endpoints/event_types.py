"""The public names of events: what webhooks may ask for, and what each tells."""

from enum import StrEnum

ALL_EVENTS = "*"


class Noun(StrEnum):
    """What the `data` of an event is."""

    CLIENT = "client"
    PROJECT = "project"
    TASK = "task"
    FILE = "file"
    COMMENT = "comment"
    MESSAGE = "message"
    UPDATE = "update"
    FEEDBACK = "feedback"
    CONTRACT = "contract"
    QUOTE = "quote"
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    PAYMENT = "payment"
    LEAD = "lead"
    ACCESS = "access"
    INVITATION = "invitation"
    PORTAL_TOKEN = "portal_token"  # noqa: S105 (the name of a noun)


# Type inside -> type outside, noun, what happened. An event that is not here never leaves.
PUBLISHED: dict[str, tuple[str, Noun, str]] = {
    "auth.client.created": ("client.created", Noun.CLIENT, "A client was added."),
    "auth.client.updated": ("client.updated", Noun.CLIENT, "A client's name, address or company changed."),
    "auth.client.deleted": ("client.deleted", Noun.CLIENT, "A client was removed."),
    "auth.client.erased": ("client.erased", Noun.CLIENT, "A client was erased: forget what you know of them, too."),
    "projects.project.created": ("project.created", Noun.PROJECT, "A project was started."),
    "projects.project.updated": ("project.updated", Noun.PROJECT, "A project's facts or status changed."),
    "projects.project.completed": ("project.completed", Noun.PROJECT, "A project was completed."),
    "projects.project.deleted": ("project.deleted", Noun.PROJECT, "A project was removed."),
    "projects.task.created": ("task.created", Noun.TASK, "A task was put into a project."),
    "projects.task.updated": ("task.updated", Noun.TASK, "A task was changed or moved."),
    "projects.task.completed": ("task.completed", Noun.TASK, "A task became complete."),
    "projects.file.uploaded": ("file.uploaded", Noun.FILE, "A file or a new version of it was uploaded."),
    "projects.file.approved": ("file.approved", Noun.FILE, "The current version of a file was approved."),
    "projects.file.changes_requested": ("file.changes_requested", Noun.FILE, "Changes to a file were asked for."),
    "projects.file.signed": ("file.signed", Noun.FILE, "A file was signed; the sealed PDF is ready."),
    "projects.file.commented": ("file.commented", Noun.COMMENT, "A member or a client commented on a file."),
    "projects.message.created": ("message.created", Noun.MESSAGE, "A message was written by a member or a client."),
    "projects.feedback.received": ("feedback.received", Noun.FEEDBACK, "A client rated a completed project."),
    "projects.update.published": ("update.published", Noun.UPDATE, "An update on a project was published."),
    "projects.contract.sent": ("contract.sent", Noun.CONTRACT, "A contract was sent, or mailed once more."),
    "projects.contract.viewed": ("contract.viewed", Noun.CONTRACT, "A client opened a contract for the first time."),
    "projects.contract.signed": ("contract.signed", Noun.CONTRACT, "A client signed a contract; it is sealed."),
    "projects.contract.declined": ("contract.declined", Noun.CONTRACT, "A client declined a contract."),
    "billing.quote.sent": ("quote.sent", Noun.QUOTE, "A quote was sent, or mailed once more."),
    "billing.quote.viewed": ("quote.viewed", Noun.QUOTE, "A client opened what was sent for the first time."),
    "billing.quote.accepted": ("quote.accepted", Noun.QUOTE, "A client accepted a quote; its project is made."),
    "billing.quote.changes_requested": ("quote.changes_requested", Noun.QUOTE, "Changes to a quote were asked for."),
    "billing.quote.declined": ("quote.declined", Noun.QUOTE, "A client declined a quote."),
    "billing.quote.expired": ("quote.expired", Noun.QUOTE, "Nobody answered a quote in time."),
    "billing.invoice.created": ("invoice.created", Noun.INVOICE, "An invoice was made."),
    "billing.invoice.sent": ("invoice.sent", Noun.INVOICE, "An invoice was issued, or mailed once more."),
    "billing.invoice.viewed": ("invoice.viewed", Noun.INVOICE, "A client opened an invoice for the first time."),
    "billing.invoice.overdue": ("invoice.overdue", Noun.INVOICE, "The day on which an open invoice was due passed."),
    "billing.invoice.voided": ("invoice.voided", Noun.INVOICE, "An invoice was voided."),
    "billing.invoice.paid": ("invoice.paid", Noun.INVOICE, "An invoice was paid in full."),
    "billing.credit_note.created": ("credit_note.created", Noun.CREDIT_NOTE, "An invoice or a part was credited."),
    "billing.payment.received": ("payment.received", Noun.PAYMENT, "A payment arrived, in part or in full."),
    "billing.payment.refunded": ("payment.refunded", Noun.PAYMENT, "A payment went back, in part or in full."),
    "portal.lead.created": ("lead.created", Noun.LEAD, "Somebody filled in an intake form."),
    "portal.lead.converted": ("lead.converted", Noun.LEAD, "A lead became a client and a project."),
    "portal.invitation.sent": ("client_portal.invitation_sent", Noun.INVITATION, "A contact or company was invited."),
    "auth.portal_token.created": ("client_portal.token_created", Noun.PORTAL_TOKEN, "A portal token was made."),
    "portal.token.accessed": ("client_portal.token_accessed", Noun.ACCESS, "A client opened the portal."),
}

NAMES = tuple(name for name, _, _ in PUBLISHED.values())
NOUNS = {name: noun for name, noun, _ in PUBLISHED.values()}
MEANINGS = {name: meaning for name, _, meaning in PUBLISHED.values()}


def public_name(type: str) -> str | None:
    """The name that webhooks know an event type by; None for what never leaves."""
    return PUBLISHED[type][0] if type in PUBLISHED else None
