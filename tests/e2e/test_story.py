"""The story of README, end to end: registration to the paid invoice, with real mail, webhooks and a sealed PDF."""

from pathlib import Path

import httpx

from tests.e2e.outside import Outside
from tests.e2e.stack import Stack
from tests.e2e.story import Story, ok
from tests.e2e.telling import Papers, tell


def test_the_story(stack: Stack, world: Outside, ground: Path) -> None:
    story = Story(stack.url)
    told = tell(story, world, Papers.made_in(ground), pay=story.pay)
    assert told.invoice["status"] == "paid"


def test_an_invoice_is_paid_once_however_often_the_button_is_pressed(stack: Stack) -> None:
    story = Story(stack.url)
    story.register()
    client = story.add_client()
    project = story.start_project(client["id"])
    invoice = story.bill(client["id"], project["id"])
    story.pay(invoice)
    again = story.anyone.get(invoice["paymentUrl"])
    assert again.status_code == 200
    assert "<button" not in again.text
    payments = ok(story.staff.get(f"/api/invoices/{invoice['id']}/payments"))
    assert len(payments) == 1


def test_the_gateway_shows_no_server_and_no_metrics(stack: Stack) -> None:
    for path in ("/", "/api/projects", "/docs", "/metrics", "/dashboard/", "/api/rawdata"):
        answer = httpx.get(stack.url + path)
        assert not {"server", "x-powered-by"} & set(answer.headers), path
        assert "portico_http_requests" not in answer.text
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_made_up_forwarded_address_buys_no_fresh_budget(stack: Stack) -> None:
    left = [
        int(
            httpx.get(f"{stack.url}/api/projects", headers={"X-Forwarded-For": f"9.9.9.{n}"}).headers[
                "x-ratelimit-remaining"
            ]
        )
        for n in range(4)
    ]
    assert left == sorted(left, reverse=True)
    assert len(set(left)) == len(left)
