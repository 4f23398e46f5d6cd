"""Use cases of the portal: all that a client may see of the work, and how much of it is under way."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from chassis.database import Reader
from services.projects.work import repository


@dataclass(frozen=True, slots=True)
class ClientWork:
    """Each section as the JSON array that REST returns to a client."""

    projects: bytes
    files: bytes
    threads: bytes
    updates: bytes
    time_entries: bytes
    contracts: bytes


async def client_work(reader: Reader, *, agency_id: UUID, client_ids: Sequence[UUID]) -> ClientWork:
    """What these clients of an agency may see, newest first."""
    sections = await repository.work_of(reader, agency_id, client_ids)
    return ClientWork(**sections)


async def count_active_projects(reader: Reader, *, agency_id: UUID, client_ids: Sequence[UUID]) -> int:
    """How many projects of these clients of an agency are under way."""
    return await repository.count_active_projects(reader, agency_id, client_ids)
