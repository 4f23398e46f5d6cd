"""Use cases of the inbox."""

from uuid import UUID

from chassis.database import Reader
from chassis.principals import ActorKind, Staff
from services.projects.inbox import repository
from services.projects.inbox.repository import Wanted
from services.projects.inbox.schemas import Waiting, WaitingCounts
from services.projects.listing import Listing, listing
from services.projects.threads.models import Visibility

# The one who is to answer is the one who did not write last.
_WRITTEN_BY = {Waiting.AGENCY: ActorKind.CLIENT, Waiting.CLIENT: ActorKind.MEMBER}


async def list_inbox(
    reader: Reader,
    staff: Staff,
    *,
    waiting: Waiting | None,
    visibility: Visibility | None,
    project_id: UUID | None,
    client_id: UUID | None,
    after: UUID | None,
    limit: int,
) -> Listing:
    """A page of the agency's threads that have messages, the newest message first."""
    wanted = Wanted(_WRITTEN_BY[waiting] if waiting else None, visibility, project_id, client_id)
    rows = await repository.page(reader, staff.agency_id, wanted, after=after, limit=limit + 1)
    return listing(rows, limit)


async def count_waiting(
    reader: Reader, staff: Staff, *, project_id: UUID | None, client_id: UUID | None
) -> WaitingCounts:
    """How many threads wait for the agency, and how many for a client."""
    wanted = Wanted(project_id=project_id, client_id=client_id)
    agency, client = await repository.count_waiting(reader, staff.agency_id, wanted)
    return WaitingCounts(agency=agency, client=client)
