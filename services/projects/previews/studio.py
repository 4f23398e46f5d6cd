"""The studio: a few worker processes that draw, each one page at a time, from the side of the service."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from chassis.clock import Clock
from chassis.storage import ObjectStore
from chassis.telemetry import log
from chassis.worker import DeadlinePassed, JobFailed, Worker, WorkerBusy, WorkerDied
from services.projects.previews.models import Preview, Refusal

WORKERS = 2
TURN_S = 20.0
DEADLINE_S = 15.0
# A file that was too much once mostly is so again; but the machine may have been busy with something else.
TRIED_AGAIN_AFTER = timedelta(minutes=10)
_JOB = "services.projects.previews.drawing:draw"
_TOO_MUCH = "There is no preview of it: drawing takes more time or memory than it may."


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be drawn: a page of an object of the store, of that media type, in that width."""

    storage_key: str
    mime_type: str
    page: int
    width: int


class Studio:
    """Draws as many pages at a time as it has workers; who waits for one holds no file in memory meanwhile."""

    def __init__(self, store: ObjectStore, clock: Clock, workers: int = WORKERS) -> None:
        self._store, self._clock = store, clock
        self._workers = [Worker() for _ in range(workers)]
        # The one that was used last is warm, and the others are not even started until they are needed.
        self._idle: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()
        for worker in self._workers:
            self._idle.put_nowait(worker)

    async def draw(self, order: Order) -> Preview | Refusal | None:
        """The page, or why there is none; None for a page behind the last one.

        Raises WorkerBusy when too many wait, Unavailable when the store does not answer.
        """
        try:
            async with asyncio.timeout(TURN_S):
                worker = await self._idle.get()
        except TimeoutError as error:
            raise WorkerBusy from error
        try:
            return await self._draw(worker, order)
        finally:
            self._idle.put_nowait(worker)

    async def _draw(self, worker: Worker, order: Order) -> Preview | Refusal | None:
        source = await self._store.get(order.storage_key)
        data: dict[str, object] = {"type": order.mime_type, "page": order.page, "width": order.width}
        try:
            result = await worker.run(_JOB, data, source, deadline=DEADLINE_S)
        except (DeadlinePassed, WorkerDied, JobFailed) as error:
            log.warning("preview_not_drawn", key=order.storage_key, page=order.page, error=type(error).__name__)
            return Refusal(_TOO_MUCH, self._clock() + TRIED_AGAIN_AFTER)
        facts = result.data
        if "refused" in facts:
            return Refusal(str(facts["refused"]))
        if "width" not in facts:
            return None
        pages, width, height = (int(str(facts[name])) for name in ("pages", "width", "height"))
        return Preview(result.blob, pages, width, height)

    async def close(self) -> None:
        """End the processes."""
        for worker in self._workers:
            await worker.close()
