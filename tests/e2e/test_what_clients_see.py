"""What the client portal shows: a test for each sentence that describes it, through the gateway."""

import hashlib
from typing import Any

import httpx
import pytest

from tests.e2e.furnished import STATUSES, Portal, furnished, pdf_text
from tests.e2e.outside import Outside
from tests.e2e.stack import Stack
from tests.e2e.story import Story, eventually, ok


@pytest.fixture(scope="module")
def portal(stack: Stack, world: Outside) -> Portal:
    return furnished(stack, world)


def one(rows: list[dict[str, Any]], noun: dict[str, Any]) -> dict[str, Any]:
    """The row of a noun in a list."""
    (found,) = [row for row in rows if row["id"] == noun["id"]]
    return found


def test_every_workspace_gets_a_branded_private_portal_without_an_account(portal: Portal) -> None:
    seen = portal.snapshot
    assert seen["agency"]["name"] == portal.agency["name"]
    assert seen["client"]["id"] == portal.client["id"]
    assert seen["settings"]["portal_name"] == portal.agency["name"]
    assert httpx.get(f"{portal.story.url}/api/portal").status_code == 401


def test_your_portal_lives_at_a_unique_url_based_on_your_workspace_slug(portal: Portal, stack: Stack) -> None:
    other = Story(stack.url)
    taken = other.anyone.post(
        "/api/auth/register",
        json={
            "name": "Otto",
            "email": f"otto-{portal.story.mark}@agency.test",
            "password": "correct horse battery staple",
            "agencyName": portal.agency["name"],
        },
    )
    slug = ok(taken, 201)["agency"]["slug"]
    assert slug != portal.agency["slug"]
    for known in (slug, portal.agency["slug"]):
        page = portal.story.anyone.get(f"/portal/{known}")
        assert page.status_code == 200
        assert "text/html" in page.headers["content-type"]
        assert ok(portal.story.anyone.get(f"/api/portal/welcome/{known}"))["agency"] == {
            "name": portal.agency["name"],
            "slug": known,
        }


@pytest.mark.parametrize("words", ["Welcome", "INV-0001"])
def test_the_url_is_in_all_invoice_and_notification_mails_to_clients(portal: Portal, words: str) -> None:
    mail = portal.mail_to_client(words)
    assert portal.story.url in mail.part("plain")
    assert portal.story.url in mail.part("html")


def test_a_client_sees_all_its_active_projects(portal: Portal) -> None:
    assert [row["id"] for row in portal.snapshot["projects"]] == [portal["project"]["id"]]
    assert [row["id"] for row in portal.read("/api/projects", status="active")] == [portal["project"]["id"]]


def test_the_task_board_shows_every_column(portal: Portal) -> None:
    tasks = portal.read(f"/api/projects/{portal['project']['id']}/tasks")
    assert {task["status"]: task["title"] for task in tasks} == {status: f"Task {status}" for status in STATUSES}


def test_the_task_board_is_read_only(portal: Portal) -> None:
    task = portal["todo"]
    door = portal.story.client
    for answer in (
        door.patch(f"/api/tasks/{task['id']}", json={"status": "complete"}, params=portal.token),
        door.delete(f"/api/tasks/{task['id']}", params=portal.token),
        door.post(f"/api/projects/{portal['project']['id']}/tasks", json={"title": "Mine"}, params=portal.token),
    ):
        assert answer.status_code == 403, answer.text
    assert portal.asked(f"/api/tasks/{task['id']}")["status"] == "todo"


def test_overall_completion_follows_the_tasks(portal: Portal) -> None:
    assert portal.read(f"/api/projects/{portal['project']['id']}")["progress"] == 20
    assert one(portal.snapshot["projects"], portal["project"])["progress"] == 20


def test_a_project_shows_its_status_and_due_date(portal: Portal) -> None:
    seen = one(portal.snapshot["projects"], portal["project"])
    assert (seen["status"], seen["dueDate"]) == ("active", "2030-06-30")


def test_any_file_marked_as_visible_appears(portal: Portal) -> None:
    assert [row["id"] for row in portal.snapshot["files"]] == [portal["file"]["id"]]
    assert [row["id"] for row in portal.read("/api/files")] == [portal["file"]["id"]]


def test_clients_can_download_files_directly(portal: Portal) -> None:
    digest = portal.story.download_hash(portal.story.client, portal["file"]["id"], **portal.token)
    assert digest == hashlib.sha256(b"This is brief.txt.").hexdigest() == portal["file"]["sha256"]


def test_a_file_may_be_marked_and_hidden_again(portal: Portal) -> None:
    file = portal.upload("deliverable.txt", visible=False)
    for visible, status in ((True, 200), (False, 404)):
        ok(portal.story.staff.patch(f"/api/files/{file['id']}", json={"visibleToClient": visible}))
        assert portal.story.client.get(f"/api/files/{file['id']}", params=portal.token).status_code == status


def test_clients_can_read_all_message_threads_of_the_project(portal: Portal) -> None:
    threads = {thread["name"]: thread for thread in portal.snapshot["threads"]}
    assert {"General", "Design feedback"} <= set(threads)
    assert [message["content"] for message in threads["Design feedback"]["messages"]] == ["What do you think?"]


def test_clients_can_see_billable_time_what_was_done_and_how_long_it_took(portal: Portal) -> None:
    seen = one(portal.snapshot["timeEntries"], portal["time"])
    assert (seen["description"], seen["minutes"]) == ("Wireframes", 95)


def test_all_sent_quotes_appear(portal: Portal) -> None:
    assert one(portal.snapshot["quotes"], portal["quote"])["number"] == portal["quote"]["number"]
    assert portal["quote"]["id"] in [row["id"] for row in portal.read("/api/quotes")]


def test_a_quote_can_be_read_in_full(portal: Portal) -> None:
    seen = portal.read(f"/api/quotes/{portal['quote']['id']}")
    assert [line["description"] for line in seen["lines"]] == ["Design of Relaunch", "Copy for Relaunch"]
    assert [line["optional"] for line in seen["lines"]] == [False, True]
    assert (seen["notes"], seen["expiresOn"], seen["currency"]) == ("Notes on Relaunch", "2030-01-31", "EUR")
    assert seen["taxes"][0]["name"] == "VAT"
    assert seen["amount"] == seen["subtotal"] + seen["taxTotal"] - seen["discountTotal"]


def test_first_view_and_number_of_views_are_recorded(portal: Portal) -> None:
    quote = portal.quote("Views")
    assert (quote["firstViewedAt"], quote["viewCount"]) == (None, 0)
    portal.read(f"/api/quotes/{quote['id']}")
    for _ in range(2):
        portal.act(f"/api/quotes/{quote['id']}/view")
    seen = portal.asked(f"/api/quotes/{quote['id']}")
    assert seen["viewCount"] == 2
    assert seen["firstViewedAt"] is not None
    assert seen["status"] == "viewed"


def test_contracts_sent_for_signature_appear_and_can_be_read_in_full(portal: Portal) -> None:
    assert [row["id"] for row in portal.snapshot["contracts"]] == [portal["contract"]["id"]]
    seen = portal.read(f"/api/contracts/{portal['contract']['id']}")
    assert f"{portal.agency['name']} works for **{portal.client['name']}** on Terms of work." in seen["body"]


def test_sent_and_paid_invoices_are_shown_and_paid_ones_marked(portal: Portal) -> None:
    shown = {row["id"]: row for row in portal.snapshot["invoices"]}
    assert shown[portal["invoice"]["id"]]["status"] in ("sent", "viewed")
    paid = shown[portal["paid"]["id"]]
    assert (paid["status"], paid["amountPaid"], paid["amountDue"]) == ("paid", 99.5, 0)
    assert paid["paidAt"]


def test_each_unpaid_invoice_shows_where_to_pay(portal: Portal) -> None:
    page = portal.story.anyone.get(one(portal.snapshot["invoices"], portal["invoice"])["paymentUrl"])
    assert page.status_code == 200
    assert "<button" in page.text
    paid = portal.story.anyone.get(portal["paid"]["paymentUrl"])
    assert "<button" not in paid.text


def test_clients_can_download_any_invoice_as_a_pdf(portal: Portal) -> None:
    for name, words in (("invoice", "Concept"), ("paid", "Workshop")):
        path = f"/api/invoices/{portal[name]['id']}/pdf"
        answer = portal.story.client.get(path, params=portal.token, headers={"Accept": "application/pdf"})
        assert answer.headers["content-type"] == "application/pdf"
        text = pdf_text(answer)
        assert words in text
        assert portal[name]["number"] in text


def test_the_branding_shows_in_portal_mails_and_welcome(portal: Portal) -> None:
    brand = {"portal_name": "Atelier Nord", "primary_color": "#7a1f5c", "welcome_message": "Good to see you."}
    ok(portal.story.staff.patch("/api/v1/client-portal/config", json=brand))
    eventually(lambda: portal.snapshot["settings"]["portal_name"] == "Atelier Nord", "the new name")
    settings = portal.snapshot["settings"]
    assert {name: settings[name] for name in brand} == brand
    invited = portal.story.staff.post(f"/api/v1/client-portal/contacts/{portal.client['id']}/invite")
    assert invited.status_code == 200, invited.text
    mail = eventually(
        lambda: next((m for m in portal.world.smtp.to(portal.story.client_email) if "#7A1F5C" in m.part("html")), None),
        "a mail in the agency's colour",
    )
    assert "Atelier Nord" in mail.part("html")


def test_an_invitation_can_be_sent_again_without_limit(portal: Portal) -> None:
    path = f"/api/v1/client-portal/contacts/{portal.client['id']}/invite"
    before = len(portal.world.smtp.to(portal.story.client_email))
    tokens = {ok(portal.story.staff.post(path))["token"] for _ in range(5)}
    assert len(tokens) == 1
    seen = ok(portal.story.anyone.get("/api/portal", params={"token": tokens.pop()}))
    assert seen["client"]["id"] == portal.client["id"]
    eventually(lambda: len(portal.world.smtp.to(portal.story.client_email)) == before + 5, "a mail for each")
