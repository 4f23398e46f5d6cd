"""Base classes and types of request and response bodies: camelCase outside, snake_case inside."""

import unicodedata
from datetime import UTC, datetime
from typing import Annotated, Any

from email_validator import EmailNotValidError, validate_email
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic.alias_generators import to_camel

_BREAKING = frozenset(("Cc", "Zl", "Zp"))
_DIRECTION_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _without_nul(value: str | None) -> str | None:
    # None where the whole of `str | None` is annotated.
    if value is None:
        return None
    if "\x00" in value:
        raise ValueError("must not contain a NUL character")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValueError("must be valid Unicode") from error
    return value


def _on_one_line(value: str) -> str:
    # Names travel into mail headers, file names and logs; overrides of direction make one name look like another.
    if any(unicodedata.category(c) in _BREAKING or c in _DIRECTION_OVERRIDES for c in value):
        raise ValueError("must not contain line breaks or other control characters")
    return value


def _email(value: str) -> str:
    try:
        # Reserved names such as acme.test are taken: integrators try things out with them.
        parsed = validate_email(value, check_deliverability=False, test_environment=True, allow_display_name=False)
    except EmailNotValidError as error:
        raise ValueError("must be an e-mail address") from error
    return parsed.normalized


def _iso(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


Clean = AfterValidator(_without_nul)
OneLine = AfterValidator(_on_one_line)
Name = Annotated[str, StringConstraints(min_length=1, max_length=200), Clean, OneLine]
Text = Annotated[str, StringConstraints(max_length=10_000), Clean]
Email = Annotated[
    str,
    StringConstraints(max_length=254),
    Clean,
    AfterValidator(_email),
    WithJsonSchema({"type": "string", "format": "email", "maxLength": 254}),
]
Timestamp = Annotated[
    datetime,
    PlainSerializer(_iso, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]


class Input(BaseModel):
    """What a caller sends: unknown fields are refused, strings are trimmed."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        extra="forbid",
        str_strip_whitespace=True,
        allow_inf_nan=False,
    )


class Patch(Input):
    """A change of some fields: what the caller did not name stays as it is."""

    @model_validator(mode="before")
    @classmethod
    def _names_something(cls, data: Any) -> Any:
        if isinstance(data, dict) and not data:
            raise ValueError("name at least one field to change")
        return data

    def changes(self) -> dict[str, Any]:
        """The fields that the caller named, by their inside names."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class Output(BaseModel):
    """What a caller gets; built from rows by attribute."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, from_attributes=True)
