"""Invitations as callers send and get them, in snake_case."""

from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from chassis.schemas import Input, Output, Text, Timestamp
from services.portal.holders import HolderKind

EXAMPLE: dict[str, Any] = {
    "id": "0199f1e3-1b20-7d66-9a4e-3c7dae5f8b12",
    "type": "contact",
    "contact_id": "0199f1e2-6a10-7c55-8f3d-2b6c9e4d7a01",
    "company_id": None,
    "recipients": [
        {"id": "0199f1e2-6a10-7c55-8f3d-2b6c9e4d7a01", "name": "Ada Lovelace", "email": "ada@client.example"}
    ],
    "custom_message": "Welcome to your client portal!",
    "sent_at": "2026-11-19T09:30:00.000Z",
}


class InvitationCreate(Input):
    """The agency's own words in the mail, as plain text; line breaks are kept."""

    model_config = ConfigDict(
        alias_generator=None, json_schema_extra={"example": {"custom_message": "Welcome to your client portal!"}}
    )

    custom_message: Text | None = None


class InvitationSent(Output):
    """The invitation is on its way; `token` opens the portal."""

    model_config = ConfigDict(
        alias_generator=None,
        json_schema_extra={
            "example": {
                "message": "Portal invitation sent successfully",
                "token": "0199f1e26a107c558f3d2b6c9e4d7a01.5Kd0n2mJ8rT1wQ7xY4zB6vC9eF3gH0iL2oP5sU8aX1c",
            }
        },
    )

    message: str
    token: str = Field(repr=False)


class InvitationRecipient(Output):
    """A contact who was written to, as of that time."""

    model_config = ConfigDict(alias_generator=None)

    id: UUID
    name: str
    email: str


class InvitationPublic(Output):
    """An invitation to open the portal; `contact_id` or `company_id` is null, as `type` tells."""

    model_config = ConfigDict(alias_generator=None, json_schema_extra={"example": EXAMPLE})

    id: UUID
    type: HolderKind
    contact_id: UUID | None
    company_id: UUID | None
    recipients: list[InvitationRecipient]
    custom_message: str
    sent_at: Timestamp
