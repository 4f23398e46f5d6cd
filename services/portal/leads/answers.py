"""Reads the answers to a form's questions: each in the shape that its field takes, or told what is wrong with it."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints, TypeAdapter, ValidationError

from chassis.errors import FieldError, Invalid
from chassis.schemas import Clean, Email, OneLine, Text
from services.portal.intake_forms.models import FieldType
from services.portal.intake_forms.schemas import FormField

MAX_TEXT = 500
MAX_URL = 2000
MAX_NUMBER = 10**15
# What an empty field of a page, or of a careful program, comes as.
_EMPTY: tuple[Any, ...] = (None, "", [])
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TOLD = 3


def _web_address(value: str) -> str:
    try:
        parts = urlsplit(value)
        found = parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in value
    except ValueError:
        found = False
    if not found:
        raise ValueError("must be a web address that begins with http:// or https://")
    return value


def _number(value: Any) -> int | float:
    # JSON's true is no number, though Python counts with it.
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= MAX_NUMBER:
        raise ValueError(f"must be a number, {MAX_NUMBER} at most")
    return value


def _day(value: str) -> str:
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise ValueError("must be a date as YYYY-MM-DD")


_Line = Annotated[str, StringConstraints(max_length=MAX_TEXT), Clean, OneLine]
_TYPES: dict[FieldType, Any] = {
    FieldType.TEXT: _Line,
    FieldType.LONG_TEXT: Text,
    FieldType.NUMBER: Annotated[Any, AfterValidator(_number)],
    FieldType.EMAIL: Email,
    FieldType.PHONE: Annotated[str, StringConstraints(pattern=r"^[+(]?[0-9][0-9 ()./-]{1,40}[0-9]$")],
    FieldType.URL: Annotated[str, StringConstraints(max_length=MAX_URL), OneLine, AfterValidator(_web_address)],
    FieldType.SELECT: _Line,
    FieldType.MULTI_SELECT: list[_Line],
    FieldType.CHECKBOX: Annotated[bool, Field(strict=True)],
    FieldType.DATE: Annotated[str, AfterValidator(_day)],
}
_WORDS = {FieldType.PHONE: "must be a telephone number", FieldType.CHECKBOX: "must be true or false"}


def read_answers(fields: Collection[FormField], given: Mapping[str, Any]) -> dict[str, Any]:
    """The answers by key, without empty ones, files left out; raises Invalid that names each as `answers.{key}`."""
    known = {field.key: field for field in fields}
    errors = [_error(key, "is not a field of this form") for key in given if key not in known]
    answers: dict[str, Any] = {}
    for key, field in known.items():
        value = _tidy(given.get(key))
        try:
            if field.type is FieldType.FILE:
                _refuse_file_in_json(value)
            elif value not in _EMPTY:
                answers[key] = _read(field, value)
            _require(field, answers.get(key))
        except ValueError as error:
            errors.append(_error(key, str(error)))
    refuse(errors)
    return answers


def require_files(fields: Collection[FormField], given: Collection[str]) -> None:
    """Raise Invalid, naming the field, where a file is missing that the form cannot do without."""
    missing = [field.key for field in fields if field.type is FieldType.FILE and field.required]
    refuse([_error(key, "is required; send it as multipart/form-data") for key in missing if key not in given])


def refuse(errors: list[FieldError]) -> None:
    """Raise Invalid for what is wrong, if anything is."""
    if errors:
        detail = "; ".join(f"{error.field}: {error.message}" for error in errors[:_TOLD])
        raise Invalid(detail, errors=errors)


def _tidy(value: Any) -> Any:
    """Without the blanks around it that hands and machines leave."""
    if isinstance(value, list):
        return [_tidy(one) for one in value]
    return value.strip() if isinstance(value, str) else value


def _read(field: FormField, value: Any) -> Any:
    try:
        read = _adapter(field.type).validate_python(value)
    except ValidationError as error:
        message = str(error.errors()[0]["msg"]).removeprefix("Value error, ")
        raise ValueError(_WORDS.get(field.type, message)) from error
    if field.type is FieldType.SELECT and read not in field.options:
        raise ValueError("must be one of the options")
    if field.type is FieldType.MULTI_SELECT:
        if not set(read) <= set(field.options):
            raise ValueError("must be some of the options")
        return [option for option in field.options if option in read]
    return read


def _require(field: FormField, answer: Any) -> None:
    if not field.required or field.type is FieldType.FILE:
        return
    if field.type is FieldType.CHECKBOX and answer is not True:
        raise ValueError("must be ticked")
    if answer is None:
        raise ValueError("is required")


def _refuse_file_in_json(value: Any) -> None:
    if value not in _EMPTY:
        raise ValueError("is a file; send the form as multipart/form-data")


@cache
def _adapter(type: FieldType) -> TypeAdapter[Any]:
    return TypeAdapter(_TYPES[type])


def _error(key: str, message: str) -> FieldError:
    return FieldError(f"answers.{key[:100]}", message)
