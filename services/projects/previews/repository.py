"""All SQL of previews."""

from uuid import UUID

from chassis.database import Reader

# Of the tables of a sibling feature, whose classes are not to be imported here.
_KEPT = "SELECT true FROM file_versions v WHERE v.agency_id = $1 AND v.storage_key = $2"


async def is_kept(reader: Reader, agency_id: UUID, storage_key: str) -> bool:
    """Whether those bytes still belong to a file."""
    return bool(await reader.fetchval(_KEPT, agency_id, storage_key))
