"""A supervised child, with small programs in the place of servers."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from cli.embedded.failure import CannotStart
from cli.embedded.launch import MARK
from cli.embedded.program import Program
from cli.supervision.child import Child
from cli.supervision.output import ROTATE_BYTES, Console, Output
from cli.supervision.records import Records

RUNS_ON = "import time; print('at work', flush=True); time.sleep(600)"
DEAF = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('at work', flush=True); time.sleep(600)"
)
WITH_WORKER = (
    "import subprocess, sys, time;"
    "print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']).pid, flush=True); time.sleep(600)"
)


class Stage:
    """Makes children that write into one directory, and ends them."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.records = Records(directory)
        self.children: list[Child] = []

    @property
    def log(self) -> Path:
        return self.directory / "worker.log"

    def child(self, code: str, *, answers_when: str = "", stop_seconds: float = 5) -> Child:
        """A child running Python code; it answers once its log holds `answers_when`."""
        program = Program(
            name="worker",
            argv=(sys.executable, "-c", code),
            environment=dict(os.environ) | {MARK: str(self.directory)},
            answers=lambda _pid: self.log.exists() and answers_when in self.log.read_text(),
            stop_seconds=stop_seconds,
        )
        output = Output(self.log, program.important, lambda _line: None, verbose=False)
        child = Child(program, output, self.records, Console())
        self.children.append(child)
        return child

    def pid(self) -> int:
        return next(iter(self.records._running.values()))


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    made = Stage(tmp_path)
    yield made
    for child in made.children:
        child.kill()
        await child.stop()


async def test_a_killed_child_is_started_again(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    child = stage.child(RUNS_ON, answers_when="at work")
    await child.start()
    first = stage.pid()
    os.kill(first, signal.SIGKILL)
    while first in stage.records._running.values():
        await asyncio.sleep(0.01)
    await asyncio.wait_for(child.answering.wait(), 10)
    assert stage.pid() != first
    assert psutil.pid_exists(stage.pid())
    told = capsys.readouterr().out
    assert "worker was killed by SIGKILL; starting it again." in told
    assert "worker answers again." in told


async def test_a_child_that_cannot_start_is_given_up_with_its_last_words(stage: Stage) -> None:
    child = stage.child("raise SystemExit('the port is taken')", answers_when="never")
    with pytest.raises(CannotStart) as failure:
        await child.start()
    assert "worker ended with exit code 1, 3 times in a row" in failure.value.problem
    assert "the port is taken" in failure.value.problem
    assert "doctor" in failure.value.mend


async def test_a_child_that_does_not_hear_is_killed_when_its_time_is_over(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    child = stage.child(DEAF, answers_when="at work", stop_seconds=0.3)
    await child.start()
    pid = stage.pid()
    await child.stop()
    assert not psutil.pid_exists(pid)
    assert "worker did not stop within" in capsys.readouterr().out


async def test_the_workers_of_a_killed_child_end_with_it(stage: Stage) -> None:
    child = stage.child(WITH_WORKER, answers_when="\n")
    await child.start()
    worker = psutil.Process(int(stage.log.read_text()))
    os.kill(stage.pid(), signal.SIGKILL)
    await asyncio.to_thread(psutil.wait_procs, [worker], timeout=10)
    assert not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE


async def test_stopping_does_not_wait_for_a_pause_between_two_starts(stage: Stage) -> None:
    child = stage.child(
        "import os, signal; print('at work', flush=True); import time; time.sleep(0.3); raise SystemExit(1)",
        answers_when="at work",
    )
    await child.start()
    for _ in range(400):
        if not stage.records._running:
            break
        await asyncio.sleep(0.01)
    await asyncio.wait_for(child.stop(), 5)
    assert not stage.records._running


async def test_what_an_earlier_run_left_behind_is_ended_and_nothing_else(stage: Stage, tmp_path: Path) -> None:
    async def sleeper(**environment: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-c", RUNS_ON, env=dict(os.environ) | environment, stdout=asyncio.subprocess.DEVNULL
        )

    orphan = await sleeper(**{MARK: str(tmp_path / "postgres")})
    stranger = await sleeper(**{MARK: f"{tmp_path}-of-another"})
    try:
        stage.records.started("orphan", orphan.pid)
        # Numbers are used again: a stranger now has the one that a child of the earlier run had.
        stage.records.started("gone", stranger.pid)
        assert await asyncio.to_thread(Records(tmp_path).end_leftovers) == 1
        assert not psutil.pid_exists(orphan.pid)
        assert stranger.returncode is None
        assert Records(tmp_path).end_leftovers() == 0
    finally:
        stranger.kill()
        await stranger.wait()


def test_a_log_that_grows_large_is_rotated_and_three_older_ones_are_kept(tmp_path: Path) -> None:
    output = Output(tmp_path / "worker.log", "ERROR", lambda _line: None, verbose=False)
    for number in range(5):
        output.feed(f"{number}".encode() * (ROTATE_BYTES + 1) + b"\n")
    output.feed(b"the newest\n")
    output.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *("worker.log", "worker.log.1", "worker.log.2", "worker.log.3"),
    ]
    assert (tmp_path / "worker.log").read_text() == "the newest\n"
    assert (tmp_path / "worker.log.1").read_bytes()[:1] == b"4"
    assert (tmp_path / "worker.log.3").read_bytes()[:1] == b"2"


def test_the_console_shows_the_important_lines_and_all_of_them_when_asked(tmp_path: Path) -> None:
    for verbose, expected in ((False, ["an ERROR here"]), (True, ["all is well", "an ERROR here"])):
        shown: list[str] = []
        output = Output(tmp_path / f"{verbose}.log", "ERROR", shown.append, verbose=verbose)
        output.feed(b"all is well\nan ERR")
        output.feed(b"OR here\n")
        output.close()
        assert shown == expected
