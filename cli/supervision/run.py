"""One run of the whole suite: brought up in order, kept up, taken down in the opposite order."""

import asyncio
import os
import signal
from dataclasses import dataclass, replace
from pathlib import Path

from cli.embedded.failure import CannotStart
from cli.embedded.launch import MARK
from cli.embedded.nats import prepare_nats
from cli.embedded.port_book import PortBook
from cli.embedded.postgres import prepare_postgres
from cli.embedded.probe import http_status
from cli.embedded.program import Program
from cli.embedded.traefik import prepare_traefik
from cli.home import Home
from cli.revisions import are_current
from cli.services import Suite, addresses, portico_command, python_environment, service_programs
from cli.supervision.child import Child
from cli.supervision.output import Console, Output
from cli.supervision.records import Records

GATEWAY_SECONDS = 10
POLL_SECONDS = 0.05
LAST_CHARACTERS = 2000


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where the suite listens, and the origin that links are built from."""

    host: str
    port: int
    public_url: str


class Run:
    """The children of one `portico up`."""

    def __init__(self, home: Home, address: Address, console: Console) -> None:
        self.home = home
        self.address = address
        self._console = console
        self._records = Records(home.path)
        self._ports = PortBook(home.path / "ports.json")
        # In the order in which they are stopped, each group together.
        self._gateway: list[Child] = []
        self._services: list[Child] = []
        self._broker: list[Child] = []
        self._database: list[Child] = []

    def end_leftovers(self) -> None:
        """Ends what an earlier run that was killed has left behind."""
        ended = self._records.end_leftovers()
        if ended:
            self._console.say(f"An earlier run was killed: ended {ended} processes it had left behind.")

    async def start(self) -> None:
        """Returns when the gateway passes requests to services that are all ready."""
        secret_key = self.home.secret_key()
        async with asyncio.TaskGroup() as group:
            database = group.create_task(self._start_database(secret_key))
            broker = group.create_task(self._start_broker())
        suite = Suite(
            data_dir=self.home.path,
            public_url=self.address.public_url,
            secret_key=secret_key,
            database_url=database.result(),
            nats_url=broker.result(),
            storage_url=os.environ.get("PORTICO_STORAGE_URL") or self.home.storage.as_uri(),
        )
        programs = service_programs(suite, self._ports)
        gateway = prepare_traefik(
            self.home.path / "traefik",
            addresses(self._ports) | {"PORTICO_PUBLIC_URL": suite.public_url},
            host=self.address.host,
            port=self.address.port,
        )
        self._ports.save()
        async with asyncio.TaskGroup() as group:
            for program in programs:
                group.create_task(self._start(program, self._services))
            group.create_task(self._start(gateway, self._gateway))
        await self._gateway_passes()

    async def fill_demo(self) -> bool:
        """Fills the demo agency if it is not there yet; a failure is told and stops nothing."""
        log = self.home.logs / "demo.log"
        here = f"http://{self._local_host()}:{self.address.port}"
        if await self._run_command(log, "demo", "--url", here, "--data", str(self.home.path)) == 0:
            return True
        self._console.warn(log.read_text().strip()[-LAST_CHARACTERS:])
        return False

    async def stop(self) -> None:
        """Ends everything: no new requests, then the services, then what they stand on."""
        for group in self._groups():
            await asyncio.gather(*(child.stop() for child in group))
        self._records.clear()

    def kill(self) -> None:
        """Ends everything at once."""
        for child in (child for group in self._groups() for child in group):
            child.kill()

    def _groups(self) -> tuple[list[Child], ...]:
        return (self._gateway, self._services, self._broker, self._database)

    async def _start(self, program: Program, group: list[Child]) -> None:
        marked = {**program.environment, MARK: str(self.home.path)}
        output = Output(
            self.home.logs / f"{program.name}.log",
            program.important,
            lambda line: self._console.line(program.name, line),
            verbose=self._console.verbose,
        )
        child = Child(replace(program, environment=marked), output, self._records, self._console)
        group.append(child)
        await child.start()

    async def _start_database(self, secret_key: str) -> str:
        url = os.environ.get("PORTICO_DATABASE_URL", "")
        is_new = False
        if not url:
            postgres = await asyncio.to_thread(prepare_postgres, self.home.path / "postgres")
            if not postgres.cluster.is_relative_to(self.home.path):
                self._console.say(
                    f"PostgreSQL's user cannot enter {self.home.path}: its files are in {postgres.cluster}."
                )
            await self._start(postgres.program, self._database)
            url, is_new = postgres.url, postgres.is_new
        if is_new or not await asyncio.to_thread(are_current, url, secret_key):
            await self._migrate(url, secret_key)
        return url

    async def _start_broker(self) -> str:
        url = os.environ.get("PORTICO_NATS_URL", "")
        if url:
            return url
        nats = await asyncio.to_thread(prepare_nats, self.home.path / "nats")
        await self._start(nats.program, self._broker)
        return nats.url

    async def _migrate(self, url: str, secret_key: str) -> None:
        self._console.say("Bringing the databases up to date ...")
        log = self.home.logs / "migrate.log"
        code = await self._run_command(log, "migrate", PORTICO_DATABASE_URL=url, PORTICO_SECRET_KEY=secret_key)
        if code != 0:
            raise CannotStart(f"The databases could not be brought up to date:\n{log.read_text()[-LAST_CHARACTERS:]}")

    async def _run_command(self, log: Path, *arguments: str, **variables: str) -> int:
        """Runs `portico ARGUMENTS` to its end, its output into `log`."""
        with log.open("wb") as output:
            process = await asyncio.create_subprocess_exec(
                *portico_command(*arguments),
                env=python_environment(self.home.path) | variables,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        try:
            return await process.wait()
        except asyncio.CancelledError:
            process.send_signal(signal.SIGTERM)
            await process.wait()
            raise

    async def _gateway_passes(self) -> None:
        deadline = asyncio.get_running_loop().time() + GATEWAY_SECONDS
        while await asyncio.to_thread(http_status, self.address.port, "/readyz", self._local_host()) != 200:
            if asyncio.get_running_loop().time() > deadline:
                raise CannotStart("The gateway does not reach the services.", mend="Look at log/traefik.log.")
            await asyncio.sleep(POLL_SECONDS)

    def _local_host(self) -> str:
        return "127.0.0.1" if self.address.host in ("0.0.0.0", "::") else self.address.host  # noqa: S104
