"""Several processes, and processes that die: everything goes out, and nothing because of the neighbour's work."""

from datetime import timedelta

from chassis.ids import new_id
from services.notify.main import build_app
from services.notify.sweeping import KEPT_FOR, Sweeper
from services.notify.tests.office import Office
from services.notify.tests.test_deliveries import INVOICE, deliveries, received, register, until_status
from services.notify.tests.test_mails import file_of
from tests.fakes.receiver import Receiver
from tests.ports import free_ports

LEFT_BEHIND = """
    INSERT INTO deliveries (agency_id, id, endpoint_id, event_id, event_type, body, status, next_attempt_at,
                            claimed_until)
    VALUES (:agency, :id, :endpoint, :event, 'invoice.paid', '{}', 'pending', now(), now() + interval '60 seconds')
    RETURNING id
"""


async def test_two_processes_share_the_work_and_deliver_each_event_once(office: Office, receiver: Receiver) -> None:
    agency = await office.house.agency()
    client = await agency.client()
    await office.mail_to(client.email)
    await register(agency, receiver.url("/a"))
    await register(agency, receiver.url("/b"))
    settings = office.house.chassis("notify").settings
    second = build_app(settings.model_copy(update={"rpc_port": free_ports(1)[0]}), clock=office.house.clock)
    async with second.router.lifespan_context(second):
        events = [await office.tell("billing.invoice.viewed", agency, INVOICE) for _ in range(60)]
        await office.tell("projects.file.uploaded", agency, file_of(client), internal={"notify": True})
        await received(office, receiver, 61, "/a")
        await received(office, receiver, 61, "/b")
        await office.mail_to(client.email, about="shared")

    for path in ("/a", "/b"):
        ids = [one.id for one in receiver.at(path)]
        assert len(ids) == len(set(ids)) == 61
        assert {str(event.id) for event in events} <= set(ids)
    assert len([mail for mail in office.smtp.to(client.email) if "shared" in str(mail.message["Subject"])]) == 1


async def test_what_a_dead_process_had_claimed_is_taken_up_when_its_claim_ends(
    office: Office, receiver: Receiver
) -> None:
    agency = await office.house.agency()
    webhook = await register(agency, receiver.url())
    event_id = new_id()
    await office.rows(LEFT_BEHIND, agency=agency.id, id=str(new_id()), endpoint=webhook["id"], event=str(event_id))
    await office.tell("billing.invoice.viewed", agency, INVOICE)
    await received(office, receiver, 1)
    assert [one.id for one in receiver.received] != [str(event_id)]

    office.house.clock.advance(seconds=61)

    await received(office, receiver, 2)
    assert receiver.received[1].id == str(event_id)


async def test_a_burst_larger_than_the_lane_arrives_in_full(office: Office, receiver: Receiver) -> None:
    agency = await office.house.agency()
    await register(agency, receiver.url())

    events = [await office.tell("billing.invoice.viewed", agency, INVOICE) for _ in range(150)]

    await received(office, receiver, 150)
    assert sorted(one.id for one in receiver.received) == sorted(str(event.id) for event in events)
    await office.until(
        "SELECT 1 FROM deliveries WHERE agency_id = :id AND status = 'delivered' AND claimed_until IS NULL",
        lambda rows: len(rows) == 150,
        id=agency.id,
    )


async def test_what_ended_long_ago_is_forgotten_and_what_waits_is_kept(office: Office, receiver: Receiver) -> None:
    agency = await office.house.agency()
    client = await agency.client()
    await office.mail_to(client.email)
    await register(agency, receiver.url("/good"), "invoice.viewed")
    await office.tell("billing.invoice.viewed", agency, INVOICE)
    await until_status(office, agency, "delivered")
    await office.rows(
        "UPDATE mails SET created_at = created_at - CAST(:ago AS interval) WHERE agency_id = :id RETURNING 1",
        ago=KEPT_FOR + timedelta(days=1),
        id=agency.id,
    )
    await office.rows(
        "UPDATE deliveries SET created_at = created_at - CAST(:ago AS interval) WHERE agency_id = :id RETURNING 1",
        ago=KEPT_FOR + timedelta(days=1),
        id=agency.id,
    )
    await office.tell("billing.invoice.viewed", agency, INVOICE)
    await received(office, receiver, 2, "/good")

    await Sweeper(office.house.database("notify"), office.house.clock).sweep()

    assert len(await deliveries(agency)) == 1
    assert len(await office.rows("SELECT 1 FROM attempts WHERE agency_id = :id", id=agency.id)) <= 1
    assert await office.mails_about("welcome", agency) == []
