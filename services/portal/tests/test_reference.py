"""The API reference: one valid document of all services, complete, and served even when a service is away."""

import re
from typing import Any

import pytest
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from chassis.openapi import Document, operations
from services.portal.reference.assembly import SERVICES, assemble
from services.portal.reference.documents import FRESH_S, RETRY_S, Documents
from tests.house import House
from tests.routing import service_of

ANYBODY = {
    ("get", "/.well-known/jwks.json"),
    ("post", "/api/contracts/verify"),
    ("get", "/api/portal/intake/{slug}/{form}"),
    ("post", "/api/portal/intake/{slug}/{form}"),
    ("post", "/api/auth/register"),
    ("post", "/api/auth/login"),
    ("post", "/api/auth/forgot-password"),
    ("post", "/api/auth/reset-password"),
    ("post", "/api/invitations/lookup"),
    ("post", "/api/invitations/accept"),
    ("post", "/api/v1/portal/auth/request-magic-link"),
    ("post", "/api/v1/portal/auth/validate"),
    ("post", "/api/v1/portal/auth/refresh"),
    ("post", "/api/v1/portal/auth/otp"),
    ("get", "/api/portal/welcome/{slug}"),
    ("get", "/portal-logos/{name}"),
}


@pytest.fixture
async def document(house: House) -> Document:
    answer = await house.gateway.get("/api/openapi.json")
    assert answer.status_code == 200
    return dict(answer.json())


def references(node: Any) -> set[str]:
    if isinstance(node, dict):
        own = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
        return own.union(*(references(value) for value in node.values()))
    if isinstance(node, list):
        return set().union(*(references(value) for value in node))
    return set()


async def test_the_document_is_valid_openapi(document: Document) -> None:
    assert document["openapi"].startswith("3.1")
    assert [error.message for error in OPENAPI_31_VALIDATOR.iter_errors(document)] == []


async def test_every_reference_leads_somewhere(document: Document) -> None:
    known = {f"#/components/{kind}/{name}" for kind, entries in document["components"].items() for name in entries}
    assert references(document) <= known
    snapshot = document["components"]["schemas"]["Snapshot"]["properties"]
    for section in ("projects", "files", "invoices", "threads", "updates"):
        assert snapshot[section]["items"] != {}, section


async def test_every_operation_says_what_it_does_for_whom_and_how_it_fails(document: Document) -> None:
    for method, path, operation in operations(document):
        where = f"{method} {path}"
        assert operation.get("summary"), where
        assert operation["summary"].lower().replace(" ", "_") not in operation["operationId"], where
        assert operation.get("tags"), where
        assert "429" in operation["responses"], where
        assert any(status.startswith(("2", "3")) for status in operation["responses"]), where
        assert isinstance(operation["security"], list), where
        if operation["security"]:
            assert "401" in operation["responses"], where


async def test_what_takes_no_credential_is_known_and_few(document: Document) -> None:
    anybody = {(method, path) for method, path, operation in operations(document) if not operation["security"]}
    assert {key for key in anybody if not key[1].startswith("/api/webhooks/")} == ANYBODY
    assert {path for _, path in anybody - ANYBODY} <= {
        "/api/webhooks/stripe",
        "/api/webhooks/stripe/{agency_id}",
        "/api/webhooks/stripe/{agencyId}",
        "/api/webhooks/paystack",
        "/api/webhooks/paystack/{agency_id}",
        "/api/webhooks/paystack/{agencyId}",
    }


async def test_operation_ids_are_unique(document: Document) -> None:
    ids = [operation["operationId"] for _, _, operation in operations(document)]
    assert sorted(ids) == sorted(set(ids))


async def test_every_json_body_has_an_example(document: Document) -> None:
    schemas = document["components"]["schemas"]
    for method, path, operation in operations(document):
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content is not None:
            described = [content] + [schemas[name.rsplit("/", 1)[1]] for name in references(content)]
            assert any({"example", "examples"} & set(one) for one in described), f"{method} {path}"


async def test_every_chapter_is_described(document: Document) -> None:
    assert [tag["name"] for tag in document["tags"] if not tag.get("description")] == []


async def test_the_gateway_sends_every_documented_path_to_the_service_that_serves_it(house: House) -> None:
    for service in SERVICES:
        for path in house.apps[service].openapi()["paths"]:
            assert service_of(re.sub(r"\{[^}]+\}", "x", path)) == service, path


async def test_a_document_that_is_known_already_is_not_sent_again(house: House) -> None:
    first = await house.gateway.get("/api/openapi.json")
    again = await house.gateway.get("/api/openapi.json", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "x-ratelimit-remaining" in again.headers


async def test_the_document_holds_no_secret_and_names_the_deployments_own_address(document: Document) -> None:
    assert [server["url"] for server in document["servers"]] == ["http://localhost:8080"]


async def test_every_documented_error_code_has_its_place_on_the_errors_page(house: House, document: Document) -> None:
    page = (await house.gateway.get("/docs/errors")).text
    codes = set(re.findall(r"/docs/errors#(\w+)", str(document)))
    assert len(codes) > 8
    assert {code for code in codes if f'id="{code}"' not in page} == set()


class Peers:
    """Services' documents as a test wants them; those in `away` do not answer."""

    def __init__(self) -> None:
        self.away: set[str] = set()
        self.asked = 0

    async def fetch(self, service: str) -> Document:
        self.asked += 1
        if service in self.away:
            raise OSError("connection refused")
        answer = {"200": {"description": "ok"}}
        return {"paths": {f"/api/{service}": {"get": {"responses": answer}}}, "components": {}}


class Timer:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def paths(document: Document) -> set[str]:
    return set(document["paths"])


async def test_a_service_that_went_away_stays_in_the_document() -> None:
    peers, timer = Peers(), Timer()
    documents = Documents(peers.fetch, "http://x", timer=timer)
    before = await documents.current()
    peers.away.add("billing")
    timer.now += FRESH_S
    assert (await documents.current()).etag == before.etag
    assert "/api/billing" in paths(before.document)


async def test_a_service_not_yet_reached_is_left_out_and_asked_again_soon() -> None:
    peers, timer = Peers(), Timer()
    peers.away.add("billing")
    documents = Documents(peers.fetch, "http://x", timer=timer)
    assert "/api/billing" not in paths((await documents.current()).document)
    peers.away.clear()
    timer.now += RETRY_S
    assert "/api/billing" in paths((await documents.current()).document)


async def test_a_fresh_document_asks_nobody() -> None:
    peers, timer = Peers(), Timer()
    documents = Documents(peers.fetch, "http://x", timer=timer)
    await documents.current()
    timer.now += FRESH_S - 1
    await documents.current()
    assert peers.asked == len(SERVICES)


async def test_two_services_that_contradict_each_other_leave_the_last_good_document() -> None:
    peers, timer = Peers(), Timer()
    documents = Documents(peers.fetch, "http://x", timer=timer)
    good = await documents.current()

    async def same(service: str) -> Document:
        return await Peers().fetch("auth")

    documents._fetch = same
    timer.now += FRESH_S
    assert (await documents.current()).etag == good.etag


def test_the_offline_document_equals_the_served_one_in_shape() -> None:
    document = assemble({}, "http://x")
    assert document["info"]["title"] == "Portico API"
    assert document["paths"] == {}
