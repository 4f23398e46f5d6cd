"""Quotes in the client's portal: read, put together and answered; and the arithmetic that pages share with billing."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.people import a_client
from tests.browser.visit import Visit
from tests.house import Agency, Client, House

LINES: list[dict[str, Any]] = [
    {"description": "Design", "quantity": 2, "unitPrice": 500, "taxRate": 20, "taxName": "VAT"},
    {"description": "Photographs", "quantity": 1, "unitPrice": 250, "taxRate": 20, "taxName": "VAT", "optional": True},
    {"description": "Copywriting", "quantity": 3, "unitPrice": 99.99, "taxRate": 7, "taxName": "VAT", "optional": True},
]
_TOTALS = """async (papers) => {
  const { totalsOf } = await import(new URL('../lib/totals.js', document.querySelector('script[type=module]').src))
  return papers.map(([paper, chosen]) => totalsOf(paper, chosen))
}"""


async def sent(agency: Agency, client: Client, **more: Any) -> dict[str, Any]:
    """A quote that waits for the client's answer."""
    body = {"clientId": client.id, "title": "Relaunch", "currency": "EUR", "lines": LINES, **more}
    quote = await agency.made("/api/quotes", body)
    return await send(agency, quote)


async def send(agency: Agency, quote: dict[str, Any]) -> dict[str, Any]:
    answer = await agency.http.post(f"/api/quotes/{quote['id']}/send", json={"sendEmail": False})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def quote_now(agency: Agency, quote: dict[str, Any]) -> dict[str, Any]:
    return dict((await agency.http.get(f"/api/quotes/{quote['id']}")).json())


async def open_quote(visit: Visit, client: Client) -> None:
    """From the first page to the quote."""
    await visit.open_portal(client.token)
    await visit.page.get_by_role("link", name="Relaunch").first.click()
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Relaunch")


async def accept(page: Page) -> None:
    await page.get_by_role("button", name="Accept", exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name="Accept for").click()


async def test_a_quote_is_accepted_with_the_optional_lines_that_were_chosen(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    quote = await sent(agency, client)
    await open_quote(visit, client)
    page = visit.page
    answers = page.get_by_role("group", name="Your answer")
    await expect(answers.get_by_role("status")).to_have_text("Total €1,200.00")
    await page.get_by_role("switch", name="Photographs").focus()
    await page.keyboard.press("Space")
    await expect(answers.get_by_role("status")).to_have_text("Total €1,500.00")
    await page.get_by_text("Copywriting").click()
    await expect(answers.get_by_role("status")).to_have_text("Total €1,820.97")
    await page.get_by_role("switch", name="Photographs").click()
    await page.reload()
    await expect(page.get_by_role("switch", name="Copywriting")).to_be_checked()
    await expect(page.get_by_role("switch", name="Photographs")).not_to_be_checked()
    await page.get_by_role("button", name="Accept", exact=True).click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("Copywriting")
    await expect(dialog).not_to_contain_text("Photographs")
    await dialog.get_by_label("Your full name").fill("Augusta Ada Byron")
    await dialog.get_by_role("button", name="Accept for €1,520.97").click()
    await expect(page.get_by_text("Accepted by Augusta Ada Byron")).to_be_visible()
    await expect(page.get_by_role("button", name="Accept", exact=True)).to_be_hidden()
    now = await quote_now(agency, quote)
    assert (now["status"], now["optionalLines"], now["amount"]) == ("accepted", [2], 1520.97)
    await page.get_by_role("link", name="Open the project").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Relaunch")


async def test_a_quote_can_be_accepted_while_its_last_day_goes_on_where_the_agency_is(
    house: House, visit: Visit
) -> None:
    agency, client = await a_client(house)
    answer = await agency.http.patch("/api/auth/agency", json={"timeZone": "America/Los_Angeles"})
    assert answer.status_code == 200, answer.text
    last = house.clock().date() + timedelta(days=2)
    await sent(agency, client, expiresOn=str(last))
    # The evening there, of which UTC has the day after, and then the first moment at which no place has that day.
    midnight = datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=1)
    await visit.page.clock.set_fixed_time(midnight + timedelta(hours=4))
    await open_quote(visit, client)
    await expect(visit.page.get_by_role("button", name="Accept", exact=True)).to_be_visible()
    await visit.page.clock.set_fixed_time(midnight + timedelta(hours=12))
    await visit.page.reload()
    await expect(visit.page.get_by_text("Expired").first).to_be_visible()
    await expect(visit.page.get_by_role("button", name="Accept", exact=True)).to_be_hidden()


async def test_a_view_counts_once_a_person_is_there(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    quote = await sent(agency, client)
    await visit.open_portal(client.token)
    await visit.page.evaluate(
        """(id) => { history.pushState(history.state, '', location.pathname + '#/quotes/' + id)
        dispatchEvent(new PopStateEvent('popstate')) }""",
        quote["id"],
    )
    await expect(visit.page.get_by_role("heading", level=1)).to_have_text("Relaunch")
    assert (await quote_now(agency, quote))["status"] == "sent"
    await visit.touch()

    async def viewed() -> bool:
        return bool((await quote_now(agency, quote))["status"] == "viewed")

    await house.eventually(viewed)


async def test_a_revision_that_came_between_is_shown_and_nothing_is_accepted(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    quote = await sent(agency, client)
    visit.expected = ("409",)
    page = visit.page
    # What happens meanwhile does not reach this page by itself.
    await page.route("**/api/portal/events", lambda route: route.abort())
    visit.expected = ("409", "net::ERR_FAILED", "Failed to load resource")
    await open_quote(visit, client)
    changed = [{**LINES[0], "unitPrice": 600}]
    answer = await agency.http.patch(f"/api/quotes/{quote['id']}", json={"lines": changed})
    assert answer.status_code == 200, answer.text
    await accept(page)
    await expect(page.get_by_text("Nothing was accepted.")).to_be_visible()
    await expect(page.get_by_text("is working on a new version")).to_be_visible()
    await expect(page.get_by_role("button", name="Accept", exact=True)).to_be_hidden()
    await send(agency, quote)
    await page.reload()
    await expect(page.get_by_role("article")).to_contain_text("€1,440.00")
    await agency.http.patch(f"/api/quotes/{quote['id']}", json={"notes": "Prices hold."})
    await send(agency, quote)
    await accept(page)
    await expect(page.get_by_text("You now see revision 3.")).to_be_visible()
    assert (await quote_now(agency, quote))["status"] != "accepted"
    await accept(page)
    await expect(page.get_by_text("Accepted by Ada Byron")).to_be_visible()
    assert (await quote_now(agency, quote))["revision"] == 3


async def test_changes_are_requested_and_what_was_typed_is_not_lost(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    quote = await sent(agency, client)
    await open_quote(visit, client)
    page = visit.page
    await page.get_by_role("button", name="Request changes").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Send request").click()
    await expect(dialog.get_by_role("alert")).to_have_text("Say in a few words what it is about.")
    visit.expected = ("net::ERR_FAILED", "Failed to load resource")
    await page.route("**/request-changes", lambda route: route.abort())
    await dialog.get_by_label("What should be different?").fill("Less blue.")
    await dialog.get_by_role("button", name="Send request").click()
    await expect(page.locator(".toast")).to_contain_text("We could not reach")
    await page.unroute("**/request-changes")
    await page.reload()
    await page.get_by_role("button", name="Request changes").click()
    await expect(dialog.get_by_label("What should be different?")).to_have_value("Less blue.")
    await dialog.get_by_role("button", name="Send request").click()
    await expect(page.get_by_text("You asked for changes")).to_be_visible()
    now = await quote_now(agency, quote)
    assert (now["status"], now["changeRequest"]) == ("changes_requested", "Less blue.")
    await expect(page.get_by_role("button", name="Accept", exact=True)).to_be_visible()


async def test_a_quote_is_declined_on_a_phone(house: House, phone: Visit) -> None:
    agency, client = await a_client(house)
    quote = await sent(agency, client)
    await open_quote(phone, client)
    page = phone.page
    await expect(page.get_by_role("button", name="Accept", exact=True)).to_be_in_viewport()
    await page.get_by_role("button", name="Decline").click()
    await page.get_by_role("dialog").get_by_label("Why not?").fill("Too dear.")
    await page.get_by_role("dialog").get_by_role("button", name="Decline").click()
    await expect(page.get_by_text("Declined on")).to_be_visible()
    assert (await quote_now(agency, quote))["declineReason"] == "Too dear."


async def test_a_quote_is_downloaded_and_expires(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    quote = await sent(agency, client)
    await open_quote(visit, client)
    async with visit.page.expect_download() as started:
        await visit.page.get_by_role("button", name="Download PDF").click()
    download = await started.value
    assert download.suggested_filename == f"{quote['number']}.pdf"
    snapshot = (await client.http.get("/api/portal")).json()
    snapshot["quotes"] = [{**snapshot["quotes"][0], "expiresOn": "2020-02-01"}]
    await visit.page.route("**/api/portal", lambda route: route.fulfill(json=snapshot))
    await visit.page.reload()
    await expect(visit.page.get_by_text("This offer held through 1 February 2020")).to_be_visible()
    await expect(visit.page.get_by_role("button", name="Accept", exact=True)).to_be_hidden()
    await expect(visit.page.get_by_role("switch")).to_have_count(0)


def papers() -> list[tuple[dict[str, Any], list[int]]]:
    """Quotes of every sort: currencies of no, two and three decimals, both sorts of tax and discount, any choice."""
    chance = random.Random(20260301)
    made = []
    for number in range(40):
        currency, decimals = [("EUR", 2), ("JPY", 0), ("KWD", 3)][number % 3]

        def amount(most: int, decimals: int = decimals) -> float:
            return round(chance.randint(0, most * 10**decimals) / 10**decimals, decimals)

        lines = []
        for at in range(chance.randint(1, 7)):
            line: dict[str, Any] = {"description": f"Line {at}", "unitPrice": amount(5000)}
            line["quantity"] = chance.choice([1, 3, 0.5, 1.3333, 2.75])
            line["taxRate"] = chance.choice([None, 0, 7, 8.875, 20])
            line["taxName"] = chance.choice([None, "VAT"])
            line["optional"] = at > 0 and chance.random() < 0.4
            if chance.random() < 0.3:
                line["discount"] = {"type": "percent", "value": chance.choice([5, 12.5, 33.333])}
            lines.append(line)
        discount = chance.choice([None, {"type": "percent", "value": 2.5}, {"type": "amount", "value": 0}])
        paper = {"currency": currency, "lines": lines, "taxInclusive": number % 2 == 0, "discount": discount}
        chosen = [at for at, line in enumerate(lines) if line["optional"] and chance.random() < 0.5]
        made.append((paper, chosen))
    made[0][0]["discount"] = {"type": "amount", "value": 0.01}
    return made


async def test_pages_and_server_compute_the_same_totals(house: House, visit: Visit) -> None:
    agency, client = await a_client(house)
    cases, answers = papers(), []
    for paper, chosen in cases:
        # The lines that were not chosen are left out, which is what a choice comes to.
        taken = [
            {**line, "optional": False}
            for at, line in enumerate(paper["lines"])
            if not line["optional"] or at in chosen
        ]
        body = {"clientId": client.id, "title": "A case", **paper, "lines": taken}
        answers.append(await agency.made("/api/quotes", body))
    await visit.open_portal(client.token)
    computed = await visit.page.evaluate(_TOTALS, cases)
    names = ("subtotal", "discountTotal", "taxes", "taxTotal", "amount")
    for (paper, _), here, there in zip(cases, computed, answers, strict=True):
        assert {name: here[name] for name in names} == {name: there[name] for name in names}, paper
    assert len({answer["currency"] for answer in answers}) == 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_sheet_is_printed_as_paper(house: House, visit: Visit, scheme: str) -> None:
    agency, client = await a_client(house)
    await sent(agency, client)
    await open_quote(visit, client)
    await visit.page.emulate_media(media="print", color_scheme=scheme)  # type: ignore[arg-type]
    for hidden in ("Accept", "Request changes", "Download PDF"):
        await expect(visit.page.get_by_role("button", name=hidden)).to_have_count(0)
    await expect(visit.page.get_by_role("navigation")).to_have_count(0)
    await expect(visit.page.get_by_role("article")).to_be_visible()
    ground = await visit.page.evaluate("getComputedStyle(document.querySelector('.sheet')).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
