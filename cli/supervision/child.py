"""One program kept alive: started, watched until it answers, started again when it dies."""

import asyncio
import contextlib
import os
import signal
from asyncio.subprocess import Process

from cli.embedded.failure import CannotStart
from cli.embedded.launch import popen_options, signal_group
from cli.embedded.program import Program
from cli.embedded.server import last_lines
from cli.supervision.output import Console, Output
from cli.supervision.records import Records

POLL_SECONDS = 0.05
FIRST_START_SECONDS = 60
TRIES_AT_FIRST_START = 3
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 10.0
# Having run for so long, a child that dies is restarted as if it were the first time.
STEADY_SECONDS = 30
# After so many deaths in a row a person is shown why, and again each time that many more have passed.
SHOW_WHY_EVERY = 5
READ_BYTES = 64 * 1024


class Child:
    """A supervised program; `answering` is set while it answers."""

    def __init__(self, program: Program, output: Output, records: Records, console: Console) -> None:
        self.program = program
        self.answering = asyncio.Event()
        self._output = output
        self._records = records
        self._console = console
        self._process: Process | None = None
        self._stopping = asyncio.Event()
        self._has_answered = False
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Returns once it answers; raises CannotStart when it does not come up."""
        self._task = asyncio.create_task(self._keep_running(), name=self.program.name)
        answering = asyncio.create_task(self.answering.wait())
        try:
            await asyncio.wait(
                {answering, self._task}, timeout=FIRST_START_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            answering.cancel()
        if self.answering.is_set():
            return
        if self._task.done():
            self._task.result()
        raise self._failure(f"{self.program.name} did not answer within {FIRST_START_SECONDS} seconds")

    async def stop(self) -> None:
        """Asks it to end, kills it when that takes too long."""
        self._stopping.set()
        self._output.quiet = True
        process = self._process
        if process is not None and process.returncode is None:
            self._send(process, self.program.stop_signal)
            try:
                await asyncio.wait_for(process.wait(), self.program.stop_seconds)
            except TimeoutError:
                self._console.warn(
                    f"{self.program.name} did not stop within {self.program.stop_seconds:.0f} s: killed."
                )
                signal_group(process.pid, signal.SIGKILL)
        if self._task is not None:
            with contextlib.suppress(CannotStart):
                await self._task
        self._output.close()

    def kill(self) -> None:
        """Ends it at once, for someone who presses Ctrl-C twice. PostgreSQL recovers from that by itself."""
        if self._process is not None and self._process.returncode is None:
            immediate = signal.SIGQUIT if self.program.stop_signal is signal.SIGINT else signal.SIGKILL
            self._send(self._process, immediate)

    async def _keep_running(self) -> None:
        deaths = 0
        while not self._stopping.is_set():
            lived, code = await self._run_once()
            if self._stopping.is_set():
                return
            deaths = 1 if lived > STEADY_SECONDS else deaths + 1
            how = _how_it_ended(code)
            if not self._has_answered and deaths >= TRIES_AT_FIRST_START:
                raise self._failure(f"{self.program.name} {how}, {deaths} times in a row")
            self._report_death(how, deaths)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), _pause(deaths))

    async def _run_once(self) -> tuple[float, int]:
        """Runs it until it ends; how long that was, and its exit code."""
        clock = asyncio.get_running_loop().time
        started = clock()
        if self.program.before_start is not None:
            await asyncio.to_thread(self.program.before_start)
        reader, writer = os.pipe()
        try:
            process = await asyncio.create_subprocess_exec(
                *self.program.argv,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=writer,
                stderr=writer,
                **popen_options(self.program),
            )
        finally:
            os.close(writer)
        self._process = process
        self._records.started(self.program.name, process.pid)
        pump = asyncio.create_task(self._pump(reader))
        watch = asyncio.create_task(self._watch(process.pid))
        if self._stopping.is_set():
            self._send(process, self.program.stop_signal)
        try:
            code = await process.wait()
        finally:
            watch.cancel()
            self.answering.clear()
            # Its worker processes have no reason to live on, and hold our end of the pipe.
            signal_group(process.pid, signal.SIGKILL)
        self._records.ended(self.program.name)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(pump, 1)
        return clock() - started, code

    async def _pump(self, descriptor: int) -> None:
        loop = asyncio.get_running_loop()
        stream = asyncio.StreamReader()
        transport, _ = await loop.connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(stream), os.fdopen(descriptor, "rb", buffering=0)
        )
        try:
            while data := await stream.read(READ_BYTES):
                self._output.feed(data)
        finally:
            transport.close()

    async def _watch(self, pid: int) -> None:
        # Polled: nothing tells us when another process has come to the point of answering.
        while not await asyncio.to_thread(self.program.answers, pid):  # noqa: ASYNC110
            await asyncio.sleep(POLL_SECONDS)
        if self._has_answered:
            self._console.say(f"{self.program.name} answers again.")
        self._has_answered = True
        self.answering.set()

    def _report_death(self, how: str, deaths: int) -> None:
        self._console.warn(f"{self.program.name} {how}; starting it again.")
        if deaths % SHOW_WHY_EVERY == 0:
            self._console.warn(f"{deaths} times in a row. {self._last_words()}")

    def _failure(self, problem: str) -> CannotStart:
        return CannotStart(f"{problem}. {self._last_words()}", mend="`portico doctor` checks the configuration.")

    def _last_words(self) -> str:
        return f"The end of {self._output.file}:\n{last_lines(self._output.file)}"

    @staticmethod
    def _send(process: Process, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(number)


def _pause(deaths: int) -> float:
    return min(FIRST_PAUSE * 2.0 ** min(deaths - 1, 16), LONGEST_PAUSE)


def _how_it_ended(code: int) -> str:
    if code < 0:
        return f"was killed by {signal.Signals(-code).name}"
    return f"ended with exit code {code}"
