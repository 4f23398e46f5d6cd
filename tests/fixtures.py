"""Fixtures that every test may use: real servers once per run, and the house on top of them."""

import gc
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from chassis.migrations import migrate
from cli.embedded.nats import start_nats
from cli.embedded.postgres import start_postgres
from tests.house import SERVICES, House, environment, running_house


@pytest.fixture(scope="session")
def workspace() -> Iterator[Path]:
    """A directory of this run alone."""
    with tempfile.TemporaryDirectory(prefix="portico-test-") as path:
        Path(path).chmod(0o755)
        yield Path(path)


@pytest.fixture(scope="session")
def ground() -> Iterator[Path]:
    """A directory that any user may enter."""
    with tempfile.TemporaryDirectory(prefix="portico-e2e-", ignore_cleanup_errors=True) as path:
        Path(path).chmod(0o755)
        yield Path(path)


@pytest.fixture(scope="session")
def postgres(workspace: Path) -> Iterator[str]:
    """The admin URL of a fresh PostgreSQL."""
    server = start_postgres(workspace / "postgres", durable=False)
    yield server.url
    server.discard()


@pytest.fixture(scope="session")
def nats(workspace: Path) -> Iterator[str]:
    """The URL of a fresh NATS with JetStream."""
    server = start_nats(workspace / "nats")
    yield server.url
    server.discard()


@pytest.fixture(scope="session")
def variables(postgres: str, nats: str, workspace: Path) -> dict[str, str]:
    """The environment of the services, databases migrated."""
    made = environment(postgres, nats, workspace / "storage")
    for service in SERVICES:
        migrate(service, postgres, made["PORTICO_SECRET_KEY"])
    return made


@pytest.fixture(scope="session")
async def running(variables: dict[str, str]) -> AsyncIterator[House]:
    """All five services, once per run."""
    only = os.environ.get("PORTICO_TEST_SERVICES")
    async with running_house(variables, tuple(only.split(",")) if only else SERVICES) as house:
        # As each service does at its start: a full pass of the collector would stop all five of them at once, for
        # seconds where other workers have the processors, and deadlines between them would run out.
        gc.collect()
        gc.freeze()
        yield house


@pytest.fixture
async def house(running: House) -> AsyncIterator[House]:
    """The house with its clock at real time."""
    running.clock.reset()
    yield running
    running.clock.reset()
