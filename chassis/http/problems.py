"""Errors as answers: one table from our errors to HTTP, one body everywhere (RFC 9457)."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from chassis import errors
from chassis.telemetry import log

MEDIA_TYPE = "application/problem+json"

STATUS: dict[type[errors.PorticoError], int] = {
    errors.Invalid: 400,
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.PreconditionFailed: 412,
    errors.TooLarge: 413,
    errors.UnsupportedMedia: 415,
    errors.RangeNotSatisfiable: 416,
    errors.KeyReused: 422,
    errors.RateLimited: 429,
    errors.Failed: 500,
    errors.Unavailable: 503,
}

_DETAILS = {
    404: errors.NotFound.default,
    405: "This address does not take that method.",
    500: "Something went wrong on our side. It has been logged; nothing was changed.",
}


def status_of(kind: type[errors.PorticoError]) -> int:
    """The HTTP status of an error class."""
    return next(status for base, status in STATUS.items() if issubclass(kind, base))


def problem(
    status: int,
    detail: str,
    code: str,
    *,
    headers: dict[str, str] | None = None,
    **extra: Any,
) -> Response:
    """An error answer; `message` and `error` repeat `detail` for clients of other dialects."""
    body = {
        "type": f"/docs/errors#{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "time": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "message": detail,
        "error": detail,
        **extra,
    }
    return Response(orjson.dumps(body), status, headers, media_type=MEDIA_TYPE)


def from_error(error: errors.PorticoError) -> Response:
    """The answer to one of our errors."""
    headers: dict[str, str] = {}
    extra = dict(error.extra)
    if isinstance(error, errors.Invalid):
        extra["errors"] = [{"field": item.field, "message": item.message} for item in error.errors]
    if isinstance(error, errors.RateLimited):
        headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, errors.Unauthenticated):
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, errors.RangeNotSatisfiable):
        headers["Content-Range"] = f"bytes */{error.size}"
    return problem(status_of(type(error)), error.detail, error.code, headers=headers, **extra)


def install(app: FastAPI) -> None:
    """Answer every error of the application in one shape."""
    app.add_exception_handler(errors.PorticoError, _portico_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)


def unexpected(error: BaseException) -> Response:
    """The answer to an error that nobody foresaw."""
    log.error("unexpected_error", exc_info=error)
    return problem(500, _DETAILS[500], "internal_error")


async def _portico_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, errors.PorticoError)
    return from_error(error)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = _DETAILS.get(error.status_code) or str(error.detail)
    code = HTTPStatus(error.status_code).phrase.lower().replace(" ", "_").replace("-", "_")
    return problem(error.status_code, detail, code, headers=dict(error.headers or {}))


async def _validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    problems = error.errors()
    if any(item["loc"][0] == "path" for item in problems):
        # A malformed id answers exactly like a random one.
        return problem(404, errors.NotFound.default, errors.NotFound.code)
    if any(item["type"] == "json_invalid" for item in problems):
        return from_error(errors.Invalid("The body is not valid JSON."))
    fields = [errors.FieldError(_field_name(item["loc"]), _message(item)) for item in problems[:50]]
    detail = "; ".join(f"{field.field}: {field.message}" if field.field else field.message for field in fields[:3])
    return from_error(errors.Invalid(detail, errors=fields))


def _field_name(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location[1:])


def _message(item: dict[str, Any]) -> str:
    message = str(item["msg"]).removeprefix("Value error, ")
    return {"extra_forbidden": "is not a field of this request", "missing": "is required"}.get(item["type"], message)


def problems(*kinds: type[errors.PorticoError]) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route: its errors with their codes, for the OpenAPI document."""
    by_status: dict[int, list[type[errors.PorticoError]]] = {}
    for kind in kinds:
        by_status.setdefault(status_of(kind), []).append(kind)
    return {
        status: {
            "description": " ".join((kind.__doc__ or kind.default).split("\n")[0] for kind in kinds_),
            "content": {
                MEDIA_TYPE: {
                    "schema": {"$ref": "#/components/schemas/Problem"},
                    "examples": {kind.code: {"value": example(kind)} for kind in kinds_},
                }
            },
        }
        for status, kinds_ in by_status.items()
    }


def example(kind: type[errors.PorticoError]) -> dict[str, Any]:
    """What an error of this class looks like."""
    status = status_of(kind)
    body: dict[str, Any] = {
        "type": f"/docs/errors#{kind.code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": kind.default,
        "code": kind.code,
        "time": "2026-03-01T09:30:00.000Z",
        "message": kind.default,
        "error": kind.default,
    }
    if issubclass(kind, errors.Invalid):
        body["errors"] = [{"field": "name", "message": "is required"}]
    return body


PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "Every error, in the shape of RFC 9457.",
    "required": ["type", "title", "status", "detail", "code", "time", "message", "error"],
    "properties": {
        "type": {"type": "string", "description": "Address of the documentation of this error."},
        "title": {"type": "string", "description": "The HTTP status in words."},
        "status": {"type": "integer", "description": "The HTTP status."},
        "detail": {"type": "string", "description": "What happened and what to do, for people."},
        "code": {"type": "string", "description": "Stable name of the error, for programs."},
        "time": {"type": "string", "format": "date-time", "description": "When it happened, UTC."},
        "message": {"type": "string", "description": "Equal to `detail`."},
        "error": {"type": "string", "description": "Equal to `detail`."},
        "errors": {
            "type": "array",
            "description": "The fields that are wrong.",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}
