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


class AccessCompany(Output):
    """The company by whose token the portal was opened."""

    id: UUID
    name: str


class AccessPublic(Output):
    """A portal was opened, a client's or that of a whole company; the token itself is never told."""

    id: UUID
    client_id: UUID | None
    client: AccessClient | None
    company_id: UUID | None
    company: AccessCompany | None
    visits: int
    accessed_at: Timestamp
