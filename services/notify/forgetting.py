"""What mails remember of an agency is forgotten when it changes, in every process."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from chassis.bus import Bus
from chassis.events import SUBJECT_PREFIX, Event
from chassis.telemetry import log

# Another name, other colours, another time zone, another owner.
CHANGES = ("portal.settings.updated", "auth.agency.updated", "auth.member.updated", "auth.member.removed")


class Forgetting:
    """Hears of changes; what was missed while the wire was down grows old by itself."""

    def __init__(self, bus: Bus, forget: Sequence[Callable[[UUID], None]]) -> None:
        self._bus, self._forget = bus, forget

    async def start(self) -> None:
        """Listen."""
        for type in CHANGES:
            await self._bus.client.subscribe(SUBJECT_PREFIX + type, cb=self._heard)

    async def _heard(self, message: Any) -> None:
        try:
            agency_id = Event.decode(message.data).agency_id
        except Exception as error:
            log.warning("change_unreadable", error=repr(error))
            return
        for forget in self._forget:
            forget(agency_id)
