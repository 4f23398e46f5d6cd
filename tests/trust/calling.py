"""One request to an operation of the document, with the credential of a caller and the ids that it is about."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx

from tests.house import ORIGIN, House
from tests.listening import answer_of
from tests.trust.bodies import BODIES, FORMS_WITH_TOKEN, MULTIPART, Ids
from tests.trust.document import Operation

_SORTS = {
    ("/api/files/{file_id}/signature", "file_id"): "signed_file_id",
    ("/api/files/{file_id}/preview", "file_id"): "picture_id",
    ("/api/files/{file_id}/pages", "file_id"): "picture_id",
    ("/api/contracts/{contract_id}/signature", "contract_id"): "signed_contract_id",
    ("/api/clients/{client_id}/sessions", "session_id"): "client_session_id",
    ("/api/v1/custodians/", "client_id"): "custodian_client_id",
    ("/api/v1/portal/", "session_id"): "client_session_id",
}
SAME_ORIGIN = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True)
class Caller:
    """A credential in its place in the request, and the ids of its holder's nouns."""

    name: str
    ids: Ids
    headers: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    token_in_body: str | None = None

    def may_ask(self, operation: Operation) -> bool:
        """Whether its credential has a place in that request: a GET has no body, and of forms one has the field."""
        if self.token_in_body is None:
            return True
        return operation.method in ("POST", "PUT", "PATCH") and str(operation) not in set(MULTIPART) - FORMS_WITH_TOKEN


def by_bearer(name: str, credential: str, ids: Ids) -> Caller:
    """A caller who sends a credential as Bearer."""
    return Caller(name, ids, {"Authorization": f"Bearer {credential}"})


def by_cookie(name: str, cookie: str, credential: str, ids: Ids) -> Caller:
    """A browser on one of our own pages."""
    return Caller(name, ids, {"Cookie": f"{cookie}={credential}", **SAME_ORIGIN})


def by_header(name: str, token: str, ids: Ids) -> Caller:
    """A caller with a portal token in the header."""
    return Caller(name, ids, {"X-Portal-Token": token})


def by_query(name: str, token: str, ids: Ids) -> Caller:
    """A caller with a portal token in the address."""
    return Caller(name, ids, query={"token": token})


def by_body(name: str, token: str, ids: Ids) -> Caller:
    """A caller with a portal token in the body."""
    return Caller(name, ids, token_in_body=token)


async def ask(
    house: House,
    operation: Operation,
    caller: Caller,
    *,
    ids: Ids | None = None,
    query: dict[str, str] | None = None,
) -> httpx.Response:
    """The answer to one operation; `ids` stand in for those of the caller."""
    ids = caller.ids if ids is None else ids
    options: dict[str, Any] = {"params": {**caller.query, **(query or {})}, "headers": caller.headers}
    name = str(operation)
    if name in MULTIPART:
        form = MULTIPART[name](ids)
        options["files"] = form.pop("files")
        options["data"] = ({"token": caller.token_in_body} if caller.token_in_body else {}) | form.pop("data", {})
    elif "application/json" in operation.media or caller.token_in_body:
        options["json"] = BODIES[name](ids) if "application/json" in operation.media else {}
        if caller.token_in_body:
            options["json"] = options["json"] | {"token": caller.token_in_body}
    if operation.streams:
        # From the first event that is kept, so that what it tells is looked at too; then it is hung up.
        options["params"] = {"lastEventId": str(UUID(int=0)), **options["params"]}
        return await answer_of(house, house.gateway.build_request("GET", filled(operation, ids), **options))
    # A door of its own for each request: one that is kept would keep the cookies that answers set.
    return await house.gateway.request(operation.method, filled(operation, ids), **options)


def filled(operation: Operation, ids: Ids) -> str:
    """The operation's path with ids in it; random ones where there are none."""
    path = operation.path
    for name in operation.parameters("path"):
        path = path.replace(f"{{{name}}}", ids.get(planted_as(operation, name)) or str(uuid4()))
    return path


def planted_as(operation: Operation, parameter: str) -> str:
    """Under which name the plant holds the noun that a path parameter names; the path tells two sorts of one apart."""
    found = [kept for (start, name), kept in _SORTS.items() if operation.path.startswith(start) and name == parameter]
    return found[0] if found else parameter


def named_ids(operation: Operation) -> list[str]:
    """The ids that the path takes, by the names that the plant holds them under."""
    return [planted_as(operation, name) for name in operation.parameters("path") if name.endswith("_id")]


def body_ids(operation: Operation) -> list[str]:
    """The ids that the body takes."""
    make = MULTIPART.get(str(operation)) or BODIES.get(str(operation))
    used: list[str] = []

    class Watched(dict[str, str]):
        def __getitem__(self, name: str) -> str:
            used.append(name)
            return name

    if make is not None:
        make(Watched())
    return used


def with_random(ids: Ids, names: Iterable[str]) -> Ids:
    """The ids with made-up ones under these names."""
    return {**ids, **{name: str(uuid4()) for name in names}}


def same(first: httpx.Response, second: httpx.Response) -> bool:
    """Whether two refusals cannot be told apart."""
    one, two = first.json(), second.json()
    for body in (one, two):
        if isinstance(body, dict):
            body.pop("time", None)
    return first.status_code == second.status_code and one == two


def code_of(answer: httpx.Response) -> str:
    """Status and code of a refusal, to be compared at once; of other answers the status alone."""
    if answer.headers.get("content-type") != "application/problem+json":
        return str(answer.status_code)
    return f"{answer.status_code} {answer.json()['code']}"


def listed(wrong: Iterable[object]) -> str:
    """What went wrong, a line each: pytest would cut a long list short."""
    return "\n" + "\n".join(str(one)[:600] for one in wrong)
