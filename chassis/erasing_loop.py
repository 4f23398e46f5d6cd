"""The loop that forgets clients: each in several passes, so that what was on its way meanwhile is found as well."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import nats
from nats.js.errors import Error as JetStreamError
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import erasing, erasing_copies, erasing_wire
from chassis.bus import Bus
from chassis.clock import Clock
from chassis.database import Database
from chassis.erasing import Erasure, Plan, SealedNames
from chassis.erasing_documents import Subject
from chassis.secrets import Vault
from chassis.storage import ObjectStore
from chassis.telemetry import log

if TYPE_CHECKING:
    from chassis.http.application import Chassis

LOOK_S = 1.0
# After each pass, when the next one comes: uploads, retries and lagging events may bring something in behind it.
AGAIN_AFTER = (timedelta(seconds=5), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1))
AFTER_FAILURE = timedelta(seconds=10)

_DUE = text(
    "SELECT agency_id, client_id, asked_at, sealed_names, passes FROM erasures WHERE next_pass_at <= :now"
    " ORDER BY next_pass_at LIMIT 1 FOR UPDATE SKIP LOCKED"
)
_NOTE = text(
    "UPDATE erasures SET passes = :passes, next_pass_at = :next_pass_at, purge_upto = coalesce(:upto, purge_upto),"
    " sealed_names = CASE WHEN CAST(:next_pass_at AS timestamptz) IS NOT NULL THEN sealed_names END"
    " WHERE agency_id = :agency AND client_id = :client"
)
# What an idle process asks every second, in one statement.
_LOOK = text(
    "SELECT EXISTS (SELECT FROM erasures WHERE next_pass_at <= :now) AS is_due,"
    " (SELECT max(purge_upto) FROM erasures WHERE purge_upto IS NOT NULL) AS to_purge"
)
_PURGED = text("UPDATE erasures SET purge_upto = NULL WHERE purge_upto <= :upto")


@dataclass(frozen=True, slots=True)
class Tools:
    """What forgetting needs beside the plan; a service without files has no store."""

    database: Database
    bus: Bus
    vault: Vault
    names: SealedNames
    clock: Clock
    store: ObjectStore | None = None

    @classmethod
    def of(cls, chassis: "Chassis", store: ObjectStore | None = None) -> "Tools":
        """Those of a service."""
        names = SealedNames(chassis.settings.secret)
        return cls(chassis.database, chassis.bus, chassis.vault, names, chassis.clock, store)


class Erasing:
    """One loop per process; several share the work, because each takes only what the others left."""

    def __init__(self, plan: Plan, tools: Tools) -> None:
        self._plan, self._tools = plan, tools

    async def run(self) -> None:
        """Forget for ever."""
        while True:
            await self.work_off()
            await asyncio.sleep(LOOK_S)

    async def work_off(self) -> None:
        """Every pass that is due now, and the stream's share."""
        is_due, to_purge = await self._look()
        if is_due:
            while await self._one_pass():
                pass
            _, to_purge = await self._look()
        if to_purge is not None:
            await self._purge(to_purge)

    async def _look(self) -> tuple[bool, int | None]:
        async with self._tools.database.across_agencies() as session:
            found = (await session.execute(_LOOK, {"now": self._tools.clock()})).one()
            return found.is_due, found.to_purge

    async def _one_pass(self) -> bool:
        now = self._tools.clock()
        # The claim stays open during the pass: a process that dies lets it go, and the pass begins anew.
        async with self._tools.database.across_agencies() as session:
            due = (await session.execute(_DUE, {"now": now})).one_or_none()
            if due is None:
                return False
            try:
                names = self._tools.names.open(due.client_id, due.sealed_names)
                erasure = Erasure(due.agency_id, Subject(due.client_id, names), due.asked_at, now)
                await self._forget(erasure, settled=due.passes >= len(AGAIN_AFTER))
                upto = await erasing_wire.last_message(self._tools.bus)
            except Exception as error:
                # Its words stay out of the log: a database quotes what it was given, names among it.
                cause = type(getattr(error, "orig", error)).__name__
                log.error("erasure_failed", client_id=str(due.client_id), passes=due.passes, error=cause)
                await self._note(session, due, passes=due.passes, next_pass_at=now + AFTER_FAILURE, upto=None)
            else:
                following = now + AGAIN_AFTER[due.passes] if due.passes < len(AGAIN_AFTER) else None
                await self._note(session, due, passes=due.passes + 1, next_pass_at=following, upto=upto)
                log.info("client_forgotten", client_id=str(due.client_id), passes=due.passes + 1)
        return True

    async def _forget(self, erasure: Erasure, *, settled: bool) -> None:
        database, plan = self._tools.database, self._plan
        async with database.unit(erasure.agency_id) as session:
            beginnings = await erasing.object_keys(session, plan.made_of_them, erasure)
            keys = await erasing.object_keys(session, plan.objects, erasure)
        # Bytes before rows: whoever is interrupted finds the rows again, and by them the rest of the bytes.
        await self._remove(keys, beginnings)
        await erasing.forget(database, plan, erasure)
        # Something may have been made of the bytes while they were still there, and been kept before the rows went.
        await self._remove([], beginnings)
        await erasing_copies.blank_outbox(database, erasure, settled=settled)
        await erasing_copies.blank_parked(database, erasure)
        await erasing_copies.blank_answers(database, self._tools.vault, erasure)

    async def _remove(self, keys: Sequence[str], beginnings: Sequence[str]) -> None:
        if not (keys or beginnings):
            return
        assert self._tools.store, "a plan with objects has a store"
        for key in keys:
            await self._tools.store.delete(key)
        for beginning in beginnings:
            await self._tools.store.delete_all(beginning)

    async def _note(self, session: AsyncSession, due: Any, **values: Any) -> None:
        await session.execute(_NOTE, {"agency": due.agency_id, "client": due.client_id, **values})

    async def _purge(self, wanted: int) -> None:
        try:
            upto = await erasing_wire.purge(self._tools.bus, wanted)
        except (nats.errors.Error, JetStreamError, OSError, TimeoutError) as error:
            log.warning("stream_not_purged", error=repr(error))
            return
        async with self._tools.database.across_agencies() as session:
            await session.execute(_PURGED, {"upto": upto})
