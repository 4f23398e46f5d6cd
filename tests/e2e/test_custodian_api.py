"""The custodian API: each call and answer as its document shows them."""

from typing import Any

import httpx
import pytest

from tests.e2e.shapes import assert_exact_shape, assert_problem
from tests.e2e.stack import Stack
from tests.e2e.story import Story, ok

CLIENTS = "/api/v1/custodians/clients"
CREATED = {"id": str, "clientApiKey": str, "clientSessionToken": str, "isAccountAbstracted": bool}
SESSION = {"id": str, "clientSessionToken": str, "isAccountAbstracted": bool}
ONE_TIME_PASSWORD = {"id": str, "otp": str}


@pytest.fixture(scope="module")
def story(stack: Stack) -> Story:
    story = Story(stack.url)
    story.register()
    return story


@pytest.fixture(scope="module")
def backend(stack: Stack, story: Story) -> httpx.Client:
    """The agency's own backend, with the API key that the document calls a Portal API Key."""
    key = ok(story.staff.post("/api/api-keys", json={"name": "Product", "scopes": ["custodian"]}), 201)["key"]
    return httpx.Client(
        base_url=stack.url, headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    )


@pytest.fixture(scope="module")
def client(backend: httpx.Client) -> dict[str, Any]:
    return dict(ok(backend.post(CLIENTS, json={"isAccountAbstracted": True}), 201))


@pytest.mark.parametrize("content", [b"", b"{}"])
def test_a_client_is_created_without_a_word_about_it(backend: httpx.Client, content: bytes) -> None:
    created = ok(backend.post(CLIENTS, content=content), 201)
    assert_exact_shape(created, CREATED)
    assert created["isAccountAbstracted"] is False


def test_a_client_is_created_as_asked(backend: httpx.Client, story: Story) -> None:
    body = {"isAccountAbstracted": True, "name": "Grace Hopper", "email": f"grace-{story.mark}@client.test"}
    created = ok(backend.post(CLIENTS, json=body), 201)
    assert_exact_shape(created, CREATED)
    assert created["isAccountAbstracted"] is True
    shown = ok(story.staff.get(f"/api/clients/{created['id']}"))
    assert (shown["name"], shown["email"]) == (body["name"], body["email"])


def test_a_client_is_fetched(backend: httpx.Client, client: dict[str, Any]) -> None:
    fetched = ok(backend.get(f"{CLIENTS}/{client['id']}"))
    assert fetched == {
        "id": client["id"],
        "address": None,
        "clientApiKey": client["clientApiKey"],
        "isAccountAbstracted": True,
    }


def test_clients_are_listed(backend: httpx.Client, client: dict[str, Any]) -> None:
    listed = ok(backend.get(CLIENTS))
    assert {
        "id": client["id"],
        "address": None,
        "backupStatus": None,
        "clientApiKey": client["clientApiKey"],
        "signingStatus": None,
    } in listed


def test_a_session_token_is_renewed_and_the_older_one_goes_on(
    stack: Stack, backend: httpx.Client, client: dict[str, Any]
) -> None:
    renewed = ok(backend.post(f"{CLIENTS}/{client['id']}/session"))
    assert_exact_shape(renewed, SESSION)
    assert renewed["clientSessionToken"] != client["clientSessionToken"]
    for token in (client["clientSessionToken"], renewed["clientSessionToken"], client["clientApiKey"]):
        bearer = {"Authorization": f"Bearer {token}"}
        opened = ok(httpx.get(f"{stack.url}/api/portal", headers=bearer))
        assert opened["client"]["id"] == client["id"]
        assert ok(httpx.get(f"{stack.url}/api/v1/portal/client", headers=bearer))["id"] == client["id"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_one_time_password_signs_in_once(
    stack: Stack, backend: httpx.Client, client: dict[str, Any], method: str
) -> None:
    made = backend.request(method, f"{CLIENTS}/{client['id']}/web-otp")
    password = ok(made)
    assert_exact_shape(password, ONE_TIME_PASSWORD)
    assert password["id"] == client["id"]
    assert made.headers["cache-control"] == "no-store"
    exchange = f"{stack.url}/api/v1/portal/auth/otp"
    session = ok(httpx.post(exchange, json={"otp": password["otp"]}))
    assert session["id"] == client["id"]
    assert_problem(httpx.post(exchange, json={"otp": password["otp"]}), 401)


CALLS = [
    ("POST", ""),
    ("GET", ""),
    ("GET", "/{id}"),
    ("POST", "/{id}/session"),
    ("GET", "/{id}/web-otp"),
    ("POST", "/{id}/web-otp"),
]


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_another_credential_is_unauthorised(stack: Stack, client: dict[str, Any], method: str, path: str) -> None:
    address = stack.url + CLIENTS + path.format(id=client["id"])
    for headers in ({}, {"Authorization": "Bearer not-a-key"}):
        assert_problem(httpx.request(method, address, headers=headers), 401)


@pytest.mark.parametrize(("method", "path"), [call for call in CALLS if call[1]])
@pytest.mark.parametrize("id", ["not-an-id", "0199f1e2-6a10-4c55-8f3d-2b6c9e4d7a01"])
def test_an_unknown_client_is_not_found(backend: httpx.Client, method: str, path: str, id: str) -> None:
    assert_problem(backend.request(method, CLIENTS + path.format(id=id)), 404)


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"isAccountAbstracted": "perhaps"}', b'{"unknown": 1}'])
def test_a_bad_request_tells_its_error(backend: httpx.Client, body: bytes) -> None:
    assert_problem(backend.post(CLIENTS, content=body), 400)
