"""The doors that notify's tests go through: events from the wire, mails at a mail server, webhooks at a receiver."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text

from chassis.bus import STREAM
from chassis.events import Event
from chassis.ids import new_id
from chassis.principals import Actor, ActorKind
from chassis.telemetry import log
from services.notify.tests.fakes import Names
from tests.fakes.smtp_server import SmtpServer, Taken
from tests.house import Agency, Client, House


@contextmanager
def written_lines() -> Iterator[list[str]]:
    """The log's lines as they are written while the block runs, of every service in this process."""
    lines: list[str] = []

    def keep(_: Any, __: str, line: str) -> str:
        lines.append(line)
        return line

    # The logger keeps the processors of the first configuration, which structlog's own capture may not know of.
    processors = log.bind()._processors
    processors.append(keep)
    try:
        yield lines
    finally:
        processors.remove(keep)


@dataclass
class Doors:
    """Auth, portal and notify in one loop."""

    house: House

    async def tell(
        self,
        type: str,
        agency: Agency,
        data: dict[str, Any],
        *,
        by: Client | None = None,
        internal: dict[str, Any] | None = None,
        at: datetime | None = None,
    ) -> Event:
        """Publish an event as another service's relay does; a client's doing where `by` names one."""
        actor = (
            Actor(ActorKind.CLIENT, UUID(by.id), by.body["name"]) if by else Actor(ActorKind.MEMBER, new_id(), "Olivia")
        )
        event = Event(
            id=new_id(),
            type=type,
            agency_id=UUID(agency.id),
            aggregate=type.split(".")[1],
            aggregate_id=UUID(data.get("id") or str(new_id())),
            aggregate_version=1,
            actor=actor,
            occurred_at=at or self.house.clock(),
            data=data,
            internal=internal or {},
        )
        await self.publish(event)
        return event

    async def publish(self, event: Event, *, deduplicate: bool = True) -> None:
        """Put an event on the wire; without `deduplicate` as a rebuilt broker would once more."""
        headers = {"Nats-Msg-Id": str(event.id)} if deduplicate else None
        bus = self.house.chassis("notify").bus
        await bus.stream.publish(event.subject, event.encode(), stream=STREAM, headers=headers)

    async def settled(self) -> None:
        """Wait until the consumer has handled every event that was published before."""
        bus = self.house.chassis("notify").bus

        async def nothing_waits() -> bool:
            info = await bus.stream.consumer_info(STREAM, "notify")
            return info.num_pending == 0 and info.num_ack_pending == 0

        await self.house.eventually(nothing_waits)

    async def mails_about(self, template: str, agency: Agency) -> list[Any]:
        """The mails of one template that an agency has caused."""
        found = "SELECT * FROM mails WHERE template = :template AND agency_id = :id"
        return await self.rows(found, template=template, id=agency.id)

    async def rows(self, sql: str, **values: Any) -> list[Any]:
        """What notify's database holds, across agencies."""
        async with self.house.database("notify").across_agencies() as session:
            return list((await session.execute(text(sql), values)).all())

    async def until(self, sql: str, check: Callable[[list[Any]], bool], **values: Any) -> list[Any]:
        """The rows, once they are as expected."""
        found: list[Any] = []

        async def looks_right() -> bool:
            found[:] = await self.rows(sql, **values)
            return check(found)

        await self.house.eventually(looks_right)
        return found


@dataclass
class Office(Doors):
    """With a mail server, and webhooks that may go to this machine."""

    smtp: SmtpServer

    async def mails_to(self, address: str, count: int, *, about: str = "") -> list[Taken]:
        """All mails to an address whose subject holds some words, once there are that many."""

        def found() -> list[Taken]:
            return [mail for mail in self.smtp.to(address) if about in str(mail.message["Subject"])]

        async def enough() -> bool:
            return len(found()) >= count

        await self.house.eventually(enough)
        return found()

    async def mail_to(self, address: str, *, about: str = "", timeout: float = 10) -> Taken:
        """The first mail to an address whose subject holds some words, once it is there."""

        async def arrived() -> Taken | None:
            for mail in self.smtp.to(address):
                if about in str(mail.message["Subject"]):
                    return mail
            return None

        mail = await self.house.eventually(arrived, timeout)
        assert isinstance(mail, Taken)
        return mail


@dataclass
class Guarded(Doors):
    """With the mailbox page, and webhooks that may go to public addresses only, as names resolve in the test."""

    names: Names
    agency: Agency
