"""Quotes from the agency's side: drafts, totals, numbers, revisions, and what a client sees of them."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from portico.billing.v1 import papers_pb2, papers_pb2_grpc

from chassis.rpc import Peers
from services.billing.tests.quoting import LINES, Studio, code, open_studio
from tests.house import House

FOR_CLIENT = {
    *("id", "number", "status", "revision", "clientId", "client", "title", "currency", "lines", "optionalLines"),
    *("taxInclusive", "discount", "subtotal", "discountTotal", "taxes", "taxTotal", "amount", "notes", "expiresOn"),
    *("sentAt", "changeRequest", "declinedAt", "declineReason", "acceptedAt", "acceptedBy", "projectId"),
    *("createdAt", "updatedAt"),
}
FOR_STAFF_ALONE = {"firstViewedAt", "lastViewedAt", "viewCount", "reopenings"}


@pytest.fixture
async def studio(house: House) -> Studio:
    return await open_studio(house)


async def test_a_new_quote_is_a_draft_without_a_number(studio: Studio) -> None:
    draft = await studio.draft(notes="Soon", expiresOn="2035-01-31")
    assert (draft["status"], draft["number"], draft["revision"], draft["sentAt"]) == ("draft", None, 1, None)
    assert (draft["notes"], draft["expiresOn"], draft["viewCount"], draft["projectId"]) == (
        "Soon",
        "2035-01-31",
        0,
        None,
    )
    assert await studio.verbs(draft) == []


async def test_optional_lines_are_left_out_of_the_totals(studio: Studio) -> None:
    draft = await studio.draft(discount={"type": "percent", "value": 10})
    assert [(line["amount"], line["optional"]) for line in draft["lines"]] == [(300, False), (50, True), (30, True)]
    assert (draft["subtotal"], draft["discountTotal"], draft["taxTotal"], draft["amount"]) == (300, 30, 54, 324)
    assert draft["taxes"] == [{"name": None, "rate": 20, "base": 270, "amount": 54}]
    assert draft["optionalLines"] == []


async def test_a_quote_of_optional_lines_alone_comes_to_nothing_until_some_are_chosen(studio: Studio) -> None:
    draft = await studio.draft(lines=LINES[1:])
    assert (draft["amount"], draft["taxes"], len(draft["lines"])) == (0, [], 2)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"lines": []}, "lines"),
        ({"lines": [{"description": "Free", "unitPrice": 0}]}, "lines"),
        ({"lines": [{"description": "A", "unitPrice": 1.005}]}, "lines.0.unitPrice"),
        ({"discount": {"type": "amount", "value": 301}}, "discount"),
        ({"lines": LINES[1:], "discount": {"type": "amount", "value": 1}}, "discount"),
        ({"title": ""}, "title"),
        ({"clientId": str(uuid4())}, "clientId"),
        ({"expiresOn": 20350131}, "expiresOn"),
        ({"amount": 100}, "amount"),
    ],
)
async def test_what_cannot_be_offered_is_refused(studio: Studio, wrong: dict[str, Any], field: str) -> None:
    answer = await studio.staff.post("/api/quotes", json=studio.body(**wrong))
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_sending_gives_the_number_and_announces_it(studio: Studio) -> None:
    sent = await studio.quote()
    assert (sent["status"], sent["number"], sent["revision"]) == ("sent", "QUO-0001", 1)
    (event,) = await studio.announced(sent)
    assert (event.type, event.internal, event.data) == ("billing.quote.sent", {"sendEmail": False}, sent)


async def test_a_quote_that_waits_can_be_sent_once_more_under_its_number(studio: Studio) -> None:
    first = await studio.quote()
    again = await studio.sent(first)
    assert (again["number"], again["revision"], again["sentAt"]) == ("QUO-0001", 1, first["sentAt"])
    assert await studio.verbs(first) == ["sent", "sent"]


async def test_numbers_have_no_gaps_however_many_are_sent_at_once(studio: Studio) -> None:
    drafts = [await studio.draft() for _ in range(12)]
    assert (await studio.staff.delete(f"/api/quotes/{drafts.pop()['id']}")).status_code == 200
    answers = await asyncio.gather(*(studio.act(draft, "send", sendEmail=False) for draft in [*drafts, *drafts]))
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.json()["number"] for answer in answers} == {f"QUO-{number:04d}" for number in range(1, 12)}
    assert (await studio.quote())["number"] == "QUO-0012"


async def test_a_client_without_an_address_is_not_mailed(studio: Studio) -> None:
    company = await studio.agency.company()
    contact = await studio.agency.made(f"/api/companies/{company.id}/clients", {"name": "No Address"})
    draft = await studio.draft(clientId=contact["id"])
    assert code(await studio.act(draft, "send")) == (409, "quote_client_has_no_email")
    assert (await studio.sent(draft))["number"] == "QUO-0001"


async def test_a_changed_draft_keeps_its_revision(studio: Studio) -> None:
    draft = await studio.draft()
    changed = (await studio.change(draft, title="Shop", lines=LINES[:1], taxInclusive=True)).json()
    assert (changed["title"], changed["revision"], changed["amount"], changed["taxTotal"]) == ("Shop", 1, 300, 50)


async def test_a_changed_quote_is_a_draft_of_the_next_revision_until_it_is_sent(studio: Studio) -> None:
    sent = await studio.quote()
    await studio.answer(sent, "view")
    changed = (await studio.change(sent, notes="Cheaper")).json()
    assert (changed["status"], changed["revision"], changed["number"]) == ("draft", 2, "QUO-0001")
    assert (await studio.change(sent, notes="Cheaper still")).json()["revision"] == 2
    assert (await studio.visitor.get(f"/api/quotes/{sent['id']}")).status_code == 404
    assert (await studio.visitor.get("/api/quotes")).json() == []
    again = await studio.sent(sent)
    assert (again["status"], again["revision"], again["number"]) == ("sent", 2, "QUO-0001")
    assert (again["viewCount"], again["notes"]) == (1, "Cheaper still")


async def test_what_is_not_named_stays(studio: Studio) -> None:
    draft = await studio.draft(notes="Old", expiresOn="2035-01-31", discount={"type": "amount", "value": 30})
    changed = (await studio.change(draft, title="New")).json()
    assert {name for name in changed if changed[name] != draft[name]} == {"title", "updatedAt"}
    assert (await studio.change(draft, expiresOn=None, discount=None)).json()["amount"] == 360


async def test_another_currency_needs_other_prices(studio: Studio) -> None:
    draft = await studio.draft(discount={"type": "amount", "value": 30})
    assert (await studio.change(draft, currency="USD")).status_code == 400
    assert (await studio.change(draft, currency="JPY", lines=LINES)).status_code == 400
    changed = (await studio.change(draft, currency="JPY", lines=LINES, discount=None)).json()
    assert (changed["currency"], changed["amount"]) == ("JPY", 360)


async def test_a_change_of_an_older_version_is_refused(studio: Studio) -> None:
    draft = await studio.draft()
    path = f"/api/quotes/{draft['id']}"
    etag = (await studio.staff.get(path)).headers["etag"]
    first = await studio.staff.patch(path, json={"notes": "A"}, headers={"If-Match": etag})
    assert (first.status_code, first.headers["etag"] != etag) == (200, True)
    assert (await studio.staff.patch(path, json={"notes": "B"}, headers={"If-Match": etag})).status_code == 412
    assert (await studio.staff.delete(path, headers={"If-Match": etag})).status_code == 412


async def test_only_a_draft_that_was_never_sent_is_deleted(studio: Studio) -> None:
    draft, sent = await studio.draft(), await studio.quote()
    await studio.change(sent, notes="A revision")
    assert code(await studio.staff.delete(f"/api/quotes/{sent['id']}")) == (409, "quote_not_draft")
    assert (await studio.staff.delete(f"/api/quotes/{draft['id']}")).json() == {"id": draft["id"], "deleted": True}
    assert (await studio.staff.get(f"/api/quotes/{draft['id']}")).status_code == 404


async def test_lists_show_what_single_reads_show(studio: Studio) -> None:
    plain = await studio.quote(expiresOn="2035-01-31", discount={"type": "amount", "value": 0.5}, taxInclusive=True)
    accepted, declined, asked = [await studio.quote() for _ in range(3)]
    await studio.answer(plain, "view")
    await studio.accept(accepted, optionalLines=[2], name="Ada King")
    await studio.answer(declined, "decline", reason="Too dear")
    await studio.answer(asked, "request-changes", comment="Cheaper?")
    draft = await studio.draft()
    ids = [quote["id"] for quote in (draft, asked, declined, accepted, plain)]
    assert (await studio.staff.get("/api/quotes")).json() == [
        (await studio.staff.get(f"/api/quotes/{id}")).json() for id in ids
    ]
    shown = (await studio.visitor.get("/api/quotes")).json()
    assert shown == [(await studio.visitor.get(f"/api/quotes/{id}")).json() for id in ids[1:]]
    assert (await studio.visitor.get("/api/portal")).json()["quotes"] == shown
    assert {frozenset(quote) for quote in shown} == {frozenset(FOR_CLIENT)}
    assert set(await studio.reload(plain)) == FOR_CLIENT | FOR_STAFF_ALONE


async def test_lists_are_filtered_searched_and_paged(studio: Studio) -> None:
    other = await studio.agency.client("Grace Hopper")
    first, second = await studio.quote(title="Shop_100%"), await studio.draft(clientId=other.id)

    async def found(**query: str) -> list[str]:
        return [quote["id"] for quote in (await studio.staff.get("/api/quotes", params=query)).json()]

    assert await found(status="sent") == [first["id"]]
    assert await found(clientId=other.id) == await found(q="hopper") == [second["id"]]
    assert await found(q="QUO-0001") == await found(q="shop_100%") == [first["id"]]
    assert await found(q="shopx100%") == []
    page = await studio.staff.get("/api/quotes?limit=1")
    assert [quote["id"] for quote in page.json()] == [second["id"]]
    assert 'rel="next"' in page.headers["link"]


async def test_a_draft_reaches_its_client_by_no_route(studio: Studio) -> None:
    draft = await studio.draft()
    path = f"/api/quotes/{draft['id']}"
    answers = [
        await studio.visitor.get(path),
        *[await studio.answer(draft, verb, **body) for verb, body in BODIES.items()],
    ]
    random = await studio.visitor.get(f"/api/quotes/{uuid4()}")
    assert {(answer.status_code, answer.json()["detail"]) for answer in answers} == {(404, random.json()["detail"])}
    assert (await studio.visitor.get("/api/quotes", params={"q": "Website"})).json() == []
    assert (await studio.visitor.get("/api/quotes", params={"status": "draft"})).json() == []
    assert (await studio.visitor.get("/api/portal")).json()["quotes"] == []


BODIES: dict[str, dict[str, Any]] = {
    "view": {},
    "accept": {"revision": 1},
    "request-changes": {"comment": "Cheaper?"},
    "decline": {},
}


async def test_strangers_find_nothing_and_change_nothing(studio: Studio, house: House) -> None:
    quote = await studio.quote()
    stranger, neighbour = await open_studio(house), await studio.agency.client()
    for http in (stranger.staff, stranger.visitor, neighbour.http):
        assert (await http.get(f"/api/quotes/{quote['id']}")).status_code == 404
        assert (await http.get("/api/quotes")).json() == []
    for http in (stranger.visitor, neighbour.http):
        for verb, body in BODIES.items():
            assert (await http.post(f"/api/quotes/{quote['id']}/{verb}", json=body)).status_code == 404
    assert (await stranger.change(quote, notes="Mine")).status_code == 404
    assert (await stranger.act(quote, "send")).status_code == 404
    assert await studio.reload(quote) == quote


async def test_each_side_does_its_own_part_alone(studio: Studio) -> None:
    quote = await studio.quote()
    path = f"/api/quotes/{quote['id']}"
    of_client = [await studio.staff.post(f"{path}/{verb}", json=body) for verb, body in BODIES.items()]
    assert {code(answer) for answer in of_client} == {(403, "client_only")}
    of_staff = [
        await studio.visitor.post("/api/quotes", json=studio.body()),
        await studio.visitor.patch(path, json={"notes": "x"}),
        await studio.visitor.delete(path),
        await studio.visitor.post(f"{path}/send"),
    ]
    assert {code(answer) for answer in of_staff} == {(403, "staff_only")}


async def test_waiting_quotes_are_counted_for_the_dashboard(studio: Studio) -> None:
    quotes = [await studio.quote() for _ in range(4)]
    await studio.draft()
    await studio.answer(quotes[0], "view")
    await studio.answer(quotes[1], "decline")
    await studio.answer(quotes[2], "request-changes", comment="Cheaper?")
    await (await open_studio(studio.house)).quote()
    stats = (await studio.visitor.get("/api/v1/portal/dashboard/stats")).json()
    assert stats["pendingEstimates"] == await pending(studio) == 2


async def test_what_is_past_waits_for_nobody(studio: Studio) -> None:
    today = studio.house.clock().date().isoformat()
    await studio.quote(expiresOn=today)
    assert await pending(studio) == 1
    studio.house.clock.advance(days=1)
    assert await pending(studio) == 0


async def pending(studio: Studio) -> int:
    """What billing tells the portal over gRPC."""
    peers: Peers = studio.house.chassis("portal").peers
    stub = papers_pb2_grpc.PapersServiceStub(peers.channel("billing"))
    request = papers_pb2.GetClientBalanceRequest(agency_id=studio.agency.id, client_ids=[studio.client.id])
    return int((await peers.ask(stub.GetClientBalance, request)).pending_quotes)
