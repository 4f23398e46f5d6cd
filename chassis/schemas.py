"""Base classes and types of request and response bodies: camelCase outside, snake_case inside."""

from datetime import UTC, datetime
from typing import Annotated, Any

from email_validator import EmailNotValidError, validate_email
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    PlainSerializer,
    StringConstraints,
    model_validator,
)
from pydantic.alias_generators import to_camel


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
Name = Annotated[str, StringConstraints(min_length=1, max_length=200), Clean]
Text = Annotated[str, StringConstraints(max_length=10_000), Clean]
Email = Annotated[str, StringConstraints(max_length=254), Clean, AfterValidator(_email)]
Timestamp = Annotated[datetime, PlainSerializer(_iso, return_type=str, when_used="json")]


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
