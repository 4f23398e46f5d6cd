"""A process that makes one thing and relays its event, and is killed with -9 at the point it is told."""

import asyncio
import os
import signal
import sys
from typing import Any
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.engine import Engine

from chassis.relay import Relay
from tests.faults.workshop import make_thing, workshop


def die_at(here: str, wanted: str) -> None:
    """End as a crash would, if this is the point."""
    if here == wanted:
        os.kill(os.getpid(), signal.SIGKILL)


class FragileRelay(Relay):
    """A relay that dies around publishing and marking."""

    point = ""

    async def _publish(self, id: object, subject: str, envelope: bytes) -> None:
        die_at("before_publish", self.point)
        await super()._publish(id, subject, envelope)
        die_at("after_publish", self.point)

    async def _mark(self, connection: Any, ids: list[UUID]) -> None:
        die_at("before_mark", self.point)
        await super()._mark(connection, ids)


async def run(postgres: str, nats: str, agency_id: str, point: str) -> None:
    """Make, announce, commit, publish, mark; die where told."""
    FragileRelay.point = point

    @event.listens_for(Engine, "before_cursor_execute")
    def before(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("INSERT INTO things"):
            die_at("before_insert", point)

    @event.listens_for(Engine, "after_cursor_execute")
    def after(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("INSERT INTO things"):
            die_at("after_insert", point)

    async with workshop(postgres, nats) as shop:
        async with shop.database.unit(UUID(agency_id)) as session:
            await make_thing(session, UUID(agency_id))
            die_at("after_announce", point)
        die_at("after_commit", point)
        await FragileRelay(shop.database, shop.bus).publish_batch()
        die_at("after_mark", point)


if __name__ == "__main__":
    asyncio.run(run(*sys.argv[1:]))
