"""Schedules: jobs that run once however many replicas there are, by the service's clock, and survive restarts."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text

from chassis.clock import Clock
from chassis.database import Database
from chassis.telemetry import log

# How often a process looks whether a job is due.
LOOK_S = 1.0

# Whoever moves the row has the turn; a replica that comes at the same time finds it moved.
_TAKE_TURN = text(
    "INSERT INTO job_turns AS t (name, last_began_at) VALUES (:name, :now)"
    " ON CONFLICT (name) DO UPDATE SET last_began_at = excluded.last_began_at"
    " WHERE t.last_began_at <= CAST(:now AS timestamptz) - CAST(:every AS interval) RETURNING name"
)


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do every so often. `run` is given the time and opens its own units of work.

    A turn may be cut short by the process's end, or fail: what it is about must stand in the database (a `due_at` that
    is moved in the transaction of the effect), so that the next turn goes on where it stopped.
    """

    name: str
    every: timedelta
    run: Callable[[datetime], Awaitable[None]]


class Scheduler:
    """Runs a service's jobs; one process has the turn of a job, the others go on waiting."""

    def __init__(self, database: Database, clock: Clock, jobs: Sequence[Job]) -> None:
        self._database, self._clock, self._jobs = database, clock, jobs

    async def run(self) -> None:
        """For ever."""
        while True:
            await self.tick()
            await asyncio.sleep(LOOK_S)

    async def tick(self) -> None:
        """Run what is due now; a job that fails is logged and has its next turn in time."""
        now = self._clock()
        for job in self._jobs:
            if await self._has_turn(job, now):
                try:
                    await job.run(now)
                except Exception as error:
                    log.error("job_failed", job=job.name, exc_info=error)

    async def _has_turn(self, job: Job, now: datetime) -> bool:
        async with self._database.across_agencies() as session:
            turn = await session.execute(_TAKE_TURN, {"name": job.name, "now": now, "every": job.every})
            return turn.scalar_one_or_none() is not None
