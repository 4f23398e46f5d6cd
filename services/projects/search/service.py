"""The use case of search."""

from uuid import UUID

from chassis.database import Reader
from chassis.searching import Hit, Wanted
from services.projects.search import repository


async def find(reader: Reader, agency_id: UUID, wanted: Wanted) -> list[Hit]:
    """What holds the words, the best of each kind first; of what clients may see where clients ask."""
    return await repository.find(reader, agency_id, wanted)
