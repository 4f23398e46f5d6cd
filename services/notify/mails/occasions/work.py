"""Which mails the work asks for: files, contracts, messages, projects, feedback."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from chassis.events import Event
from chassis.principals import ActorKind
from services.notify.mails.facts import Attachment, Door, Facts, Order
from services.notify.mails.models import Template
from services.notify.mails.occasions.heard import Heard, HeardPerson, to_client, to_members


class _Signature(Heard):
    name: str
    signed_at: datetime


class _File(Heard):
    name: str
    client_id: UUID
    version: int
    signature: _Signature | None = None


class _Comment(Heard):
    client_id: UUID
    version: int
    content: str
    visibility: str
    author: HeardPerson


class _Contract(Heard):
    title: str
    client_id: UUID
    decline_reason: str | None
    signatures: list[_Signature]


class _Project(Heard):
    name: str
    client_id: UUID


class _Feedback(Heard):
    rating: int
    comment: str | None


class _Message(Heard):
    client_id: UUID
    content: str
    author: HeardPerson


def _file_uploaded(event: Event) -> list[Order]:
    file = _File.model_validate(event.data)
    if event.actor.kind == ActorKind.CLIENT:
        facts = Facts(texts={"client": event.actor.name, "file": file.name})
        return [to_members(Template.FILE_RECEIVED, facts)]
    if event.internal.get("notify"):
        facts = Facts(texts={"file": file.name}, door=Door.PORTAL)
        return [to_client(Template.FILE_SHARED, file.client_id, facts)]
    return []


def _file_approved(event: Event) -> list[Order]:
    return _verdict(event, Template.FILE_APPROVED)


def _changes_requested(event: Event) -> list[Order]:
    return _verdict(event, Template.CHANGES_REQUESTED)


def _verdict(event: Event, template: Template) -> list[Order]:
    # The agency's own verdict is no news to the agency.
    if event.actor.kind != ActorKind.CLIENT:
        return []
    file = _File.model_validate(event.data)
    texts = {"client": event.actor.name, "file": file.name, "version": str(file.version)}
    return [to_members(template, Facts(texts=texts, quote=str(event.internal.get("comment") or "")))]


def _file_signed(event: Event) -> list[Order]:
    file = _File.model_validate(event.data)
    key = event.internal.get("storageKey")
    stem = file.name.rpartition(".")[0] or file.name
    facts = Facts(
        texts={"file": file.name, "signer": file.signature.name if file.signature else event.actor.name},
        days={"date": file.signature.signed_at if file.signature else event.occurred_at},
        attachment=Attachment(key=str(key), name=f"{stem} (signed).pdf") if key else None,
        also_to=str(event.internal.get("clientEmail") or ""),
    )
    return [
        to_client(Template.SIGNED_COPY, file.client_id, facts.model_copy(update={"door": Door.PORTAL})),
        to_members(Template.FILE_SIGNED, facts.model_copy(update={"also_to": ""})),
    ]


def _file_commented(event: Event) -> list[Order]:
    comment = _Comment.model_validate(event.data)
    texts = {"file": str(event.internal.get("fileName") or ""), "version": str(comment.version)}
    if comment.author.kind == ActorKind.CLIENT:
        facts = Facts(texts=texts | {"client": comment.author.name}, quote=comment.content)
        return [to_members(Template.COMMENT_RECEIVED, facts)]
    if event.internal.get("notify") and comment.visibility == "client":
        facts = Facts(texts=texts | {"author": comment.author.name}, quote=comment.content, door=Door.PORTAL)
        return [to_client(Template.FILE_COMMENTED, comment.client_id, facts)]
    return []


def _contract_sent(event: Event) -> list[Order]:
    if not event.internal.get("sendEmail"):
        return []
    contract = _Contract.model_validate(event.data)
    facts = Facts(texts={"title": contract.title}, door=Door.PORTAL)
    return [to_client(Template.CONTRACT_SENT, contract.client_id, facts)]


def _contract_signed(event: Event) -> list[Order]:
    contract = _Contract.model_validate(event.data)
    signature = contract.signatures[-1]
    facts = Facts(
        texts={"file": contract.title, "signer": signature.name},
        days={"date": signature.signed_at},
        attachment=Attachment(key=str(event.internal["storageKey"]), name=str(event.internal["sealedName"])),
        also_to=str(event.internal.get("clientEmail") or ""),
    )
    return [
        to_client(Template.SIGNED_COPY, contract.client_id, facts.model_copy(update={"door": Door.PORTAL})),
        to_members(Template.CONTRACT_SIGNED, facts.model_copy(update={"also_to": ""})),
    ]


def _contract_declined(event: Event) -> list[Order]:
    contract = _Contract.model_validate(event.data)
    texts = {"client": event.actor.name, "title": contract.title}
    return [to_members(Template.CONTRACT_DECLINED, Facts(texts=texts, quote=contract.decline_reason or ""))]


def _message_created(event: Event) -> list[Order]:
    message = _Message.model_validate(event.data)
    if message.author.kind != ActorKind.CLIENT:
        return []
    facts = Facts(texts={"client": message.author.name}, quote=message.content)
    return [to_members(Template.MESSAGE_RECEIVED, facts)]


def _project_completed(event: Event) -> list[Order]:
    project = _Project.model_validate(event.data)
    facts = Facts(texts={"project": project.name}, quote=str(event.internal.get("message") or ""), door=Door.PORTAL)
    return [to_client(Template.PROJECT_COMPLETED, project.client_id, facts)]


def _feedback_received(event: Event) -> list[Order]:
    feedback = _Feedback.model_validate(event.data)
    project = str(event.internal.get("projectName") or "")
    texts = {"client": event.actor.name, "project": project, "rating": str(feedback.rating)}
    return [to_members(Template.FEEDBACK_RECEIVED, Facts(texts=texts, quote=feedback.comment or ""))]


WORK: dict[str, Callable[[Event], list[Order]]] = {
    "projects.file.uploaded": _file_uploaded,
    "projects.file.approved": _file_approved,
    "projects.file.changes_requested": _changes_requested,
    "projects.file.signed": _file_signed,
    "projects.file.commented": _file_commented,
    "projects.contract.sent": _contract_sent,
    "projects.contract.signed": _contract_signed,
    "projects.contract.declined": _contract_declined,
    "projects.message.created": _message_created,
    "projects.project.completed": _project_completed,
    "projects.feedback.received": _feedback_received,
}
