"""What this service announces."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.principals import Actor, ActorKind
from services.projects.announcing import announce
from services.projects.comments.models import FileComment
from services.projects.comments.schemas import FileCommentPublic
from services.projects.contracts.models import Contract
from services.projects.contracts.schemas import ContractPublic
from services.projects.feedback.models import Feedback
from services.projects.feedback.schemas import FeedbackPublic
from services.projects.files.models import File
from services.projects.files.schemas import FilePublic
from services.projects.messages.models import Message
from services.projects.messages.schemas import MessagePublic
from services.projects.projects.models import Project
from services.projects.projects.schemas import ProjectPublic
from services.projects.tasks.models import Task
from services.projects.tasks.schemas import TaskPublic
from services.projects.threads.models import Visibility
from services.projects.updates.models import Update
from services.projects.updates.schemas import UpdatePublic


async def project_created(session: AsyncSession, project: Project, *, actor: Actor, now: datetime) -> None:
    """A project has begun."""
    data = ProjectPublic.model_validate(project)
    await announce(
        session, "projects.project.created", row=project, actor=actor, data=data, now=now, internal=_for_client(project)
    )


async def project_updated(session: AsyncSession, project: Project, *, actor: Actor, now: datetime) -> None:
    """A project was changed."""
    data = ProjectPublic.model_validate(project)
    await announce(
        session, "projects.project.updated", row=project, actor=actor, data=data, now=now, internal=_for_client(project)
    )


async def project_completed(
    session: AsyncSession, project: Project, *, actor: Actor, now: datetime, message: str | None
) -> None:
    """A project is done; `message` is for the mail to its client."""
    data = ProjectPublic.model_validate(project)
    internal = {"message": message} | _for_client(project)
    await announce(
        session, "projects.project.completed", row=project, actor=actor, data=data, now=now, internal=internal
    )


async def project_deleted(session: AsyncSession, project: Project, *, actor: Actor, now: datetime) -> None:
    """A project was taken away."""
    data = ProjectPublic.model_validate(project)
    await announce(
        session, "projects.project.deleted", row=project, actor=actor, data=data, now=now, internal=_for_client(project)
    )


async def file_uploaded(session: AsyncSession, file: File, *, actor: Actor, now: datetime, notify: bool) -> None:
    """A file, or a new version of one, was uploaded; `notify` asks for a mail to the client."""
    data = FilePublic.model_validate(file)
    internal = {"notify": notify, "uploadedByKind": str(actor.kind)}
    await announce(session, "projects.file.uploaded", row=file, actor=actor, data=data, now=now, internal=internal)


async def file_approved(session: AsyncSession, file: File, *, actor: Actor, now: datetime) -> None:
    """The current version of a file was approved."""
    data = FilePublic.model_validate(file)
    await announce(session, "projects.file.approved", row=file, actor=actor, data=data, now=now)


async def file_changes_requested(
    session: AsyncSession, file: File, *, actor: Actor, now: datetime, comment: str
) -> None:
    """Changes of the current version of a file were asked for."""
    data = FilePublic.model_validate(file)
    internal = {"comment": comment}
    await announce(
        session, "projects.file.changes_requested", row=file, actor=actor, data=data, now=now, internal=internal
    )


async def file_commented(
    session: AsyncSession, file: File, *, actor: Actor, now: datetime, comment: FileComment, notify: bool
) -> None:
    """Something was said about a file; `visibility` tells listeners whether its client may hear of it."""
    data = FileCommentPublic.model_validate(comment)
    internal = {"visibility": str(comment.visibility), "notify": notify, "fileName": file.name}
    await announce(session, "projects.file.commented", row=file, actor=actor, data=data, now=now, internal=internal)


async def message_created(
    session: AsyncSession, message: Message, *, actor: Actor, now: datetime, visibility: Visibility
) -> None:
    """A message was written; `visibility` tells listeners whether clients may hear of it."""
    data = MessagePublic.model_validate(message)
    internal = {"visibility": str(visibility), "authorKind": str(ActorKind(message.author_kind))}
    await announce(session, "projects.message.created", row=message, actor=actor, data=data, now=now, internal=internal)


async def file_signed(
    session: AsyncSession, file: File, *, actor: Actor, now: datetime, sealed: File, client_email: str | None
) -> None:
    """A client signed a file; the sealed PDF is mailed to both sides."""
    data = FilePublic.model_validate(file)
    internal = {"storageKey": sealed.storage_key, "sealedFileId": str(sealed.id), "clientEmail": client_email}
    await announce(session, "projects.file.signed", row=file, actor=actor, data=data, now=now, internal=internal)


async def update_published(session: AsyncSession, update: Update, *, actor: Actor, now: datetime) -> None:
    """The client was told how the project stands."""
    data = UpdatePublic.model_validate(update)
    await announce(session, "projects.update.published", row=update, actor=actor, data=data, now=now)


async def task_created(session: AsyncSession, task: Task, *, actor: Actor, now: datetime) -> None:
    """A task was put into a project; whether its client may hear of it stands in `visibleToClient`."""
    await announce(
        session, "projects.task.created", row=task, actor=actor, data=TaskPublic.model_validate(task), now=now
    )


async def task_updated(session: AsyncSession, task: Task, *, actor: Actor, now: datetime) -> None:
    """A task was changed or moved."""
    await announce(
        session, "projects.task.updated", row=task, actor=actor, data=TaskPublic.model_validate(task), now=now
    )


async def task_completed(session: AsyncSession, task: Task, *, actor: Actor, now: datetime) -> None:
    """A task has become complete."""
    await announce(
        session, "projects.task.completed", row=task, actor=actor, data=TaskPublic.model_validate(task), now=now
    )


async def feedback_received(
    session: AsyncSession, feedback: Feedback, *, actor: Actor, now: datetime, project_name: str
) -> None:
    """A client has rated a project; its name is for the mail to the agency."""
    data = FeedbackPublic.model_validate(feedback)
    internal = {"projectName": project_name}
    await announce(
        session, "projects.feedback.received", row=feedback, actor=actor, data=data, now=now, internal=internal
    )


async def contract_sent(
    session: AsyncSession, contract: Contract, *, actor: Actor, now: datetime, send_email: bool
) -> None:
    """A contract was sent, or is to be mailed once more."""
    data = ContractPublic.model_validate(contract)
    internal = {"sendEmail": send_email}
    await announce(session, "projects.contract.sent", row=contract, actor=actor, data=data, now=now, internal=internal)


async def contract_viewed(session: AsyncSession, contract: Contract, *, actor: Actor, now: datetime) -> None:
    """A client looked at a contract for the first time."""
    data = ContractPublic.model_validate(contract)
    await announce(session, "projects.contract.viewed", row=contract, actor=actor, data=data, now=now)


async def contract_signed(
    session: AsyncSession, contract: Contract, *, actor: Actor, now: datetime, sealed: File, client_email: str | None
) -> None:
    """A client signed a contract; the sealed PDF is mailed to both sides."""
    data = ContractPublic.model_validate(contract)
    internal = {"storageKey": sealed.storage_key, "sealedName": sealed.name, "clientEmail": client_email}
    await announce(
        session, "projects.contract.signed", row=contract, actor=actor, data=data, now=now, internal=internal
    )


async def contract_declined(session: AsyncSession, contract: Contract, *, actor: Actor, now: datetime) -> None:
    """A client declined a contract."""
    data = ContractPublic.model_validate(contract)
    await announce(session, "projects.contract.declined", row=contract, actor=actor, data=data, now=now)


async def contract_voided(session: AsyncSession, contract: Contract, *, actor: Actor, now: datetime) -> None:
    """The agency withdrew a contract; told by the activity feed alone."""
    data = ContractPublic.model_validate(contract)
    await announce(session, "projects.contract.voided", row=contract, actor=actor, data=data, now=now)


def _for_client(project: Project) -> dict[str, int]:
    """What a project's client sees otherwise than the agency."""
    return {"progressForClient": project.progress_for_client}
