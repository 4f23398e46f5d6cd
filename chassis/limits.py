"""Budgets: how often somebody may do something, counted in memory or in Redis for all replicas."""

import time
from dataclasses import dataclass

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage, Storage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from chassis.errors import RateLimited
from chassis.telemetry import log


@dataclass(frozen=True, slots=True)
class Budget:
    """What is left: `limit` and `remaining` are requests, `reset` is an epoch second."""

    limit: int
    remaining: int
    reset: int
    exceeded: bool = False

    def require(self) -> None:
        """Raise RateLimited when it is used up."""
        if self.exceeded:
            raise RateLimited(retry_after=max(1, self.reset - int(time.time())))

    @property
    def headers(self) -> list[tuple[bytes, bytes]]:
        """The three headers that every answer carries."""
        return [
            (b"x-ratelimit-limit", b"%d" % self.limit),
            (b"x-ratelimit-remaining", b"%d" % self.remaining),
            (b"x-ratelimit-reset", b"%d" % self.reset),
        ]


class Limiter:
    """Sliding windows by bucket and key; when the shared store is away, requests pass (and it is logged)."""

    def __init__(self, url: str) -> None:
        self._storage: Storage = (
            MemoryStorage()
            if "memory" in url.split("://", maxsplit=1)[0]
            else RedisStorage(url, implementation="redispy")
        )
        self._window = SlidingWindowCounterRateLimiter(self._storage)  # type: ignore[arg-type]
        self._rates: dict[str, RateLimitItem] = {}

    def untouched(self, rate: str) -> Budget:
        """The budget as if nothing had been counted."""
        item = self._rates.get(rate) or self._rates.setdefault(rate, parse(rate))
        return Budget(item.amount, item.amount, int(time.time()) + item.get_expiry())

    async def take(self, bucket: str, key: str, rate: str) -> Budget:
        """Count one and tell what is left; never raises."""
        item = self._rates.get(rate) or self._rates.setdefault(rate, parse(rate))
        try:
            passed = await self._window.hit(item, bucket, key)
            stats = await self._window.get_window_stats(item, bucket, key)
        except Exception as error:
            log.warning("rate_limit_store_away", error=repr(error))
            return self.untouched(rate)
        return Budget(item.amount, max(0, stats.remaining), int(stats.reset_time) + 1, exceeded=not passed)

    async def hit(self, bucket: str, key: str, rate: str) -> None:
        """Count one; raises RateLimited when the budget is used up. `rate` reads like "10/15minutes"."""
        (await self.take(bucket, key, rate)).require()
