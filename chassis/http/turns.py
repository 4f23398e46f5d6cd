"""Turns: requests about one and the same thing wait for each other before they take a database connection."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakValueDictionary

from chassis.errors import Conflict, PorticoError, Unavailable

IN_FLIGHT_WAIT_S = 10
# Who waits for others to change the same thing holds nothing meanwhile, and would rather be late than sent away.
QUEUE_WAIT_S = 30


class RequestInFlight(Conflict):
    """The first request with this Idempotency-Key, or with this token, has no answer yet."""

    default = "The first request with this Idempotency-Key or token is still under way. Try again in a moment."


class Crowded(Unavailable):
    """So many requests change the same thing that this one did not have its turn in time."""

    default = "Many changes of the same thing are under way. Nothing was changed; try again shortly."


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """The first answer to an Idempotency-Key, and what request it was to."""

    fingerprint: bytes
    status: int
    headers: dict[str, str]
    body: bytes


class Turn:
    """Lets in one request at a time, and counts who is in, waits, or is busy with the same thing elsewhere."""

    def __init__(self) -> None:
        self._lock, self._present = asyncio.Lock(), 0
        # The committed answer of one who was let in, so that those who wait need not look for it in the database.
        self.answer: KeptAnswer | None = None

    @property
    def is_busy(self) -> bool:
        """True while a request is present."""
        return self._present > 0

    async def enter(
        self, *, wait_s: float = IN_FLIGHT_WAIT_S, refusal: type[PorticoError] = RequestInFlight
    ) -> Callable[[], None]:
        """Wait for those who came before, and return how to leave; `refusal` when they do not end in time."""
        leave = self.attend()
        try:
            async with asyncio.timeout(wait_s):
                await self._lock.acquire()
        except BaseException as error:
            leave()
            if isinstance(error, TimeoutError):
                raise refusal from error
            raise

        def leave_and_let_in() -> None:
            leave()
            self._lock.release()

        return leave_and_let_in

    def attend(self) -> Callable[[], None]:
        """Be present without waiting, and return how to leave."""
        self._present += 1

        def leave() -> None:
            self._present -= 1

        return leave


class KeyLocks:
    """One turn per Idempotency-Key, or token that is used once, that is under way in this process."""

    def __init__(self) -> None:
        self._turns: WeakValueDictionary[str, Turn] = WeakValueDictionary()

    def get(self, name: str) -> Turn:
        """The turn of a name, made at first use and gone with its last user."""
        turn = self._turns.get(name)
        if turn is None:
            turn = self._turns[name] = Turn()
        return turn
