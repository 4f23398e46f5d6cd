"""The magic-link API (sign-in, profile, dashboard): each call and answer as its document shows them."""

import base64
import io
import re
import time
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from PIL import Image

from tests.e2e.outside import Outside
from tests.e2e.shapes import assert_exact_shape, assert_problem, assert_shape
from tests.e2e.stack import Stack
from tests.e2e.story import Story, eventually, ok

BASE = "/api/v1/portal"
AVATAR = {"blobId": str, "height": int, "thumbnailBlobId": str, "width": int}
SIGNED_IN = {"accessExpiresUnix": int, "accessToken": str, "id": str, "refreshToken": str, "username": str}
CLIENT = {
    "avatar": AVATAR,
    "billingAddress": {
        "city": str,
        "country": str,
        "houseNumber": str,
        "id": str,
        "latitude": float,
        "longitude": float,
        "postalCode": str,
        "street": str,
    },
    "email": str,
    "id": str,
    "name": str,
    "phone": str,
}
STATISTICS = {
    "currency": str,
    "openOrders": int,
    "pendingEstimates": int,
    "totalOutstanding": float,
    "unpaidInvoices": int,
}
ME = {
    "avatar": AVATAR,
    "clientId": str,
    "clientName": str,
    "email": str,
    "firstName": str,
    "id": str,
    "lastName": str,
}
SCOPES = {"configurator": bool, "finance": bool, "support": bool}
READS = {"client": CLIENT, "dashboard/stats": STATISTICS, "me": ME, "scopes": SCOPES}


class Visitor:
    """A client who signs in by mail."""

    def __init__(self, stack: Stack, world: Outside) -> None:
        self.story = Story(stack.url)
        self.world = world
        self.slug = self.story.register()["agency"]["slug"]
        self.client = self.story.add_client()
        self.http = httpx.Client(base_url=stack.url + BASE, timeout=30)

    def request_link(self, email: str | None = None) -> httpx.Response:
        body = {"email": email or self.story.client_email, "tenantCode": self.slug}
        return self.http.post("/auth/request-magic-link", json=body)

    def mailed_token(self, number: int = 1) -> str:
        """The token of the newest of so many mailed links."""

        def links() -> list[str]:
            texts = [mail.part("plain") for mail in self.world.smtp.to(self.story.client_email)]
            found = re.findall(re.escape(f"{self.story.url}/portal/{self.slug}#magic=") + r"(\S+)", "\n".join(texts))
            return found if len(found) >= number else []

        return unquote(eventually(links, "the magic link")[-1])

    def sign_in(self) -> dict[str, Any]:
        assert self.request_link().status_code == 204
        signed_in: dict[str, Any] = ok(self.http.post("/auth/validate", params={"token": self.mailed_token()}))
        self.http.headers["Authorization"] = f"Bearer {signed_in['accessToken']}"
        self.http.cookies.clear()
        return signed_in


@pytest.fixture(scope="module")
def visitor(stack: Stack, world: Outside) -> Visitor:
    visitor = Visitor(stack, world)
    visitor.sign_in()
    return visitor


def test_a_link_is_requested_and_validated(stack: Stack, world: Outside) -> None:
    visitor = Visitor(stack, world)
    asked = visitor.request_link()
    assert (asked.status_code, asked.content) == (204, b"")
    token = visitor.mailed_token()
    validate = f"/auth/validate?token={token}"
    for method in ("GET", "HEAD", "OPTIONS"):
        assert visitor.http.request(method, validate).status_code == 405
    signed_in = ok(visitor.http.post(validate))
    assert_exact_shape(signed_in, SIGNED_IN)
    assert signed_in["id"] == visitor.client["id"]
    assert signed_in["username"] == visitor.story.client_email
    assert 0 < signed_in["accessExpiresUnix"] - time.time() <= 900
    assert_problem(visitor.http.post(validate), 401)


def test_the_token_may_stand_in_the_body(stack: Stack, world: Outside) -> None:
    visitor = Visitor(stack, world)
    visitor.request_link()
    assert_exact_shape(ok(visitor.http.post("/auth/validate", json={"token": visitor.mailed_token()})), SIGNED_IN)


def test_a_bearer_token_that_is_none_does_no_harm_where_none_is_needed(visitor: Visitor) -> None:
    bearer = {"Authorization": "Bearer string"}
    body = {"email": "somebody@client.test", "tenantCode": visitor.slug}
    assert visitor.http.post("/auth/request-magic-link", json=body, headers=bearer).status_code == 204


@pytest.mark.parametrize("body", [{}, {"email": "string"}, {"email": "string", "tenantCode": "string"}])
def test_a_link_for_what_is_no_address_is_refused(visitor: Visitor, body: dict[str, str]) -> None:
    assert_problem(visitor.http.post("/auth/request-magic-link", json=body), 400)


@pytest.mark.parametrize("token", ["string", "ml_" + "0" * 32 + ".1." + "A" * 43])
def test_an_unknown_link_is_refused(visitor: Visitor, token: str) -> None:
    assert_problem(httpx.post(f"{visitor.http.base_url}auth/validate", params={"token": token}), 401)


def test_a_fourth_link_within_ten_minutes_is_refused(stack: Stack, world: Outside) -> None:
    visitor = Visitor(stack, world)
    for email in (visitor.story.client_email, f"nobody-{visitor.story.mark}@client.test"):
        assert [visitor.request_link(email).status_code for _ in range(4)] == [204, 204, 204, 429]


def test_a_session_is_refreshed_and_an_old_token_ends_it(stack: Stack, world: Outside) -> None:
    visitor = Visitor(stack, world)
    first = visitor.sign_in()
    second = ok(visitor.http.post("/auth/refresh", json={"refreshToken": first["refreshToken"]}))
    assert_exact_shape(second, SIGNED_IN)
    assert second["refreshToken"] != first["refreshToken"]
    visitor.http.cookies.clear()
    visitor.http.headers["Authorization"] = f"Bearer {second['accessToken']}"
    ok(visitor.http.get("/me"))
    assert_problem(visitor.http.post("/auth/refresh", json={"refreshToken": first["refreshToken"]}), 401)
    assert_problem(visitor.http.post("/auth/refresh", json={"refreshToken": second["refreshToken"]}), 401)
    eventually(lambda: visitor.http.get("/me").status_code == 401, "the end of the session", patience=1)


def test_a_session_ends_with_logout(stack: Stack, world: Outside) -> None:
    visitor = Visitor(stack, world)
    signed_in = visitor.sign_in()
    ok(visitor.http.post("/auth/logout"))
    eventually(lambda: visitor.http.get("/client").status_code == 401, "the end of the session", patience=1)
    assert_problem(visitor.http.post("/auth/refresh", json={"refreshToken": signed_in["refreshToken"]}), 401)


@pytest.mark.parametrize("path", READS)
def test_every_read_has_the_document_s_fields(visitor: Visitor, path: str) -> None:
    assert_shape(ok(visitor.http.get(f"/{path}")), READS[path])


@pytest.mark.parametrize("path", READS)
def test_every_read_needs_a_session(visitor: Visitor, path: str) -> None:
    address = f"{visitor.http.base_url}{path}"
    assert_problem(httpx.get(address), 401)
    assert_problem(httpx.get(address, headers={"Authorization": "Bearer string"}), 401)
    assert_problem(visitor.story.staff.get(f"{BASE}/{path}"), 403, "client_only")


def test_me_names_the_person_and_their_client(visitor: Visitor) -> None:
    me = ok(visitor.http.get("/me"))
    assert (me["firstName"], me["lastName"], me["email"]) == ("Ada", "Lovelace", visitor.story.client_email)
    assert (me["id"], me["clientId"], me["clientName"]) == (visitor.client["id"],) * 2 + ("Analytical Engines",)


def test_the_client_tells_of_themselves(visitor: Visitor) -> None:
    address = {
        "city": "London",
        "country": "GB",
        "houseNumber": "12",
        "latitude": 51.51,
        "longitude": -0.13,
        "postalCode": "W1",
        "street": "St James's Square",
    }
    picture = io.BytesIO()
    Image.new("RGB", (640, 480), "teal").save(picture, "JPEG")
    avatar = "data:image/jpeg;base64," + base64.b64encode(picture.getvalue()).decode()
    body = {"phone": "+44 20 7946 0000", "billingAddress": address, "avatar": avatar}
    changed = ok(visitor.http.patch("/client", json=body))
    assert_shape(changed, CLIENT)
    assert changed["phone"] == body["phone"]
    assert {name: changed["billingAddress"][name] for name in address} == address
    assert ok(visitor.http.get("/client")) == changed
    assert ok(visitor.http.get("/me"))["avatar"] == changed["avatar"]
    for blob_id, size in (("blobId", None), ("thumbnailBlobId", 96)):
        answer = visitor.http.get(f"/blobs/{changed['avatar'][blob_id]}")
        assert answer.status_code == 200
        shown = Image.open(io.BytesIO(answer.content))
        expected = (changed["avatar"]["width"], changed["avatar"]["height"])
        assert shown.size == expected if size is None else max(shown.size) <= size


def test_the_dashboard_counts(stack: Stack, world: Outside) -> None:
    visitor = Visitor(stack, world)
    visitor.sign_in()
    project = visitor.story.start_project(visitor.client["id"])
    for amount, currency in ((100.25, "USD"), (50, "USD"), (1000, "JPY")):
        invoice = {"clientId": visitor.client["id"], "amount": amount, "currency": currency, "dueDate": "2030-01-31"}
        ok(visitor.story.staff.post("/api/invoices", json=invoice), 201)
    statistics = ok(visitor.http.get("/dashboard/stats"))
    assert_shape(statistics, STATISTICS)
    assert project["status"] == "active"
    assert {name: statistics[name] for name in STATISTICS} == {
        "currency": "USD",
        "openOrders": 1,
        "pendingEstimates": 0,
        "totalOutstanding": 150.25,
        "unpaidInvoices": 2,
    }
    assert [(one["currency"], one["totalOutstanding"]) for one in statistics["byCurrency"]] == [
        ("JPY", 1000),
        ("USD", 150.25),
    ]


def test_scopes_follow_the_modules(stack: Stack, world: Outside) -> None:
    visitor = Visitor(stack, world)
    visitor.sign_in()
    assert ok(visitor.http.get("/scopes")) == {"configurator": True, "finance": True, "support": True}
    ok(visitor.story.staff.patch("/api/v1/client-portal/config", json={"enabled_modules": ["proposals"]}))
    wanted = {"configurator": False, "finance": True, "support": False}
    eventually(lambda: visitor.http.get("/scopes").json() == wanted, "the change of the scopes", patience=1)
