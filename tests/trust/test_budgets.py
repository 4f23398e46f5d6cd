"""Budgets hold across replicas and restarts."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from chassis.errors import RateLimited
from chassis.limits import Limiter
from tests.house import House
from tests.ports import free_ports


@pytest.fixture
def shared_store(tmp_path: Path) -> Iterator[str]:
    """A Redis (or Valkey) server on a free port."""
    program = shutil.which("valkey-server") or shutil.which("redis-server")
    if program is None:
        pytest.skip("neither valkey-server nor redis-server is installed")
    port = free_ports(1)[0]
    server = subprocess.Popen(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)],
        stdout=subprocess.DEVNULL,
    )
    time.sleep(0.5)
    yield f"async+redis://127.0.0.1:{port}"
    server.terminate()
    server.wait(10)


async def test_replicas_and_restarted_ones_count_together(shared_store: str) -> None:
    first, second = Limiter(shared_store), Limiter(shared_store)
    for limiter in (first, second, first):
        await limiter.hit("login", "ada@client.test", "3/15minutes")
    for limiter in (first, second, Limiter(shared_store)):
        with pytest.raises(RateLimited) as refused:
            await limiter.hit("login", "ada@client.test", "3/15minutes")
        assert 0 < refused.value.retry_after <= 15 * 60 + 1
    await second.hit("login", "another@client.test", "3/15minutes")


async def test_a_store_that_is_away_refuses_nobody() -> None:
    limiter = Limiter(f"async+redis://127.0.0.1:{free_ports(1)[0]}")
    for _ in range(5):
        budget = await limiter.take("login", "ada@client.test", "3/15minutes")
        assert not budget.exceeded
        assert budget.remaining == budget.limit == 3


async def test_guessing_credentials_uses_up_the_budget_of_the_address(house: House) -> None:
    left = []
    for number in range(5):
        http = house.http_with({"Authorization": f"Bearer guess-{number}"})
        left.append(int((await http.get("/api/projects")).headers["x-ratelimit-remaining"]))
    assert left == sorted(left, reverse=True)
    assert len(set(left)) == len(left)
