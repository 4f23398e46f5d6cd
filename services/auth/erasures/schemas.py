"""Bodies and answers about erasures."""

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from chassis.schemas import Clean, Input, Output, Timestamp


class ErasureCreate(Input):
    """Whom the caller means, in words: nobody is erased by a slip."""

    model_config = ConfigDict(json_schema_extra={"example": {"confirm": "Mira Okafor"}})

    confirm: Annotated[str, Clean, Field(min_length=1, max_length=320, description="The client's name or e-mail.")]


class ErasurePublic(Output):
    """A client as they are after the erasure, and when it was asked for."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "clientId": "0199f1e2-7c7a-7f3e-9d52-1f1f5a3c9b10",
                "name": "Erased client",
                "erasedAt": "2026-03-01T09:30:00.000Z",
            }
        }
    )

    client_id: UUID
    name: str
    erased_at: Timestamp
