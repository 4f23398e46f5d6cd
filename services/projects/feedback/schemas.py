"""What the API takes and gives about feedback."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field

from chassis.schemas import Input, Output, Text, Timestamp
from services.projects.feedback.models import HIGHEST, LOWEST

EXAMPLE: dict[str, Any] = {
    "id": "0198f7b2-3f4a-7b21-8c32-1e2f3a4b5c6d",
    "projectId": "0198f7a2-5c1e-7b44-9d3e-2f6a8c1b0e55",
    "clientId": "0198f7a1-88d0-7c10-8a55-91c7d2e4f603",
    "rating": 5,
    "comment": "Quick, friendly and just what we had in mind.",
    "createdAt": "2026-11-21T09:30:00.000Z",
}


class FeedbackCreate(Input):
    """A client's rating of a project, in words where it likes."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"rating": EXAMPLE["rating"], "comment": EXAMPLE["comment"]}]}
    )

    rating: Annotated[int, Field(strict=True, ge=LOWEST, le=HIGHEST, description="From 1 to 5; 5 is best.")]
    comment: Text | None = None
    token: str | None = Field(default=None, max_length=4096, description="A client's portal token.")


class FeedbackPublic(Output):
    """Feedback as the agency and its client see it; `rating` is from 1 to 5."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    id: UUID
    project_id: UUID
    client_id: UUID
    rating: int
    comment: str | None
    created_at: Timestamp
