"""Event streams: nothing is missed, whoever drops out and comes back, and a stream ends with its credential."""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from chassis.database import assume
from chassis.http.application import leave
from chassis.ids import new_id
from services.notify.deliveries.models import Payload
from services.notify.live import repository
from services.notify.live.models import KEPT_FOR, MAX_STREAMS_PER_CREDENTIAL
from services.notify.main import build_app
from services.notify.sweeping import Sweeper
from services.notify.tests.office import Office
from services.notify.tests.test_deliveries import INVOICE
from tests.house import Agency
from tests.listening import Listener, answer_of, listening, opened
from tests.ports import free_ports

EVENTS = "/api/events"
PORTAL_EVENTS = "/api/portal/events"
CONFIG = "/api/v1/client-portal/config"


async def happen(office: Office, agency: Agency) -> str:
    """The id of an event, once it is kept and can be caught up with."""
    event = await office.tell("billing.invoice.viewed", agency, INVOICE)
    await office.until(
        "SELECT 1 FROM live_events WHERE agency_id = :agency AND id = :id AND position IS NOT NULL",
        bool,
        agency=agency.id,
        id=str(event.id),
    )
    return str(event.id)


async def ids(listener: Listener, count: int) -> list[str]:
    return [str((await listener.event())["id"]) for _ in range(count)]


async def test_an_event_is_told_with_the_payload_of_webhooks(office: Office) -> None:
    agency = await office.house.agency()
    async with listening(office.house, agency.http, EVENTS) as listener:
        event = await office.tell("billing.invoice.viewed", agency, INVOICE)
        assert await listener.event() == {
            "id": str(event.id),
            "type": "invoice.viewed",
            "time": event.occurred_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "agencyId": agency.id,
            "data": INVOICE,
        }
    assert listener.headers["content-type"].startswith("text/event-stream")
    assert listener.headers["cache-control"] == "no-store"
    assert listener.headers["x-accel-buffering"] == "no"


async def test_other_agencies_events_are_not_told(office: Office) -> None:
    ours, theirs = await office.house.agency(), await office.house.agency()
    async with listening(office.house, ours.http, EVENTS) as listener:
        await happen(office, theirs)
        own = await happen(office, ours)
        assert await ids(listener, 1) == [own]


async def test_whoever_comes_back_hears_what_was_missed_in_order_and_nothing_twice(office: Office) -> None:
    agency = await office.house.agency()
    async with listening(office.house, agency.http, EVENTS) as listener:
        heard = [await happen(office, agency)]
        assert await ids(listener, 1) == heard
    missed = [await happen(office, agency) for _ in range(3)]
    async with listening(office.house, agency.http, EVENTS, after=heard[0]) as listener:
        assert [one["id"] for one in await listener.backlog()] == missed
        live = await happen(office, agency)
        assert await ids(listener, 1) == [live]


async def test_a_backlog_of_many_pages_is_told_whole(office: Office) -> None:
    agency = await office.house.agency()
    first = await happen(office, agency)
    events = [await office.tell("billing.invoice.viewed", agency, INVOICE) for _ in range(120)]
    await office.until(
        "SELECT 1 FROM live_events WHERE agency_id = :id AND position IS NOT NULL",
        lambda rows: len(rows) >= 121,
        id=agency.id,
    )
    async with listening(office.house, agency.http, EVENTS, after=first) as listener:
        told = [one["id"] for one in await listener.backlog() if one["type"] == "invoice.viewed"]
    assert sorted(told) == sorted(str(event.id) for event in events)


async def test_the_last_event_may_stand_in_the_address_and_the_header_is_newer(office: Office) -> None:
    agency = await office.house.agency()
    first, second, third = [await happen(office, agency) for _ in range(3)]
    path = f"{EVENTS}?lastEventId={first}"
    async with listening(office.house, agency.http, path) as listener:
        assert [one["id"] for one in await listener.backlog()] == [second, third]
    async with listening(office.house, agency.http, path, after=second) as listener:
        assert [one["id"] for one in await listener.backlog()] == [third]


async def test_who_leaves_before_the_first_event_comes_back_to_it(office: Office) -> None:
    agency = await office.house.agency()
    await happen(office, agency)
    async with listening(office.house, agency.http, EVENTS) as listener:
        frame = await listener.next()
        assert frame
    event = await happen(office, agency)
    async with listening(office.house, agency.http, EVENTS, after=frame.fields["id"]) as listener:
        assert [one["id"] for one in await listener.backlog()] == [event]


async def test_an_unknown_event_is_followed_by_all_that_is_kept(office: Office) -> None:
    agency = await office.house.agency()
    told = [await happen(office, agency) for _ in range(2)]
    for unknown in (str(new_id()), "00000000-0000-0000-0000-000000000000"):
        async with listening(office.house, agency.http, EVENTS, after=unknown) as listener:
            assert [one["id"] for one in await listener.backlog()] == told
    answer = await answer_of(
        office.house, agency.http.build_request("GET", EVENTS, headers={"Last-Event-ID": "nonsense"})
    )
    assert answer.status_code == 400


async def test_an_event_whose_transaction_commits_late_is_told_to_all(office: Office) -> None:
    """It was kept first and is visible last: a cursor over what was kept would have gone past it."""
    agency = await office.house.agency()
    late = new_id()
    payload = Payload(
        UUID(agency.id), late, "invoice.viewed", f'{{"id":"{late}","type":"invoice.viewed"}}', _now(office)
    )
    async with listening(office.house, agency.http, EVENTS) as listener:
        async with office.house.database("notify").session() as session:
            assume(session, UUID(agency.id))
            await repository.keep(session, payload, None, _now(office))
            await session.execute(text("SELECT 1"))
            early = await happen(office, agency)
            assert await ids(listener, 1) == [early]
            await session.commit()
        assert await ids(listener, 1) == [str(late)]
    async with listening(office.house, agency.http, EVENTS, after=early) as listener:
        assert [one["id"] for one in await listener.backlog()] == [str(late)]


async def test_positions_are_given_once_however_many_processes_publish(office: Office) -> None:
    agency = await office.house.agency()
    database = office.house.database("notify")

    async def publish() -> None:
        async with database.across_agencies() as session:
            await repository.publish(session)

    async def keep() -> None:
        id = new_id()
        async with database.unit(UUID(agency.id)) as session:
            await repository.keep(session, Payload(UUID(agency.id), id, "x", "{}", _now(office)), None, _now(office))

    await asyncio.gather(*(one() for _ in range(30) for one in (keep, publish)))
    await publish()
    rows = await office.rows("SELECT position FROM live_events WHERE agency_id = :id ORDER BY 1", id=agency.id)
    assert [row.position for row in rows] == list(range(1, 31))


async def test_a_listener_at_another_process_hears_it_too(office: Office) -> None:
    agency = await office.house.agency()
    settings = office.house.chassis("notify").settings
    second = build_app(settings.model_copy(update={"rpc_port": free_ports(1)[0]}), clock=office.house.clock)
    async with second.router.lifespan_context(second), AsyncExitStack() as stack:
        doors = [office.house.apps["notify"], second]
        listeners = [
            await stack.enter_async_context(listening(office.house, agency.http, EVENTS, app=app)) for app in doors
        ]
        events = [await happen(office, agency) for _ in range(5)]
        for listener in listeners:
            assert await ids(listener, 5) == events


async def test_a_replayed_event_is_told_once(office: Office) -> None:
    agency = await office.house.agency()
    async with listening(office.house, agency.http, EVENTS) as listener:
        event = await office.tell("billing.invoice.viewed", agency, INVOICE)
        await office.publish(event, deduplicate=False)
        await office.settled()
        last = await happen(office, agency)
        assert await ids(listener, 2) == [str(event.id), last]


async def test_what_is_older_than_three_days_is_forgotten(office: Office) -> None:
    agency = await office.house.agency()
    old = await happen(office, agency)
    office.house.clock.advance(seconds=KEPT_FOR.total_seconds() - 60)
    newer = await happen(office, agency)
    sweeper = Sweeper(office.house.database("notify"), office.house.clock)
    await sweeper.sweep()
    kept = "SELECT id FROM live_events WHERE agency_id = :agency ORDER BY id"
    assert [str(row.id) for row in await office.rows(kept, agency=agency.id)] == [old, newer]
    office.house.clock.advance(seconds=61)
    await sweeper.sweep()
    assert [str(row.id) for row in await office.rows(kept, agency=agency.id)] == [newer]
    office.house.clock.reset()
    # Positions go on where they stopped, whatever is left of the events.
    last = await happen(office, agency)
    async with listening(office.house, agency.http, EVENTS, after=newer) as listener:
        assert [one["id"] for one in await listener.backlog()] == [last]


async def test_more_streams_than_connections_hear_everything(office: Office) -> None:
    agency = await office.house.agency()
    settings = office.house.chassis("notify").settings
    assert settings.reader_pool_size < MAX_STREAMS_PER_CREDENTIAL
    async with AsyncExitStack() as stack:
        listeners = [
            await stack.enter_async_context(listening(office.house, agency.http, EVENTS))
            for _ in range(MAX_STREAMS_PER_CREDENTIAL)
        ]
        for listener in listeners:
            await listener.backlog()
        event = await happen(office, agency)
        for listener in listeners:
            assert await ids(listener, 1) == [event]


async def test_a_credential_has_twenty_streams_and_no_more(office: Office) -> None:
    agency = await office.house.agency()
    key = await agency.api_key("read")
    async with AsyncExitStack() as stack:
        listeners = [
            await stack.enter_async_context(listening(office.house, agency.http, EVENTS))
            for _ in range(MAX_STREAMS_PER_CREDENTIAL)
        ]
        request = agency.http.build_request("GET", EVENTS)
        refused = await answer_of(office.house, request)
        assert (refused.status_code, refused.json()["code"]) == (429, "too_many_streams")
        assert int(refused.headers["retry-after"]) > 0
        async with listening(office.house, key, EVENTS):
            pass
        await listeners[0].close()
        async with opened(office.house, request) as again:
            assert again.status == 200


async def test_an_idle_stream_says_that_it_lives(office: Office) -> None:
    agency = await office.house.agency()
    hub = office.house.apps["notify"].state.context.hub
    hub.heartbeat_s, usual = 0.05, hub.heartbeat_s
    try:
        async with listening(office.house, agency.http, EVENTS) as listener:
            await listener.backlog()
            frames = [await listener.next() for _ in range(3)]
            assert [frame.comment for frame in frames if frame] == ["still here"] * 3
    finally:
        hub.heartbeat_s = usual


async def test_a_listener_who_does_not_read_is_cut_off_and_comes_back_to_everything(office: Office) -> None:
    agency = await office.house.agency()
    hub = office.house.apps["notify"].state.context.hub
    hub.patience_s, usual = 0.1, hub.patience_s
    try:
        async with listening(office.house, agency.http, EVENTS) as listener:
            heard = await happen(office, agency)
            assert await ids(listener, 1) == [heard]
            before = hub.size
            listener.reads.clear()
            missed = [await happen(office, agency) for _ in range(3)]

            async def cut_off() -> bool:
                return bool(hub.size == before - 1)

            await office.house.eventually(cut_off)
    finally:
        hub.patience_s = usual
    async with listening(office.house, agency.http, EVENTS, after=heard) as listener:
        assert [one["id"] for one in await listener.backlog()] == missed


async def test_signing_out_ends_the_stream(office: Office) -> None:
    agency = await office.house.agency()
    async with listening(office.house, agency.http, EVENTS) as listener:
        await listener.backlog()
        assert (await agency.http.post("/api/auth/logout")).status_code == 200
        await listener.ended()


async def test_revoking_a_key_ends_its_streams_and_no_others(office: Office) -> None:
    agency = await office.house.agency()
    made = await agency.made("/api/api-keys", {"name": "Machine", "scopes": ["read"]})
    async with (
        listening(office.house, office.house.bearer(made["key"]), EVENTS) as machine,
        listening(office.house, agency.http, EVENTS) as person,
    ):
        assert (await agency.http.delete(f"/api/api-keys/{made['id']}")).status_code == 200
        await machine.ended()
        event = await happen(office, agency)
        assert (await person.event())["id"] == event


async def test_a_stream_ends_when_its_credential_does_and_not_before(office: Office) -> None:
    agency = await office.house.agency()
    ends = (office.house.clock() + timedelta(hours=1)).isoformat()
    key = await agency.api_key("read", expiresAt=ends)
    async with listening(office.house, key, EVENTS) as listener:
        await listener.backlog()
        office.house.clock.advance(hours=1, seconds=-30)
        await asyncio.sleep(1.5)
        event = await happen(office, agency)
        assert await ids(listener, 1) == [event]
        office.house.clock.advance(seconds=31)
        await listener.ended()


def payment_of(client_id: str) -> dict[str, Any]:
    return {
        "id": str(new_id()),
        "invoiceId": str(new_id()),
        "invoiceNumber": "INV-0001",
        "clientId": client_id,
        "amount": 10,
        "currency": "EUR",
        "method": "card",
        "refunded": 0,
        "refunds": [],
        "receivedOn": "2026-11-06",
        "createdAt": "2026-11-06T14:05:00.000Z",
        "provider": "stripe",
        "providerId": "pi_1",
        "note": "",
    }


async def test_shutting_the_portal_ends_the_streams_of_clients_and_not_the_agencys(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client()
    async with (
        listening(office.house, client.http, PORTAL_EVENTS) as listener,
        listening(office.house, agency.http, EVENTS) as staff,
    ):
        await listener.backlog()
        assert (await agency.http.patch(CONFIG, json={"is_active": False})).status_code == 200
        await listener.ended()
        event = await happen(office, agency)
        # What was made before may still be on its way.
        while (await staff.event())["id"] != event:
            pass


async def test_a_credential_that_changed_goes_on_with_what_it_opens_now(office: Office) -> None:
    agency = await office.house.agency()
    company = await agency.company()
    first = await company.client("First")
    async with listening(office.house, company.http, PORTAL_EVENTS) as listener:
        await listener.backlog()
        moved = await company.client("Second")
        await asyncio.sleep(1.5)
        for client in (first, moved):
            event = await office.tell("billing.payment.received", agency, payment_of(client.id))
            assert (await listener.event())["id"] == str(event.id)
        answer = await agency.http.patch(f"/api/clients/{moved.id}", json={"companyId": None})
        assert answer.status_code == 200, answer.text
        await asyncio.sleep(1.5)
        await office.tell("billing.payment.received", agency, payment_of(moved.id))
        event = await office.tell("billing.payment.received", agency, payment_of(first.id))
        assert (await listener.event())["id"] == str(event.id)


async def test_a_process_that_leaves_ends_its_streams_and_takes_no_more(office: Office) -> None:
    agency = await office.house.agency()
    settings = office.house.chassis("notify").settings
    second = build_app(settings.model_copy(update={"rpc_port": free_ports(1)[0]}), clock=office.house.clock)
    async with second.router.lifespan_context(second):
        async with listening(office.house, agency.http, EVENTS, app=second) as listener:
            await listener.backlog()
            leave(second)
            await listener.ended()
        async with opened(office.house, agency.http.build_request("GET", EVENTS), second) as refused:
            assert refused.status == 503


def _now(office: Office) -> Any:
    return office.house.clock()
