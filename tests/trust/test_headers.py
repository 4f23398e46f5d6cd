"""Headers that answers carry, for everybody and on every route."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.house import House, running_house
from tests.trust.callers import find_caller
from tests.trust.calling import Caller, ask, listed
from tests.trust.document import Operation, operations
from tests.trust.grounds import Grounds
from tests.trust.verdicts import refusal_of

OPERATIONS = operations()
# What may be kept, and by whom: pictures, and keys that everybody may read.
KEPT = {
    "GET /api/v1/portal/blobs/{blob_id}": "private, no-cache",
    "GET /api/files/{file_id}/preview": "private, no-cache",
    "GET /portal-logos/{name}": "public",
    "GET /.well-known/jwks.json": "public",
}
# What is no JSON: files to be saved, papers and pictures to be looked at, each with a policy of its own.
PAPERS = {
    "GET /api/files/{file_id}/content",
    "GET /api/invoices/{invoice_id}/pdf",
    "GET /api/credit-notes/{credit_note_id}/pdf",
    "GET /api/quotes/{quote_id}/pdf",
    *KEPT,
}
WHO = (
    "staff token",
    "staff cookie",
    "client session",
    "client cookie",
    "portal token in the header",
    "client key (cak_)",
)


def missing(operation: Operation, answer: httpx.Response) -> list[str]:
    """What an answer's headers lack."""
    headers = answer.headers
    policy = headers.get("content-security-policy", "")
    kept = KEPT.get(str(operation), "no-store") if answer.status_code < 400 else "no-store"
    rules = {
        "nosniff": headers.get("x-content-type-options") == "nosniff",
        "no referrer": headers.get("referrer-policy") == "no-referrer",
        "not framed": "frame-ancestors 'none'" in policy,
        "no inline": "unsafe-inline" not in policy.replace("style-src", ""),
        f"cache: {kept}": headers.get("cache-control", "").startswith(kept),
        "budget": int(headers.get("x-ratelimit-limit", 0)) > 0
        and int(headers.get("x-ratelimit-remaining", -1)) >= 0
        and int(headers.get("x-ratelimit-reset", 0)) > 1_700_000_000,
        "no versions": not {"server", "x-powered-by", "via"} & set(headers),
        "nothing runs": str(operation) in PAPERS or "default-src 'none'" in policy,
        "one request id": len(headers.get_list("x-request-id")) == 1,
    }
    return [name for name, holds in rules.items() if not holds]


@pytest.mark.parametrize("name", WHO)
async def test_every_private_answer_carries_every_header(grounds: Grounds, name: str) -> None:
    caller = find_caller(grounds.ours, name)
    wrong = []
    for operation in OPERATIONS:
        if operation.method == "GET" and not operation.public:
            answer = await ask(grounds.house, operation, caller, query=operation.needed_query(caller.ids))
            assert answer.status_code < 500
            assert (answer.status_code == 403) is (refusal_of(operation, caller) is not None), str(operation)
            wrong += [(str(operation), answer.status_code, one) for one in missing(operation, answer)]
    assert wrong == [], listed(wrong)


async def test_every_refusal_carries_every_header(grounds: Grounds) -> None:
    wrong = []
    for operation in OPERATIONS:
        answer = await ask(grounds.house, operation, Caller("nobody", grounds.ours.ids))
        wrong += [(str(operation), answer.status_code, one) for one in missing(operation, answer)]
        if not operation.public:
            assert answer.headers["www-authenticate"] == "Bearer"
    for path in ("/api/nothing-here", "/api/v1/nothing-here", "/api/v1/portal/nothing"):
        answer = await grounds.house.gateway.get(path)
        assert answer.status_code == 404
        wrong += [(path, 404, one) for one in missing(OPERATIONS[0], answer)]
    assert wrong == [], listed(wrong)


@pytest.fixture(scope="module")
async def https(variables: dict[str, str]) -> AsyncIterator[House]:
    """auth where people come over HTTPS."""
    async with running_house(variables | {"PORTICO_PUBLIC_URL": "https://portal.example.test"}, ("auth",)) as house:
        yield house


async def test_over_https_every_answer_asks_for_https(https: House) -> None:
    staff, stranger = {"Authorization": f"Bearer {(await https.agency()).token}"}, {}
    for path in ("/api/auth/me", "/api/clients", "/api/nothing-here", "/api/v1/portal/auth/sessions"):
        for headers in (staff, stranger):
            answer = await https.http("auth").get(path, headers=headers)
            assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"


async def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(grounds: Grounds) -> None:
    agency = grounds.theirs.agency
    login = {"email": agency.email, "password": agency.password}
    magic = {"token": await grounds.theirs.client.magic_link()}
    for path, body in (("/api/auth/login", login), ("/api/v1/portal/auth/validate", magic)):
        cookies = (await grounds.house.gateway.post(path, json=body)).headers.get_list("set-cookie")
        assert cookies
        for cookie in cookies:
            said = {part.lower() for part in cookie.split("; ")[1:]}
            assert {"httponly", "samesite=lax", "path=/"} <= said, cookie
            assert not any(part.startswith("domain") for part in said), cookie
