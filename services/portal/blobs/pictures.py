"""The worker process that draws pictures anew, from the side of the service."""

from dataclasses import dataclass
from typing import Any, cast

from chassis.errors import Invalid
from chassis.worker import Worker

DEADLINE_S = 15.0
_JOB = "services.portal.blobs.redrawing:redraw"


@dataclass(frozen=True, slots=True)
class Order:
    """What is read, and what is to come of it: see `redrawing.redraw`."""

    formats: tuple[str, ...]
    sizes: tuple[int, ...]
    as_png: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that we have drawn; width and height in pixels."""

    data: bytes
    mime_type: str
    width: int
    height: int


class Pictures:
    """Draws one picture at a time, in a process that is started with the first."""

    def __init__(self, worker: Worker | None = None) -> None:
        self.worker = worker or Worker()

    async def redraw(self, source: bytes, order: Order, *, field: str) -> list[Picture]:
        """The picture in each size of the order; Invalid, naming `field`, for what is no such picture.

        Raises Unavailable when it takes too long.
        """
        if not source:
            raise Invalid.field(field, "is empty")
        data = {"formats": list(order.formats), "sizes": list(order.sizes), "as_png": order.as_png}
        result = await self.worker.run(_JOB, data, source, deadline=DEADLINE_S)
        if refused := result.data.get("refused"):
            raise Invalid.field(field, str(refused))
        pictures, start = [], 0
        for facts in cast(list[dict[str, Any]], result.data["pictures"]):
            end = start + facts["size"]
            pictures.append(Picture(result.blob[start:end], facts["mime_type"], facts["width"], facts["height"]))
            start = end
        return pictures

    async def close(self) -> None:
        """End the process."""
        await self.worker.close()
