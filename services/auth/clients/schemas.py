"""Bodies and answers about clients."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from chassis.schemas import Clean, Email, Input, Name, Output, Patch, Timestamp


def _none_if_blank(value: str) -> str | None:
    return value or None


# Forms send an empty string where nothing was typed.
CompanyName = Annotated[str, StringConstraints(max_length=200), Clean, AfterValidator(_none_if_blank)]


class ClientCreate(Input):
    """A new client."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"name": "Mira Okafor", "email": "mira@okafor.example", "company": "Okafor Ceramics"}
        }
    )

    name: Name
    email: Email
    company: CompanyName | None = None
    company_id: UUID | None = None


class ClientUpdate(Patch):
    """A change of some fields; `company: null` clears it, `companyId: null` leaves the company."""

    model_config = ConfigDict(json_schema_extra={"example": {"company": "Okafor & Daughters"}})

    name: Name = Field(default_factory=str)
    email: Email | None = None
    company: CompanyName | None = None
    company_id: UUID | None = None


class ClientCount(Output):
    """How much work there is for a client; drafts count too."""

    projects: int = 0
    invoices: int = 0


class ClientPublic(Output):
    """A client, as events and webhooks show them: without a credential.

    `company` is the name of the company that `companyId` names, else whatever text was given.
    """

    id: UUID
    number: int
    name: str
    email: str | None
    company: str | None
    company_id: UUID | None
    count: ClientCount = Field(default_factory=ClientCount, alias="_count")
    created_at: Timestamp
    updated_at: Timestamp


class ClientWithToken(ClientPublic):
    """A client, as the agency sees them.

    `token` opens their portal; it is null when it was revoked or ran out, and for an API key that may
    only read.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "id": "0199f1e2-7c7a-7f3e-9d52-1f1f5a3c9b10",
                "number": 1,
                "name": "Mira Okafor",
                "email": "mira@okafor.example",
                "company": "Okafor Ceramics",
                "companyId": None,
                "_count": {"projects": 2, "invoices": 5},
                "createdAt": "2026-03-01T09:30:00.000Z",
                "updatedAt": "2026-03-01T09:30:00.000Z",
                "token": "0199f1e27c7b71c28f0e6d5c4b3a2910.pWq1tq7n2m0cVvJz3n8B9m4o5l6k7j8h9g0f1e2d3c4",
            }
        }
    )

    token: str | None = Field(repr=False)


class ClientDeleted(Output):
    """The client is no more."""

    id: UUID
    deleted: bool = True
