"""What the API gives about a search."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field

from chassis.schemas import Output
from services.portal.search.models import Kind

EXAMPLE: dict[str, Any] = {
    "results": [
        {
            "kind": "project",
            "id": "0198f7a2-5c1e-7b44-9d3e-2f6a8c1b0e55",
            "title": "Website relaunch",
            "subtitle": "active",
            "projectId": "0198f7a2-5c1e-7b44-9d3e-2f6a8c1b0e55",
            "clientId": "0198f7a1-88d0-7c10-8a55-91c7d2e4f603",
            "url": "/api/projects/0198f7a2-5c1e-7b44-9d3e-2f6a8c1b0e55",
        }
    ],
    "unavailable": [],
}


class SearchHit(Output):
    """Something that holds the words; `subtitle` tells its status, or an extract of the text that holds them."""

    kind: Kind
    id: UUID
    title: str
    subtitle: str
    project_id: UUID | None
    client_id: UUID
    url: Annotated[str, Field(validation_alias="path", description="Where this API shows it.")]


class SearchResult(Output):
    """What was found, the best first: titles that begin with the words, that hold them, then other texts."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    results: list[SearchHit]
    unavailable: Annotated[list[Kind], Field(description="What could not be looked for just now.")]
