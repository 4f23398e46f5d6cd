"""Bodies and answers about leads."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, JsonValue, StringConstraints
from pydantic.config import JsonDict

from chassis.schemas import Email, Input, Name, Output, Patch, Text, Timestamp
from services.portal.intake_forms.models import FieldType
from services.portal.intake_forms.schemas import MAX_FIELDS
from services.portal.intake_forms.stamps import MAX_LENGTH
from services.portal.leads.models import Lead, LeadStatus

# The default of what may be left out but not be null: Pydantic does not check defaults.
_UNSET: Any = None
_CLIENT: JsonDict = {
    "id": "0198f7a1-88d0-7c10-8a55-91c7d2e4f603",
    "number": 12,
    "name": "Mira Okafor",
    "email": "mira@okafor.example",
    "company": None,
    "companyId": None,
    "_count": {"projects": 0, "invoices": 0},
    "createdAt": "2026-11-02T10:00:00.000Z",
    "updatedAt": "2026-11-02T10:00:00.000Z",
}
_PROJECT: JsonDict = {
    "id": "0198f7a2-5c1e-7b44-9d3e-2f6a8c1b0e55",
    "name": "Website relaunch",
    "description": "",
    "status": "active",
    "dueDate": None,
    "clientId": "0198f7a1-88d0-7c10-8a55-91c7d2e4f603",
    "progress": 0,
    "completedAt": None,
    "createdAt": "2026-11-02T10:00:00.000Z",
    "updatedAt": "2026-11-02T10:00:00.000Z",
}
_EXAMPLE: JsonDict = {
    "id": "0198f7b1-2d3e-7f4a-8b5c-6d7e8f9a0b1c",
    "formId": "0198f7b0-1c2d-7e3f-8a4b-5c6d7e8f9a0b",
    "formName": "Start a project",
    "name": "Mira Okafor",
    "email": "mira@okafor.example",
    "message": "We need a website for our pottery.",
    "questions": [{"key": "budget", "label": "What may it cost?", "type": "select"}],
    "answers": {"budget": "Up to 5k"},
    "status": "new",
    "note": "",
    "spam": False,
    "clientId": None,
    "projectId": None,
    "convertedAt": None,
    "createdAt": "2026-11-02T09:30:00.000Z",
    "updatedAt": "2026-11-02T09:30:00.000Z",
}


class LeadSubmission(Input):
    """What somebody fills into an intake form; `answers` by the keys of its fields."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "Mira Okafor",
                    "email": "mira@okafor.example",
                    "message": "We need a website for our pottery.",
                    "answers": {"budget": "Up to 5k", "start": "2027-01-15"},
                    "formToken": "1793178000000.k2J8sVb1m0Qx7ZyN4tLr5w",
                }
            ]
        }
    )

    name: Name
    email: Email
    message: Text = ""
    answers: Annotated[dict[str, Any], Field(max_length=MAX_FIELDS)] = {}
    form_token: Annotated[
        str | None, StringConstraints(max_length=MAX_LENGTH), Field(description="As the form came with it.")
    ] = None
    website: Annotated[
        str,
        StringConstraints(max_length=2000),
        Field(description="A trap for machines that fill in all they find: leave it out."),
    ] = ""


class LeadReceived(Output):
    """It has arrived."""

    received: Literal[True] = True


class LeadUpdate(Patch):
    """A change of some fields. Saying that something is no spam tells the agency of it, if nothing has before."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "contacted", "note": "Called on Monday."}]})

    status: LeadStatus = _UNSET
    note: Text = _UNSET
    spam: bool = _UNSET


class LeadConvert(Input):
    """What the project is to be called; else after the form and the lead."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"projectName": "Website relaunch"}]})

    project_name: Name | None = None


class QuestionPublic(Output):
    """A question as it was asked."""

    key: str
    label: str
    type: FieldType


class LeadPublic(Output):
    """A lead as REST and events show it.

    `answers` by the questions' keys; of a file `{name, size, mimeType, sha256}`, its bytes at
    `/api/leads/{id}/files/{key}`. `clientId` and `projectId` are null until it is converted.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    id: UUID
    form_id: UUID | None
    form_name: str
    name: str
    email: str
    message: str
    questions: list[QuestionPublic]
    answers: dict[str, JsonValue]
    status: LeadStatus
    note: str
    spam: bool
    client_id: UUID | None
    project_id: UUID | None
    converted_at: Timestamp | None
    created_at: Timestamp
    updated_at: Timestamp


class ConvertedCount(Output):
    """How much work there is for the client."""

    projects: int
    invoices: int


class ConvertedClient(Output):
    """The client that a lead has become, as events show clients."""

    id: UUID
    number: int
    name: str
    email: str | None
    company: str | None
    company_id: UUID | None
    count: ConvertedCount = Field(alias="_count")
    created_at: Timestamp
    updated_at: Timestamp


class ConvertedProject(Output):
    """The project that a lead has become."""

    id: UUID
    name: str
    description: str
    status: str
    due_date: date | None
    client_id: UUID
    progress: int
    completed_at: Timestamp | None
    created_at: Timestamp
    updated_at: Timestamp


class LeadConversion(Output):
    """What a lead has become, as it is now."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"client": _CLIENT, "project": _PROJECT}]})

    client: ConvertedClient
    project: ConvertedProject


class LeadDeleted(Output):
    """The lead is gone, with its files."""

    id: UUID
    deleted: Literal[True] = True


def lead_public(lead: Lead) -> LeadPublic:
    """A lead as REST and events show it: a plan of ids is not told as if it had come true."""
    public = LeadPublic.model_validate(lead)
    return public if lead.converted_at else public.model_copy(update={"client_id": None, "project_id": None})
