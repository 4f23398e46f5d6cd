"""Takes a snapshot: asks everybody at once, and answers with what came in time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any
from uuid import UUID

import orjson

from chassis.database import Database
from chassis.errors import Forbidden, NotFound, PorticoError
from chassis.principals import Client
from chassis.telemetry import log
from services.portal.clients import Directory, Papers, Work
from services.portal.portal_settings.models import PortalSettings
from services.portal.portal_settings.schemas import PortalSettingsPublic
from services.portal.snapshots.models import MODULE_OF, PAPER_SECTIONS, SECTIONS, WORK_SECTIONS
from services.portal.snapshots.repository import Door, read_door

EMPTY = b"[]"
_DEFAULTS: dict[str, Any] = PortalSettingsPublic.model_validate(PortalSettings.defaults(UUID(int=0))).model_dump(
    mode="json"
)

Sections = dict[str, bytes]
Ask = Callable[[UUID, tuple[UUID, ...]], Awaitable[Sections]]


class PortalClosed(Forbidden):
    """The agency has switched its portal off."""

    default = "This portal is closed for now. The agency has switched it off."


async def take_snapshot(
    database: Database, client: Client, *, directory: Directory, work: Work, papers: Papers
) -> bytes:
    """The snapshot as JSON; raises PortalClosed. Sections pass through as the bytes their services wrote."""
    door, from_work, from_papers = await asyncio.gather(
        read_door(database, client.agency_id, client.id),
        _sections(work.sections, WORK_SECTIONS, client),
        _sections(papers.sections, PAPER_SECTIONS, client),
    )
    settings = orjson.loads(door.settings) if door.settings else dict(_DEFAULTS)
    if not settings["is_active"]:
        raise PortalClosed
    agency = await _agency(door, client, directory)
    holder = await _holder(door, client, directory)
    settings["portal_name"] = settings["portal_name"] or agency["name"]
    return _compose(agency, holder, settings, from_work | from_papers)


async def _sections(ask: Ask, names: tuple[str, ...], client: Client) -> dict[str, bytes | None]:
    """One service's sections, each None when it does not answer."""
    try:
        answered = await ask(client.agency_id, client.client_ids)
    except PorticoError as error:
        log.warning("snapshot_degraded", sections=names, error=error.code)
        return dict.fromkeys(names)
    return {name: answered[name] or EMPTY for name in names}


async def _agency(door: Door, client: Client, directory: Directory) -> dict[str, Any]:
    """From the replica, or from auth when its event has not arrived."""
    if door.agency:
        return dict(orjson.loads(door.agency))
    return asdict(await directory.agency(client.agency_id))


async def _holder(door: Door, client: Client, directory: Directory) -> dict[str, Any]:
    if door.client:
        return dict(orjson.loads(door.client))
    facts = await directory.client(client.agency_id, client.id)
    if facts is None:
        raise NotFound
    return asdict(facts)


def _compose(
    agency: dict[str, Any], holder: dict[str, Any], settings: dict[str, Any], sections: dict[str, bytes | None]
) -> bytes:
    """The JSON object: small parts are written here, sections are spliced in unread."""
    switched_on = set(settings["enabled_modules"])
    shown = {name: sections[name] if MODULE_OF[name] in switched_on else EMPTY for name in SECTIONS}
    missing = [name for name, rows in shown.items() if rows is None]
    head = orjson.dumps({"agency": agency, "client": holder, "settings": settings})
    body = b"".join(b',"%b":%b' % (name.encode(), rows or EMPTY) for name, rows in shown.items())
    return head[:-1] + body + b',"unavailable":' + orjson.dumps(missing) + b"}"
