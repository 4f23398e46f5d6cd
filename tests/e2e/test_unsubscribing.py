"""Mails are turned off through the real gateway as a mail program does it: from the header of a mail, by one POST."""

import httpx

from tests.e2e.outside import Outside
from tests.e2e.stack import Stack
from tests.e2e.story import Story, eventually, ok
from tests.fakes.smtp_server import Taken

# All that a mail program sends (RFC 8058, section 3.1).
FORM = {"List-Unsubscribe": "One-Click"}


def mails_about(world: Outside, address: str, words: str) -> list[Taken]:
    return [mail for mail in world.smtp.to(address) if words in mail.part("plain")]


def test_a_mail_program_turns_mails_off_by_one_post(stack: Stack, world: Outside) -> None:
    story = Story(stack.url)
    story.register()
    project = story.start_project(story.add_client()["id"])
    story.open_portal()
    story.write(project["id"], "The first message")
    (mail,) = eventually(lambda: mails_about(world, story.owner_email, "The first message"), "the mail")
    address = str(mail.message["List-Unsubscribe"]).strip("<>")
    assert mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address.startswith(f"{stack.url}/unsubscribe?t=")

    with httpx.Client(follow_redirects=False) as program:
        looked = program.get(address)
        style = program.get(f"{stack.url}/unsubscribe/style.css")
        answer = program.post(address, data=FORM)
        cookies = program.cookies

    assert (looked.status_code, style.status_code, answer.status_code) == (200, 200, 200)
    assert "These mails are off" in answer.text
    assert not cookies
    story.write(project["id"], "The second message")
    file = {"file": ("plan.txt", b"A plan", "text/plain")}
    form = {"projectId": project["id"], "visibleToClient": "true"}
    story.approve(ok(story.staff.post("/api/files", data=form, files=file), 201)["id"])
    # Told after the message, of another kind, and wanted still.
    eventually(lambda: mails_about(world, story.owner_email, "approved plan.txt"), "the mail about the approval")
    assert mails_about(world, story.owner_email, "The second message") == []
    chosen = ok(story.staff.get("/api/notification-preferences"))["preferences"]
    assert [one["kind"] for one in chosen if one["frequency"] != "now"] == ["message_received"]
