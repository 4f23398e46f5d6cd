"""A long-lived child process for jobs that block, need heavy libraries or read what a stranger wrote.

A job is a plain function named `module:function` that takes a JSON object and bytes and returns the same pair. The
child is started at the first job, started again when it died, and killed when a job passes its deadline. Answers are
JSON and bytes, never pickles: a child that a hostile document took over cannot run code in its parent. The child
inherits no secrets: of the environment it gets only what Python and fonts need.
"""

import asyncio
import json
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from chassis.errors import Unavailable
from chassis.telemetry import log
from chassis.worker_child import HEADER, JsonObject

T = TypeVar("T")

TURN_SECONDS = 30.0
MAX_ANSWER_BYTES = 128 << 20
_ATTEMPTS = 2
_INHERITED = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TZ",
    "TMPDIR",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
    "XDG_DATA_DIRS",
)


class DeadlinePassed(Unavailable):
    """The job took longer than it may; its process was ended."""

    default = "This takes longer than it may. Nothing was changed."


class WorkerBusy(Unavailable):
    """Other jobs took all the time that a job may wait for its turn."""

    default = "Too much is waiting to be done. Nothing was changed; try again shortly."


class WorkerDied(Unavailable):
    """The process that did the job ended in the middle of it, twice."""


class JobFailed(RuntimeError):
    """The job raised; `kind` is the class name of what it raised."""

    def __init__(self, job: str, kind: str, message: str) -> None:
        super().__init__(f"{job}: {kind}: {message}")
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Result:
    """What a job gave back."""

    data: JsonObject
    blob: bytes


class Worker:
    """One child process that does one job at a time; making the object starts nothing."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int | None:
        """The child's process id while it lives."""
        alive = self._process is not None and self._process.returncode is None
        return self._process.pid if alive and self._process else None

    async def run(self, job: str, data: JsonObject, blob: bytes = b"", *, deadline: float) -> Result:
        """Do the job within `deadline` seconds, after at most TURN_SECONDS of waiting for a turn."""
        try:
            async with asyncio.timeout(TURN_SECONDS):
                await self._turn.acquire()
        except TimeoutError as error:
            raise WorkerBusy from error
        try:
            return await self._run_again_when_it_dies(job, data, blob, deadline)
        finally:
            self._turn.release()

    async def close(self) -> None:
        """End the child."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()

    async def _run_again_when_it_dies(self, job: str, data: JsonObject, blob: bytes, deadline: float) -> Result:
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return await self._exchange(job, data, blob, deadline)
            except (asyncio.IncompleteReadError, ConnectionError) as error:
                log.warning("worker_died", job=job, attempt=attempt)
                died = error
        raise WorkerDied from died

    async def _exchange(self, job: str, data: JsonObject, blob: bytes, deadline: float) -> Result:
        header = json.dumps({"job": job, "data": data, "deadline": deadline}).encode()
        try:
            async with asyncio.timeout(deadline):
                process = await self._living()
                _pipe(process.stdin).writelines((HEADER.pack(len(header), len(blob)), header, blob))
                await _pipe(process.stdin).drain()
                reader = _pipe(process.stdout)
                answer_size, result_size = HEADER.unpack(await reader.readexactly(HEADER.size))
                if answer_size + result_size > MAX_ANSWER_BYTES:
                    raise ConnectionError("the worker's answer is too large")
                answer = json.loads(await reader.readexactly(answer_size))
                result = await reader.readexactly(result_size)
        except BaseException as error:
            # The rest of a broken exchange would be taken for the beginning of the next one.
            await self.close()
            if isinstance(error, TimeoutError):
                log.warning("worker_deadline_passed", job=job, seconds=deadline)
                raise DeadlinePassed from error
            raise
        if "error" in answer:
            raise JobFailed(job, answer["error"]["kind"], answer["error"]["message"])
        return Result(answer["data"], result)

    async def _living(self) -> asyncio.subprocess.Process:
        if self._process is not None and self._process.returncode is not None:
            await self.close()
        if self._process is None:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-m", "chassis.worker_child"),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                env=_environment(),
            )
        return self._process


def _pipe(pipe: T | None) -> T:
    if pipe is None:
        raise ConnectionError("the worker has no pipe")
    return pipe


def _environment() -> dict[str, str]:
    inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return inherited | {
        "PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path),
        "PYTHONNOUSERSITE": "1",
    }
