"""What the API gives about previews."""

from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from chassis.schemas import Output

EXAMPLE: dict[str, Any] = {
    "fileId": "0198f7c0-3a4b-7c5d-8e6f-708192a3b4c5",
    "version": 1,
    "pages": 12,
    "width": 1280,
    "height": 1811,
}


class FilePages(Output):
    """How many pages can be looked at, and how large the first one is when it is drawn in full."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    file_id: UUID
    version: int
    pages: int = Field(description="1 for a picture.")
    width: int = Field(description="In pixels, of the first page's preview.")
    height: int
