"""What clients hear: the events that are told to them, and of each only what REST shows them too."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chassis.events import Event

_PROJECT = (
    *("id", "name", "description", "status", "dueDate", "clientId"),
    *("progress", "completedAt", "createdAt", "updatedAt"),
)
_FILE = (
    *("id", "projectId", "clientId", "name", "size", "mimeType", "sha256", "status", "version", "visibleToClient"),
    *("uploadedBy", "approval", "signature", "createdAt", "updatedAt"),
)
_COMMENT = ("id", "fileId", "projectId", "clientId", "version", "content", "visibility", "author", "createdAt")
_MESSAGE = ("id", "threadId", "projectId", "clientId", "content", "attachments", "author", "createdAt")
_UPDATE = ("id", "projectId", "clientId", "content", "aiGenerated", "publishedAt", "createdAt")
_INVOICE = (
    *("id", "number", "status", "clientId", "client", "projectId", "currency", "lines", "taxInclusive", "discount"),
    *("subtotal", "discountTotal", "taxes", "taxTotal", "amount", "amountCredited", "amountPaid"),
    *("amountDue", "amountOverpaid", "deposit", "depositAmount", "depositDue"),
    *("allowPartialPayments", "minimumPayment"),
    *("issueDate", "dueDate", "overdue", "notes", "paymentUrl", "sentAt", "paidAt", "createdAt", "updatedAt"),
)
_QUOTE = (
    *("id", "number", "status", "revision", "clientId", "client", "title", "currency", "lines", "optionalLines"),
    *("taxInclusive", "discount", "subtotal", "discountTotal", "taxes", "taxTotal", "amount", "notes", "expiresOn"),
    *("sentAt", "changeRequest", "declinedAt", "declineReason", "acceptedAt", "acceptedBy", "projectId"),
    *("createdAt", "updatedAt"),
)
_CREDIT_NOTE = (
    *("id", "number", "invoiceId", "invoiceNumber", "clientId", "client", "projectId", "currency", "lines"),
    *("taxInclusive", "discount", "subtotal", "discountTotal", "taxes", "taxTotal", "amount", "reason"),
    *("issueDate", "createdAt"),
)
_CONTRACT = (
    *("id", "clientId", "projectId", "title", "body", "status", "textSha256", "consentText", "sentAt", "signedAt"),
    *("signatures", "fileId", "declinedAt", "declineReason", "voidedAt", "createdAt", "updatedAt"),
)
_PAYMENT = (
    *("id", "invoiceId", "invoiceNumber", "clientId", "amount", "currency", "refunded", "refunds", "method"),
    *("receivedOn", "createdAt"),
)


def _always(event: Event) -> bool:
    return True


def _has_their_progress(event: Event) -> bool:
    """The figure in `data` counts tasks that clients do not see."""
    return "progressForClient" in event.internal


def _file_is_visible(event: Event) -> bool:
    return event.data.get("visibleToClient") is True


def _is_for_their_eyes(event: Event) -> bool:
    return bool(event.internal.get("visibility") == "client")


def _was_issued(event: Event) -> bool:
    return event.data.get("status") != "draft"


@dataclass(frozen=True, slots=True)
class Rule:
    """The part of the portal that an event belongs to, the fields that clients see, and when they hear of it."""

    module: str
    fields: tuple[str, ...]
    shown: Callable[[Event], bool] = _always


# An event that is not here is for the agency alone. Left out on purpose: what concerns the agency's book of clients
# and its access to them, invoices that may be drafts, when the agency was told that a client looked, and tasks, whose
# place among those that a client sees is another than their place among all.
RULES: dict[str, Rule] = {
    **{
        f"projects.project.{verb}": Rule("projects", _PROJECT, _has_their_progress)
        for verb in ("created", "updated", "completed", "deleted")
    },
    **{
        f"projects.file.{verb}": Rule("files", _FILE, _file_is_visible)
        for verb in ("uploaded", "approved", "changes_requested", "signed")
    },
    "projects.file.commented": Rule("files", _COMMENT, _is_for_their_eyes),
    **{f"projects.contract.{verb}": Rule("contracts", _CONTRACT) for verb in ("sent", "signed", "declined")},
    "projects.message.created": Rule("messages", _MESSAGE, _is_for_their_eyes),
    "projects.update.published": Rule("projects", _UPDATE),
    **{
        f"billing.invoice.{verb}": Rule("invoices", _INVOICE, _was_issued)
        for verb in ("sent", "overdue", "voided", "paid")
    },
    **{
        f"billing.quote.{verb}": Rule("proposals", _QUOTE, _was_issued)
        for verb in ("sent", "accepted", "changes_requested", "declined", "expired")
    },
    "billing.credit_note.created": Rule("invoices", _CREDIT_NOTE),
    **{f"billing.payment.{verb}": Rule("invoices", _PAYMENT) for verb in ("received", "refunded")},
}


@dataclass(frozen=True, slots=True)
class Heard:
    """A client's share in an event."""

    client_id: UUID
    module: str
    data: dict[str, Any]


def heard_by_client(event: Event) -> Heard | None:
    """What the client whom an event concerns hears of it; None when it is for the agency alone."""
    rule = RULES.get(event.type)
    if rule is None or not rule.shown(event) or not event.data.keys() >= set(rule.fields):
        return None
    data = {name: event.data[name] for name in rule.fields}
    if rule.fields is _PROJECT:
        data["progress"] = event.internal["progressForClient"]
    return Heard(UUID(data["clientId"]), rule.module, data)
