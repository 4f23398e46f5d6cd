"""Who a client is: from the replicas, or from auth where its events have not arrived."""

from uuid import UUID

from chassis.database import Database
from chassis.errors import NotFound
from chassis.principals import Client
from services.portal.clients import ClientFacts, Directory
from services.portal.replicas import repository


class Identities:
    """Finds clients, and companies that come with a portal token of their own."""

    def __init__(self, database: Database, directory: Directory) -> None:
        self._database, self._directory = database, directory

    async def find(self, client: Client) -> ClientFacts:
        """The client or company; NotFound when it is gone, Unavailable when nobody can tell.

        Opens its own short transaction: none is held while auth is asked.
        """
        async with self._database.reader(client.agency_id) as reader:
            row = await repository.read_holder(reader, client)
        if row is not None:
            return ClientFacts(client.id, row["number"], row["name"], row["email"], row["company"])
        facts = await self._directory.holder(client)
        if facts is None:
            raise NotFound
        return facts

    async def agency_slug(self, agency_id: UUID) -> str:
        """The short name of an agency; Unavailable when nobody can tell."""
        async with self._database.reader(agency_id) as reader:
            slug = await repository.read_slug(reader, agency_id)
        return slug or (await self._directory.agency(agency_id)).slug
