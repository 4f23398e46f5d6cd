"""A digest is sent once, whatever is at it and whatever breaks, and nothing that waits for one is lost."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from services.notify.digests import service as digests
from services.notify.mails import service as mails
from services.notify.main import build_app
from services.notify.tests.office import Office
from services.notify.tests.wishes import NEWS, digests_to, due, go_to, in_zone, send, send_next, status_of, write
from tests.fakes.smtp_server import Mode
from tests.ports import free_ports


async def test_the_services_own_clock_sends_the_digest(office: Office) -> None:
    agency = await in_zone(office, "UTC")
    await write(office, await agency.client())
    await status_of(office, agency, "message_received", "held")
    (digest,) = await due(office, agency)

    # Other tests have been in the future, where the job had its turns.
    async with office.house.database("notify").across_agencies() as session:
        await session.execute(text("DELETE FROM job_turns"))
    go_to(office, digest.due_at)
    await office.house.apps["notify"].state.context.scheduler.tick()

    await office.mail_to(agency.email, about=NEWS)


async def test_a_digest_is_sent_once_however_many_are_at_it(office: Office) -> None:
    agency = await in_zone(office, "UTC")
    client = await agency.client()
    for number in range(5):
        await write(office, client, f"Message {number}")
    await status_of(office, agency, "message_received", "held", 5)
    (digest,) = await due(office, agency)

    await asyncio.gather(*(send(office, digest.due_at + timedelta(seconds=number)) for number in range(5)))
    await send(office, digest.due_at + timedelta(days=1))
    go_to(office, digest.due_at + timedelta(seconds=5))

    await office.mail_to(agency.email, about=NEWS)
    assert len(await office.mails_about("digest", agency)) == 1
    assert len(digests_to(office, agency.email)) == 1
    told = digests_to(office, agency.email)[0].part("plain")
    assert [told.count(f"Message {number}") for number in range(5)] == [1] * 5


async def test_after_a_long_stop_one_digest_tells_it_all(office: Office) -> None:
    agency = await in_zone(office, "UTC")
    client = await agency.client()
    await write(office, client, "Before")
    await status_of(office, agency, "message_received", "held")
    (digest,) = await due(office, agency)
    office.house.clock.advance(days=3)

    await send(office, office.house.clock())

    mail = await office.mail_to(agency.email, about=NEWS)
    assert "Before" in mail.part("plain")
    assert f"{digest.due_on.day} {digest.due_on:%B %Y}" in str(mail.message["Subject"])
    assert len(await office.mails_about("digest", agency)) == 1


async def test_what_comes_after_a_digest_waits_for_the_next(office: Office) -> None:
    agency = await in_zone(office, "UTC")
    client = await agency.client()
    await write(office, client, "First")
    await status_of(office, agency, "message_received", "held")
    await send_next(office, agency)
    await office.mail_to(agency.email, about=NEWS)

    await write(office, client, "Second")
    await status_of(office, agency, "message_received", "held")
    await send_next(office, agency)

    first, second = await office.mails_to(agency.email, 2, about=NEWS)
    assert ("First" in first.part("plain"), "Second" in first.part("plain")) == (True, False)
    assert ("First" in second.part("plain"), "Second" in second.part("plain")) == (False, True)


async def test_a_digest_that_the_mail_server_puts_off_is_sent_later_and_once(office: Office) -> None:
    agency = await in_zone(office, "UTC")
    await write(office, await agency.client())
    await status_of(office, agency, "message_received", "held")
    office.smtp.mode = Mode.DEFER
    await send_next(office, agency)
    await status_of(office, agency, "digest", "retrying")

    office.smtp.mode = Mode.OK
    office.house.clock.advance(seconds=30)

    await status_of(office, agency, "digest", "sent")
    assert len(digests_to(office, agency.email)) == 1


async def test_what_waits_is_sealed(office: Office) -> None:
    agency = await in_zone(office, "UTC")
    await write(office, await agency.client(), "CANARY in a message")
    (held,) = await status_of(office, agency, "message_received", "held")
    assert b"CANARY" not in held.facts
    ((count,),) = await office.rows("SELECT count(*) FROM mails m WHERE m::text LIKE '%CANARY%'")
    assert count == 0


async def test_what_waits_is_not_swept_away(office: Office) -> None:
    agency = await in_zone(office, "UTC")
    await write(office, await agency.client())
    await status_of(office, agency, "message_received", "held")
    async with office.house.database("notify").across_agencies() as session:
        await mails.forget_before(session, office.house.clock() + timedelta(days=1))
    assert len(await status_of(office, agency, "message_received", "held")) == 1


async def test_nothing_is_lost_or_told_twice_while_digests_are_sent(office: Office) -> None:
    agency = await in_zone(office, "UTC")
    client = await agency.client()
    later = office.house.clock() + timedelta(days=2)

    async def keep_sending() -> None:
        while True:
            await send(office, later)
            await asyncio.sleep(0.01)

    sending = asyncio.create_task(keep_sending())
    for number in range(30):
        await write(office, client, f"Message {number:02}.")
    done = (
        "SELECT * FROM mails WHERE agency_id = :id AND template = 'message_received' AND status IN ('held', 'gathered')"
    )
    await office.until(done, lambda rows: len(rows) == 30, id=agency.id)
    sending.cancel()
    await send(office, later)
    go_to(office, later)

    rows = await office.until(
        "SELECT * FROM mails WHERE agency_id = :id AND template = 'digest'",
        lambda rows: all(row.status == "sent" for row in rows),
        id=agency.id,
    )
    assert len(rows) > 1
    told = "".join(mail.part("plain") for mail in digests_to(office, agency.email))
    assert [told.count(f"Message {number:02}.") for number in range(30)] == [1] * 30


async def test_a_digest_that_breaks_off_has_not_happened(office: Office) -> None:
    agency = await in_zone(office, "UTC")
    await write(office, await agency.client(), "Still there")
    await status_of(office, agency, "message_received", "held")
    (digest,) = await due(office, agency)
    chassis = office.house.chassis("notify")

    with pytest.raises(ConnectionResetError):
        async with chassis.database.unit(digest.agency_id) as session:
            assert await digests.gather(session, chassis.vault, key=(digest.agency_id, digest.id), now=digest.due_at)
            await session.flush()
            raise ConnectionResetError

    assert await office.mails_about("digest", agency) == []
    await send_next(office, agency)
    assert "Still there" in (await office.mail_to(agency.email, about=NEWS)).part("plain")


async def test_a_digest_that_fails_holds_up_no_other(office: Office) -> None:
    agencies = [await in_zone(office, "UTC") for _ in range(3)]
    for agency in agencies:
        await write(office, await agency.client())
        await status_of(office, agency, "message_received", "held")
    # Of agencies in the order in which they are gathered, neither the first nor the last.
    broken = sorted(agencies, key=lambda agency: agency.id)[1]
    async with office.house.database("notify").across_agencies() as session:
        await session.execute(
            text("UPDATE mails SET facts = 'torn' WHERE status = 'held' AND agency_id = :id"), {"id": broken.id}
        )

    await send_next(office, broken)

    for agency in agencies:
        if agency is not broken:
            await office.mail_to(agency.email, about=NEWS)
    assert len(await due(office, broken)) == 1
    async with office.house.database("notify").across_agencies() as session:
        await session.execute(text("DELETE FROM digests WHERE agency_id = :id"), {"id": broken.id})


async def test_two_processes_send_each_digest_once_whichever_of_them_held_the_news(office: Office) -> None:
    agencies = [await in_zone(office, "UTC") for _ in range(4)]
    for agency in agencies:
        await write(office, await agency.client(), "Held by the first process")
        await status_of(office, agency, "message_received", "held")
    (digest,) = await due(office, agencies[0])
    settings = office.house.chassis("notify").settings
    second = build_app(settings.model_copy(update={"rpc_port": free_ports(1)[0]}), clock=office.house.clock)

    async with second.router.lifespan_context(second):
        async with office.house.database("notify").across_agencies() as session:
            await session.execute(text("DELETE FROM job_turns"))
        go_to(office, digest.due_at)
        await asyncio.gather(
            *(app.state.context.scheduler.tick() for app in (second, office.house.apps["notify"]) for _ in range(3))
        )
        for agency in agencies:
            await office.mail_to(agency.email, about=NEWS)

    for agency in agencies:
        assert len(digests_to(office, agency.email)) == len(await office.mails_about("digest", agency)) == 1
