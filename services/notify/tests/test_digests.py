"""What a digest tells, whom, and when: each morning at eight, all of the day by project, and nothing without news."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from chassis.ids import new_id
from services.notify.digests import service as digests
from services.notify.digests.models import next_morning
from services.notify.tests.office import Office
from services.notify.tests.test_mails import invoice_of
from services.notify.tests.wishes import (
    NEWS,
    begin,
    digests_to,
    due,
    go_to,
    in_zone,
    joined,
    one_click,
    send,
    send_next,
    share,
    status_of,
    wish,
    wishes_of,
    write,
)

MICROSECOND = timedelta(microseconds=1)


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    ("zone", "now", "morning"),
    [
        ("UTC", "2026-11-22T07:59:59.999999+00:00", "2026-11-22T08:00:00+00:00"),
        ("UTC", "2026-11-22T08:00:00+00:00", "2026-11-23T08:00:00+00:00"),
        ("Europe/Oslo", "2026-11-22T06:59:59+00:00", "2026-11-22T07:00:00+00:00"),
        # Clocks go forward in the night to 28 March 2027: that day's morning comes an hour sooner.
        ("Europe/Oslo", "2027-03-27T07:00:00+00:00", "2027-03-28T06:00:00+00:00"),
        ("Europe/Oslo", "2027-03-28T06:00:00+00:00", "2027-03-29T06:00:00+00:00"),
        # And back in the night to 31 October.
        ("Europe/Oslo", "2027-10-30T06:00:00+00:00", "2027-10-31T07:00:00+00:00"),
        ("America/New_York", "2026-10-31T12:00:00+00:00", "2026-11-01T13:00:00+00:00"),
        ("Asia/Kolkata", "2026-11-22T02:29:59+00:00", "2026-11-22T02:30:00+00:00"),
        ("Pacific/Chatham", "2026-11-22T00:00:00+00:00", "2026-11-22T18:15:00+00:00"),
        # Where it is tomorrow already.
        ("Pacific/Kiritimati", "2026-11-22T17:00:00+00:00", "2026-11-22T18:00:00+00:00"),
        # This day was left out altogether.
        ("Pacific/Apia", "2011-12-29T19:00:00+00:00", "2011-12-30T18:00:00+00:00"),
    ],
)
def test_the_next_morning_is_at_eight_where_the_agency_is(zone: str, now: str, morning: str) -> None:
    assert next_morning(at(now), ZoneInfo(zone)).astimezone(UTC) == at(morning)


@pytest.mark.parametrize("zone", ["Europe/Oslo", "America/New_York", "Pacific/Auckland"])
async def test_what_happens_is_held_until_eight_where_the_agency_is(office: Office, zone: str) -> None:
    agency = await in_zone(office, zone)
    await write(office, await agency.client("Grace Hopper"))
    await status_of(office, agency, "message_received", "held")
    (digest,) = await due(office, agency)
    here = digest.due_at.astimezone(ZoneInfo(zone))
    assert (here.hour, here.minute, here.date()) == (8, 0, digest.due_on)
    assert timedelta() < digest.due_at - office.house.clock() <= timedelta(days=1)

    await send(office, digest.due_at - MICROSECOND)
    assert len(await due(office, agency)) == 1
    await send(office, digest.due_at)
    assert await due(office, agency) == []
    go_to(office, digest.due_at)

    mail = await office.mail_to(agency.email, about=NEWS)
    assert "New message from Grace Hopper" in mail.part("plain")
    await status_of(office, agency, "message_received", "gathered")


async def test_the_morning_after_the_clocks_change_is_at_eight_too(office: Office) -> None:
    agency = await in_zone(office, "Europe/Oslo")
    client = await agency.client()
    go_to(office, at("2027-03-27T12:00:00+00:00"))
    await write(office, client)
    await status_of(office, agency, "message_received", "held")

    (digest,) = await due(office, agency)

    assert digest.due_at == at("2027-03-28T06:00:00+00:00")


async def test_a_digest_tells_everything_by_project_in_the_order_in_which_it_happened(office: Office) -> None:
    agency = await office.house.agency("Studio North")
    await wish(agency.http, "daily")
    client = await agency.client("Grace Hopper")
    website, logo = await begin(office, client, "Website"), await begin(office, client, "Logo")
    await office.settled()
    for words, project in (("One", website), ("Two", logo), ("Three", None), ("Four", website)):
        await write(office, client, words, project)
        # Events are told apart in time by the millisecond.
        await asyncio.sleep(0.002)
    await status_of(office, agency, "message_received", "held", 4)

    await send_next(office, agency)

    mail = await office.mail_to(agency.email, about=NEWS)
    told = mail.part("plain").replace("\r\n", "\n")
    places = [
        told.index(words) for words in ("Website\n", "> One", "> Four", "Logo\n", "> Two", "Everything else", "> Three")
    ]
    assert places == sorted(places)
    assert told.count("- New message from Grace Hopper") == 4
    (digest,) = await status_of(office, agency, "digest", "sent")
    assert str(mail.message["Subject"]).startswith("What is new at Studio North, ")
    assert digest.facts is None


async def test_a_project_is_called_as_it_is_called_last(office: Office) -> None:
    agency = await office.house.agency()
    await wish(agency.http, "daily")
    client = await agency.client()
    project = await begin(office, client, "Working title")
    await write(office, client, "Hello", project)
    event = await office.tell("projects.project.updated", agency, project)
    for version, name in ((3, "Final title"), (2, "Late word of another title")):
        renamed = replace(event, id=new_id(), aggregate_version=version, data=project | {"name": name})
        await office.publish(renamed)
        await office.settled()
    await status_of(office, agency, "message_received", "held")
    await office.settled()

    await send_next(office, agency)

    assert "Final title" in (await office.mail_to(agency.email, about=NEWS)).part("plain")


async def test_each_person_has_a_digest_of_their_own(office: Office) -> None:
    agency, elsewhere = await office.house.agency(), await office.house.agency()
    member, client, neighbour = await joined(office, agency), await agency.client(), await agency.client()
    for http in (agency.http, client.http, neighbour.http, elsewhere.http):
        await wish(http, "daily")
    await write(office, client, "For the agency")
    await write(office, await elsewhere.client(), "For the other agency")
    await share(office, client, "mine.pdf")
    await share(office, neighbour, "theirs.pdf")
    await status_of(office, agency, "file_shared", "held", 2)
    await status_of(office, agency, "message_received", "held")
    await status_of(office, elsewhere, "message_received", "held")

    # All agencies' digests that are due are sent together.
    await send_next(office, agency)

    told = {
        person.email: (await office.mail_to(person.email, about=NEWS)).part("plain")
        for person in (agency, elsewhere, client, neighbour)
    }
    for person, words in ((agency, "For the agency"), (elsewhere, "For the other agency"), (client, "mine.pdf")):
        assert [email for email, content in told.items() if words in content] == [person.email]
    assert client.token in told[client.email]
    assert client.token not in told[agency.email] + told[neighbour.email]
    # One who wants nothing put off has had it at once.
    await office.mail_to(member.email, about="New message")
    assert digests_to(office, member.email) == []


async def test_without_news_there_is_no_digest(office: Office) -> None:
    agency = await in_zone(office, "UTC")
    assert await due(office, agency) == []
    await send(office, office.house.clock() + timedelta(days=2))
    assert await office.mails_about("digest", agency) == []


async def test_what_is_turned_off_while_it_waits_is_not_told(office: Office) -> None:
    agency = await in_zone(office, "UTC")
    await write(office, await agency.client())
    await status_of(office, agency, "message_received", "held")
    await wish(agency.http, message_received="never")

    await send_next(office, agency)

    assert await due(office, agency) == []
    assert await office.mails_about("digest", agency) == []
    (unwanted,) = await status_of(office, agency, "message_received", "unwanted")
    assert unwanted.facts is None


async def test_one_click_in_a_digest_ends_digests_and_leaves_what_comes_at_once(office: Office) -> None:
    agency = await office.house.agency()
    await wish(agency.http, "daily", file_received="now", quote_declined="never")
    client = await agency.client()
    await write(office, client)
    await status_of(office, agency, "message_received", "held")
    await send_next(office, agency)
    mail = await office.mail_to(agency.email, about=NEWS)
    address = one_click(mail).partition("?")[2]

    page = await office.house.gateway.get(f"/unsubscribe?{address}")
    answer = await office.house.gateway.post(f"/unsubscribe?{address}")

    assert "Turn off the digest" in page.text
    assert "no more daily digests" in answer.text
    chosen = await wishes_of(agency.http)
    assert (chosen["message_received"], chosen["file_received"], chosen["quote_declined"]) == ("never", "now", "never")
    await write(office, client)
    await status_of(office, agency, "message_received", "unwanted")
    assert (await office.house.gateway.post(f"/unsubscribe/undo?{address}")).status_code == 404


async def test_more_news_than_can_be_read_is_counted(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "MAX_NEWS", 2)
    agency = await in_zone(office, "UTC")
    client = await agency.client()
    for number in range(5):
        await write(office, client, f"Message {number}")
    await status_of(office, agency, "message_received", "held", 5)

    await send_next(office, agency)

    mail = await office.mail_to(agency.email, about=NEWS)
    assert mail.part("plain").count("- New message") == 2
    assert "And 3 more." in mail.part("plain")
    assert "And <bdi>3</bdi> more." in mail.part("html")


async def test_a_clients_digest_leads_to_the_client_portal_and_to_what_is_to_be_paid(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client()
    await wish(client.http, "daily")
    pay = "http://localhost:8080/pay/abc?k=def"
    await office.tell(
        "billing.invoice.reminded", agency, invoice_of(client, paymentUrl=pay), internal={"daysFromDue": -3}
    )
    await status_of(office, agency, "invoice_reminder", "held")

    await send_next(office, agency)

    mail = await office.mail_to(client.email, about=NEWS)
    assert f"  {pay}\n" in mail.part("plain").replace("\r\n", "\n")
    assert f'href="{pay}"' in mail.part("html")
    assert client.token in mail.part("html")
    assert agency.email in str(mail.message["Reply-To"])
