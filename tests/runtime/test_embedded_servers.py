"""PostgreSQL and NATS from their wheels."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import nats
import pytest
from nats.errors import Error as NatsError

from cli.embedded.nats import start_nats
from cli.embedded.postgres import prepare_postgres, start_postgres
from cli.embedded.server import Server


@pytest.fixture
def directory(workspace: Path, request: pytest.FixtureRequest) -> Path:
    return workspace / request.node.name[:60]


@pytest.fixture
def started() -> Iterator[list[Server]]:
    servers: list[Server] = []
    yield servers
    for server in servers:
        server.discard()


async def test_a_restarted_postgres_keeps_its_address_and_its_rows(directory: Path, started: list[Server]) -> None:
    first = start_postgres(directory)
    started.append(first)
    connection = await asyncpg.connect(first.url)
    await connection.execute("CREATE TABLE kept (word text); INSERT INTO kept VALUES ('still here')")
    await connection.close()
    os.kill(first.process.pid, signal.SIGKILL)
    first.process.wait()

    second = start_postgres(directory)
    started.append(second)
    assert second.url == first.url
    connection = await asyncpg.connect(second.url)
    assert await connection.fetchval("SELECT word FROM kept") == "still here"
    await connection.close()


async def test_postgres_is_durable_checks_its_pages_and_wants_a_password(
    directory: Path, started: list[Server]
) -> None:
    server = start_postgres(directory)
    started.append(server)
    connection = await asyncpg.connect(server.url)
    settings = dict(await connection.fetch("SELECT name, setting FROM pg_settings"))
    assert int((await connection.fetchval("SHOW server_version")).split(".")[0]) == 18
    await connection.close()
    assert settings["data_checksums"] == "on"
    assert settings["fsync"] == settings["synchronous_commit"] == settings["full_page_writes"] == "on"
    assert settings["listen_addresses"] == "127.0.0.1"
    assert settings["unix_socket_directories"] == ""
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(server.url, password="wrong")


def test_a_pid_file_naming_a_process_of_somebody_else_does_not_stop_postgres(
    directory: Path, started: list[Server]
) -> None:
    server = start_postgres(directory)
    started.append(server)
    server.stop()
    cluster = prepare_postgres(directory).cluster
    (cluster / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster}\n0\n1\n\n\n\n\n")
    again = start_postgres(directory)
    started.append(again)
    assert again.process.poll() is None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
def test_postgres_of_root_runs_as_nobody_wherever_the_directory_lies(workspace: Path, started: list[Server]) -> None:
    closed = workspace / "closed"
    closed.mkdir(mode=0o700)
    server = start_postgres(closed / "postgres")
    started.append(server)
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    assert "Uid:\t65534\t65534\t65534\t65534" in status
    assert "Groups:\t \n" in status or "Groups:\t\n" in status
    assert not server.files.is_relative_to(closed)


async def test_nats_has_jetstream_and_wants_its_password(directory: Path, started: list[Server]) -> None:
    server = start_nats(directory)
    started.append(server)
    connection = await nats.connect(server.url)
    stream = await connection.jetstream().add_stream(name="kept", subjects=["kept.>"])
    assert stream.config.storage == "file"
    await connection.jetstream().publish("kept.one", b"still here")
    await connection.close()
    with pytest.raises(NatsError):
        await nats.connect(server.url.replace("portico:", "portico:wrong"), allow_reconnect=False)
    with pytest.raises(NatsError):
        await nats.connect(server.url.rpartition("@")[2], allow_reconnect=False)


async def test_a_killed_nats_comes_back_with_what_it_acknowledged(directory: Path, started: list[Server]) -> None:
    first = start_nats(directory)
    started.append(first)
    connection = await nats.connect(first.url)
    await connection.jetstream().add_stream(name="kept", subjects=["kept.>"])
    await connection.jetstream().publish("kept.one", b"still here")
    os.kill(first.process.pid, signal.SIGKILL)
    first.process.wait()
    await connection.close()

    second = start_nats(directory)
    started.append(second)
    assert second.url == first.url
    connection = await nats.connect(second.url)
    assert (await connection.jetstream().get_msg("kept", 1)).data == b"still here"
    await connection.close()
