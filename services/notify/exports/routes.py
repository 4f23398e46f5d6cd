"""REST of the export."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import Response
from starlette.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from chassis.errors import Unavailable
from chassis.http.dependencies import CurrentStaff, Now
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.notify.dependencies import Ctx
from services.notify.exports.models import ExportUnderWay, OwnersOnly
from services.notify.exports.service import Export

# Whoever takes nothing for so long has gone, and must not hold snapshots open.
STALLED_S = 120
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The archive.",
        "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
    }
}

router = Router(tags=["Data"])


class ExportResponse(StreamingResponse):
    """An archive on its way; whatever becomes of the reader, the snapshots are let go."""

    def __init__(self, export: Export, end: Callable[[], Awaitable[None]], name: str) -> None:
        super().__init__(
            export.pieces(),
            media_type="application/zip",
            headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
        )
        self._end = end

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, as fast as it is taken."""

        async def send_in_time(message: Message) -> None:
            async with asyncio.timeout(STALLED_S):
                await send(message)

        try:
            await super().__call__(scope, receive, send_in_time)
        finally:
            await self._end()


@router.get(
    "/api/export",
    response_class=Response,
    responses=_ANSWERS | problems(OwnersOnly, ExportUnderWay, Unavailable),
)
async def export_agency(staff: CurrentStaff, ctx: Ctx, now: Now) -> Response:
    """Export everything that is kept of the agency, as a ZIP of JSON Lines and files.

    One `<service>/<table>.jsonl` for each table, with every row of the agency as it stood when the export began;
    the bytes of every version of every file under `files/<id>/<version>/<name>`; pictures under `pictures/`. Secrets
    (passwords, keys, tokens) are left out. `manifest.json` comes last, with the number of rows, the size in bytes and
    the SHA-256 of everything before it: an archive without it broke off. For the owner, signed in as a person.
    """
    export = await ctx.exports.begin(staff, now=now)

    async def end() -> None:
        await ctx.exports.end(export, staff.agency_id)

    return ExportResponse(export, end, f"export-{now:%Y-%m-%d}.zip")
