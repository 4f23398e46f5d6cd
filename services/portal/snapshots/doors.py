"""What stands at a client's door (agency, client, settings), remembered until an event tells of a change."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

import orjson

from chassis.bus import Bus
from chassis.database import Database
from chassis.errors import NotFound
from chassis.events import SUBJECT_PREFIX, Event
from chassis.principals import Client
from chassis.telemetry import log
from services.portal.clients import Directory
from services.portal.portal_settings.models import PortalSettings
from services.portal.portal_settings.schemas import PortalSettingsPublic
from services.portal.snapshots.repository import Known, read_known

CHANGES = (
    "auth.agency.registered",
    "auth.agency.updated",
    "auth.client.created",
    "auth.client.updated",
    "auth.client.deleted",
    "auth.company.created",
    "auth.company.updated",
    "auth.company.deleted",
)
SETTINGS_CHANGES = ("portal.settings.updated",)
KEPT_S = 30.0
# After a change nothing is remembered for this long: its transaction, or the replica's, may not have ended yet.
DOUBT_S = 5.0
MAX_KEPT = 10_000

_DEFAULTS: dict[str, Any] = PortalSettingsPublic.model_validate(PortalSettings.defaults(UUID(int=0))).model_dump(
    mode="json"
)


@dataclass(frozen=True, slots=True)
class Door:
    """The beginning of a snapshot as JSON (an object without its closing brace), and what is switched on."""

    head: bytes
    modules: frozenset[str]
    is_active: bool


class Doors:
    """Finds the door of a client or company; every process hears of every change and forgets what it concerns."""

    def __init__(
        self, database: Database, directory: Directory, bus: Bus, *, timer: Callable[[], float] = time.monotonic
    ) -> None:
        self._database, self._directory, self._bus, self._timer = database, directory, bus, timer
        self._kept: dict[UUID, dict[UUID, tuple[float, Door]]] = {}
        self._doubtful_until: dict[UUID, float] = {}
        self._count = 0
        bus.on_down(self._forget_all)
        bus.on_up(self._forget_all)

    async def start(self) -> None:
        """Listen for changes."""
        for type in CHANGES + SETTINGS_CHANGES:
            await self._bus.client.subscribe(SUBJECT_PREFIX + type, cb=self._heard)

    def doubt(self, agency_id: UUID) -> None:
        """Forget an agency's doors, and remember none of them until the change has surely ended."""
        self._count -= len(self._kept.pop(agency_id, {}))
        self._doubtful_until[agency_id] = self._timer() + DOUBT_S

    async def find(self, client: Client) -> Door:
        """The client's door; raises NotFound for a client that is gone, Unavailable when nobody can tell."""
        began = self._timer()
        kept = self._kept.get(client.agency_id, {}).get(client.id)
        if kept and began < kept[0]:
            return kept[1]
        known = await read_known(self._database, client.agency_id, client.id, is_company=client.is_company)
        door = await self._door(known, client)
        if known.agency and known.client:
            self._keep(client, door, began)
        return door

    async def _door(self, known: Known, client: Client) -> Door:
        """From the replicas, or from auth where its events have not arrived."""
        settings = orjson.loads(known.settings) if known.settings else dict(_DEFAULTS)
        agency = orjson.loads(known.agency) if known.agency else asdict(await self._directory.agency(client.agency_id))
        holder = orjson.loads(known.client) if known.client else await self._holder(client)
        settings["portal_name"] = settings["portal_name"] or agency["name"]
        head = orjson.dumps({"agency": agency, "client": holder, "settings": settings})[:-1]
        return Door(head, frozenset(settings["enabled_modules"]), settings["is_active"])

    async def _holder(self, client: Client) -> dict[str, Any]:
        facts = await self._directory.holder(client)
        if facts is None:
            raise NotFound
        return asdict(facts)

    def _keep(self, client: Client, door: Door, began: float) -> None:
        if began < self._doubtful_until.get(client.agency_id, 0.0) or not self._bus.connected:
            return
        if self._count >= MAX_KEPT:
            self._kept.clear()
            self._count = 0
        doors = self._kept.setdefault(client.agency_id, {})
        self._count += client.id not in doors
        doors[client.id] = (began + KEPT_S, door)

    async def _heard(self, message: Any) -> None:
        try:
            self.doubt(Event.decode(message.data).agency_id)
        except Exception as error:
            log.warning("change_unreadable", error=repr(error))
            await self._forget_all()
        if len(self._doubtful_until) > MAX_KEPT:
            now = self._timer()
            self._doubtful_until = {id: until for id, until in self._doubtful_until.items() if until > now}

    async def _forget_all(self) -> None:
        """Changes may have been missed."""
        for agency_id in list(self._kept):
            self.doubt(agency_id)
