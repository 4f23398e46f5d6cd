"""The whole story by clicking, through the gateway: an agency and its client, on a desk and on a phone.

And by keyboard alone, what must never need a mouse: to sign in, reply, accept, sign and pay.
"""

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from tests.e2e.outside import Outside
from tests.e2e.stack import Stack
from tests.e2e.story import PASSWORD, Story, eventually, ok

PATIENCE_MS = 30_000
MOST_TABS = 80
DESK, PHONE = (1280, 900), (390, 844)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's browser; where there is none, CI fails and others skip."""
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if executable is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium: install Debian's `chromium`, or name one in CHROMIUM")
        pytest.skip("no Chromium on this machine")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def person(chromium: Browser, stack: Stack, size: tuple[int, int]) -> BrowserContext:
    """Somebody with a browser of their own."""
    width, height = size
    viewport = {"width": width, "height": height}
    context = chromium.new_context(base_url=stack.url, viewport=viewport, locale="en-GB", has_touch=width < 600)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE_MS)
    return context


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_whole_story_is_done_by_clicking(
    chromium: Browser, stack: Stack, world: Outside, size: tuple[int, int], tmp_path: Path
) -> None:
    mark = secrets.token_hex(4)
    staff = person(chromium, stack, size).new_page()
    link = the_agency_prepares(staff, mark, tmp_path)
    client = person(chromium, stack, size).new_page()
    the_client_answers(client, link)
    # What the client did stands on the agency's page without a reload.
    expect(staff.get_by_role("main").get_by_text("Paid", exact=True).first).to_be_visible()
    eventually(lambda: world.smtp.to(f"ada-{mark}@client.test"), "a mail to the client")
    for page in (staff, client):
        page.context.close()


def the_agency_prepares(page: Page, mark: str, folder: Path) -> str:
    """From registering to the sent invoice, which stays on show; the client's link."""
    page.goto("/")
    page.get_by_role("link", name="Create an agency").first.click()
    page.get_by_label("Your name").fill("Olivia Owner")
    page.get_by_label("E-mail address").fill(f"owner-{mark}@agency.test")
    page.get_by_label("Name of your agency").fill("Northwind Studio")
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_role("button", name="Create").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Welcome")

    page.goto("/app/clients")
    page.get_by_role("button", name="New client").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Ada Byron")
    dialog.get_by_label("E-mail address").fill(f"ada-{mark}@client.test")
    dialog.get_by_role("button", name="Add and welcome").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ada Byron")
    link = page.get_by_label("Portal link").input_value()

    page.goto("/app/projects")
    page.get_by_role("button", name="New project").first.click()
    dialog.get_by_label("Name").fill("Website relaunch")
    dialog.get_by_role("combobox", name="Client").fill("Ada")
    page.get_by_role("option", name="Ada Byron").click()
    dialog.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Website relaunch")
    parts = page.get_by_role("navigation", name="Parts of the project")
    parts.get_by_role("link", name="Files").click()
    (folder / "Draft.txt").write_text("Hello, world")
    page.get_by_label("Choose files").set_input_files(folder / "Draft.txt")
    expect(page.get_by_text("1 of 1 uploaded")).to_be_visible()
    if not page.get_by_role("switch", name="Draft.txt is visible to the client").is_checked():
        page.get_by_role("switch", name="Draft.txt is visible to the client").click()
    parts.get_by_role("link", name="Messages").click()
    page.get_by_role("main").get_by_text("General").first.click()
    page.get_by_label("Write to the client").fill("Here is the first draft.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("region", name="Conversation")).to_contain_text("Here is the first draft.")

    page.goto("/app/quotes/new")
    page.get_by_label("Title").fill("Relaunch")
    write_lines(page, "Design", "800")
    page.goto("/app/contracts/new")
    choose_client(page)
    page.get_by_label("Title").fill("Terms of work")
    page.get_by_label("Text", exact=True).fill("# Terms of work\n\n{{agency.name}} works for **{{client.name}}**.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Send", exact=True).click()
    dialog.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("button", name="Send again")).to_be_visible()
    page.goto("/app/invoices/new")
    write_lines(page, "Concept", "1200")
    return link


def choose_client(page: Page) -> None:
    page.get_by_role("combobox", name="Client", exact=True).fill("Ada")
    page.get_by_role("option", name="Ada Byron").click()


def write_lines(page: Page, what: str, price: str) -> None:
    """The rest of a quote or an invoice: whom it is for, one line, and its way to the client."""
    choose_client(page)
    line = page.locator('[data-line="0"]')
    line.get_by_label("Description", exact=True).fill(what)
    line.get_by_label("Unit price", exact=True).fill(price)
    page.get_by_role("button", name="Save and send").click()
    page.get_by_role("dialog").get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("button", name="Send again")).to_be_visible()


def the_client_answers(page: Page, link: str) -> None:
    """Reads, replies, approves, accepts, signs and pays."""
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Hello Ada Byron")
    assert link.rpartition("/")[2] not in page.url
    waiting = page.get_by_role("region", name="Waiting for you")

    def home() -> None:
        page.get_by_role("navigation", name="Sections").get_by_role("link", name=re.compile("^Home")).click()

    waiting.get_by_role("link", name="Review Draft.txt").click()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Approved by Ada Byron").first).to_be_visible()
    page.get_by_role("navigation", name="Sections").get_by_role("link", name=re.compile("^Messages")).click()
    page.get_by_role("list").get_by_role("link", name=re.compile("General|Website relaunch")).first.click()
    page.get_by_label("Write a message").fill("I like it.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("log")).to_contain_text("I like it.")
    home()
    waiting.get_by_role("link", name=re.compile("Answer the quote Relaunch")).click()
    page.get_by_role("button", name="Accept", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("^Accept for")).click()
    expect(page.get_by_text("Accepted by Ada Byron")).to_be_visible()
    home()
    waiting.get_by_role("link", name="Sign Terms of work").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Sign contract").click()
    expect(page.get_by_text("Signed by Ada Byron on")).to_be_visible()
    home()
    waiting.get_by_role("link", name=re.compile("^Pay INV-0001")).click()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=re.compile("^Pay ")).last.click()
    opened.value.get_by_role("button", name=re.compile("^Pay ")).click()
    opened.value.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("main").get_by_text("Thank you.")).to_be_visible()


def tab_to(page: Page, goal: Locator) -> None:
    """Press Tab until the focus is there: nobody is kept from it."""
    goal.first.wait_for()
    for _ in range(MOST_TABS):
        if goal.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way by keyboard to {goal}")


def press(page: Page, goal: Locator, key: str = "Enter") -> None:
    tab_to(page, goal)
    page.keyboard.press(key)


def test_signing_in_replying_accepting_signing_and_paying_need_no_mouse(
    chromium: Browser, stack: Stack, world: Outside
) -> None:
    story = Story(stack.url)
    agency = story.register()["agency"]
    client_id = story.add_client()["id"]
    project = story.start_project(client_id)
    story.write(project["id"], "Hello?")
    line = {"description": "Design", "quantity": 1, "unitPrice": 800}
    quote = ok(story.staff.post("/api/quotes", json={"clientId": client_id, "title": "Relaunch", "lines": [line]}), 201)
    ok(story.staff.post(f"/api/quotes/{quote['id']}/send", json={}))
    body = {"clientId": client_id, "title": "Terms of work", "body": "# Terms of work\n\nAs agreed."}
    contract = ok(story.staff.post("/api/contracts", json=body), 201)
    ok(story.staff.post(f"/api/contracts/{contract['id']}/send", json={}))
    story.bill(client_id, project["id"])

    staff = person(chromium, stack, DESK).new_page()
    staff.goto("/app/sign-in?next=/app/inbox")
    for label, typed in (("E-mail address", story.owner_email), ("Password", PASSWORD)):
        tab_to(staff, staff.get_by_label(label, exact=True))
        staff.keyboard.type(typed)
    staff.keyboard.press("Enter")
    expect(staff.get_by_role("heading", level=1)).to_have_text("Inbox")
    press(staff, staff.get_by_role("link", name=re.compile("General")).first)
    tab_to(staff, staff.get_by_label("Write to the client"))
    staff.keyboard.type("Hello, Ada.")
    staff.keyboard.press("ControlOrMeta+Enter")
    expect(staff.get_by_role("region", name="Conversation")).to_contain_text("Hello, Ada.")
    staff.context.close()

    page = person(chromium, stack, DESK).new_page()
    page.goto(f"/portal/{agency['slug']}")
    tab_to(page, page.get_by_role("textbox"))
    page.keyboard.type(story.client_email)
    page.keyboard.press("Enter")
    expect(page.get_by_text(story.client_email)).to_be_visible()
    page.goto(magic_link(world, story))
    press(page, page.get_by_role("button", name="Sign in"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hello")
    press(page, page.get_by_role("link", name=re.compile("Answer the quote")))
    press(page, page.get_by_role("button", name="Accept", exact=True))
    press(page, page.get_by_role("dialog").get_by_role("button", name=re.compile("^Accept for")))
    expect(page.get_by_text("Accepted by Ada Lovelace")).to_be_visible()
    press(page, page.get_by_role("navigation", name="Sections").get_by_role("link", name=re.compile("^Home")))
    press(page, page.get_by_role("link", name="Sign Terms of work"))
    press(page, page.get_by_role("checkbox"), "Space")
    press(page, page.get_by_role("button", name="Sign contract"))
    expect(page.get_by_text("Signed by Ada Lovelace on")).to_be_visible()
    press(page, page.get_by_role("navigation", name="Sections").get_by_role("link", name=re.compile("^Home")))
    press(page, page.get_by_role("link", name=re.compile("^Pay INV-0001")))
    with page.context.expect_page() as opened:
        press(page, page.get_by_role("main").get_by_role("link", name=re.compile("^Pay ")))
    press(opened.value, opened.value.get_by_role("button", name=re.compile("^Pay ")))
    press(opened.value, opened.value.get_by_role("button", name="Approve"))
    expect(page.get_by_role("main").get_by_text("Thank you.")).to_be_visible()
    page.context.close()


def magic_link(world: Outside, story: Story) -> str:
    """The link of the mail that signs the client in."""

    def mailed() -> str | None:
        words = " ".join(mail.part("plain") for mail in world.smtp.to(story.client_email)).split()
        return next((word for word in words if "#magic=" in word), None)

    return str(eventually(mailed, "the mail with the magic link"))
