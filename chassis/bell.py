"""A bell that wakes a sending loop the moment the work it is to do has been committed."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import Generic, TypeVar

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

T = TypeVar("T")


class Bell(Generic[T]):
    """Rung with the names of what is waiting; the loop also looks by itself, so a lost ring costs a moment only."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self._names: set[T] = set()

    def ring(self, names: Iterable[T] = ()) -> None:
        """Wake the loop now."""
        self._names.update(names)
        self._rung.set()

    def ring_on_commit(self, session: AsyncSession, names: Iterable[T] = ()) -> None:
        """Wake the loop when the session's transaction commits, and never if it does not."""
        event.listen(session.sync_session, "after_commit", lambda _: self.ring(names), once=True)

    async def wait(self, timeout_s: float) -> set[T]:
        """The names rung with since the last time; none when it stayed silent."""
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await self._rung.wait()
        self._rung.clear()
        names, self._names = self._names, set()
        return names
