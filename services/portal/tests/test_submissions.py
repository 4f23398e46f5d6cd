"""What anyone sends by an intake form: read, judged, kept, and told to the agency."""

import asyncio
import json
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.portal.tests.intake import (
    ANSWERS,
    a_form,
    announced,
    door,
    filled,
    from_elsewhere,
    leads_of,
    submit,
)
from tests.house import Agency, House

CREATED = "portal.lead.created"
PUBLIC_KEYS = {
    "id", "formId", "formName", "name", "email", "message", "questions", "answers", "status", "note", "spam",
    "clientId", "projectId", "convertedAt", "createdAt", "updatedAt",
}  # fmt: skip


@pytest.fixture
async def agency(house: House) -> Agency:
    return await house.agency()


@pytest.fixture
async def form(agency: Agency) -> dict[str, Any]:
    return await a_form(agency)


async def ask_for(agency: Agency, type: str, **more: Any) -> None:
    """A form with one question of that type, called `it`."""
    await a_form(agency, fields=[{"key": "it", "label": "It", "type": type, **more}])


async def is_spam(agency: Agency) -> bool:
    """Whether the newest lead is taken for spam."""
    spam, good = await leads_of(agency, spam=True), await leads_of(agency)
    return max(spam + good, key=lambda lead: str(lead["id"]))["spam"] is True


async def test_what_is_sent_becomes_a_lead(house: House, agency: Agency, form: dict[str, Any]) -> None:
    sent = filled(message="  We need a website.  ")
    answer = await house.gateway.post(door(agency), json=sent, headers=from_elsewhere())
    assert (answer.status_code, answer.json()) == (201, {"received": True})
    [lead] = await leads_of(agency)
    assert set(lead) == PUBLIC_KEYS
    assert (lead["name"], lead["email"], lead["message"]) == (sent["name"], sent["email"], "We need a website.")
    assert (lead["formId"], lead["formName"], lead["answers"]) == (form["id"], "Enquiry", ANSWERS)
    assert lead["questions"][0] == {"key": "budget", "label": "Budget", "type": "select"}
    assert (lead["status"], lead["spam"], lead["clientId"], lead["convertedAt"]) == ("new", False, None, None)
    [event] = await announced(house, agency, CREATED)
    assert event.data == lead == (await agency.http.get(f"/api/leads/{lead['id']}")).json()


async def test_the_agency_is_told_by_mail_and_by_webhook(house: House, agency: Agency, form: dict[str, Any]) -> None:
    await agency.made("/api/zapier", {"url": "http://127.0.0.1:9/lead", "events": ["lead.created"]})
    await submit(house, agency, name="Mira Okafor", message="We need a website.")

    async def told() -> list[dict[str, Any]]:
        return [
            mail for mail in await house.mails(agency.email) if mail["subject"] == "New lead: Mira Okafor (Enquiry)"
        ]

    [mail] = await house.eventually(told)
    assert "We need a website." in str(mail)

    async def delivered() -> list[dict[str, Any]]:
        return list((await agency.http.get("/api/webhook-deliveries")).json())

    assert (await house.eventually(delivered))[0]["eventType"] == "lead.created"


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ({"type": "text"}, "  one line ", "one line"),
        ({"type": "long_text"}, "two\nlines", "two\nlines"),
        ({"type": "number"}, 12.5, 12.5),
        ({"type": "number"}, 0, 0),
        ({"type": "email"}, "Mira@OKAFOR.test", "Mira@okafor.test"),
        ({"type": "phone"}, "+47 22 00 00 00", "+47 22 00 00 00"),
        ({"type": "url"}, "https://okafor.example/a?b=c", "https://okafor.example/a?b=c"),
        ({"type": "select", "options": ["A", "B"]}, "B", "B"),
        ({"type": "multi_select", "options": ["A", "B", "C"]}, ["C", "A", "C"], ["A", "C"]),
        ({"type": "checkbox"}, False, False),
        ({"type": "checkbox", "required": True}, True, True),
        ({"type": "date"}, "2028-02-29", "2028-02-29"),
    ],
    ids=str,
)
async def test_each_type_of_field_keeps_its_answer(
    house: House, agency: Agency, field: dict[str, Any], given: Any, kept: Any
) -> None:
    await ask_for(agency, **field)
    answer = await submit(house, agency, answers={"it": given})
    assert answer.status_code == 201, answer.text
    [lead] = await leads_of(agency)
    assert lead["answers"] == {"it": kept}


@pytest.mark.parametrize("empty", [None, "", "   ", []], ids=str)
async def test_an_empty_answer_is_none_and_refused_where_one_is_needed(
    house: House, agency: Agency, empty: object
) -> None:
    field = {"label": "It", "type": "text"}
    await a_form(agency, fields=[{"key": "it", **field}])
    await a_form(agency, slug="needed", fields=[{"key": "it", **field, "required": True}])
    assert (await submit(house, agency, answers={"it": empty})).status_code == 201
    [lead] = await leads_of(agency)
    assert lead["answers"] == {}
    refused = await submit(house, agency, "needed", answers={"it": empty})
    assert refused.json()["errors"] == [{"field": "answers.it", "message": "is required"}]


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ({"type": "text"}, "two\nlines"),
        ({"type": "text"}, "x" * 501),
        ({"type": "text"}, 5),
        ({"type": "text"}, {"a": 1}),
        ({"type": "text"}, "turned \u202e round"),
        ({"type": "long_text"}, "x" * 10_001),
        ({"type": "long_text"}, "a\x00b"),
        ({"type": "number"}, "12"),
        ({"type": "number"}, True),
        ({"type": "number"}, 1e16),
        ({"type": "email"}, "mira"),
        ({"type": "phone"}, "call me"),
        ({"type": "url"}, "javascript:alert(1)"),
        ({"type": "url"}, "https://"),
        ({"type": "url"}, "http://[half"),
        ({"type": "select", "options": ["A"]}, "C"),
        ({"type": "select", "options": ["A"]}, ["A"]),
        ({"type": "multi_select", "options": ["A"]}, ["A", "C"]),
        ({"type": "multi_select", "options": ["A"]}, "A"),
        ({"type": "checkbox"}, "yes"),
        ({"type": "checkbox", "required": True}, False),
        ({"type": "date"}, "2027-02-29"),
        ({"type": "date"}, "2027-02-01T00:00:00Z"),
        ({"type": "date"}, 0),
        ({"type": "file"}, "a name"),
    ],
    ids=lambda value: str(value)[:40],
)
async def test_an_answer_of_another_shape_is_refused_beside_its_field(
    house: House, agency: Agency, field: dict[str, Any], given: Any
) -> None:
    await ask_for(agency, **field)
    answer = await submit(house, agency, answers={"it": given})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid"), answer.text
    assert [error["field"] for error in answer.json()["errors"]] == ["answers.it"]
    assert await leads_of(agency) == []


async def test_what_the_form_does_not_ask_is_refused(house: House, agency: Agency, form: dict[str, Any]) -> None:
    unasked = await submit(house, agency, answers=ANSWERS | {"shoe size": 43})
    assert [error["field"] for error in unasked.json()["errors"]] == ["answers.shoe size"]
    several = await submit(house, agency, answers={"start": "soon"})
    assert {error["field"] for error in several.json()["errors"]} == {"answers.budget", "answers.start"}
    for wrong in ({"status": "won"}, {"spam": False}, {"email": "mira"}, {"name": ""}, {"message": "x" * 10_001}):
        answer = await submit(house, agency, **wrong)
        assert (answer.status_code, list(wrong)) == (400, [answer.json()["errors"][0]["field"]])
    assert await leads_of(agency) == []


async def test_a_filled_trap_is_answered_alike_and_kept_as_spam(
    house: House, agency: Agency, form: dict[str, Any]
) -> None:
    answer = await submit(house, agency, website="https://buy.example")
    assert (answer.status_code, answer.json()) == (201, {"received": True})
    assert await leads_of(agency) == []
    [spam] = await leads_of(agency, spam=True)
    assert spam["spam"] is True
    assert await announced(house, agency, CREATED) == []
    assert not [mail for mail in await house.mails(agency.email) if "lead" in mail["subject"]]


async def test_what_turns_out_to_be_no_spam_is_told_of_once(house: House, agency: Agency, form: dict[str, Any]) -> None:
    await submit(house, agency, website="mine")
    path = f"/api/leads/{(await leads_of(agency, spam=True))[0]['id']}"
    for spam in (False, True, False):
        assert (await agency.http.patch(path, json={"spam": spam})).json()["spam"] is spam
    [event] = await announced(house, agency, CREATED)
    assert event.data["spam"] is False
    assert len(await leads_of(agency)) == 1


@pytest.mark.parametrize(
    ("after", "spam"),
    [
        ({"seconds": 0}, True),
        ({"seconds": 1.5}, True),
        ({"seconds": 3}, False),
        ({"days": 7, "seconds": -10}, False),
        ({"days": 7}, True),
    ],
    ids=str,
)
async def test_whoever_is_too_quick_or_comes_after_a_week_is_taken_for_a_machine(
    house: House, agency: Agency, form: dict[str, Any], after: dict[str, float], spam: bool
) -> None:
    token = (await house.gateway.get(door(agency))).json()["formToken"]
    house.clock.advance(**after)
    assert (await submit(house, agency, formToken=token)).status_code == 201
    assert await is_spam(agency) is spam


async def test_a_token_that_we_did_not_give_for_this_form_is_a_machine_s(
    house: House, agency: Agency, form: dict[str, Any]
) -> None:
    await a_form(agency, slug="other")
    token = (await house.gateway.get(door(agency))).json()["formToken"]
    house.clock.advance(seconds=10)
    moment, _, mac = token.partition(".")
    for forged in (f"{int(moment) - 60_000}.{mac}", f"{moment}.{mac[:-2]}AA", "nonsense", "9.", f".{mac}"):
        assert (await submit(house, agency, formToken=forged)).status_code == 201
        assert await is_spam(agency) is True, forged
    assert (await submit(house, agency, "other", formToken=token)).status_code == 201
    assert await is_spam(agency) is True
    assert len(await leads_of(agency)) == 0


async def test_a_form_may_take_what_does_not_come_from_its_page_for_spam(house: House, agency: Agency) -> None:
    await a_form(agency, fromPageOnly=True)
    await submit(house, agency)
    assert await is_spam(agency) is True
    token = (await house.gateway.get(door(agency))).json()["formToken"]
    house.clock.advance(seconds=10)
    await submit(house, agency, formToken=token)
    assert await is_spam(agency) is False


async def test_an_address_sends_twenty_in_ten_minutes(house: House, agency: Agency, form: dict[str, Any]) -> None:
    here = from_elsewhere()
    answers = [await house.gateway.post(door(agency), json=filled(), headers=here) for _ in range(21)]
    assert {answer.status_code for answer in answers[:-1]} == {201}
    assert (answers[-1].status_code, answers[-1].json()["code"]) == (429, "rate_limited")
    assert int(answers[-1].headers["retry-after"]) > 0
    assert (await submit(house, agency)).status_code == 201
    assert len(await leads_of(agency, limit=200)) == 21


async def test_a_repeated_key_has_one_effect(house: House, agency: Agency, form: dict[str, Any]) -> None:
    headers, sent = from_elsewhere() | {"Idempotency-Key": f"key-{agency.id}"}, filled()
    answers: list[httpx.Response] = await asyncio.gather(
        *(house.gateway.post(door(agency), json=sent, headers=headers) for _ in range(10))
    )
    assert {(answer.status_code, answer.text) for answer in answers} == {(201, '{"received":true}')}
    assert len(await leads_of(agency)) == 1
    other = await house.gateway.post(door(agency), json=filled(), headers=headers)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert len(await announced(house, agency, CREATED)) == 1


async def test_a_body_of_another_kind_is_refused(house: House, agency: Agency, form: dict[str, Any]) -> None:
    cases: list[tuple[bytes, str, int]] = [
        (b"name=Mira", "application/x-www-form-urlencoded", 415),
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"null", "application/json", 400),
        (b"", "application/json", 400),
        (b'{"name": NaN}', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (json.dumps(filled(message="x" * 1_000_001)).encode(), "application/json", 413),
        (b"--x", "multipart/form-data", 400),
        (b"--x--\r\n", "multipart/form-data; boundary=x", 400),
    ]
    for content, kind, status in cases:
        headers = from_elsewhere() | {"Content-Type": kind}
        answer = await house.gateway.post(door(agency), content=content, headers=headers)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), content[
            :40
        ]
    assert await leads_of(agency) == []


async def test_a_lead_is_its_agency_s_alone(house: House, agency: Agency, form: dict[str, Any]) -> None:
    await submit(house, agency)
    stranger = await house.agency()
    assert await leads_of(stranger) == []
    async with house.database("portal").reader(UUID(stranger.id)) as reader:
        for table in ("intake_forms", "leads", "lead_files"):
            assert await reader.fetchval(f"SELECT count(*) FROM {table}") == 0
