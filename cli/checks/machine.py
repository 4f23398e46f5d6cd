"""The machine: the data directory, the programs of the embedded servers, the port."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from cli.checks.finding import Finding, good, note, wrong
from cli.embedded import nats, postgres_binaries, traefik
from cli.embedded.failure import CannotStart
from cli.embedded.identity import unprivileged
from cli.embedded.ports import accepts, is_free
from cli.home import Home

LOW_BYTES = 1024**3


def check_machine(environment: Mapping[str, str], home: Home, port: int) -> Iterator[Finding]:
    """What `portico up` needs of it."""
    yield from _directory(home)
    if not environment.get("PORTICO_DATABASE_URL"):
        yield _program("PostgreSQL", partial(postgres_binaries.usable_binaries, unprivileged()))
    if not environment.get("PORTICO_NATS_URL"):
        yield _program("NATS", nats.server_binary)
    yield _program("Traefik", traefik.server_binary)
    if is_free(port):
        yield good("port", f"{port} is free")
    elif home.is_running() and accepts(port):
        yield good("port", f"{port} is used, by Portico as it seems")
    else:
        yield note("port", f"{port} is taken", "`portico up` takes the next free one, or choose with --port.")


def _directory(home: Home) -> Iterator[Finding]:
    subject = "data directory"
    if not os.access(home.path, os.W_OK | os.X_OK):
        yield wrong(subject, f"{home.path} cannot be written", "Choose another one with --data.")
        return
    free = shutil.disk_usage(home.path).free
    if free < LOW_BYTES:
        yield wrong(subject, f"{home.path}: only {free / 1024**2:.0f} MB are free", "Make room, or use --data.")
    else:
        running = ", in use by a running Portico" if home.is_running() else ""
        yield good(subject, f"{home.path}{running}")


def _program(name: str, find: Callable[[], object]) -> Finding:
    try:
        return good(name, f"embedded: {find()}")
    except CannotStart as problem:
        return wrong(name, problem.problem, problem.mend)
