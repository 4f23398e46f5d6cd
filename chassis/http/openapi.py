"""One service's OpenAPI document: credentials by the dependency that checks them, errors in one shape."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from chassis import errors
from chassis.http.credentials import credentials_of, module_of
from chassis.http.problems import MEDIA_TYPE, PROBLEM_SCHEMA, problems
from chassis.principals import ModuleOff

SECURITY_SCHEMES: dict[str, Any] = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "A staff token from POST /api/auth/login, an API key, or a client session.",
    },
    "cookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": "__Host-portico",
        "description": "The session cookie that login sets (`portico` where the deployment has no HTTPS).",
    },
    "clientCookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": "__Host-portico-client",
        "description": "The cookie of a client session (`portico-client` where the deployment has no HTTPS).",
    },
    "portalToken": {
        "type": "apiKey",
        "in": "query",
        "name": "token",
        "description": "A client's portal token.",
    },
    "portalTokenHeader": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Portal-Token",
        "description": "A client's portal token.",
    },
}
RATE_LIMIT_HEADERS: dict[str, Any] = {
    "X-RateLimit-Limit": {"description": "Requests in the window.", "schema": {"type": "integer"}},
    "X-RateLimit-Remaining": {"description": "Requests left.", "schema": {"type": "integer"}},
    "X-RateLimit-Reset": {
        "description": "When the window ends, epoch seconds.",
        "schema": {"type": "integer"},
    },
}
_EVERYWHERE = (errors.RateLimited, errors.Unavailable)
_WITH_CREDENTIAL = (errors.Unauthenticated, errors.Forbidden)


def document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI 3.1 document, made at the first call."""
    if app.openapi_schema:
        return app.openapi_schema
    made = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        openapi_version="3.1.0",
    )
    components = made.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    schemas["Problem"] = PROBLEM_SCHEMA
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    components["securitySchemes"] = SECURITY_SCHEMES
    components["headers"] = RATE_LIMIT_HEADERS
    for route in app.routes:
        if not isinstance(route, APIRoute):
            continue
        for method in route.methods or ():
            operation = made["paths"].get(route.path_format, {}).get(method.lower())
            if operation:
                if module := module_of(route.dependant):
                    operation["x-portal-module"] = module
                _complete(operation, credentials_of(route.dependant), takes_body="requestBody" in operation)
    app.openapi_schema = made
    return made


def _complete(operation: dict[str, Any], credentials: tuple[str, ...], *, takes_body: bool) -> None:
    _describe(operation)
    operation["security"] = [{name: []} for name in credentials]
    responses = operation["responses"]
    responses.pop("422", None)
    for status, answer in problems(*_general_errors(operation, credentials, takes_body=takes_body)).items():
        _join(responses.setdefault(str(status), answer), answer)
    for answer in responses.values():
        if "$ref" not in answer:
            answer.setdefault("headers", {}).update(
                {name: {"$ref": f"#/components/headers/{name}"} for name in RATE_LIMIT_HEADERS}
            )


def _describe(operation: dict[str, Any]) -> None:
    """The first line of the docstring is the summary, the rest the description."""
    first, _, rest = operation.get("description", "").partition("\n")
    if first:
        operation["summary"] = first.strip().rstrip(".")
        operation["description"] = rest.strip()
        if not operation["description"]:
            del operation["description"]


def _general_errors(
    operation: dict[str, Any], credentials: tuple[str, ...], *, takes_body: bool
) -> list[type[errors.PorticoError]]:
    general: list[type[errors.PorticoError]] = list(_EVERYWHERE)
    if credentials:
        general += _WITH_CREDENTIAL
    if "x-portal-module" in operation:
        general.append(ModuleOff)
    if takes_body or operation.get("parameters"):
        general.append(errors.Invalid)
    if takes_body:
        general += [errors.TooLarge, errors.UnsupportedMedia, errors.KeyReused, errors.Conflict]
    if any(parameter["in"] == "path" for parameter in operation.get("parameters", ())):
        general.append(errors.NotFound)
    return general


def _join(documented: dict[str, Any], general: dict[str, Any]) -> None:
    """Add the general examples to an error that the route documents by itself."""
    if documented is general:
        return
    media = documented.get("content", {}).get(MEDIA_TYPE, {})
    for name, example in general["content"][MEDIA_TYPE]["examples"].items():
        media.setdefault("examples", {}).setdefault(name, example)
