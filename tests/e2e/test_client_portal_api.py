"""The client-portal API (configuration, invitations, portal tokens): each call and answer as documented."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.e2e.outside import Outside
from tests.e2e.shapes import Moment, assert_exact_shape, assert_problem, assert_shape
from tests.e2e.stack import Stack
from tests.e2e.story import Story, eventually, ok
from tests.e2e.telling import mail_to

BASE = "/api/v1/client-portal"
INVITED = {"message": str, "token": str}
TOKEN = {"token": str, "url": str, "expires_at": Moment}
CONFIG = {
    "data": {
        "portal_name": str,
        "primary_color": str,
        "secondary_color": str,
        "welcome_message": str,
        "enabled_modules": [str],
        "is_active": bool,
        "allow_file_sharing": bool,
        "show_activity_feed": bool,
        "token_expiration_days": int,
    }
}


@pytest.fixture(scope="module")
def story(stack: Stack) -> Story:
    """An agency with client number 1."""
    story = Story(stack.url)
    story.register()
    story.add_client()
    return story


@pytest.fixture(scope="module")
def company(story: Story) -> dict[str, Any]:
    """Company number 1 with two contacts, one of whom has no e-mail address."""
    made: dict[str, Any] = ok(story.staff.post("/api/companies", json={"name": "Analytical Engines"}), 201)
    where = f"/api/companies/{made['id']}/clients"
    made["contact"] = ok(story.staff.post(where, json={"name": "Mary", "email": f"mary-{story.mark}@client.test"}), 201)
    made["silent"] = ok(story.staff.post(where, json={"name": "Charles"}), 201)
    return made


def contact_of(story: Story) -> dict[str, Any]:
    found: list[dict[str, Any]] = ok(story.staff.get("/api/clients", params={"q": story.client_email}))
    return found[0]


def test_the_configuration_has_every_field_of_the_document(story: Story) -> None:
    config = ok(story.staff.get(f"{BASE}/config"))
    assert_shape(config, CONFIG)
    assert config["data"]["portal_logo"] is None
    assert config["data"]["token_expiration_days"] == 30


def test_the_configuration_takes_every_field_of_the_document(story: Story) -> None:
    wanted = {
        "portal_name": "Client Portal",
        "primary_color": "#3B82F6",
        "secondary_color": "#1E40AF",
        "welcome_message": "Welcome to your client portal!",
        "enabled_modules": ["projects", "files", "messages", "invoices", "proposals", "tasks", "time_logs"],
        "is_active": True,
        "allow_file_sharing": True,
        "show_activity_feed": True,
        "token_expiration_days": 30,
    }
    changed = ok(story.staff.patch(f"{BASE}/config", json=wanted))
    assert {name: changed["data"][name] for name in wanted} == wanted | {
        "enabled_modules": ["projects", "files", "messages", "time_logs", "proposals", "invoices", "tasks"]
    }


@pytest.mark.parametrize("reference", ["number", "id"])
def test_a_contact_is_invited(story: Story, world: Outside, reference: str) -> None:
    contact = contact_of(story)
    words = f"Welcome to your client portal, {reference}!"
    answer = story.staff.post(f"{BASE}/contacts/{contact[reference]}/invite", json={"custom_message": words})
    invited = ok(answer)
    assert_exact_shape(invited, INVITED)
    assert invited["message"] == "Portal invitation sent successfully"

    def mailed() -> bool:
        texts = [mail.part("plain") for mail in world.smtp.to(story.client_email)]
        return any(words in text and f"{story.url}/client-portal/{invited['token']}" in text for text in texts)

    eventually(mailed, "the invitation")
    opened = ok(story.anyone.get("/api/portal", params={"token": invited["token"]}))
    assert opened["client"]["id"] == contact["id"]


def test_an_invitation_needs_no_message(story: Story) -> None:
    assert_exact_shape(ok(story.staff.post(f"{BASE}/contacts/1/invite", json={})), INVITED)
    assert_exact_shape(ok(story.staff.post(f"{BASE}/contacts/1/invite")), INVITED)


@pytest.mark.parametrize("reference", ["number", "id"])
def test_a_company_is_invited(story: Story, world: Outside, company: dict[str, Any], reference: str) -> None:
    words = f"Welcome to your company portal, {reference}!"
    answer = story.staff.post(f"{BASE}/companies/{company[reference]}/invite", json={"custom_message": words})
    invited = ok(answer)
    assert_exact_shape(invited, INVITED)
    mary = company["contact"]
    eventually(lambda: any(words in m.part("plain") for m in world.smtp.to(mary["email"])), "the company's invitation")
    project = ok(story.staff.post("/api/projects", json={"name": "Mill", "clientId": company["silent"]["id"]}), 201)
    opened = ok(story.anyone.get("/api/portal", params={"token": invited["token"]}))
    assert opened["client"]["name"] == "Analytical Engines"
    assert project["id"] in [one["id"] for one in opened["projects"]]


@pytest.mark.parametrize("reference", ["number", "id"])
@pytest.mark.parametrize("kind", ["contact", "company"])
def test_a_token_is_given_out(story: Story, company: dict[str, Any], kind: str, reference: str) -> None:
    holder = contact_of(story) if kind == "contact" else company
    body = {"type": kind, "id": holder[reference]}
    given = ok(story.staff.post(f"{BASE}/token", json=body))
    assert_exact_shape(given, TOKEN)
    assert given["url"] == f"{story.url}/client-portal/{given['token']}"
    left = datetime.fromisoformat(given["expires_at"]) - datetime.now(UTC)
    assert timedelta(days=29, hours=23) < left <= timedelta(days=30)
    assert ok(story.staff.post(f"{BASE}/token", json=body)) == given


def test_a_revoked_token_opens_nothing_and_the_next_is_another(story: Story) -> None:
    made = ok(story.staff.post("/api/clients", json={"name": "Rev", "email": f"rev-{story.mark}@client.test"}), 201)
    body = {"type": "contact", "id": made["id"]}
    assert ok(story.staff.post(f"{BASE}/token", json=body))["token"] == made["token"]
    ok(story.anyone.get("/api/portal", params={"token": made["token"]}))
    assert_shape(ok(story.staff.post(f"{BASE}/token/revoke", json=body)), {"message": str})

    def refused() -> bool:
        return story.anyone.get("/api/portal", params={"token": made["token"]}).status_code == 401

    eventually(refused, "the end of the token", patience=1)
    following = ok(story.staff.post(f"{BASE}/token", json=body))["token"]
    assert following != made["token"]
    ok(story.anyone.get("/api/portal", params={"token": following}))


def test_a_contact_without_an_address_cannot_be_invited(story: Story, company: dict[str, Any]) -> None:
    answer = story.staff.post(f"{BASE}/contacts/{company['silent']['number']}/invite", json={"custom_message": "Hi"})
    assert assert_problem(answer, 400)["message"] == "Contact does not have an email address"


def test_a_company_without_an_address_cannot_be_invited(story: Story) -> None:
    empty = ok(story.staff.post("/api/companies", json={"name": "Nobody"}), 201)
    assert_problem(story.staff.post(f"{BASE}/companies/{empty['number']}/invite", json={}), 400)


@pytest.mark.parametrize("unknown", ["999999", "0199f1e2-6a10-4c55-8f3d-2b6c9e4d7a01"])
def test_unknown_holders_are_not_found(story: Story, unknown: str) -> None:
    answer = story.staff.post(f"{BASE}/contacts/{unknown}/invite", json={})
    assert assert_problem(answer, 404)["message"] == "Contact not found"
    answer = story.staff.post(f"{BASE}/companies/{unknown}/invite", json={})
    assert assert_problem(answer, 404)["message"] == "Company not found"
    reference: int | str = int(unknown) if unknown.isdigit() else unknown
    for kind in ("contact", "company"):
        assert_problem(story.staff.post(f"{BASE}/token", json={"type": kind, "id": reference}), 404)
        assert_problem(story.staff.post(f"{BASE}/token/revoke", json={"type": kind, "id": reference}), 404)


@pytest.mark.parametrize("body", [{}, {"type": "contact"}, {"type": "person", "id": 1}, {"type": "contact", "id": "x"}])
def test_a_token_for_nothing_in_particular_is_refused(story: Story, body: dict[str, Any]) -> None:
    assert_shape(assert_problem(story.staff.post(f"{BASE}/token", json=body), 400), {"errors": [{"field": str}]})


CALLS = [
    ("GET", f"{BASE}/config"),
    ("POST", f"{BASE}/contacts/1/invite"),
    ("POST", f"{BASE}/companies/1/invite"),
    ("POST", f"{BASE}/token"),
]


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_every_call_needs_a_bearer_token(stack: Stack, method: str, path: str) -> None:
    for headers in ({}, {"Authorization": "Bearer your-token"}):
        assert_problem(httpx.request(method, stack.url + path, headers=headers), 401)


def test_sixty_requests_a_minute_and_not_one_more(stack: Stack) -> None:
    story = Story(stack.url)
    story.register()
    story.add_client()
    key = ok(story.staff.post("/api/api-keys", json={"name": "Zap", "scopes": ["read", "write"]}), 201)["key"]
    machine = httpx.Client(base_url=stack.url, headers={"Authorization": f"Bearer {key}"})
    first = machine.get(f"{BASE}/config")
    assert (first.headers["x-ratelimit-limit"], first.headers["x-ratelimit-remaining"]) == ("60", "59")
    for _ in range(29):
        ok(machine.get(f"{BASE}/config"))
    for _ in range(30):
        ok(machine.post(f"{BASE}/token", json={"type": "contact", "id": 1}))
    refused = machine.post(f"{BASE}/contacts/1/invite", json={})
    assert_problem(refused, 429)
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert refused.headers["x-ratelimit-remaining"] == "0"
    ok(story.staff.get(f"{BASE}/config"))


def test_the_three_events_reach_a_webhook(stack: Stack, world: Outside) -> None:
    story = Story(stack.url)
    story.register()
    names = [f"client_portal.{verb}" for verb in ("invitation_sent", "token_created", "token_accessed")]
    address = world.receiver.url(f"/{story.mark}", world.host)
    endpoint = ok(story.staff.post("/api/zapier", json={"url": address, "events": names}), 201)
    contact = story.add_client()
    token = ok(story.staff.post(f"{BASE}/contacts/1/invite", json={"custom_message": "Hello"}))["token"]
    assert story.anyone.post("/api/portal/opened", json={"token": token}).status_code == 204
    eventually(lambda: len(world.receiver.at(f"/{story.mark}")) >= len(names), "three webhooks")
    events = {
        event["type"]: event for event in (r.verify(endpoint["secret"]) for r in world.receiver.at(f"/{story.mark}"))
    }
    assert set(events) == set(names)
    assert all(contact["id"] in str(event["data"]) for event in events.values())
    assert token not in str(events)
    mail_to(world, story.client_email, "Welcome")
