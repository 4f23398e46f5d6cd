"""PostgreSQL 18 from its wheel, as a program of ours: on loopback, with a password and checksums."""

import os
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cli.embedded.cluster import Cluster, locate_cluster
from cli.embedded.failure import CannotStart
from cli.embedded.identity import Identity, unprivileged
from cli.embedded.launch import MARK
from cli.embedded.ports import LOOPBACK, remembered_port
from cli.embedded.postgres_binaries import usable_binaries
from cli.embedded.program import Program
from cli.embedded.secret_files import kept_secret
from cli.embedded.server import Server, run

CONFIGURATION = Path(__file__).parents[2] / "deploy" / "postgres" / "postgresql.conf"
SUPERUSER = "postgres"
INITDB_SECONDS = 120
# Nothing survives a crash of the machine with these: for tests, which throw the cluster away.
NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True)
class Postgres:
    """An embedded PostgreSQL: the program to run, its administrator's URL, where the cluster lies."""

    program: Program
    url: str
    cluster: Path
    is_new: bool


def start_postgres(data_dir: Path, *, durable: bool = True) -> Server:
    """Starts PostgreSQL for `data_dir` (made if missing) and returns once it takes connections."""
    postgres = prepare_postgres(data_dir, durable=durable)
    return run(postgres.program, postgres.url, log=data_dir / "postgres.log", files=postgres.cluster.parent)


def prepare_postgres(data_dir: Path, *, durable: bool = True) -> Postgres:
    """What to run for `data_dir`; makes the cluster at the first call (one to three seconds)."""
    data_dir.mkdir(parents=True, exist_ok=True)
    identity = unprivileged()
    binaries = usable_binaries(identity)
    cluster = locate_cluster(data_dir, identity)
    password = kept_secret(data_dir / "password")
    port = remembered_port(data_dir / "port")
    is_new = not cluster.exists()
    if is_new:
        _make_cluster(cluster, binaries, password)
    environment = _environment(data_dir)
    settings = (
        f"config_file={cluster.place_configuration(CONFIGURATION)}",
        *(f"listen_addresses={LOOPBACK}", f"port={port}", "unix_socket_directories="),
        *(() if durable else NOT_DURABLE),
    )
    program = Program(
        name="postgres",
        argv=(
            *(str(binaries / "postgres"), "-D", str(cluster.directory)),
            *(word for setting in settings for word in ("-c", setting)),
        ),
        environment=environment,
        answers=cluster.takes_connections,
        directory=cluster.directory.parent,
        identity=identity,
        # "Fast": cuts clients off, writes a checkpoint, needs no recovery at the next start.
        stop_signal=signal.SIGINT,
        before_start=cluster.forget_dead_postmaster,
        # Not ERROR: a refused statement is the business of the service that sent it.
        important=r"\b(FATAL|PANIC)\b",
    )
    return Postgres(program, _url(password, port), cluster.directory, is_new)


def known_postgres_url(data_dir: Path) -> str:
    """The administrator's URL of the one that was started in `data_dir`; empty when none ever was."""
    password, port = data_dir / "password", data_dir / "port"
    return _url(password.read_text().strip(), int(port.read_text())) if port.exists() else ""


def _make_cluster(cluster: Cluster, binaries: Path, password: str) -> None:
    """Builds it under another name and renames it: a cluster is there whole or not at all."""
    unfinished = cluster.fresh_directory()
    with tempfile.NamedTemporaryFile("w", dir=unfinished.parent) as password_file:
        _hand_over(Path(password_file.name), cluster.identity)
        password_file.write(password)
        password_file.flush()
        command = (
            *(str(binaries / "initdb"), "-D", str(unfinished), "--username", SUPERUSER),
            *("--pwfile", password_file.name, "--auth-host=scram-sha-256", "--auth-local=reject"),
            # Sorting by code point, the same on every system: no index goes stale with a C library.
            *("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *("--data-checksums", "--no-instructions", "--no-sync"),
        )
        become = partial(subprocess.run, command, env=_environment(unfinished), cwd=unfinished.parent)
        if cluster.identity is not None:
            become = partial(become, user=cluster.identity.uid, group=cluster.identity.gid, extra_groups=[])
        result = become(capture_output=True, text=True, timeout=INITDB_SECONDS, check=False)
    if result.returncode != 0:
        raise CannotStart(
            f"initdb could not make a PostgreSQL cluster in {unfinished}:\n{result.stderr.strip()}",
            mend="Look at space and permissions there, or set PORTICO_DATABASE_URL to a server of your own.",
        )
    cluster.adopt(unfinished)


def _hand_over(path: Path, identity: Identity | None) -> None:
    if identity is not None:
        os.chown(path, identity.uid, identity.gid)


def _environment(marked: Path) -> dict[str, str]:
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC", MARK: str(marked)}


def _url(password: str, port: int) -> str:
    return f"postgresql://{SUPERUSER}:{password}@{LOOPBACK}:{port}/postgres"
