"""What clients cannot see, by any route, count, search, event, mail or PDF: canaries, through the gateway."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.e2e.furnished import CANARY, Portal, furnished, pdf_text
from tests.e2e.outside import Outside
from tests.e2e.stack import Stack
from tests.e2e.story import PASSWORD, ok

# Each hidden noun and the path where it would be.
HIDDEN = {
    "hidden task": "/api/tasks/{}",
    "hidden file": "/api/files/{}",
    "internal thread": "/api/threads/{}/messages",
    "unbilled time": "/api/time-entries/{}",
    "draft quote": "/api/quotes/{}",
    "draft contract": "/api/contracts/{}",
    "draft invoice": "/api/invoices/{}",
    "their project": "/api/projects/{}",
    "their file": "/api/files/{}",
    "their quote": "/api/quotes/{}",
    "their contract": "/api/contracts/{}",
    "their invoice": "/api/invoices/{}",
    "their thread": "/api/threads/{}/messages",
}
STAFF_ONLY = (
    "/api/clients",
    "/api/companies",
    "/api/members",
    "/api/invitations",
    "/api/api-keys",
    "/api/payment-account",
    "/api/payments",
    "/api/zapier",
    "/api/webhook-deliveries",
    "/api/v1/client-portal/config",
    "/api/timer",
    "/api/events",
)


@pytest.fixture(scope="module")
def portal(stack: Stack, world: Outside) -> Portal:
    return furnished(stack, world)


def readable(document: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Each path of the document that is read, with the names of its parameters."""
    for path, operations in document["paths"].items():
        if "get" in operations:
            yield path, [part[1:-1] for part in path.split("/") if part.startswith("{")]


def test_the_canaries_are_there_for_the_agency(portal: Portal) -> None:
    assert CANARY in json.dumps(portal.asked(f"/api/projects/{portal['project']['id']}/tasks"))
    assert CANARY in json.dumps(portal.asked("/api/quotes"))


def test_no_route_shows_a_canary(portal: Portal) -> None:
    """Every GET of the document, with every id there is, answered to the client."""
    document = ok(portal.story.anyone.get("/api/openapi.json"))
    ids = {noun["id"] for noun in portal.made.values()}
    asked, shown = 0, []
    for path, names in readable(document):
        if path.endswith("/events"):
            continue
        targets = [path] if not names else [_filled(path, names, id) for id in ids]
        for target in targets:
            answer = portal.story.client.get(target, params=portal.token | {"projectId": portal["project"]["id"]})
            asked += answer.status_code == 200
            if CANARY in answer.text:
                shown.append((target, answer.text[:200]))
    assert shown == []
    assert asked > 30


def test_no_search_finds_a_canary(portal: Portal) -> None:
    project = portal["project"]["id"]
    lists = (
        "files",
        "projects",
        "quotes",
        "contracts",
        "invoices",
        f"projects/{project}/tasks",
        f"projects/{project}/time-entries",
    )
    for path in lists:
        assert portal.read(f"/api/{path}", q=CANARY) == [], path
    assert portal.read("/api/search", q=CANARY) == {"results": [], "unavailable": []}
    assert portal.asked(f"/api/search?q={CANARY}")["results"] != []
    assert [found["id"] for found in portal.read("/api/search", q="Relaunch")["results"]] == [portal["quote"]["id"]]


def test_no_pdf_shows_a_canary(portal: Portal) -> None:
    papers = [f"/api/invoices/{portal[name]['id']}/pdf" for name in ("invoice", "paid")]
    for path in (*papers, f"/api/contracts/{portal['contract']['id']}/pdf"):
        answer = portal.story.client.get(path, params=portal.token, headers={"Accept": "application/pdf"})
        assert CANARY not in pdf_text(answer)


def test_no_mail_to_the_client_shows_a_canary(portal: Portal) -> None:
    portal.mail_to_client("INV-")
    for mail in portal.world.smtp.to(portal.story.client_email):
        assert CANARY not in mail.part("plain") + mail.part("html") + str(mail.message["subject"])


def test_no_event_shows_a_canary(portal: Portal) -> None:
    """A stream from the beginning, up to something the client may hear that happened last."""
    hidden = portal.staff(f"/api/projects/{portal['project']['id']}/tasks", title=CANARY, visibleToClient=False)
    last = portal.staff(f"/api/projects/{portal['project']['id']}/tasks", title="The last one")
    heard = []
    headers = {"Last-Event-ID": "0"}
    with portal.story.client.stream("GET", "/api/portal/events", params=portal.token, headers=headers) as live:
        thread = portal.act(f"/api/projects/{portal['project']['id']}/threads", 201, name="Are you there?")
        portal.act(f"/api/threads/{thread['id']}/messages", 201, content="Hello")
        for line in live.iter_lines():
            heard.append(line)
            if line.startswith("data: ") and json.loads(line[6:])["type"] == "message.created":
                break
    assert CANARY not in "\n".join(heard)
    assert hidden["id"] != last["id"]


def test_counts_leave_out_what_is_hidden(portal: Portal) -> None:
    statistics = portal.read("/api/v1/portal/dashboard/stats")
    assert statistics["openOrders"] == 1
    assert statistics["pendingEstimates"] == 1
    assert statistics["unpaidInvoices"] == 1
    assert portal.read(f"/api/projects/{portal['project']['id']}")["progress"] <= 20


@pytest.mark.parametrize("name", HIDDEN)
def test_what_is_hidden_answers_like_what_does_not_exist(portal: Portal, name: str) -> None:
    def answer(id: str) -> tuple[int, dict[str, Any]]:
        given = portal.story.client.get(HIDDEN[name].format(id), params=portal.token)
        return given.status_code, {key: value for key, value in given.json().items() if key != "time"}

    assert answer(portal[name]["id"]) == answer(str(uuid4())) != (200, {})
    assert answer(portal[name]["id"])[0] == 404


@pytest.mark.parametrize("path", STAFF_ONLY)
def test_settings_billing_and_team_are_the_agencys(portal: Portal, path: str) -> None:
    answer: httpx.Response = portal.story.client.get(path, params=portal.token)
    assert answer.status_code in (401, 403), answer.text
    assert CANARY not in answer.text


def test_the_note_of_billable_time_stays_inside(portal: Portal) -> None:
    (seen,) = [row for row in portal.snapshot["timeEntries"] if row["id"] == portal["noted time"]["id"]]
    assert "note" not in seen
    assert portal["unbilled time"]["id"] not in json.dumps(portal.snapshot)


def _filled(path: str, names: list[str], id: str) -> str:
    for name in names:
        path = path.replace(f"{{{name}}}", id)
    return path


def test_no_log_holds_a_canary_a_credential_or_a_name(portal: Portal, stack: Stack) -> None:
    logs = "\n".join(log.read_text(errors="replace") for log in (stack.data / "log").glob("*.log"))
    assert "verdict=paid" in logs
    secrets = {"canary": CANARY, "password": PASSWORD, "portal token": portal.story.token, "JWT": portal.story.jwt}
    people = {"client": portal.story.client_email, "owner": portal.story.owner_email, "payment": _key(portal["paid"])}
    assert [name for name, words in (secrets | people).items() if words in logs] == []


def _key(invoice: dict[str, Any]) -> str:
    """What opens an invoice's payment page."""
    return str(invoice["paymentUrl"]).rpartition("/")[2]
