"""Takes a snapshot: asks everybody at once, and answers with what came in time."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

import orjson

from chassis.credentials import PortalClosed
from chassis.errors import PorticoError
from chassis.principals import Client
from chassis.telemetry import log
from services.portal.clients import Papers, Work
from services.portal.snapshots.doors import Door, Doors
from services.portal.snapshots.models import MODULE_OF, PAPER_SECTIONS, SECTIONS, WORK_SECTIONS

EMPTY = b"[]"

Ask = Callable[[UUID, tuple[UUID, ...]], Awaitable[dict[str, bytes]]]


async def take_snapshot(
    doors: Doors, client: Client, *, work: Work, papers: Papers, even_if_shut: bool = False
) -> bytes:
    """The snapshot as JSON; raises PortalClosed. Sections pass through as the bytes their services wrote."""
    door, from_work, from_papers = await asyncio.gather(
        doors.find(client),
        _sections(work.sections, WORK_SECTIONS, client),
        _sections(papers.sections, PAPER_SECTIONS, client),
    )
    if not door.is_active and not even_if_shut:
        raise PortalClosed
    return _compose(door, from_work | from_papers)


async def _sections(ask: Ask, names: tuple[str, ...], client: Client) -> dict[str, bytes | None]:
    """One service's sections, each None when it does not answer."""
    try:
        answered = await ask(client.agency_id, client.client_ids)
    except PorticoError as error:
        log.warning("snapshot_degraded", sections=names, error=error.code)
        return dict.fromkeys(names)
    return {name: answered[name] or EMPTY for name in names}


def _compose(door: Door, sections: dict[str, bytes | None]) -> bytes:
    """The JSON object: its head is written already, sections are spliced in unread."""
    shown = {name: sections[name] if MODULE_OF[name] in door.modules else EMPTY for name in SECTIONS}
    missing = [name for name, rows in shown.items() if rows is None]
    body = b"".join(b',"%b":%b' % (name.encode(), rows or EMPTY) for name, rows in shown.items())
    return door.head + body + b',"unavailable":' + orjson.dumps(missing) + b"}"
