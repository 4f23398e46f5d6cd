"""Contracts: written as drafts, filled and frozen when they are sent, seen by their client from then on."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from chassis.typesetting import Typesetter
from chassis.worker import Result, Worker
from chassis.worker_child import JsonObject
from services.projects.tests.announced import announced
from services.projects.tests.contract_doors import PLAIN, TEXT, Desk, open_desk
from services.projects.tests.office import without_time
from services.projects.tests.signing_doors import problem
from tests.house import House

NOWHERE = "01999a3e-7a10-7c55-9d5e-2f6f3f1f0a11"
SIGNATURE = {"signatureData": "Zoë", "clientName": "Zoë", "consent": True}
STAFF_ONLY = {"firstViewedAt", "lastViewedAt", "viewCount"}


@pytest.fixture
async def desk(house: House) -> Desk:
    return await open_desk(house)


async def test_a_draft_keeps_its_merge_fields(desk: Desk) -> None:
    draft = await desk.draft(TEXT, projectId=desk.project["id"])
    assert (draft["status"], draft["body"], draft["textSha256"]) == ("draft", TEXT, None)
    assert (draft["signatures"], draft["fileId"], draft["projectId"]) == ([], None, desk.project["id"])
    assert await desk.read(draft) == draft


async def test_sending_fills_the_fields_for_good_and_tells_the_hash_of_the_text(desk: Desk) -> None:
    sent = await desk.sent(TEXT, projectId=desk.project["id"], title="Terms of {{client.name}}")
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    body = f"# Terms\n\nBetween Studio North and Zoë Client, from {today}: we keep **Website** running."
    assert (sent["status"], sent["title"], sent["body"]) == ("sent", "Terms of Zoë Client", body)
    assert sent["textSha256"] == hashlib.sha256(f"Terms of Zoë Client\n\n{body}".encode()).hexdigest()
    await desk.agency.http.patch(f"/api/clients/{desk.client.id}", json={"name": "Another name"})
    assert (await desk.read(sent))["body"] == body


@pytest.mark.parametrize("field", ["{{client.nme}}", "{{ }}", "{{client.email}}", "{{agency}}", "{{__class__}}"])
@pytest.mark.parametrize("place", ["body", "title"])
async def test_an_unknown_merge_field_is_refused_when_it_is_written(desk: Desk, place: str, field: str) -> None:
    wanted = {"clientId": desk.client.id, "title": "Maintenance", "body": PLAIN} | {place: f"Dear {field},"}
    refused = problem(await desk.agency.http.post("/api/contracts", json=wanted), 400, "invalid")
    assert [error["field"] for error in refused["errors"]] == [place]
    draft = await desk.draft()
    changed = await desk.agency.http.patch(f"/api/contracts/{draft['id']}", json={place: f"Dear {field},"})
    problem(changed, 400, "invalid")


async def test_a_text_that_names_a_project_needs_one(desk: Desk) -> None:
    wanted = {"clientId": desk.client.id, "title": "Terms", "body": TEXT}
    refused = problem(await desk.agency.http.post("/api/contracts", json=wanted), 400, "invalid")
    assert refused["errors"][0]["field"] == "body"
    draft = await desk.draft(TEXT, projectId=desk.project["id"])
    without = await desk.agency.http.patch(f"/api/contracts/{draft['id']}", json={"projectId": None})
    problem(without, 400, "invalid")


async def test_what_is_filled_in_is_text_and_no_markup(house: House, desk: Desk) -> None:
    hostile = "**[x](http://evil.test)** {{agency.name}} <b>"
    client = await desk.agency.client(name=hostile)
    sent = await Desk(house, desk.agency, client, {}).sent("{{client.name}}\n\nand {{ client.name }}.")
    assert "Studio North" not in sent["body"]
    words = await desk.words(sent, by=client.http)
    assert words.count("**[x](http://evil.test)** {{agency.name}} <b>") >= 2


async def test_the_client_sees_nothing_of_a_draft(desk: Desk) -> None:
    draft = await desk.draft("canary-of-a-draft")
    unknown = await desk.client.http.get(f"/api/contracts/{NOWHERE}")
    for path in (f"/api/contracts/{draft['id']}", f"/api/contracts/{draft['id']}/pdf"):
        assert without_time(await desk.client.http.get(path)) == without_time(unknown)
    for verb in ("view", "sign", "decline"):
        body = {"signatureData": "Z", "clientName": "Z", "consent": True} if verb == "sign" else {}
        problem(await desk.answer(draft, verb, body), 404, "not_found")
    assert (await desk.client.http.get("/api/contracts")).json() == []
    assert (await desk.client.http.get("/api/contracts", params={"status": "draft"})).json() == []
    portal = (await desk.client.http.get("/api/portal")).text
    assert draft["id"] not in portal and "canary-of-a-draft" not in portal


async def test_the_client_sees_what_was_sent_without_what_is_the_agencys_alone(desk: Desk) -> None:
    sent = await desk.sent()
    seen = await desk.read(sent, by=desk.client.http)
    assert set(sent) - set(seen) == STAFF_ONLY and set(seen) < set(sent)
    (listed,) = (await desk.client.http.get("/api/contracts")).json()
    assert listed == {name: value for name, value in seen.items() if name not in ("body", "consentText")}
    (of_snapshot,) = (await desk.client.http.get("/api/portal")).json()["contracts"]
    assert of_snapshot == listed


async def test_a_list_holds_contracts_without_their_texts_as_staff_see_them(desk: Desk) -> None:
    first, second = await desk.sent(), await desk.draft(title="Hosting")
    listed = (await desk.agency.http.get("/api/contracts")).json()
    assert listed == [
        {name: value for name, value in one.items() if name not in ("body", "consentText")} for one in (second, first)
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"status": "draft"}, ["Hosting"]),
        ({"status": "signed"}, []),
        ({"q": "HOST"}, ["Hosting"]),
        ({"q": "zoë"}, ["Hosting", "Maintenance"]),
        ({"q": "%"}, []),
        ({"clientId": NOWHERE}, []),
        ({"projectId": NOWHERE}, []),
    ],
    ids=lambda value: str(value),
)
async def test_a_list_can_be_narrowed(desk: Desk, query: dict[str, str], found: list[str]) -> None:
    await desk.sent()
    await desk.draft(title="Hosting")
    listed = (await desk.agency.http.get("/api/contracts", params=query)).json()
    assert [one["title"] for one in listed] == found


async def test_a_list_goes_on_by_cursor(desk: Desk) -> None:
    ids = [(await desk.draft())["id"] for _ in range(3)]
    first = await desk.agency.http.get("/api/contracts", params={"limit": 2})
    rest = await desk.agency.http.get(first.links["next"]["url"])
    assert [one["id"] for one in first.json() + rest.json()] == ids[::-1]
    assert "next" not in rest.links


async def test_what_was_sent_can_be_neither_changed_nor_deleted(desk: Desk) -> None:
    sent = await desk.sent()
    path = f"/api/contracts/{sent['id']}"
    problem(await desk.agency.http.patch(path, json={"body": "You pay twice."}), 409, "contract_not_draft")
    problem(await desk.agency.http.delete(path), 409, "contract_not_draft")
    assert await desk.read(sent) == sent


async def test_a_draft_is_changed_and_deleted_under_its_etag(desk: Desk) -> None:
    draft = await desk.draft()
    path = f"/api/contracts/{draft['id']}"
    etag = (await desk.agency.http.get(path)).headers["etag"]
    changed = await desk.agency.http.patch(path, json={"title": "Hosting"}, headers={"If-Match": etag})
    assert (changed.status_code, changed.json()["title"]) == (200, "Hosting")
    stale = await desk.agency.http.patch(path, json={"title": "Other"}, headers={"If-Match": etag})
    problem(stale, 412, "precondition_failed")
    gone = await desk.agency.http.delete(path, headers={"If-Match": changed.headers["etag"]})
    assert gone.json() == {"id": draft["id"], "deleted": True}
    problem(await desk.agency.http.get(path), 404, "not_found")


async def test_a_contract_is_for_a_client_and_a_project_of_the_agency(house: House, desk: Desk) -> None:
    stranger = await open_desk(house)
    neighbour = await desk.agency.client(name="Neighbour")
    theirs = await desk.agency.project(neighbour)
    for wrong in (
        {"clientId": stranger.client.id},
        {"clientId": NOWHERE},
        {"projectId": stranger.project["id"]},
        {"projectId": theirs["id"]},
        {"projectId": NOWHERE},
        {"templateId": NOWHERE, "body": None},
        {"templateId": NOWHERE},
        {"body": None},
        {"title": None},
    ):
        body: dict[str, Any] = {"clientId": desk.client.id, "title": "Maintenance", "body": PLAIN} | wrong
        answer = await desk.agency.http.post("/api/contracts", json={k: v for k, v in body.items() if v is not None})
        problem(answer, 400, "invalid")


async def test_nobody_else_finds_a_contract(house: House, desk: Desk) -> None:
    sent = await desk.sent()
    stranger = await open_desk(house)
    neighbour = await desk.agency.client(name="Neighbour")
    for http in (neighbour.http, stranger.client.http, stranger.agency.http):
        unknown = without_time(await http.get(f"/api/contracts/{NOWHERE}"))
        assert without_time(await http.get(f"/api/contracts/{sent['id']}")) == unknown
        assert without_time(await http.get(f"/api/contracts/{sent['id']}/pdf")) == unknown
        assert (await http.get("/api/contracts")).json() == []
    for verb in ("send", "void"):
        unknown = without_time(await stranger.act({"id": NOWHERE}, verb))
        assert without_time(await stranger.act(sent, verb)) == unknown
        assert (await desk.client.http.post(f"/api/contracts/{sent['id']}/{verb}")).status_code == 403
    assert (await house.gateway.get(f"/api/contracts/{sent['id']}")).status_code == 401


async def test_the_portal_of_a_company_shows_the_contracts_of_its_clients(house: House, desk: Desk) -> None:
    company = await desk.agency.company()
    client = await company.client()
    sent = await Desk(house, desk.agency, client, {}).sent()
    assert [one["id"] for one in (await company.http.get("/api/contracts")).json()] == [sent["id"]]


async def test_a_module_that_is_off_is_shut_for_clients_alone(desk: Desk) -> None:
    sent = await desk.sent()
    # R1's config takes the modules that are on.
    changed = await desk.agency.http.patch("/api/v1/client-portal/config", json={"enabled_modules": ["projects"]})
    assert changed.status_code == 200

    async def is_shut() -> bool:
        return (await desk.client.http.get(f"/api/contracts/{sent['id']}")).status_code == 403

    await desk.house.eventually(is_shut)
    for answer in (
        await desk.sign(sent),
        await desk.answer(sent, "view"),
        await desk.client.http.get("/api/contracts"),
    ):
        problem(answer, 403, "module_off")
    assert (await desk.agency.http.get(f"/api/contracts/{sent['id']}")).status_code == 200


async def test_the_first_look_in_person_is_announced_once(desk: Desk) -> None:
    sent = await desk.sent()
    await desk.read(sent, by=desk.client.http)
    assert (await desk.read(sent))["viewCount"] == 0
    assert (await desk.answer(sent, "view")).json()["status"] == "viewed"
    desk.house.clock.advance(minutes=5)
    assert (await desk.answer(sent, "view")).status_code == 200
    seen = await desk.read(sent)
    assert (seen["viewCount"], seen["status"]) == (2, "viewed")
    assert seen["firstViewedAt"] < seen["lastViewedAt"]
    assert len(await announced(desk.house, desk.agency, "projects.contract.viewed")) == 1


async def test_a_declined_contract_can_be_neither_signed_nor_sent_again(desk: Desk) -> None:
    sent = await desk.sent()
    declined = (await desk.answer(sent, "decline", {"reason": "Too long."})).json()
    assert (declined["status"], declined["declineReason"]) == ("declined", "Too long.")
    problem(await desk.sign(sent), 409, "contract_declined")
    problem(await desk.answer(sent, "decline"), 409, "contract_declined")
    problem(await desk.act(sent, "send"), 409, "contract_declined")
    (event,) = await announced(desk.house, desk.agency, "projects.contract.declined")
    assert event.data == await desk.read(sent)


async def test_what_was_withdrawn_stays_visible_and_cannot_be_signed(desk: Desk) -> None:
    sent = await desk.sent()
    assert (await desk.act(sent, "void")).json()["status"] == "void"
    assert (await desk.read(sent, by=desk.client.http))["status"] == "void"
    for answer in (await desk.sign(sent), await desk.answer(sent, "decline"), await desk.act(sent, "void")):
        problem(answer, 409, "contract_void")
    assert "Void" in await desk.words(sent)


async def test_a_draft_is_not_withdrawn(desk: Desk) -> None:
    problem(await desk.act(await desk.draft(), "void"), 409, "contract_not_sent")


async def test_a_client_without_an_address_is_sent_no_mail(house: House, desk: Desk) -> None:
    company = await desk.agency.company()
    answer = await desk.agency.http.post(f"/api/companies/{company.id}/clients", json={"name": "Nobody"})
    draft = await desk.draft(clientId=answer.json()["id"])
    problem(await desk.act(draft, "send"), 409, "contract_client_has_no_email")
    assert (await desk.act(draft, "send", {"sendEmail": False})).json()["status"] == "sent"


async def test_a_text_that_grows_too_long_by_its_fields_is_not_sent(house: House, desk: Desk) -> None:
    client = await desk.agency.client(name="n" * 200)
    draft = await Desk(house, desk.agency, client, {}).draft("{{client.name}} " * 400)
    problem(await desk.act(draft, "send", {"sendEmail": False}), 409, "contract_too_long")
    assert (await desk.read(draft))["status"] == "draft"


async def test_a_text_of_too_many_pieces_is_not_sent(desk: Desk) -> None:
    draft = await desk.draft("- x\n" * 3001)
    problem(await desk.act(draft, "send", {"sendEmail": False}), 409, "contract_too_long")
    assert (await desk.read(draft))["status"] == "draft"
    longest = await desk.sent("#\n" * 2999 + "a\\\n" * 10_000, projectId=desk.project["id"])
    assert (await desk.answer(longest, "sign", SIGNATURE)).json()["status"] == "signed"


class PausingWorker(Worker):
    """A worker that begins when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.reached, self.go_on = asyncio.Event(), asyncio.Event()

    async def run(self, job: str, data: JsonObject, blob: bytes = b"", *, deadline: float) -> Result:
        """Do the job when the test says so."""
        self.reached.set()
        await self.go_on.wait()
        return await super().run(job, data, blob, deadline=deadline)


@pytest.fixture
async def pausing(house: House) -> AsyncIterator[PausingWorker]:
    """The worker of the service, which waits for the test."""
    context, worker = house.apps["projects"].state.context, PausingWorker()
    house.apps["projects"].state.context = replace(context, typesetter=Typesetter(worker))
    yield worker
    house.apps["projects"].state.context = context
    await worker.close()


async def test_a_draft_that_changes_while_it_is_sent_is_not_sent_unseen(desk: Desk, pausing: PausingWorker) -> None:
    draft = await desk.draft("We pay 100.")
    sending = asyncio.create_task(desk.act(draft, "send", {"sendEmail": False}))
    await asyncio.wait_for(pausing.reached.wait(), 20)
    changed = await desk.agency.http.patch(f"/api/contracts/{draft['id']}", json={"body": "We pay 900."})
    assert changed.status_code == 200
    pausing.go_on.set()
    problem(await sending, 409, "contract_changed")
    assert (await desk.read(draft))["status"] == "draft"


async def test_a_contract_withdrawn_while_it_is_sealed_is_not_signed(desk: Desk, pausing: PausingWorker) -> None:
    draft = await desk.draft()
    pausing.go_on.set()
    await desk.act(draft, "send", {"sendEmail": False})
    pausing.go_on.clear()
    pausing.reached.clear()
    signing = asyncio.create_task(desk.sign(draft))
    await asyncio.wait_for(pausing.reached.wait(), 20)
    assert (await desk.act(draft, "void")).json()["status"] == "void"
    pausing.go_on.set()
    problem(await signing, 409, "contract_void")
    store = desk.house.apps["projects"].state.context.store
    assert [one async for batch in store.list(f"projects/{desk.agency.id}") for one in batch] == []


async def test_the_pdf_of_a_draft_shows_staff_what_would_be_sent(desk: Desk) -> None:
    draft = await desk.draft(TEXT, projectId=desk.project["id"])
    words = await desk.words(draft, by=desk.agency.http)
    assert "Between Studio North and Zoë Client" in words and "we keep Website running." in words
    assert "Draft" in words and "{{" not in words
    assert (await desk.read(draft))["body"] == TEXT


async def test_a_text_is_the_same_paper_every_time(desk: Desk) -> None:
    sent = await desk.sent("# Terms\n\nWe build it.")
    first = await desk.pdf(sent)
    await asyncio.sleep(1.1)  # PDFs tell their time by seconds
    assert await desk.pdf(sent) == first


async def test_markdown_becomes_a_paper_and_never_code(desk: Desk) -> None:
    body = (
        "## Scope\n\n1. First\n   - inner\n2. Second\n\n| Item | Price |\n|---|---|\n| Hosting | 10 |\n\n> quoted\n\n"
        '#read("/etc/passwd") $x$ <script>alert(1)</script> [terms](https://acme.test/terms) ![logo](http://a.test/l.png)'
    )
    words = await desk.words(await desk.sent(body))
    for text in (
        "Scope",
        "1. First",
        "• inner" if "• inner" in words else "◦ inner",
        "2. Second",
        "Hosting 10",
        "quoted",
    ):
        assert text in words
    assert '#read("/etc/passwd") $x$ <script>alert(1)</script> terms (https://acme.test/terms) logo' in words
    assert "root:" not in words and "## Scope" not in words


async def test_what_happens_to_a_contract_stands_in_the_activity_feed(desk: Desk) -> None:
    sent = await desk.sent(projectId=desk.project["id"])
    await desk.answer(sent, "view")
    await desk.answer(sent, "decline")
    await desk.act(sent, "void")
    feed = (await desk.agency.http.get("/api/activity", params={"projectId": desk.project["id"]})).json()
    told = [(one["type"], one["visibility"]) for one in feed if one["subject"]["id"] == sent["id"]]
    assert told == [
        ("contract.voided", "client"),
        ("contract.declined", "client"),
        ("contract.viewed", "internal"),
        ("contract.sent", "client"),
    ]
