"""Quotes from the client's side: looking, accepting, asking for changes, declining; once, and what was looked at."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from chassis.principals import ActorKind
from services.billing.tests.quoting import LINES, Studio, code, open_studio
from tests.house import House

AT_ONCE = 50
ANSWERS: list[tuple[str, dict[str, Any]]] = [
    ("accept", {"revision": 1}),
    ("request-changes", {"comment": "Cheaper?"}),
    ("decline", {"reason": "Too dear"}),
]


@pytest.fixture
async def studio(house: House) -> Studio:
    return await open_studio(house)


async def test_looks_are_counted_and_the_first_is_announced(studio: Studio) -> None:
    quote = await studio.quote()
    first = await studio.answer(quote, "view")
    assert (first.status_code, first.json()["status"]) == (200, "viewed")
    seen = await studio.reload(quote)
    assert (seen["viewCount"], seen["firstViewedAt"]) == (1, seen["lastViewedAt"])
    studio.house.clock.advance(hours=1)
    await studio.answer(quote, "view")
    again = await studio.reload(quote)
    assert (again["viewCount"], again["firstViewedAt"]) == (2, seen["firstViewedAt"])
    assert again["lastViewedAt"] > seen["lastViewedAt"]
    assert await studio.verbs(quote) == ["sent", "viewed"]


async def test_reading_is_no_look(studio: Studio) -> None:
    quote = await studio.quote()
    for http in (studio.visitor, studio.staff):
        for path in (f"/api/quotes/{quote['id']}", "/api/quotes"):
            assert (await http.get(path)).status_code == 200
    await studio.visitor.get("/api/portal")
    assert await studio.reload(quote) == quote


async def test_each_sent_revision_is_looked_at_for_a_first_time(studio: Studio) -> None:
    quote = await studio.quote()
    await studio.answer(quote, "view")
    await studio.change(quote, notes="Cheaper")
    await studio.sent(quote)
    assert (await studio.answer(quote, "view")).json()["status"] == "viewed"
    assert await studio.verbs(quote) == ["sent", "viewed", "sent", "viewed"]
    assert (await studio.reload(quote))["viewCount"] == 2


async def test_accepting_fixes_totals_name_and_project(studio: Studio) -> None:
    quote = await studio.quote()
    answer = await studio.accept(quote, optionalLines=[2, 1], name="Ada King")
    accepted = answer.json()
    assert (answer.status_code, accepted["status"], accepted["acceptedBy"]) == (200, "accepted", "Ada King")
    assert (accepted["optionalLines"], accepted["subtotal"], accepted["taxTotal"]) == ([1, 2], 380, 70)
    assert (accepted["amount"], [tax["base"] for tax in accepted["taxes"]]) == (450, [30, 350])
    assert [line["amount"] for line in accepted["lines"]] == [300, 50, 30]
    assert UUID(accepted["projectId"]).version == 7
    *_, event = await studio.announced(quote)
    assert (event.type, event.data) == ("billing.quote.accepted", await studio.reload(quote))
    assert (event.actor.kind, str(event.actor.id)) == (ActorKind.CLIENT, studio.client.id)


async def test_optional_lines_may_be_left(studio: Studio) -> None:
    accepted = (await studio.accept(await studio.quote())).json()
    assert (accepted["optionalLines"], accepted["amount"], accepted["acceptedBy"]) == ([], 360, "Ada Lovelace")


async def test_a_discount_is_taken_from_what_was_chosen(studio: Studio) -> None:
    quote = await studio.quote(discount={"type": "percent", "value": 10}, taxInclusive=True)
    accepted = (await studio.accept(quote, optionalLines=[2])).json()
    assert (accepted["subtotal"], accepted["discountTotal"], accepted["amount"]) == (330, 33, 297)


@pytest.mark.parametrize("chosen", [[0], [3], [1, 1], [-1], ["1"], [1.5], [True], 1])
async def test_only_optional_lines_can_be_chosen(studio: Studio, chosen: Any) -> None:
    quote = await studio.quote()
    assert (await studio.accept(quote, optionalLines=chosen)).status_code == 400
    assert (await studio.reload(quote))["status"] == "sent"


async def test_of_optional_lines_alone_one_must_be_chosen(studio: Studio) -> None:
    quote = await studio.quote(lines=LINES[1:])
    assert (await studio.accept(quote)).json()["errors"][0]["field"] == "optionalLines"
    assert (await studio.accept(quote, optionalLines=[1])).json()["amount"] == 30


async def test_a_stale_quote_cannot_be_accepted(studio: Studio) -> None:
    quote = await studio.quote()
    await studio.change(quote, notes="Dearer")
    assert code(await studio.accept(quote)) == (409, "quote_changed")
    revised = await studio.sent(quote)
    assert code(await studio.accept(quote)) == (409, "quote_changed")
    assert (await studio.accept(revised)).json()["revision"] == 2


@pytest.mark.parametrize("revision", [0, 2, None, "1"])
async def test_an_acceptance_names_the_revision(studio: Studio, revision: Any) -> None:
    quote = await studio.quote()
    body = {} if revision is None else {"revision": revision}
    assert (await studio.answer(quote, "accept", **body)).status_code in (400, 409)
    assert (await studio.reload(quote))["status"] == "sent"


@pytest.mark.parametrize(("verb", "body"), ANSWERS)
@pytest.mark.parametrize("first", ["accept", "decline"])
async def test_a_quote_is_answered_once(studio: Studio, first: str, verb: str, body: dict[str, Any]) -> None:
    quote = await studio.quote()
    assert (await studio.answer(quote, first, **dict(ANSWERS)[first])).status_code == 200
    before = await studio.reload(quote)
    assert code(await studio.answer(quote, verb, **body)) == (409, "quote_already_answered")
    assert code(await studio.act(quote, "send")) == (409, "quote_already_answered")
    assert await studio.reload(quote) == before


async def test_an_accepted_quote_is_not_changed(studio: Studio) -> None:
    quote = await studio.quote()
    await studio.accept(quote)
    assert code(await studio.change(quote, notes="Dearer")) == (409, "quote_already_answered")


async def test_of_many_acceptances_at_once_one_is_taken(studio: Studio) -> None:
    quote = await studio.quote()
    answers = await asyncio.gather(*(studio.accept(quote, optionalLines=[1 + n % 2]) for n in range(AT_ONCE)))
    (accepted,) = [answer.json() for answer in answers if answer.status_code == 200]
    refused = [answer for answer in answers if answer.status_code != 200]
    assert {code(answer) for answer in refused} == {(409, "quote_already_answered")}
    assert len(refused) == AT_ONCE - 1
    assert (await studio.reload(quote))["optionalLines"] == accepted["optionalLines"]
    assert await studio.verbs(quote) == ["sent", "accepted"]


async def test_accepting_and_changing_at_once_end_as_one_of_both(studio: Studio) -> None:
    for _ in range(5):
        quote = await studio.quote()
        accepted, changed = await asyncio.gather(studio.accept(quote), studio.change(quote, notes="Dearer"))
        assert sorted((accepted.status_code, changed.status_code)) == [200, 409]
        now = await studio.reload(quote)
        assert (now["status"], now["notes"]) == (("accepted", "") if accepted.is_success else ("draft", "Dearer"))


async def test_an_acceptance_repeated_with_its_key_has_one_effect_and_answer(studio: Studio) -> None:
    quote = await studio.quote()
    path, headers = f"/api/quotes/{quote['id']}/accept", {"Idempotency-Key": quote["id"]}
    answers = [await studio.visitor.post(path, json={"revision": 1}, headers=headers) for _ in range(3)]
    assert {(answer.status_code, answer.content) for answer in answers} == {(200, answers[0].content)}
    assert await studio.verbs(quote) == ["sent", "accepted"]


async def test_changes_can_be_asked_for_and_made(studio: Studio) -> None:
    quote = await studio.quote()
    asked = (await studio.answer(quote, "request-changes", comment="  Without photos?  ")).json()
    assert (asked["status"], asked["changeRequest"]) == ("changes_requested", "Without photos?")
    await studio.change(quote, lines=LINES[:1])
    revised = await studio.sent(quote)
    assert (revised["status"], revised["revision"], revised["changeRequest"]) == ("sent", 2, None)
    assert (await studio.accept(revised)).status_code == 200
    assert await studio.verbs(quote) == ["sent", "changes_requested", "sent", "accepted"]


async def test_whoever_asked_for_changes_may_still_accept(studio: Studio) -> None:
    quote = await studio.quote()
    await studio.answer(quote, "request-changes", comment="Cheaper?")
    assert (await studio.accept(quote)).json()["status"] == "accepted"


async def test_a_declined_quote_can_be_revised_and_offered_again(studio: Studio) -> None:
    quote = await studio.quote()
    declined = (await studio.answer(quote, "decline", reason="Too dear")).json()
    assert (declined["status"], declined["declineReason"]) == ("declined", "Too dear")
    assert declined["declinedAt"] is not None
    await studio.change(quote, lines=LINES[1:])
    again = await studio.sent(quote)
    assert (again["status"], again["declinedAt"], again["declineReason"]) == ("sent", None, None)


async def test_a_reason_need_not_be_given(studio: Studio) -> None:
    assert (await studio.answer(await studio.quote(), "decline")).json()["declineReason"] is None


@pytest.mark.parametrize("comment", ["", "   ", None, "x" * 10_001])
async def test_a_wish_for_changes_says_which(studio: Studio, comment: Any) -> None:
    quote = await studio.quote()
    assert (await studio.answer(quote, "request-changes", comment=comment)).status_code == 400


async def test_the_token_may_come_in_the_body(studio: Studio) -> None:
    quote, token = await studio.quote(), studio.client.token
    for verb, body in [("view", {}), *reversed(ANSWERS[:2])]:
        answer = await studio.house.gateway.post(f"/api/quotes/{quote['id']}/{verb}", json={**body, "token": token})
        assert answer.status_code == 200, answer.text


async def test_a_company_answers_for_its_clients(studio: Studio) -> None:
    company = await studio.agency.company("Analytical Engines")
    quote = await studio.quote(clientId=(await company.client()).id)
    accepted = await company.http.post(f"/api/quotes/{quote['id']}/accept", json={"revision": 1})
    assert (accepted.status_code, accepted.json()["acceptedBy"]) == (200, "Analytical Engines")


async def test_both_sides_are_mailed(studio: Studio) -> None:
    draft = await studio.draft(title="Relaunch", expiresOn="2035-01-31")
    assert (await studio.act(draft, "send")).status_code == 200
    offered = await mailed(studio, studio.client.email, "Quote QUO-0001 from Studio North: Relaunch")
    assert f"/client-portal/{studio.client.token}" in offered["text"]
    assert "31 January 2035" in offered["text"]
    await studio.answer(draft, "request-changes", comment="A little cheaper, please")
    assert "A little cheaper, please" in (await mailed(studio, studio.agency.email, "asks for changes"))["text"]
    await studio.accept(draft, optionalLines=[1])
    accepted = await mailed(studio, studio.agency.email, "Ada Lovelace accepted quote QUO-0001: Relaunch")
    assert "€420.00" in accepted["text"]
    other = await studio.quote()
    await studio.answer(other, "decline", reason="We have no time")
    assert "We have no time" in (await mailed(studio, studio.agency.email, "declined quote QUO-0002"))["text"]
    assert not [mail for mail in await studio.house.mails(studio.client.email) if "QUO-0002" in mail["subject"]]


async def mailed(studio: Studio, address: str, subject: str) -> dict[str, Any]:
    async def arrived() -> dict[str, Any] | None:
        return next((mail for mail in await studio.house.mails(address) if subject in mail["subject"]), None)

    return dict(await studio.house.eventually(arrived, 20))
