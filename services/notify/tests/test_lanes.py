"""Lanes: narrow at first, wide while it goes well, and never at the cost of others."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from chassis.ids import new_id
from services.notify.deliveries.lanes import FIRST_WIDTH, MAX_PER_AGENCY, MAX_UNDER_WAY, QUEUE_PER_WIDTH, WIDEST, Lanes
from services.notify.deliveries.models import Claimed, Lane, Parcel, Payload

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def a_lane(agency_id: UUID | None = None) -> Lane:
    return agency_id or new_id(), new_id()


def claimed(lane: Lane, count: int = 1) -> list[Claimed]:
    made = []
    for _ in range(count):
        payload = Payload(lane[0], new_id(), "invoice.paid", "{}", NOW)
        delivery = payload.delivery_to(lane[1], claimed_until=NOW + timedelta(seconds=60))
        made.append(Claimed(delivery, Parcel("https://hooks.example.com/", b"k", payload.event_id, "{}")))
    return made


def started(lanes: Lanes) -> list[Lane]:
    return [one.delivery.lane for one in lanes.startable()]


def test_an_endpoint_begins_narrow_and_widens_with_success() -> None:
    lanes, lane = Lanes(), a_lane()
    lanes.add(claimed(lane, 100))
    under_way = started(lanes)
    assert len(under_way) == FIRST_WIDTH

    for _ in range(10):
        lanes.ended(lane, arrived=True)
        under_way += started(lanes)

    assert len(under_way) - 10 == WIDEST


def test_an_endpoint_that_fails_is_asked_one_at_a_time() -> None:
    lanes, lane = Lanes(), a_lane()
    lanes.add(claimed(lane, 100))
    for _ in started(lanes):
        lanes.ended(lane, arrived=True)
    for _ in started(lanes):
        lanes.ended(lane, arrived=False)

    assert len(started(lanes)) == 1


def test_endpoints_of_one_agency_leave_room_for_other_agencies() -> None:
    lanes, agency_id, other = Lanes(), new_id(), a_lane()
    for _ in range(MAX_PER_AGENCY):
        lanes.add(claimed(a_lane(agency_id), FIRST_WIDTH))
    assert len(started(lanes)) == MAX_PER_AGENCY

    lanes.add(claimed(other))

    assert started(lanes) == [other]


def test_all_together_stay_below_the_limit_of_the_process() -> None:
    lanes = Lanes()
    many = [a_lane() for _ in range(MAX_UNDER_WAY)]
    for lane in many:
        lanes.add(claimed(lane, FIRST_WIDTH))
    under_way = started(lanes)
    assert len(under_way) == MAX_UNDER_WAY

    lanes.ended(under_way[0], arrived=True)

    assert len(started(lanes)) == 1


def test_a_lane_without_room_is_full_and_is_not_asked_for_more() -> None:
    lanes, lane = Lanes(), a_lane()
    lanes.more_waits([lane])
    assert lanes.asked() == {lane: FIRST_WIDTH * QUEUE_PER_WIDTH}
    lanes.add(claimed(lane, FIRST_WIDTH * QUEUE_PER_WIDTH))
    lanes.more_waits([lane])

    assert lanes.full(lane[0]) == [lane[1]]
    assert lanes.asked() == {}

    started(lanes)

    assert lanes.full(lane[0]) == []
    assert lanes.asked() == {lane: FIRST_WIDTH}


def test_the_end_of_a_try_tells_when_there_is_something_to_claim() -> None:
    lanes, lane = Lanes(), a_lane()
    lanes.add(claimed(lane))
    started(lanes)
    assert lanes.ended(lane, arrived=True) is False
    lanes.add(claimed(lane))
    started(lanes)
    lanes.more_waits([lane])

    assert lanes.ended(lane, arrived=True) is True


def test_what_was_not_started_is_given_back() -> None:
    lanes, lane = Lanes(), a_lane()
    lanes.add(claimed(lane, 5))
    started(lanes)

    assert len(lanes.drain()) == 5 - FIRST_WIDTH
    assert started(lanes) == []
