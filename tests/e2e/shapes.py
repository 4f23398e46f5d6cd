"""Holds an answer against the shape that a document shows: every field, of that type, never null."""

from datetime import datetime
from typing import Any

import httpx

from chassis.http.problems import MEDIA_TYPE


class Moment:
    """An ISO 8601 moment in UTC."""


Shape = type | dict[str, Any] | list[Any]


def assert_shape(value: Any, shape: Shape, where: str = "answer") -> None:
    """Raise AssertionError where `value` lacks a field of the shape, or has it in another type; more is no harm.

    A dict is an object with at least these fields, a list of one shape is a list of such values, `float` is any
    number, `int` a whole one.
    """
    if isinstance(shape, dict):
        assert isinstance(value, dict), f"{where}: {value!r} is no object"
        missing = shape.keys() - value.keys()
        assert not missing, f"{where} lacks {sorted(missing)}"
        for name, inner in shape.items():
            assert_shape(value[name], inner, f"{where}.{name}")
    elif isinstance(shape, list):
        assert isinstance(value, list), f"{where}: {value!r} is no list"
        for number, item in enumerate(value):
            assert_shape(item, shape[0], f"{where}[{number}]")
    elif shape is Moment:
        assert isinstance(value, str), f"{where}: {value!r} is no moment"
        assert value.endswith("Z"), f"{where}: {value!r} is not in UTC"
        datetime.fromisoformat(value)
    elif shape is float:
        assert isinstance(value, int | float) and not isinstance(value, bool), f"{where}: {value!r} is no number"
    elif shape is int:
        assert type(value) is int, f"{where}: {value!r} is no whole number"
    else:
        assert isinstance(value, shape), f"{where}: {value!r} is no {shape.__name__}"


def assert_exact_shape(value: Any, shape: dict[str, Any]) -> None:
    """The same, and not a field more at the top."""
    assert_shape(value, shape)
    assert value.keys() == shape.keys()


PROBLEM: dict[str, Any] = {
    "type": str,
    "title": str,
    "status": int,
    "detail": str,
    "code": str,
    "time": Moment,
    "message": str,
    "error": str,
}


def assert_problem(answer: httpx.Response, status: int, code: str | None = None) -> dict[str, Any]:
    """The answer is an error of this status in the one shape that errors have, which fits all the documents."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == MEDIA_TYPE
    body: dict[str, Any] = answer.json()
    assert_shape(body, PROBLEM)
    assert body["message"] == body["error"] == body["detail"]
    assert code is None or body["code"] == code, body
    return body
