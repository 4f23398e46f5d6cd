"""Password hashing off the event loop, a few at a time.

Argon2id with 19 MiB, two passes and one lane: the OWASP Password Storage Cheat Sheet's first choice of 2023.
"""

import asyncio
import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cached_property

from argon2 import PasswordHasher as Argon2
from argon2.exceptions import InvalidHashError, VerificationError

from chassis.errors import Unavailable

MEMORY_KIB = 19 * 1024
PASSES = 2
LANES = 1
# Two at a time keep two cores busy and the memory of a flood of logins at 38 MiB; the rest wait their turn.
AT_ONCE = 2
TURN_WAIT_S = 10


class PasswordHasher:
    """Hashes and verifies passwords in threads."""

    def __init__(self) -> None:
        self._argon2 = Argon2(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def hash(self, password: str) -> str:
        """The hash in PHC string format, with its own salt."""
        async with self._in_turn():
            return await asyncio.to_thread(self._argon2.hash, _comparable(password))

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """Whether the password is the one that was hashed.

        Without a hash (nobody has that address) a stand-in is verified all the same, so that the answer
        takes as long as for a wrong password.
        """
        async with self._in_turn():
            matches = await asyncio.to_thread(self._matches, password_hash or self._stand_in, password)
        return matches and password_hash is not None

    @asynccontextmanager
    async def _in_turn(self) -> AsyncIterator[None]:
        """Wait for a turn; Unavailable when too many wait already."""
        try:
            await asyncio.wait_for(self._turn.acquire(), TURN_WAIT_S)
        except TimeoutError as error:
            raise Unavailable("Too many people sign in at the moment. Try again shortly.") from error
        try:
            yield
        finally:
            self._turn.release()

    @cached_property
    def _stand_in(self) -> str:
        return self._argon2.hash("a password that nobody has")

    def _matches(self, password_hash: str, password: str) -> bool:
        try:
            return self._argon2.verify(password_hash, _comparable(password))
        except (VerificationError, InvalidHashError):
            return False


def _comparable(password: str) -> str:
    """NFC, because keyboards compose the same letter differently (RFC 8265, section 4.2.1)."""
    return unicodedata.normalize("NFC", password)
