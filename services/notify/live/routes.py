"""Event streams over REST, for the agency and for its clients."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Header, Query, Request

from chassis.database import Reader
from chassis.http.dependencies import CurrentClient, CurrentStaff, Reading
from chassis.http.problems import problems
from chassis.http.unit import Router
from chassis.principals import Principal
from services.notify.dependencies import Ctx
from services.notify.live import service
from services.notify.live.models import Audience, TooManyStreams
from services.notify.live.streaming import MEDIA_TYPE, EventStream

router = Router(tags=["Live"])

_FRAME = (
    "id: 0198f7a2-5bfe-7a31-8d02-5a1c3b7e9f10\n"
    "event: message.created\n"
    'data: {"id": "0198f7a2-5bfe-7a31-8d02-5a1c3b7e9f10", "type": "message.created",'
    ' "time": "2026-11-21T09:30:00.000Z", "agencyId": "0198f7a0-33c2-7d04-9a77-b1c2d3e4f506", "data": {}}\n\n'
)
_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Server-sent events, one after the other, until the caller hangs up or the credential ends.",
        "content": {
            MEDIA_TYPE: {
                "schema": {"type": "string", "description": "`id`, `event` and `data` of each; comments in between."},
                "examples": {"event": {"value": _FRAME}},
            }
        },
    },
    **problems(TooManyStreams),
}


def _last_heard(
    last_event_id: Annotated[UUID | None, Header(description="The last event that was heard.")] = None,
    last_event_id_in_query: Annotated[
        UUID | None, Query(alias="lastEventId", description="The same, for callers who cannot set headers.")
    ] = None,
) -> UUID | None:
    # The header is what a browser adds when it comes back; its address stays what it was at first.
    return last_event_id or last_event_id_in_query


LastHeard = Annotated[UUID | None, Depends(_last_heard)]


@router.get("/api/events", status_code=200, response_class=EventStream, responses=_STREAM)
async def stream_events(
    request: Request, staff: CurrentStaff, reader: Reading, context: Ctx, after: LastHeard
) -> EventStream:
    """Listen to what happens in the agency.

    Each event has the payload that webhooks get. Whoever comes back within three days with the `id` heard last
    misses nothing; without one the stream begins now. The same event may come twice, never none.
    """
    return await _stream(request, staff, reader=reader, context=context, after=after)


@router.get("/api/portal/events", status_code=200, response_class=EventStream, responses=_STREAM)
async def stream_events_of_client(
    request: Request, client: CurrentClient, reader: Reading, context: Ctx, after: LastHeard
) -> EventStream:
    """Listen to what happens in one's own portal.

    Only events of what the client sees, each with the fields that it sees. Whoever comes back within three days with
    the `id` heard last misses nothing; without one the stream begins now.
    """
    return await _stream(request, client, reader=reader, context=context, after=after)


async def _stream(
    request: Request, holder: Principal, *, reader: Reader, context: Ctx, after: UUID | None
) -> EventStream:
    beginning = await service.beginning(reader, Audience.of(holder), after)
    chassis = request.app.state.chassis
    return EventStream(
        context.hub,
        chassis.database,
        holder=holder,
        beginning=beginning,
        identify=lambda: chassis.identify_anew(request),
    )
