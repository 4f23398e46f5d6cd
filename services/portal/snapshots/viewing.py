"""Whose portal staff look at, to see what its holder sees."""

from uuid import UUID

from chassis.database import Database
from chassis.errors import Invalid
from chassis.principals import Client, Staff
from services.portal.snapshots.repository import read_clients_of_company


async def holder_named(staff: Staff, *, client_id: UUID | None, company_id: UUID | None, database: Database) -> Client:
    """The client or company that staff name; of one that there is not, taking the snapshot tells.

    Raises Invalid unless exactly one is named.
    """
    if client_id is not None and company_id is None:
        return _holder(staff, client_id, (client_id,))
    if company_id is not None and client_id is None:
        clients = await read_clients_of_company(database, staff.agency_id, company_id)
        return _holder(staff, company_id, clients, is_company=True)
    raise Invalid.field("clientId", "or companyId, one of the two, says whose portal is to be shown")


def _holder(staff: Staff, id: UUID, client_ids: tuple[UUID, ...], *, is_company: bool = False) -> Client:
    """As much of the holder as a snapshot needs; no credential comes of it."""
    return Client(
        agency_id=staff.agency_id,
        id=id,
        name="",
        email="",
        client_ids=client_ids,
        credential_id=staff.credential_id,
        via="portal_token",
        is_company=is_company,
    )
