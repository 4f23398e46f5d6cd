"""Bodies and answers about intake forms."""

from collections import Counter
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic.config import JsonDict

from chassis.schemas import Input, Name, Output, Patch, Text, Timestamp
from services.portal.intake_forms.models import FieldType

MAX_FIELDS = 40
MAX_FILE_FIELDS = 3
MAX_OPTIONS = 50
_WITH_OPTIONS = frozenset({FieldType.SELECT, FieldType.MULTI_SELECT})
# The default of what may be left out but not be null: Pydantic does not check defaults.
_UNSET: Any = None

_FIELDS: list[Any] = [
    {
        "key": "budget",
        "label": "What may it cost?",
        "type": "select",
        "required": True,
        "options": ["Up to 5k", "More"],
    },
    {"key": "start", "label": "When should it begin?", "type": "date"},
    {"key": "brief", "label": "Your brief, if there is one", "type": "file", "hint": "A PDF is best."},
]
_SHOWN: list[Any] = [{"required": False, "options": [], "hint": ""} | field for field in _FIELDS]
_EXAMPLE: JsonDict = {
    "id": "0198f7b0-1c2d-7e3f-8a4b-5c6d7e8f9a0b",
    "name": "Start a project",
    "slug": "start-a-project",
    "description": "Tell us what you have in mind; we answer within two days.",
    "fields": _SHOWN,
    "active": True,
    "fromPageOnly": False,
    "url": "http://localhost:8080/intake/northwind-studio/start-a-project",
    "createdAt": "2026-11-02T09:00:00.000Z",
    "updatedAt": "2026-11-02T09:00:00.000Z",
}

Slug = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60), Field(examples=["start-a-project"])
]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,39}$")]


class FormField(Input):
    """One question; `options` are for select and multi_select, and only for them."""

    key: Key
    label: Name
    type: FieldType
    required: bool = False
    options: Annotated[list[Name], Field(max_length=MAX_OPTIONS)] = []
    hint: Annotated[Text, StringConstraints(max_length=300)] = ""

    @model_validator(mode="after")
    def _has_options_where_they_belong(self) -> Self:
        if (self.type in _WITH_OPTIONS) is not bool(self.options):
            raise ValueError("options belong to select and multi_select, and those need at least one")
        if len(set(self.options)) < len(self.options):
            raise ValueError("each option may stand there once")
        return self


def _consistent(fields: list[FormField]) -> list[FormField]:
    twice = [key for key, count in Counter(field.key for field in fields).items() if count > 1]
    if twice:
        raise ValueError(f"the key {twice[0]} may be used once")
    if sum(field.type is FieldType.FILE for field in fields) > MAX_FILE_FIELDS:
        raise ValueError(f"a form may ask for {MAX_FILE_FIELDS} files at most")
    return fields


Fields = Annotated[list[FormField], Field(max_length=MAX_FIELDS), AfterValidator(_consistent)]


class IntakeFormCreate(Input):
    """A new form; its address is `/intake/{agency}/{slug}`. Name, e-mail address and message are always asked for."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"name": "Start a project", "slug": "start-a-project", "fields": _FIELDS}],
        }
    )

    name: Name
    slug: Slug
    fields: Fields
    description: Text = ""
    active: bool = True
    from_page_only: Annotated[
        bool,
        Field(description="Take what does not come from the form's own page, so without its `formToken`, for spam."),
    ] = False


class IntakeFormUpdate(Patch):
    """A change of some fields; `fields` replaces all questions. Leads keep what they were asked."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"active": False}]})

    name: Name = _UNSET
    slug: Slug = _UNSET
    fields: Fields = _UNSET
    description: Text = _UNSET
    active: bool = _UNSET
    from_page_only: bool = _UNSET


class FormFieldPublic(Output):
    """One question, as it is asked."""

    key: str
    label: str
    type: FieldType
    required: bool
    options: list[str]
    hint: str


class IntakeFormPublic(Output):
    """An intake form as the agency sees it."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    id: UUID
    name: str
    slug: str
    description: str
    fields: list[FormFieldPublic]
    active: bool
    from_page_only: bool
    url: Annotated[str, Field(description="Where anyone may fill it in.")]
    created_at: Timestamp
    updated_at: Timestamp


class IntakeFormForVisitor(Output):
    """An intake form as anyone gets it who wants to fill it in."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {name: _EXAMPLE[name] for name in ("name", "slug", "description", "fields")}
                | {"formToken": "1793178000000.k2J8sVb1m0Qx7ZyN4tLr5w"}
            ]
        }
    )

    name: str
    slug: str
    description: str
    fields: list[FormFieldPublic]
    form_token: Annotated[
        str, Field(description="To be sent back with the answers: tells how long it took. Good for a week.")
    ]


class IntakeFormDeleted(Output):
    """The form is no more; its leads are."""

    id: UUID
    deleted: Literal[True] = True


def stored(fields: list[FormField]) -> list[dict[str, Any]]:
    """Questions as the row keeps them."""
    return [field.model_dump(mode="json") for field in fields]
