"""A worker process does its jobs, survives bad ones and never takes its parent with it."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import psutil
import pytest
import pytest_asyncio

from chassis.worker import DeadlinePassed, JobFailed, Worker, WorkerDied

JOBS = "chassis.tests.worker_jobs"
DEADLINE = 20.0


@pytest_asyncio.fixture
async def worker() -> AsyncIterator[Worker]:
    """A worker that ends with the test."""
    worker = Worker()
    yield worker
    await worker.close()


async def echo(worker: Worker, blob: bytes = b"") -> dict[str, Any]:
    result = await worker.run(f"{JOBS}:echo", {"n": 1}, blob, deadline=DEADLINE)
    assert result.blob == blob[::-1]
    return dict(result.data)


async def test_a_job_gets_its_data_and_bytes_and_gives_both_back(worker: Worker) -> None:
    answer = await echo(worker, b"\x00\xff" * 1_000_000)
    assert answer["data"] == {"n": 1}
    assert answer["pid"] == worker.pid != os.getpid()


async def test_jobs_that_come_at_once_take_turns_in_one_process(worker: Worker) -> None:
    answers = await asyncio.gather(*(echo(worker, bytes([n]) * n) for n in range(20)))
    assert {answer["pid"] for answer in answers} == {worker.pid}


async def test_a_worker_starts_only_with_its_first_job() -> None:
    assert Worker().pid is None


async def test_the_child_sees_no_secret_of_its_parent(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTICO_SECRET_KEY", "canary-of-the-secret")
    monkeypatch.setenv("OPENAI_API_KEY", "canary-of-the-key")
    assert "canary" not in str((await echo(worker))["environment"])


async def test_a_job_past_its_deadline_is_refused_and_the_next_one_works(worker: Worker) -> None:
    await echo(worker)
    first = worker.pid
    with pytest.raises(DeadlinePassed):
        await worker.run(f"{JOBS}:spin", {}, deadline=0.3)
    answer = await echo(worker)
    assert answer["pid"] != first
    assert first is not None and not psutil.pid_exists(first)


async def test_a_worker_killed_between_two_jobs_is_started_again(worker: Worker) -> None:
    first = (await echo(worker))["pid"]
    os.kill(first, signal.SIGKILL)
    assert (await echo(worker))["pid"] != first


async def test_a_job_that_kills_its_process_is_unavailable_and_the_next_one_works(worker: Worker) -> None:
    with pytest.raises(WorkerDied):
        await worker.run(f"{JOBS}:die", {}, deadline=DEADLINE)
    await echo(worker)


async def test_a_job_that_wants_too_much_memory_fails_alone(worker: Worker) -> None:
    with pytest.raises(JobFailed) as failed:
        await worker.run(f"{JOBS}:swallow", {}, deadline=DEADLINE)
    assert failed.value.kind == "MemoryError"
    await echo(worker)


async def test_a_worker_that_has_grown_makes_place_for_a_new_one(worker: Worker) -> None:
    grown = (await worker.run(f"{JOBS}:swell", {}, deadline=DEADLINE)).data["pid"]
    assert (await echo(worker))["pid"] != grown


async def test_a_cancelled_job_leaves_nothing_for_the_next_one_to_stumble_on(worker: Worker) -> None:
    await echo(worker)
    job = asyncio.create_task(worker.run(f"{JOBS}:sleep", {"seconds": 0.5}, deadline=DEADLINE))
    await asyncio.sleep(0.1)
    job.cancel()
    with suppress(asyncio.CancelledError):
        await job
    assert (await echo(worker))["data"] == {"n": 1}


async def test_the_child_ends_when_its_parent_is_killed() -> None:
    script = (
        "import asyncio\n"
        "from chassis.worker import Worker\n"
        "async def main():\n"
        f"    result = await Worker().run('{JOBS}:echo', {{}}, deadline={DEADLINE})\n"
        "    print(result.data['pid'], flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", script, stdout=asyncio.subprocess.PIPE)
    assert parent.stdout is not None
    child = psutil.Process(int(await parent.stdout.readline()))
    parent.kill()
    await parent.wait()
    await asyncio.to_thread(psutil.wait_procs, [child], timeout=10)
    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE
