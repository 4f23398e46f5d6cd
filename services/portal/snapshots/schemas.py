"""The snapshot as the API document describes it; the answer itself is put together from bytes."""

from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from chassis.schemas import Output
from services.portal.portal_settings.schemas import EXAMPLE, PortalSettingsPublic
from services.portal.snapshots.models import SECTIONS


def _rows_of(schema: str, description: str, **more: Any) -> Any:
    """A list of another service's nouns, described where that service describes them."""
    items: dict[str, Any] = {"$ref": f"#/components/schemas/{schema}"}
    if more:
        items = {"allOf": [items, {"type": "object", "properties": more}]}
    return Field(description=description, json_schema_extra={"items": items})


_MESSAGES = {"type": "array", "items": {"$ref": "#/components/schemas/MessagePublic"}}
_ROWS = list[dict[str, Any]]


class SnapshotAgency(Output):
    """The agency whose portal it is."""

    id: UUID
    name: str
    slug: str


class SnapshotClient(Output):
    """The client who looks; for a company's token the company, without an e-mail address."""

    id: UUID
    number: int
    name: str
    email: str | None
    company: str | None


class Snapshot(Output):
    """Everything the client may see; a section whose service does not answer is empty and named in `unavailable`."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "agency": {
                    "id": "0198f0de-7c1c-7bd0-9f3e-5a7f6f1d2c11",
                    "name": "Northwind Studio",
                    "slug": "northwind",
                },
                "client": {
                    "id": "0198f0de-90aa-7e50-8d6b-3f2f4d5e6a77",
                    "number": 1,
                    "name": "Ada Byron",
                    "email": "ada@example.com",
                    "company": "Analytical Engines",
                },
                "settings": EXAMPLE,
                **{section: [] for section in SECTIONS},
                "unavailable": [],
            }
        }
    )

    agency: SnapshotAgency
    client: SnapshotClient
    settings: PortalSettingsPublic
    projects: _ROWS = _rows_of("ProjectPublic", "Projects, newest first.")
    files: _ROWS = _rows_of("FilePublic", "Files that the client may see, newest first.")
    invoices: _ROWS = _rows_of("InvoiceForClient", "Issued invoices, newest first; never drafts.")
    quotes: _ROWS = Field(description="Quotes sent to the client, newest first.")
    contracts: _ROWS = _rows_of(
        "ContractSummaryForClient", "Contracts sent to the client, newest first, without their texts."
    )
    threads: _ROWS = _rows_of(
        "ThreadPublic", "Threads open to the client, each with its latest messages, oldest first.", messages=_MESSAGES
    )
    time_entries: _ROWS = Field(description="Billable time, newest first.")
    updates: _ROWS = _rows_of("UpdatePublic", "Published updates, newest first.")
    credit_notes: _ROWS = _rows_of("CreditNotePublic", "Credit notes, newest first.")
    unavailable: list[str] = Field(description="Sections whose service does not answer just now.")
