"""An access as webhooks and other services get it."""

from uuid import UUID

from pydantic import ConfigDict

from chassis.schemas import Input, Output, Timestamp


class PortalOpened(Input):
    """Nothing but the credential, for callers that send it in the body."""

    model_config = ConfigDict(json_schema_extra={"example": {}})

    token: str | None = None


class AccessClient(Output):
    """The client who opened the portal."""

    id: UUID
    name: str
    email: str | None


class AccessPublic(Output):
    """A portal was opened; the token itself is never told."""

    id: UUID
    client_id: UUID
    client: AccessClient
    visits: int
    accessed_at: Timestamp
