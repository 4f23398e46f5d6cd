"""The whole of Portico on free ports and a temporary directory, and the limits beside it behind the same gateway."""

import asyncio
import secrets
import shutil
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import asyncpg

from bench.dataset.copying import database_url
from bench.dataset.loading import load
from bench.dataset.world import World, make_world
from chassis.migrations import migrate
from cli.embedded.nats import start_nats
from cli.embedded.port_book import PortBook
from cli.embedded.ports import LOOPBACK, accepts
from cli.embedded.postgres import start_postgres
from cli.embedded.program import Program
from cli.embedded.server import Server, run
from cli.embedded.traefik import CONFIGURATION, prepare_traefik
from cli.services import ROOT, SERVICES, Suite, addresses, python_environment, service_programs

LIMIT_DATABASE = "bench_limit"
# Each limit and the databases that it works on.
LIMITS = {
    "invoices": ("portico_billing",),
    "portal": ("portico_portal", "portico_projects", "portico_billing"),
    "projects": (LIMIT_DATABASE,),
    # These work on files in the workspace.
    "papers": (),
    "storage": (),
}
# The receiver of webhooks is on this machine.
LIFTED = {"PORTICO_RATE_LIMIT": "100000000/minute", "PORTICO_ALLOW_PRIVATE_WEBHOOKS": "true"}


@dataclass(frozen=True)
class Stack:
    """A running Portico with the data set loaded."""

    port: int
    secret_key: str
    admin_url: str
    nats_url: str
    world: World
    rows: int
    workspace: Path
    pids: Mapping[str, int]

    @property
    def origin(self) -> str:
        """What links are built from."""
        return f"http://localhost:{self.port}"


@contextmanager
def running_stack(workspace: Path, agencies: int) -> Iterator[Stack]:
    """Everything, in `workspace`; stopped and removed at the end."""
    secret_key, world, ports = secrets.token_hex(32), make_world(agencies), PortBook(workspace / "ports.json")
    with ExitStack() as stack:
        postgres = start_postgres(workspace / "postgres")
        stack.callback(postgres.discard)
        nats = start_nats(workspace / "nats")
        stack.callback(nats.discard)
        for service in SERVICES:
            migrate(service, postgres.url, secret_key)
        rows = load(postgres.url, world)
        asyncio.run(_make_limit_database(postgres.url))
        port = ports.port("gateway")
        suite = Suite(
            data_dir=workspace,
            public_url=f"http://localhost:{port}",
            secret_key=secret_key,
            database_url=postgres.url,
            nats_url=nats.url,
            storage_url=(workspace / "storage").as_uri(),
        )
        programs = [_unlimited(program) for program in service_programs(suite, ports)]
        programs += [_limit(name, postgres.url, workspace, ports) for name in LIMITS]
        programs.append(_gateway(workspace, ports, port))
        # A child is told to stop when the thread that started it ends: these live until the stack is done.
        threads = stack.enter_context(ThreadPoolExecutor(len(programs)))
        (workspace / "log").mkdir()
        pids = {}
        for server in threads.map(partial(_start, workspace), programs):
            stack.callback(server.stop)
            pids[server.program.name] = server.process.pid
        yield Stack(port, secret_key, postgres.url, nats.url, world, rows, workspace, pids)


def _start(workspace: Path, program: Program) -> Server:
    return run(program, "", log=workspace / "log" / f"{program.name}.log", files=workspace)


def _unlimited(program: Program) -> Program:
    return replace(program, environment=program.environment | LIFTED)


def _limit(name: str, admin_url: str, workspace: Path, ports: PortBook) -> Program:
    port = ports.port(f"limit-{name}")
    urls = [database_url(admin_url, database) for database in LIMITS[name]]
    return Program(
        name=f"limit-{name}",
        argv=(sys.executable, "-m", f"bench.limits.{name}", str(port), *(urls or [str(workspace)])),
        environment=python_environment(workspace),
        answers=lambda _: accepts(port),
        directory=ROOT,
    )


def _gateway(workspace: Path, ports: PortBook, port: int) -> Program:
    """Traefik as it always runs, and our routes to the limits in a file beside its own."""
    routes = workspace / "routes"
    routes.mkdir()
    shutil.copy(CONFIGURATION / "dynamic.yml", routes)
    shutil.copy(Path(__file__).with_name("gateway.yml"), routes)
    limits = {f"BENCH_LIMIT_{name.upper()}_URL": f"http://{LOOPBACK}:{ports.port(f'limit-{name}')}" for name in LIMITS}
    services = addresses(ports) | {"PORTICO_PUBLIC_URL": f"http://localhost:{port}"}
    program = prepare_traefik(workspace / "traefik", services | limits, host=LOOPBACK, port=port)
    environment = program.environment | {"TRAEFIK_PROVIDERS_FILE_DIRECTORY": str(routes)}
    del environment["TRAEFIK_PROVIDERS_FILE_FILENAME"]
    return replace(program, environment=environment)


async def _make_limit_database(admin_url: str) -> None:
    connection = await asyncpg.connect(admin_url)
    try:
        await connection.execute(f'CREATE DATABASE "{LIMIT_DATABASE}"')
    finally:
        await connection.close()
