"""What clients do in their portal: a test for each sentence that describes it, through the gateway."""

import base64
import io
from typing import Any

import httpx
import pytest
from PIL import Image, ImageDraw

from tests.e2e.furnished import Portal, furnished
from tests.e2e.outside import Outside
from tests.e2e.stack import Stack
from tests.e2e.story import eventually, ok


@pytest.fixture(scope="module")
def portal(stack: Stack, world: Outside) -> Portal:
    return furnished(stack, world)


def drawing() -> str:
    """A signature as a canvas gives it."""
    picture = Image.new("RGBA", (300, 100), (0, 0, 0, 0))
    ImageDraw.Draw(picture).line([(10, 80), (120, 20), (280, 70)], fill=(20, 20, 60, 255), width=4)
    target = io.BytesIO()
    picture.save(target, "PNG")
    return "data:image/png;base64," + base64.b64encode(target.getvalue()).decode()


def test_a_client_signs_in_with_its_address_and_a_mailed_link_that_works_once(portal: Portal) -> None:
    door = portal.story.anyone
    asked = {"email": portal.story.client_email, "tenantCode": portal.agency["slug"]}
    assert door.post("/api/v1/portal/auth/request-magic-link", json=asked).status_code == 204
    mail = portal.mail_to_client("sign")
    link = next(word for word in mail.part("plain").split() if "#magic=" in word)
    token = link.partition("#magic=")[2]
    signed_in = ok(door.post("/api/v1/portal/auth/validate", json={"token": token}))
    bearer = {"Authorization": f"Bearer {signed_in['accessToken']}"}
    assert ok(door.get("/api/portal", headers=bearer))["client"]["id"] == portal.client["id"]
    assert door.post("/api/v1/portal/auth/validate", json={"token": token}).status_code == 401


def test_clients_can_reply_to_any_thread_and_the_agency_is_mailed(portal: Portal) -> None:
    words = "The second one, please."
    made = portal.act(f"/api/threads/{portal['thread']['id']}/messages", 201, content=words)
    assert made["author"]["kind"] == "client"
    assert words in portal.mail_to_agency("essage").part("plain")
    messages = portal.asked(f"/api/threads/{portal['thread']['id']}/messages")
    assert words in [message["content"] for message in messages]


def test_clients_can_open_named_threads(portal: Portal) -> None:
    thread = portal.act(f"/api/projects/{portal['project']['id']}/threads", 201, name="Content review")
    assert thread["name"] == "Content review"
    assert "Content review" in [one["name"] for one in portal.snapshot["threads"]]
    assert "Content review" in [one["name"] for one in portal.asked(f"/api/projects/{portal['project']['id']}/threads")]


def test_accepting_a_quote_notifies_the_agency_and_creates_a_project(portal: Portal) -> None:
    quote = portal.quote("Winter campaign")
    accepted = portal.act(f"/api/quotes/{quote['id']}/accept", revision=quote["revision"])
    assert accepted["status"] == "accepted"
    assert quote["number"] in portal.mail_to_agency("accepted").part("plain")

    def projects() -> list[dict[str, Any]]:
        return [one for one in portal.snapshot["projects"] if one["name"] == "Winter campaign"]

    (project,) = eventually(projects, "the project")
    assert project["id"] == accepted["projectId"]


def test_a_stale_revision_of_a_quote_is_not_accepted(portal: Portal) -> None:
    quote = portal.quote("Moving target")
    changed = {"title": "Moved target", "lines": [{"description": "More", "quantity": 1, "unitPrice": 9000}]}
    ok(portal.story.staff.patch(f"/api/quotes/{quote['id']}", json=changed))
    ok(portal.story.staff.post(f"/api/quotes/{quote['id']}/send"))
    stale = portal.story.client.post(
        f"/api/quotes/{quote['id']}/accept", json={"revision": quote["revision"]}, params=portal.token
    )
    assert (stale.status_code, stale.json()["code"]) == (409, "quote_changed")


def test_requesting_changes_tells_the_agency_what_to_adjust(portal: Portal) -> None:
    quote = portal.quote("Spring campaign")
    asked = portal.act(f"/api/quotes/{quote['id']}/request-changes", comment="Without the film, please.")
    assert asked["status"] == "changes_requested"
    assert "Without the film, please." in portal.mail_to_agency("change").part("plain")


@pytest.mark.parametrize("kind", ["typed", "drawn"])
def test_a_signed_contract_goes_to_both_parties_as_a_pdf(portal: Portal, kind: str) -> None:
    contract = portal.contract(f"Retainer, {kind}")
    signature = "Ada Lovelace" if kind == "typed" else drawing()
    path = f"/api/contracts/{contract['id']}/sign"
    refused = portal.story.client.post(
        path, json={"signatureData": signature, "clientName": "Ada Lovelace"}, params=portal.token
    )
    assert refused.status_code == 400
    signed = portal.act(path, signatureData=signature, clientName="Ada Lovelace", consent=True)
    assert signed["status"] == "signed"
    assert portal.asked(f"/api/contracts/{contract['id']}")["status"] == "signed"
    sealed = portal.story.client.get(f"/api/contracts/{contract['id']}/pdf", params=portal.token).content
    verdict = ok(portal.story.anyone.post("/api/contracts/verify", files={"file": ("signed.pdf", sealed)}))
    assert (verdict["valid"], verdict["contractId"]) == (True, contract["id"])
    flipped = sealed[:-200] + bytes([sealed[-200] ^ 1]) + sealed[-199:]
    assert not ok(portal.story.anyone.post("/api/contracts/verify", files={"file": ("signed.pdf", flipped)}))["valid"]
    for address in (portal.story.owner_email, portal.story.client_email):

        def copies(address: str = address) -> list[bytes]:
            mails = portal.mails(address, f"Retainer, {kind}")
            return [part.get_content() for mail in mails for part in mail.message.iter_attachments()]

        assert eventually(copies, f"the sealed copy to {address}") == [sealed]


def test_somebody_new_fills_in_an_intake_form_and_becomes_a_lead(portal: Portal) -> None:
    fields = [{"key": "budget", "label": "Budget", "type": "number", "required": True}]
    form = portal.staff("/api/intake-forms", name="New project", slug="new-project", fields=fields)
    door, path = httpx.Client(base_url=portal.story.url), f"/api/portal/intake/{portal.agency['slug']}/new-project"
    assert ok(door.get(path))["name"] == "New project"
    answers = {"name": "Grace", "email": "grace@navy.test", "message": "A compiler, please.", "answers": {"budget": 9}}
    assert ok(door.post(path, json=answers), 201) == {"received": True}
    (lead,) = portal.asked(f"/api/leads?formId={form['id']}")
    assert (lead["name"], lead["status"], lead["answers"]) == ("Grace", "new", {"budget": 9})
    assert "A compiler, please." in portal.mail_to_agency("Grace").part("plain")
    made = portal.staff(f"/api/leads/{lead['id']}/convert", projectName="Compiler")
    assert made["client"]["email"] == "grace@navy.test"
    assert portal.asked(f"/api/projects/{made['project']['id']}")["name"] == "Compiler"


def test_a_client_pays_an_invoice(portal: Portal) -> None:
    invoice = portal.bill("Hosting")
    assert portal.story.pay(invoice)["status"] == "paid"
    assert portal.read(f"/api/invoices/{invoice['id']}")["status"] == "paid"


def test_feedback_is_given_after_completion_and_lands_in_the_activity_feed(portal: Portal) -> None:
    project = portal.staff("/api/projects", name="Brochure", clientId=portal.client["id"])
    path = f"/api/projects/{project['id']}/feedback"
    early = portal.story.client.post(path, json={"rating": 5}, params=portal.token)
    assert early.status_code == 409
    portal.story.complete(project["id"])
    assert "It is live." in portal.mail_to_client("complete").part("plain")
    given = portal.act(path, 201, rating=4, comment="On time and lovely.")
    assert (given["rating"], given["comment"]) == (4, "On time and lovely.")
    again = portal.story.client.post(path, json={"rating": 1}, params=portal.token)
    assert (again.status_code, again.json()["code"]) == (409, "feedback_given")

    def told() -> list[str]:
        feed = portal.asked(f"/api/projects/{project['id']}/activity")
        return [entry["type"] for entry in feed if entry["type"] == "feedback.received"]

    assert eventually(told, "the feedback in the feed") == ["feedback.received"]


@pytest.mark.parametrize("rating", [0, 6, 4.5, "5", None])
def test_a_rating_is_one_to_five(portal: Portal, rating: Any) -> None:
    answer = portal.story.client.post(
        f"/api/projects/{portal['project']['id']}/feedback", json={"rating": rating}, params=portal.token
    )
    assert answer.status_code == 400


def test_approving_a_file_binds_to_what_was_seen(portal: Portal) -> None:
    file = portal.upload("logo.txt", visible=True)
    assert portal.story.approve(file["id"])["status"] == "approved"
    portal.upload("logo.txt", visible=True)
    assert portal.read(f"/api/files/{file['id']}")["status"] != "approved"


def test_asking_for_changes_to_a_file_tells_the_agency(portal: Portal) -> None:
    file = portal.upload("poster.txt", visible=True)
    asked = portal.act(f"/api/files/{file['id']}/request-changes", comment="Bigger type, please.")
    assert asked["status"] == "changes_requested"
    assert "Bigger type, please." in portal.mail_to_agency("poster.txt").part("plain")
