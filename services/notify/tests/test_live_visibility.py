"""What clients hear: their own, what they are shown, as they are shown it, and of what is switched on."""

from typing import Any

import httpx

from chassis.ids import new_id
from services.portal.portal_settings.models import Module
from tests.house import Agency, Client, House
from tests.listening import Listener, listening

EVENTS = "/api/events"
PORTAL_EVENTS = "/api/portal/events"
CONFIG = "/api/v1/client-portal/config"
BEFORE_ALL = "00000000-0000-0000-0000-000000000000"
# Only the agency hears these, or those of them that the work below makes hidden.
OF_THE_AGENCY = {
    "client.created",
    "client.updated",
    "invoice.created",
    "invoice.viewed",
    "client_portal.token_created",
    "client_portal.token_accessed",
    "task.created",
    "task.updated",
    "task.completed",
}


async def ok(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code in (200, 201), answer.text
    return dict(answer.json())


async def upload(http: httpx.AsyncClient, project: dict[str, Any], name: str, *, visible: bool) -> dict[str, Any]:
    form = {"projectId": project["id"], "visibleToClient": str(visible).lower()}
    return await ok(await http.post("/api/files", data=form, files={"file": (name, b"text", "text/plain")}))


async def work_in_the_open(agency: Agency, client: Client, canary: str) -> dict[str, str]:
    """What the client sees of a collaboration: path by event, to read it by afterwards."""
    project = await agency.project(client, canary)
    file = await upload(agency.http, project, f"{canary}.txt", visible=True)
    threads = (await agency.http.get(f"/api/projects/{project['id']}/threads")).json()
    messages = f"/api/threads/{threads[0]['id']}/messages"
    await ok(await agency.http.post(messages, json={"content": canary, "attachments": [file["id"]]}))
    update = await ok(await agency.http.post("/api/ai", json={"projectId": project["id"]}))
    await ok(await agency.http.post(f"/api/ai/{update['id']}/publish"))
    lines = [{"description": canary, "quantity": 1, "unitPrice": 50, "taxRate": 25}]
    bill = {"clientId": client.id, "currency": "EUR", "dueDate": "2030-01-31", "lines": lines, "notes": canary}
    invoice = await ok(await agency.http.post("/api/invoices", json=bill))
    await ok(await client.http.post(f"/api/invoices/{invoice['id']}/view", json={}))
    paid = {"amount": 62.5, "note": "HIDDEN note", "method": "cash"}
    await ok(await agency.http.post(f"/api/invoices/{invoice['id']}/payments", json=paid))
    void = await ok(await agency.http.post("/api/invoices", json=bill))
    await ok(await agency.http.post(f"/api/invoices/{void['id']}/void"))
    half = await ok(await agency.http.post("/api/invoices", json=bill))
    note = await ok(await agency.http.post(f"/api/invoices/{half['id']}/credit-notes", json={"amount": 5}))
    offer = {"clientId": client.id, "title": canary, "currency": "EUR", "lines": lines}
    quote = await ok(await agency.http.post("/api/quotes", json=offer))
    await ok(await agency.http.post(f"/api/quotes/{quote['id']}/send", json={"sendEmail": False}))
    await ok(await client.http.post(f"/api/files/{file['id']}/approve"))
    await ok(await agency.http.patch(f"/api/projects/{project['id']}", json={"description": canary}))
    return {
        "project.created": "",
        "project.updated": f"/api/projects/{project['id']}",
        "file.uploaded": "",
        "file.approved": f"/api/files/{file['id']}",
        "message.created": messages,
        "update.published": f"/api/ai?projectId={project['id']}",
        "invoice.sent": "",
        "invoice.voided": f"/api/invoices/{void['id']}",
        "invoice.paid": f"/api/invoices/{invoice['id']}",
        "credit_note.created": f"/api/credit-notes/{note['id']}",
        "quote.sent": f"/api/quotes/{quote['id']}",
        "payment.received": f"/api/invoices/{invoice['id']}/payments",
    }


async def work_in_secret(agency: Agency, client: Client) -> None:
    """What the client must not hear of, HIDDEN in each."""
    project = await agency.project(client, "Website")
    await upload(agency.http, project, "HIDDEN.txt", visible=False)
    threads = f"/api/projects/{project['id']}/threads"
    internal = await ok(await agency.http.post(threads, json={"name": "HIDDEN", "visibility": "internal"}))
    await ok(await agency.http.post(f"/api/threads/{internal['id']}/messages", json={"content": "HIDDEN"}))
    await ok(await agency.http.post("/api/ai", json={"projectId": project["id"]}))
    lines = [{"description": "HIDDEN", "quantity": 1, "unitPrice": 50}]
    offer = {"clientId": client.id, "title": "HIDDEN", "currency": "EUR", "lines": lines}
    await ok(await agency.http.post("/api/quotes", json=offer))
    tasks = f"/api/projects/{project['id']}/tasks"
    await ok(await agency.http.post(tasks, json={"title": "HIDDEN", "visibleToClient": False}))
    bill = {"clientId": client.id, "currency": "EUR", "dueDate": "2030-01-31", "lines": lines, "draft": True}
    draft = await ok(await agency.http.post("/api/invoices", json=bill))
    await ok(await agency.http.patch(f"/api/invoices/{draft['id']}", json={"notes": "HIDDEN"}))
    await ok(await agency.http.patch(f"/api/clients/{client.id}", json={"name": "Ada King"}))


async def heard_by_staff(agency: Agency, listener: Listener, count: dict[str, int]) -> list[dict[str, Any]]:
    """Everything up to so many events of each type: by then all that came before them is kept."""
    heard: list[dict[str, Any]] = []
    while any(sum(one["type"] == type for one in heard) < wanted for type, wanted in count.items()):
        heard.append(await listener.event())
    return heard


async def backlog(house: House, http: httpx.AsyncClient) -> list[dict[str, Any]]:
    async with listening(house, http, PORTAL_EVENTS, after=BEFORE_ALL) as listener:
        return await listener.backlog()


async def test_a_client_hears_what_rest_shows_it_and_nothing_else(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    async with listening(house, agency.http, EVENTS) as staff, listening(house, client.http, PORTAL_EVENTS) as live:
        await work_in_secret(agency, client)
        paths = await work_in_the_open(agency, client, "OPEN")
        counted = {
            "project.updated": 1,
            "file.approved": 1,
            "invoice.paid": 1,
            "invoice.voided": 1,
            "client.updated": 1,
            "message.created": 2,
            "update.published": 1,
            "task.created": 1,
            "quote.sent": 1,
        }
        everything = await heard_by_staff(agency, staff, counted)
        told = await backlog(house, client.http)
        assert sorted(one["type"] for one in told) == sorted([*paths, "project.created", *["invoice.sent"] * 2])
        assert "HIDDEN" not in str(told)
        assert "HIDDEN" in str(everything)
        assert {one["type"] for one in everything} - {one["type"] for one in told} <= OF_THE_AGENCY
        # Live it is the same as afterwards.
        assert sorted([(await live.event())["id"] for _ in told]) == sorted(one["id"] for one in told)
    for type, path in paths.items():
        if path:
            shown = (await client.http.get(path)).json()
            (event,) = [one for one in told if one["type"] == type]
            assert event["data"] == (shown[0] if isinstance(shown, list) else shown), type


async def test_a_client_hears_of_a_refund_as_rest_shows_it(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    bill = {"clientId": client.id, "currency": "EUR", "dueDate": "2030-01-31", "amount": 50}
    invoice = await ok(await agency.http.post("/api/invoices", json=bill))
    payments = f"/api/invoices/{invoice['id']}/payments"
    payment = await ok(await agency.http.post(payments, json={"amount": 50, "note": "HIDDEN"}))
    async with listening(house, client.http, PORTAL_EVENTS) as theirs:
        body = {"amount": 20, "reason": "HIDDEN"}
        await ok(await agency.http.post(f"/api/payments/{payment['id']}/refunds", json=body))
        while (event := await theirs.event())["type"] != "payment.refunded":
            pass
    assert "HIDDEN" not in str(event)
    assert [event["data"]] == (await client.http.get(payments)).json()


async def test_a_client_hears_of_contracts_as_rest_shows_them_and_of_no_drafts(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    wanted = {"clientId": client.id, "title": "Terms", "body": "We build it."}
    await agency.made("/api/contracts", wanted | {"title": "HIDDEN"})
    path = f"/api/contracts/{(await agency.made('/api/contracts', wanted))['id']}"
    async with listening(house, agency.http, EVENTS) as staff, listening(house, client.http, PORTAL_EVENTS) as theirs:
        await ok(await agency.http.post(f"{path}/send", json={"sendEmail": False}))
        sent = await theirs.event()
        assert sent["data"] == (await client.http.get(path)).json()
        await ok(await client.http.post(f"{path}/view", json={}))
        mark = {"signatureData": "Ada", "clientName": "Ada", "consent": True}
        await ok(await client.http.post(f"{path}/sign", json=mark))
        everything = await heard_by_staff(agency, staff, {"contract.signed": 1})
        signed = await theirs.event()
    assert (sent["type"], signed["type"]) == ("contract.sent", "contract.signed")
    assert signed["data"] == (await client.http.get(path)).json()
    (full,) = [one["data"] for one in everything if one["type"] == "contract.signed"]
    assert full == (await agency.http.get(path)).json()
    assert [one["type"] for one in everything if one["type"].startswith("contract.")] == [
        "contract.sent",
        "contract.viewed",
        "contract.signed",
    ]


async def test_a_client_hears_its_own_progress(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    project = await agency.project(client)
    tasks = f"/api/projects/{project['id']}/tasks"
    for visible, status in ((True, "todo"), (False, "complete")):
        await agency.made(tasks, {"title": "A task", "visibleToClient": visible, "status": status})
    async with listening(house, agency.http, EVENTS) as staff, listening(house, client.http, PORTAL_EVENTS) as theirs:
        await ok(await agency.http.patch(f"/api/projects/{project['id']}", json={"name": "Renamed"}))
        (*_, full) = await heard_by_staff(agency, staff, {"project.updated": 1})
        event = await theirs.event()
    assert (event["type"], event["data"]["progress"], full["data"]["progress"]) == ("project.updated", 0, 50)
    assert event["data"] == (await client.http.get(f"/api/projects/{project['id']}")).json()


async def test_a_client_hears_nothing_of_others_and_a_company_all_of_its_own(house: House) -> None:
    agency = await house.agency()
    company = await agency.company()
    ada, mary = await company.client("Ada"), await company.client("Mary")
    stranger, foreigner = await agency.client("Stranger"), await (await house.agency()).client("Foreigner")
    async with listening(house, agency.http, EVENTS) as staff:
        for client, canary in ((ada, "ADAS"), (mary, "MARYS"), (stranger, "STRANGERS")):
            await work_in_the_open(agency, client, canary)
        counted = {"project.updated": 3, "file.approved": 3, "invoice.paid": 3, "invoice.voided": 3}
        await heard_by_staff(agency, staff, counted | {"message.created": 3, "update.published": 3})
    told = {one.id: str(await backlog(house, one.http)) for one in (ada, mary, stranger, foreigner)}
    for client, canary in ((ada, "ADAS"), (mary, "MARYS"), (stranger, "STRANGERS")):
        assert [id for id, text in told.items() if canary in text] == [client.id]
    both = str(await backlog(house, company.http))
    assert ("ADAS" in both, "MARYS" in both, "STRANGERS" in both) == (True, True, False)


async def test_what_is_switched_off_is_not_told_and_told_again_when_it_is_on(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    await ok(
        await agency.http.patch(CONFIG, json={"enabled_modules": [one for one in Module if one is not Module.INVOICES]})
    )

    async def is_off() -> bool:
        return (await client.http.get("/api/invoices")).status_code == 403

    await house.eventually(is_off)
    async with listening(house, agency.http, EVENTS) as staff, listening(house, client.http, PORTAL_EVENTS) as live:
        project = await agency.project(client)
        bill = {"clientId": client.id, "currency": "EUR", "dueDate": "2030-01-31", "amount": 10}
        await ok(await agency.http.post("/api/invoices", json=bill))
        await heard_by_staff(agency, staff, {"invoice.sent": 1, "project.created": 1})
        assert [one["type"] for one in await backlog(house, client.http)] == ["project.created"]
        assert (await live.event())["data"]["id"] == project["id"]
        await ok(await agency.http.patch(CONFIG, json={"enabled_modules": list(Module)}))

        async def is_told() -> bool:
            return "invoice.sent" in {one["type"] for one in await backlog(house, client.http)}

        await house.eventually(is_told)


async def test_a_foreign_event_is_to_a_client_like_one_that_never_was(house: House) -> None:
    agency = await house.agency()
    client, neighbour = await agency.client(), await agency.client()
    async with listening(house, agency.http, EVENTS) as staff:
        first = await agency.project(client)
        foreign = await agency.project(neighbour)
        second = await agency.project(client)
        told = await heard_by_staff(agency, staff, {"project.created": 3})
    event_of = {one["data"]["id"]: one["id"] for one in told}
    for after in (event_of[foreign["id"]], told[0]["id"], str(new_id())):
        async with listening(house, client.http, PORTAL_EVENTS, after=after) as listener:
            ids = [one["data"]["id"] for one in await listener.backlog()]
            assert ids == ([second["id"]] if after == event_of[first["id"]] else [first["id"], second["id"]])


async def test_what_a_stream_begins_with_tells_nothing_of_others(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    async with listening(house, agency.http, EVENTS) as staff:
        await agency.project(await agency.client())
        await heard_by_staff(agency, staff, {"project.created": 1})
        async with listening(house, client.http, PORTAL_EVENTS) as listener:
            frame = await listener.next()
    assert frame
    assert frame.fields["id"] == BEFORE_ALL
