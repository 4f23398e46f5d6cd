"""An erasure looks through long tables in parts, and misses nothing at their borders."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import text

from chassis import erasing
from chassis.erasing import Erasure, windows
from chassis.erasing_documents import Subject
from chassis.ids import new_id
from tests.house import House

_ADD = text(
    "INSERT INTO live_events (agency_id, id, type, body, created_at)"
    " VALUES (:agency, :id, 'client.created', '{}', :now)"
)
_PART = text("SELECT id FROM live_events WHERE agency_id = :agency AND id > :after AND id <= :upto ORDER BY id")


@pytest.mark.parametrize("rows", [0, 1, 2, 3, 4, 7])
async def test_parts_hold_every_row_once(house: House, monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    monkeypatch.setattr(erasing, "ROWS_AT_ONCE", 2)
    agency, now = UUID((await house.agency()).id), datetime.now(UTC)
    erasure = Erasure(agency, Subject(new_id()), now, now)
    async with house.database("notify").unit(agency) as session:
        ids = [new_id() for _ in range(rows)]
        for id in ids:
            await session.execute(_ADD, {"agency": agency, "id": id, "now": now})
        seen: list[UUID] = []
        async for window in windows(session, "live_events", erasure):
            seen += await session.scalars(_PART, window)
        await session.rollback()
    assert seen == sorted(ids)
