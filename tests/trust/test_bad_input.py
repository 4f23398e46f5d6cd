"""Bad input on every route gets the one error body, never a 5xx, and changes nothing."""

from typing import Any

import httpx
import pytest

from tests.house import House
from tests.trust.document import Operation, operations

# A payment provider's webhook is told by its signature, before anything in its body is looked at.
TAKES_JSON = [
    operation
    for operation in operations()
    if "application/json" in operation.media and not operation.path.startswith("/api/webhooks/")
]
PROBLEM_KEYS = {"type", "title", "status", "detail", "code", "time", "message", "error"}
JSON = {"Content-Type": "application/json"}
CORPUS: dict[str, tuple[bytes, dict[str, str], int]] = {
    "cut off": (b'{"name": "A', JSON, 400),
    "a list": (b"[]", JSON, 400),
    "a string": (b'"text"', JSON, 400),
    "null": (b"null", JSON, 400),
    "not a number": (b'{"amount": NaN}', JSON, 400),
    "unknown field": (b'{"agencyId": "x", "isAdmin": true, "role": "owner"}', JSON, 400),
    "wrong types": (b'{"name": {"a": 1}, "email": [], "clientId": 5, "amount": "x", "content": {}}', JSON, 400),
    "huge number": (b'{"amount": 1' + b"0" * 5000 + b', "name": 1e400}', JSON, 400),
    "deep": (b"[" * 100_000, JSON, 400),
    "not UTF-8": (b'{"name": "\xff\xfe"}', JSON, 400),
    "NUL and surrogate": (b'{"name": "a\\u0000b", "content": "\\ud800"}', JSON, 400),
    "three megabytes": (b'{"name": "' + b"a" * 3_000_000 + b'"}', JSON, 413),
    "another type": (b"name=A", {"Content-Type": "application/x-www-form-urlencoded"}, 415),
}


def fill(operation: Operation) -> str:
    path = operation.path
    for name in operation.parameters("path"):
        path = path.replace(f"{{{name}}}", "01890a5d-ac96-774b-bcce-b302099a8057")
    return path


def assert_is_problem(answer: httpx.Response) -> dict[str, Any]:
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    body: dict[str, Any] = answer.json()
    assert set(body) >= PROBLEM_KEYS
    assert body["status"] == answer.status_code
    assert body["detail"] == body["message"] == body["error"]
    assert int(answer.headers["x-ratelimit-remaining"]) >= 0
    return body


@pytest.fixture(scope="module")
async def doors(running: House) -> list[httpx.AsyncClient]:
    agency = await running.agency()
    return [agency.http, (await agency.client()).http, await agency.api_key("read", "write", "custodian")]


def door_of(doors: list[httpx.AsyncClient], operation: Operation) -> httpx.AsyncClient:
    """A caller whom the operation lets in."""
    if operation.for_custodians:
        return doors[2]
    return doors[0] if operation.takes_staff or operation.public else doors[1]


@pytest.mark.parametrize("case", CORPUS)
@pytest.mark.parametrize("operation", TAKES_JSON, ids=str)
async def test_a_bad_body_is_refused_with_the_error_body(
    doors: list[httpx.AsyncClient], operation: Operation, case: str
) -> None:
    content, headers, status = CORPUS[case]
    http = door_of(doors, operation)
    answer = await http.request(operation.method, fill(operation), content=content, headers=headers)
    # A route may find that the noun in its path does not exist before it reads the body.
    assert answer.status_code in (status, 404, 429), answer.text
    body = assert_is_problem(answer)
    if answer.status_code == 400 and case in ("unknown field", "wrong types"):
        assert body["errors"]
        assert all(set(item) == {"field", "message"} for item in body["errors"])


@pytest.mark.parametrize("operation", [o for o in operations() if o.parameters("path")], ids=str)
# 77777: a number that nobody has, for routes that take numbers too.
@pytest.mark.parametrize("id", ["77777", "x" * 300, "%00", "..%2f..", "01890a5d-ac96-774b-bcce-b302099a8057"])
async def test_an_odd_id_answers_like_nothing_there(
    doors: list[httpx.AsyncClient], operation: Operation, id: str
) -> None:
    path = operation.path
    for name in operation.parameters("path"):
        path = path.replace(f"{{{name}}}", id)
    http = door_of(doors, operation)
    answer = await http.request(operation.method, path)
    assert 400 <= answer.status_code < 500, answer.text
    assert_is_problem(answer)


async def test_an_unknown_address_and_method_get_the_error_body(doors: list[httpx.AsyncClient]) -> None:
    assert assert_is_problem(await doors[0].get("/api/nothing-here"))["code"] == "not_found"
    assert assert_is_problem(await doors[0].put("/api/clients"))["status"] == 405
