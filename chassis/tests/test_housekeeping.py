"""What the tables of outbox, inbox and idempotency keep, and for how long."""

from sqlalchemy import text

from chassis.housekeeping import Housekeeping
from chassis.ids import made_at, new_id
from tests.house import House


async def test_housekeeping_forgets_what_is_old_and_nothing_else(house: House) -> None:
    database, agency = house.database("billing"), new_id()
    kept, old = new_id(), new_id()
    async with database.unit(agency) as session:
        for id, days in ((kept, 44), (old, 46)):
            await session.execute(
                text(
                    "INSERT INTO inbox (event_id, agency_id, handled_at)"
                    " VALUES (:id, :agency, now() - :days * interval '1 day')"
                ),
                {"id": id, "agency": agency, "days": days},
            )
    await Housekeeping(database).tidy()
    async with database.unit(agency) as session:
        assert list((await session.execute(text("SELECT event_id FROM inbox"))).scalars()) == [kept]


def test_an_id_tells_when_it_was_made(house: House) -> None:
    first, second = new_id(), new_id()
    made = made_at(first)
    assert made is not None
    assert abs((house.clock() - made).total_seconds()) < 60
    assert first != second
    assert first.version == 7
