"""Deliveries arrive signed, are retried on schedule, stop when nobody wants them, and wait for nobody else."""

import asyncio
import json
from typing import Any

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from services.notify.deliveries.models import SCHEDULE
from services.notify.tests.office import Office
from tests.fakes.receiver import Answer, Receiver, receiving
from tests.house import Agency

INVOICE = {
    "id": "0198f7a6-4d8e-7f53-821b-a09f8e7d6c54",
    "number": "INV-0042",
    "clientId": "0198f7a1-88d0-7c10-8a55-91c7d2e4f603",
    "client": {"name": "Gräfin Ada"},
    "currency": "EUR",
    "amount": 1499.5,
    "amountPaid": 0,
    "amountDue": 1499.5,
    "dueDate": "2027-03-03",
    "paymentUrl": None,
    "paidAt": None,
}


async def register(agency: Agency, url: str, *events: str) -> dict[str, Any]:
    answer = await agency.http.post("/api/zapier", json={"url": url, "events": events or ["*"]})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def deliveries(agency: Agency, **filters: str) -> list[dict[str, Any]]:
    answer = await agency.http.get("/api/webhook-deliveries", params=filters)
    assert answer.status_code == 200, answer.text
    return list(answer.json())


async def until_status(office: Office, agency: Agency, status: str, **filters: str) -> dict[str, Any]:
    async def found() -> dict[str, Any] | None:
        return next((one for one in await deliveries(agency, **filters) if one["status"] == status), None)

    one = await office.house.eventually(found)
    assert isinstance(one, dict)
    return one


async def received(office: Office, receiver: Receiver, count: int, path: str = "/hook") -> None:
    async def enough() -> bool:
        return len(receiver.at(path)) >= count

    await office.house.eventually(enough)


async def test_an_event_arrives_signed_after_standard_webhooks(office: Office, receiver: Receiver) -> None:
    agency = await office.house.agency()
    webhook = await register(agency, receiver.url(), "invoice.sent")

    event = await office.tell(
        "billing.invoice.sent", agency, INVOICE, internal={"sendEmail": False, "secret": "canary"}
    )
    await received(office, receiver, 1)

    (request,) = receiver.received
    payload = request.verify(webhook["secret"])
    assert request.method == "POST"
    assert request.headers["content-type"] == "application/json"
    assert request.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert request.id == str(event.id)
    assert payload["type"] == "invoice.sent"
    assert payload["agencyId"] == agency.id
    assert payload["data"] == INVOICE
    assert payload["id"] == str(event.id)
    assert payload["time"].endswith("Z")
    assert "canary" not in request.body.decode()


async def test_a_tampered_body_does_not_verify(office: Office, receiver: Receiver) -> None:
    agency = await office.house.agency()
    webhook = await register(agency, receiver.url())
    await office.tell("billing.invoice.sent", agency, INVOICE)
    await received(office, receiver, 1)
    request = receiver.received[0]

    with pytest.raises(WebhookVerificationError):
        Webhook(webhook["secret"]).verify(request.body.replace(b"1499.5", b"1.5"), request.headers)


async def test_an_endpoint_hears_what_it_asked_for_and_nothing_of_others(office: Office, receiver: Receiver) -> None:
    agency, other = await office.house.agency(), await office.house.agency()
    await register(agency, receiver.url("/paid"), "invoice.voided")
    await register(agency, receiver.url("/all"), "*")
    await register(other, receiver.url("/other"), "*")

    await office.tell("billing.invoice.viewed", agency, INVOICE)
    await office.tell("billing.invoice.voided", agency, INVOICE)
    await received(office, receiver, 2, "/all")
    await received(office, receiver, 1, "/paid")

    assert [json.loads(one.body)["type"] for one in receiver.at("/paid")] == ["invoice.voided"]
    assert receiver.at("/other") == []


async def test_events_that_are_nobodys_business_never_leave(office: Office, receiver: Receiver) -> None:
    agency = await office.house.agency()
    await register(agency, receiver.url())

    for type in ("billing.invoice.deleted", "portal.settings.updated", "auth.session.revoked"):
        await office.tell(type, agency, INVOICE)
    await office.tell("billing.invoice.viewed", agency, INVOICE)
    await received(office, receiver, 1)

    assert [json.loads(one.body)["type"] for one in receiver.received] == ["invoice.viewed"]


async def test_an_event_that_arrives_again_is_delivered_once(office: Office, receiver: Receiver) -> None:
    agency = await office.house.agency()
    await register(agency, receiver.url())
    event = await office.tell("billing.invoice.viewed", agency, INVOICE)
    await received(office, receiver, 1)

    await office.publish(event, deduplicate=False)
    await office.settled()
    await office.rows("DELETE FROM inbox WHERE event_id = :id RETURNING 1", id=event.id)
    await office.publish(event, deduplicate=False)
    await office.settled()
    later = await office.tell("billing.invoice.voided", agency, INVOICE)
    await received(office, receiver, 2)

    assert [one.id for one in receiver.received] == [str(event.id), str(later.id)]


async def test_a_failing_delivery_follows_the_schedule_and_then_fails(office: Office, receiver: Receiver) -> None:
    agency = await office.house.agency()
    webhook = await register(agency, receiver.url())
    receiver.answer_always(Answer(500, body=b"broken"))
    event = await office.tell("billing.invoice.viewed", agency, INVOICE)

    for tries, wait in enumerate(SCHEDULE[1:], start=1):
        await received(office, receiver, tries)
        await office.until(
            "SELECT attempts_made FROM deliveries WHERE agency_id = :id AND status = 'retrying'",
            lambda rows, tries=tries: [row.attempts_made for row in rows] == [tries],
            id=agency.id,
        )
        if tries in (2, 9):
            office.house.clock.advance(seconds=wait.total_seconds() * 0.98)
            await asyncio.sleep(1.5)
            assert len(receiver.received) == tries, "it came before its time"
        # Jitter adds up to a tenth.
        office.house.clock.advance(seconds=wait.total_seconds() * 1.1 + 1)
    one = await until_status(office, agency, "failed")

    assert len(receiver.received) == len(SCHEDULE)
    assert {request.id for request in receiver.received} == {str(event.id)}
    assert {request.body for request in receiver.received} == {receiver.received[0].body}
    receiver.received[-1].verify(webhook["secret"])
    assert one["attempts"] == len(SCHEDULE)
    assert one["nextAttemptAt"] is None
    shown = (await agency.http.get(f"/api/webhook-deliveries/{one['id']}")).json()
    assert [entry["number"] for entry in shown["log"]] == list(range(1, len(SCHEDULE) + 1))
    assert {(entry["statusCode"], entry["response"]) for entry in shown["log"]} == {(500, "broken")}
    assert shown["payload"]["data"] == INVOICE

    # More than three days without success: the endpoint is given up, and its owner is told.
    (listed,) = (await agency.http.get("/api/zapier")).json()
    assert (listed["active"], listed["status"]) == (False, "failing")
    mail = await office.mail_to(agency.email, about="webhook was switched off")
    assert receiver.url() in mail.part("plain")


async def test_a_delivery_that_fails_once_arrives_with_the_next_try(office: Office, receiver: Receiver) -> None:
    agency = await office.house.agency()
    await register(agency, receiver.url())
    receiver.answer_next(503)
    await office.tell("billing.invoice.viewed", agency, INVOICE)
    await until_status(office, agency, "retrying")

    office.house.clock.advance(seconds=6)

    one = await until_status(office, agency, "delivered")
    assert one["attempts"] == 2
    assert one["deliveredAt"] is not None
    assert (await agency.http.get("/api/zapier")).json()[0]["failingSince"] is None


async def test_a_410_unsubscribes(office: Office, receiver: Receiver) -> None:
    agency = await office.house.agency()
    await register(agency, receiver.url())
    receiver.answer_next(500)
    await office.tell("billing.invoice.viewed", agency, INVOICE)
    await until_status(office, agency, "retrying")
    receiver.answer_always(410)

    await office.tell("billing.invoice.voided", agency, INVOICE)
    await until_status(office, agency, "failed")

    await until_status(office, agency, "cancelled")
    (listed,) = (await agency.http.get("/api/zapier")).json()
    assert (listed["active"], listed["status"]) == (False, "gone")
    await office.tell("billing.invoice.paid", agency, INVOICE)
    await office.settled()
    assert len(receiver.received) == 2


async def test_removing_a_webhook_stops_its_queued_retries(office: Office, receiver: Receiver) -> None:
    agency = await office.house.agency()
    webhook = await register(agency, receiver.url())
    receiver.answer_always(500)
    await office.tell("billing.invoice.viewed", agency, INVOICE)
    await until_status(office, agency, "retrying")

    await agency.http.delete("/api/zapier", params={"id": webhook["id"]})
    assert [one["status"] for one in await deliveries(agency)] == ["cancelled"]
    office.house.clock.advance(days=1)
    await asyncio.sleep(1.5)

    assert len(receiver.received) == 1


async def test_a_delivery_can_be_sent_again_with_the_same_id(office: Office, receiver: Receiver) -> None:
    agency = await office.house.agency()
    webhook = await register(agency, receiver.url())
    await office.tell("billing.invoice.viewed", agency, INVOICE)
    one = await until_status(office, agency, "delivered")

    answer = await agency.http.post(f"/api/webhook-deliveries/{one['id']}/replay")
    await received(office, receiver, 2)

    assert answer.status_code == 200
    assert answer.json()["status"] == "pending"
    first, second = receiver.received
    assert (first.id, first.body) == (second.id, second.body)
    second.verify(webhook["secret"])
    done = await until_status(office, agency, "delivered")
    assert done["attempts"] == 2


async def test_nothing_is_replayed_to_a_webhook_that_was_removed(office: Office, receiver: Receiver) -> None:
    agency = await office.house.agency()
    webhook = await register(agency, receiver.url())
    await office.tell("billing.invoice.viewed", agency, INVOICE)
    one = await until_status(office, agency, "delivered")
    await agency.http.delete(f"/api/zapier/{webhook['id']}")

    answer = await agency.http.post(f"/api/webhook-deliveries/{one['id']}/replay")

    assert answer.status_code == 404


async def test_a_foreign_delivery_answers_like_a_random_id(office: Office, receiver: Receiver) -> None:
    agency, other = await office.house.agency(), await office.house.agency()
    await register(other, receiver.url())
    await office.tell("billing.invoice.viewed", other, INVOICE)
    theirs = await until_status(office, other, "delivered")

    for path in (f"/api/webhook-deliveries/{theirs['id']}", "/api/webhook-deliveries/nonsense"):
        assert (await agency.http.get(path)).status_code == 404
        assert (await agency.http.post(f"{path}/replay")).status_code == 404
    assert await deliveries(agency, endpointId=theirs["endpointId"]) == []


async def test_a_webhook_can_be_tried_out(office: Office, receiver: Receiver) -> None:
    agency = await office.house.agency()
    webhook = await register(agency, receiver.url(), "invoice.paid")

    plain = await agency.http.post("/api/zapier/test", json={"id": webhook["id"]})
    sample = await agency.http.post("/api/zapier/test", json={"id": webhook["id"], "event": "invoice.paid"})
    await received(office, receiver, 2)

    assert (plain.status_code, sample.status_code) == (201, 201)
    payloads = {one.id: one.verify(webhook["secret"]) for one in receiver.received}
    assert payloads[plain.json()["eventId"]]["type"] == "webhook.test"
    assert payloads[sample.json()["eventId"]]["data"]["status"] == "paid"


async def test_deliveries_are_listed_by_endpoint_and_status(office: Office, receiver: Receiver) -> None:
    agency = await office.house.agency()
    good, bad = await register(agency, receiver.url("/good")), await register(agency, receiver.url("/bad"))
    receiver.answer_always(lambda request: Answer(200 if request.path == "/good" else 500))

    await office.tell("billing.invoice.viewed", agency, INVOICE)
    await until_status(office, agency, "delivered")
    await until_status(office, agency, "retrying")

    assert [one["endpointId"] for one in await deliveries(agency, status="delivered")] == [good["id"]]
    assert [one["status"] for one in await deliveries(agency, endpointId=bad["id"])] == ["retrying"]
    assert (await agency.http.get("/api/webhook-deliveries", params={"status": "lost"})).status_code == 400


async def test_an_endpoint_that_hangs_delays_no_other(office: Office, receiver: Receiver) -> None:
    agency = await office.house.agency()
    async with receiving() as stuck:
        stuck.answer_always(Answer(hang_s=3600))
        for n in range(10):
            await register(agency, stuck.url(f"/{n}"))
        await register(agency, receiver.url())

        for _ in range(40):
            await office.tell("billing.invoice.viewed", agency, INVOICE)
        await asyncio.wait_for(received(office, receiver, 40), 10)

        assert len(stuck.received) >= 10
        assert not await deliveries(agency, status="failed")


async def test_an_answer_without_end_is_cut_off(office: Office, receiver: Receiver) -> None:
    agency = await office.house.agency()
    await register(agency, receiver.url())
    receiver.answer_next(Answer(200, body=b"x" * 1000, endless=True))

    await office.tell("billing.invoice.viewed", agency, INVOICE)

    one = await until_status(office, agency, "delivered")
    shown = (await agency.http.get(f"/api/webhook-deliveries/{one['id']}")).json()
    assert shown["log"][0]["response"] == "x" * 1024
    assert shown["log"][0]["error"] is None, "it was left at the deadline, not cut off"


async def test_a_redirect_is_a_failure_and_is_not_followed(office: Office, receiver: Receiver) -> None:
    agency = await office.house.agency()
    await register(agency, receiver.url())
    receiver.answer_always(Answer(302, {"Location": receiver.url("/elsewhere")}))

    await office.tell("billing.invoice.viewed", agency, INVOICE)

    await until_status(office, agency, "retrying")
    assert receiver.at("/elsewhere") == []


async def test_what_an_endpoint_answers_is_shown_harmlessly(office: Office, receiver: Receiver) -> None:
    agency = await office.house.agency()
    await register(agency, receiver.url())
    receiver.answer_next(Answer(500, body=b"\x00\xff<script>"))

    await office.tell("billing.invoice.viewed", agency, INVOICE)

    one = await until_status(office, agency, "retrying")
    shown = await agency.http.get(f"/api/webhook-deliveries/{one['id']}")
    assert shown.json()["log"][0]["response"] == "\ufffd\ufffd<script>"
    assert shown.headers["content-type"] == "application/json"


async def test_the_backlog_is_counted(office: Office, receiver: Receiver) -> None:
    from portico.notify.v1 import deliveries_pb2, deliveries_pb2_grpc

    agency = await office.house.agency()
    await register(agency, receiver.url())
    receiver.answer_always(500)
    peers = office.house.chassis("portal").peers
    stub = deliveries_pb2_grpc.DeliveryServiceStub(peers.channel("notify"))
    before = await peers.ask(stub.GetBacklog, deliveries_pb2.GetBacklogRequest())

    await office.tell("billing.invoice.viewed", agency, INVOICE)
    await until_status(office, agency, "retrying")

    after = await peers.ask(stub.GetBacklog, deliveries_pb2.GetBacklogRequest())
    assert after.deliveries == before.deliveries + 1
