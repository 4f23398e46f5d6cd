"""What this service hears: clients come, change and go."""

from uuid import UUID

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.consuming import Consumers
from chassis.events import Event
from services.projects.clients import ClientFacts
from services.projects.context import Context
from services.projects.replicas.service import keep_client

consumers = Consumers()


class _Client(BaseModel):
    """The few fields of a client that are kept here."""

    id: UUID
    name: str
    email: str | None = None
    company: str | None = None


@consumers.on("auth.client.created", "auth.client.updated", "auth.client.deleted")
async def client_heard_of(event: Event, session: AsyncSession, context: Context) -> None:
    """Keep the client as it is now."""
    client = _Client.model_validate(event.data)
    await keep_client(
        session,
        event.agency_id,
        facts=ClientFacts(client.id, client.name, client.email or "", client.company or ""),
        source_version=event.aggregate_version,
        now=event.occurred_at,
        deleted=event.type == "auth.client.deleted",
    )
