"""Who may erase whom, what that ends, and what it leaves alone."""

import json
import secrets
from typing import Any
from uuid import UUID, uuid4

import pytest
from nats.js.api import AckPolicy, ConsumerConfig
from sqlalchemy import text

from chassis.bus import STREAM
from services.projects.tests import signing_papers
from services.projects.tests.signing_doors import content, sign, upload
from tests.house import SERVICES, House
from tests.people import Client
from tests.rights.finding import messages_with, settled, tables_with
from tests.rights.lives import CLIENT_KEY, MESSAGE_KEY, Life, born, erase, forgotten, sent, work


@pytest.fixture
async def life(house: House) -> Life:
    return await born(house, f"zq{secrets.token_hex(6)}")


def refusal(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_an_erased_client_is_let_in_by_nothing(house: House, life: Life) -> None:
    assert (await life.session.http.get("/api/projects")).status_code == 200
    await erase(life)

    async def shut() -> bool:
        doors = (life.session.http, life.client.http)
        return all([(await door.get("/api/projects")).status_code == 401 for door in doors])

    assert await house.eventually(shut, timeout=2)
    refreshed = await house.gateway.post(
        "/api/v1/portal/auth/refresh", json={"refreshToken": life.session.body["refreshToken"]}
    )
    assert refreshed.status_code == 401


async def test_only_owner_and_admin_may_erase(life: Life) -> None:
    path, body = f"/api/clients/{life.client.id}/erase", {"confirm": life.client.email}
    member = await life.agency.member("member")
    assert refusal(await member.post(path, json=body)) == (403, "forbidden")
    assert refusal(await life.session.http.post(path, json=body)) == (403, "staff_only")
    reader = await life.agency.api_key("read")
    assert refusal(await reader.post(path, json=body)) == (403, "scope_missing")
    assert (await life.agency.http.get(f"/api/clients/{life.client.id}")).json()["email"] == life.client.email
    admin = await life.agency.member("admin")
    assert (await admin.post(path, json=body)).status_code == 200


async def test_another_agencys_client_is_nobody(house: House, life: Life) -> None:
    stranger = await house.agency()
    answers = [
        await stranger.http.post(f"/api/clients/{id}/erase", json={"confirm": life.client.email})
        for id in (life.client.id, uuid4())
    ]
    bodies = [{key: value for key, value in answer.json().items() if key != "time"} for answer in answers]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert bodies[0] == bodies[1]


@pytest.mark.parametrize("confirm", ["Somebody else", "Ada", "", None])
async def test_nobody_is_erased_by_a_slip(life: Life, confirm: str | None) -> None:
    body = {} if confirm is None else {"confirm": confirm}
    answer = await life.agency.http.post(f"/api/clients/{life.client.id}/erase", json=body)
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == ["confirm"]
    assert (await life.agency.http.get(f"/api/clients/{life.client.id}")).json()["email"] == life.client.email


async def test_a_name_is_confirmed_however_it_is_written(life: Life) -> None:
    path = f"/api/clients/{life.client.id}/erase"
    answer = await life.agency.http.post(path, json={"confirm": f"  ADA {life.word.upper()} "})
    assert answer.status_code == 200, answer.text


async def test_a_stale_page_erases_nobody(life: Life) -> None:
    path = f"/api/clients/{life.client.id}"
    etag = (await life.agency.http.get(path)).headers["etag"]
    await sent(life.agency.http.patch(path, json={"name": "Somebody new"}))
    body = {"confirm": "Somebody new"}
    answer = await life.agency.http.post(f"{path}/erase", json=body, headers={"If-Match": etag})
    assert answer.status_code == 412


async def test_erasing_twice_is_erasing_once(life: Life) -> None:
    first = await erase(life)
    again = await erase(life)
    assert again == first
    assert first["name"] == "Erased client"
    shown = (await life.agency.http.get(f"/api/clients/{life.client.id}")).json()
    assert (shown["name"], shown["email"], shown["company"], shown["token"]) == ("Erased client", None, None, None)


async def test_nothing_new_begins_for_who_was_erased(life: Life) -> None:
    await erase(life)
    await forgotten(life)
    staff, id = life.agency.http, life.client.id
    assert refusal(await staff.patch(f"/api/clients/{id}", json={"name": "Ada"})) == (409, "client_erased")
    token = {"type": "contact", "id": id}
    assert (await staff.post("/api/v1/client-portal/token", json=token)).status_code == 400
    assert (await staff.post("/api/projects", json={"name": "More", "clientId": id})).status_code == 400
    invoice = {"amount": 1, "currency": "EUR", "dueDate": "2030-01-31", "clientId": id}
    assert (await staff.post("/api/invoices", json=invoice)).status_code == 400


async def test_who_comes_back_is_somebody_new(life: Life) -> None:
    await erase(life)
    await forgotten(life)
    anew = await life.agency.client("Ada Anew", life.client.email)
    assert anew.id != life.client.id
    life.house.clock.advance(minutes=2)
    project = await life.agency.project(anew, "Another website for Ada Anew")
    assert (await anew.http.get(f"/api/projects/{project['id']}")).json()["name"] == "Another website for Ada Anew"


async def test_another_client_of_the_same_name_keeps_everything(house: House, life: Life, postgres: str) -> None:
    word = f"zq{secrets.token_hex(6)}"
    namesake = await life.agency.client(f"Ada {life.word}", f"{word}@client.test")
    project = await life.agency.project(namesake, f"Website for Ada {life.word} ({word})")
    hello = {"content": f"I am Ada {life.word} and {word}", "projectId": project["id"]}
    await sent(namesake.http.post("/api/portal/messages", json=hello))
    await house.eventually(lambda: settled(house))
    before = [place for place in await tables_with(postgres, word) if "mails" not in place]
    await erase(life)
    await forgotten(life)
    assert [place for place in await tables_with(postgres, word) if "mails" not in place] == before
    shown = (await namesake.http.get(f"/api/projects/{project['id']}")).json()["name"]
    assert shown == f"Website for Ada {life.word} ({word})"


async def test_an_issued_invoice_keeps_the_name_it_was_made_out_to(life: Life, postgres: str) -> None:
    body = {"amount": 10, "currency": "EUR", "dueDate": "2030-01-31", "clientId": life.client.id}
    made = await sent(life.agency.http.post("/api/invoices", json=body | {"notes": f"Dear Ada {life.word}"}))
    await erase(life)
    await forgotten(life)
    paper = await life.agency.http.get(f"/api/invoices/{made['id']}/pdf")
    for kept in (f"Ada {life.word}", f"{life.word} and Sons", f"{life.word}@client.test", f"Dear Ada {life.word}"):
        assert kept in paper.text.replace("\u200b", "")
    shown = (await life.agency.http.get(f"/api/invoices/{made['id']}")).json()
    assert (shown["status"], shown["client"]["name"]) == ("sent", "Erased client")
    billing = [place for place in await tables_with(postgres, life.word) if place.startswith("billing.")]
    assert billing == ["billing.clients: 1", "billing.invoices: 1"]


async def test_what_was_signed_stays_whole(life: Life) -> None:
    client = Client(life.client.id, life.client.token, life.client.email, {}, life.client.http, life.agency)
    original = signing_papers.paper()
    file = await upload(life.agency, client, original, projectId=life.project["id"])
    other = await upload(life.agency, client, b"not signed", name="other.txt", projectId=life.project["id"])
    signed = (await sign(client, file, f"Ada {life.word}")).json()
    sealed = await content(client, signed["signature"]["sealedFileId"])
    await erase(life)
    await forgotten(life)
    agency = Client("", "", "", {}, life.agency.http, life.agency)
    assert await content(agency, signed["signature"]["sealedFileId"]) == sealed
    assert await content(agency, file["id"]) == original
    assert life.word in "".join(signing_papers.texts_of(sealed))
    assert (await life.agency.http.get(f"/api/files/{other['id']}/content")).status_code == 404


async def test_a_member_of_a_company_leaves_it(house: House) -> None:
    agency = await house.agency()
    company = await agency.company()
    gone, stays = await company.client("Ada Gone"), await company.client("Eve Stays")
    for client in (gone, stays):
        await agency.project(client, f"For {client.body['name']}")
    path = f"/api/clients/{gone.id}/erase"
    await sent(agency.http.post(path, json={"confirm": "Ada Gone"}))

    async def names() -> bool:
        answer = await company.http.get("/api/projects")
        return [project["name"] for project in answer.json()] == ["For Eve Stays"]

    assert await house.eventually(names)


async def test_what_comes_in_late_is_found_by_a_later_pass(house: House, life: Life, postgres: str) -> None:
    message = await sent(
        life.session.http.post("/api/portal/messages", json={"content": "Hello", "projectId": life.project["id"]})
    )
    await erase(life)
    await forgotten(life)
    late = text("UPDATE messages SET content = :content, author_name = :name WHERE id = :id")
    values = {"content": f"Late, {life.word}", "name": f"Ada {life.word}", "id": UUID(message["id"])}
    async with house.database("projects").unit(UUID(life.agency.id)) as session:
        await session.execute(late, values)
    for _ in range(3):
        house.clock.advance(hours=2)

        async def gone() -> bool:
            return not await tables_with(postgres, life.word)

        if await house.eventually(gone):
            break


async def test_the_names_are_kept_sealed_for_a_day_and_then_not_at_all(house: House, life: Life) -> None:
    await erase(life)
    await forgotten(life)
    names = text("SELECT sealed_names FROM erasures WHERE client_id = :client")

    async def kept() -> list[bytes]:
        found = []
        for service in SERVICES:
            async with house.database(service).unit(UUID(life.agency.id)) as session:
                found.append((await session.execute(names, {"client": UUID(life.client.id)})).scalar_one())
        return found

    sealed = await kept()
    assert all(sealed)
    assert not any(life.word.encode() in bytes(one) for one in sealed)
    for hours in (0.01, 0.1, 2, 30, 30):
        house.clock.advance(hours=hours)

        async def rested() -> bool:
            due = text("SELECT count(*) FROM erasures WHERE next_pass_at <= :now")
            for service in SERVICES:
                async with house.database(service).across_agencies() as session:
                    if (await session.execute(due, {"now": house.clock()})).scalar_one():
                        return False
            return True

        await house.eventually(rested)
    assert await kept() == [None] * 5
    async with house.database("auth").unit(UUID(life.agency.id)) as session:
        found = text("SELECT envelope FROM outbox WHERE subject = 'events.auth.client.erased'")
        [envelope] = [bytes(one) for one in await session.scalars(found)]
    assert b'"names"' not in envelope


async def test_what_somebody_has_not_heard_yet_stays_in_the_stream_until_they_have(house: House, life: Life) -> None:
    stream = house.chassis("auth").bus.stream
    slow = ConsumerConfig(durable_name="slow", ack_policy=AckPolicy.EXPLICIT, filter_subject="events.projects.>")
    await stream.add_consumer(STREAM, slow)
    try:
        await sent(
            life.session.http.post(
                "/api/portal/messages", json={"content": f"I am {life.word}", "projectId": life.project["id"]}
            )
        )
        await erase(life)
        await forgotten(life)
        assert "events.projects.message.created" in await messages_with(house, life.word)
    finally:
        await stream.delete_consumer(STREAM, "slow")

    async def purged() -> bool:
        return not await messages_with(house, life.word)

    assert await house.eventually(purged)


async def test_a_kept_answer_is_repeated_without_what_it_said(house: House, life: Life) -> None:
    await work(life)
    kept = {"Idempotency-Key": CLIENT_KEY}
    body = {"name": f"Eve {life.word}", "email": f"eve-{life.word}@client.test"}
    eve = await sent(life.agency.http.post("/api/clients", json=body, headers=kept))
    erased = {"confirm": body["email"]}
    await sent(life.agency.http.post(f"/api/clients/{eve['id']}/erase", json=erased))

    async def blank() -> bool:
        answer = await life.agency.http.post("/api/clients", json=body, headers=kept)
        assert answer.headers["idempotency-replayed"] == "true"
        return answer.json()["id"] == eve["id"] and life.word not in answer.text

    assert await house.eventually(blank)
    # Of whoever was not erased nothing is lost.
    again = {"content": f"Hello from {life.word}", "projectId": life.project["id"]}
    repeated = await life.session.http.post(
        "/api/portal/messages", json=again, headers={"Idempotency-Key": MESSAGE_KEY}
    )
    assert repeated.json()["content"] == again["content"]


async def test_webhooks_are_told_and_the_log_forgets_the_rest(house: House, life: Life) -> None:
    await house.eventually(lambda: settled(house))
    await erase(life)

    async def told() -> bool:
        deliveries = (await life.agency.http.get("/api/webhook-deliveries")).json()
        return [one["eventType"] for one in deliveries if one["eventType"].startswith("client.")] == ["client.erased"]

    assert await house.eventually(told, timeout=30)
    [delivery] = [
        one
        for one in (await life.agency.http.get("/api/webhook-deliveries")).json()
        if one["eventType"] == "client.erased"
    ]
    payload = (await life.agency.http.get(f"/api/webhook-deliveries/{delivery['id']}")).json()["payload"]
    assert (payload["data"]["id"], payload["data"]["name"], payload["data"]["email"]) == (
        life.client.id,
        "Erased client",
        None,
    )
    assert life.word not in json.dumps(payload)
