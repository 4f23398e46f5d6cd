"""Use cases of deciding on a file: approving its current version, or asking for another one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.principals import Principal
from services.projects import events
from services.projects.files import repository
from services.projects.files.models import File, Person, Seen
from services.projects.files.service import visible_file
from services.projects.files.storing import person


async def approve_file(
    session: AsyncSession, principal: Principal, *, file_id: UUID, seen: Seen, now: datetime
) -> File:
    """Approve the version that the caller saw. Raises FileVersionStale, FileAlreadyApproved or FileAlreadySigned."""
    file = await visible_file(session, principal, file_id, lock=True)
    file.approve(by=_decider(principal), seen=seen, now=now)
    await repository.keep_state_of_version(session, file)
    await events.file_approved(session, file, actor=principal.actor, now=now)
    return file


async def request_changes(
    session: AsyncSession, principal: Principal, *, file_id: UUID, comment: str, seen: Seen, now: datetime
) -> File:
    """Ask for changes of the version that the caller saw; the same errors as `approve_file`."""
    file = await visible_file(session, principal, file_id, lock=True)
    file.request_changes(by=_decider(principal), comment=comment, seen=seen, now=now)
    await repository.keep_state_of_version(session, file)
    await events.file_changes_requested(session, file, actor=principal.actor, now=now, comment=comment)
    return file


def _decider(principal: Principal) -> Person:
    return {**person(principal.actor), "via": principal.via}
