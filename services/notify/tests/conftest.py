"""What notify's tests stand on: auth, portal and notify on servers of their own, with a real mail server."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from chassis.migrations import migrate
from cli.embedded.nats import start_nats
from cli.embedded.postgres import start_postgres
from services.notify.tests.fakes import Names
from services.notify.tests.office import Guarded, Office
from tests.fakes.receiver import Receiver, receiving
from tests.fakes.smtp_server import Mode, SmtpServer, taking_mail
from tests.house import environment, running_house

SERVICES = ("auth", "portal", "notify")


@pytest.fixture(scope="session")
async def smtp_server() -> AsyncIterator[SmtpServer]:
    async with taking_mail() as server:
        yield server


# Servers apart from the house's: two notify processes on one database would share mails and deliveries between them.
@contextmanager
def servers_of_their_own(directory: Path) -> Iterator[dict[str, str]]:
    postgres = start_postgres(directory / "postgres", durable=False)
    nats = start_nats(directory / "nats")
    variables = environment(postgres.url, nats.url, directory / "storage")
    for service in SERVICES:
        migrate(service, postgres.url, variables["PORTICO_SECRET_KEY"])
    yield variables
    nats.discard()
    postgres.discard()


@pytest.fixture(scope="session")
def office_servers(workspace: Path) -> Iterator[dict[str, str]]:
    with servers_of_their_own(workspace / "office") as variables:
        yield variables


@pytest.fixture(scope="session")
def guarded_servers(workspace: Path) -> Iterator[dict[str, str]]:
    with servers_of_their_own(workspace / "guarded") as variables:
        yield variables | {"PORTICO_ALLOW_PRIVATE_WEBHOOKS": "false"}


@pytest.fixture(scope="session")
async def guarded(guarded_servers: dict[str, str]) -> AsyncIterator[Guarded]:
    """As on a developer's machine: no mail server, and no webhooks to private addresses."""
    names = Names()
    overrides = {"notify": {"resolver": names}}
    async with running_house(guarded_servers, SERVICES, overrides=overrides) as house:
        yield Guarded(house, names, await house.agency())


@pytest.fixture(scope="session")
async def running_office(office_servers: dict[str, str], smtp_server: SmtpServer) -> AsyncIterator[Office]:
    variables = office_servers | {
        "PORTICO_SMTP_URL": smtp_server.url,
        "PORTICO_MAIL_FROM": "Portico <post@portico.test>",
    }
    async with running_house(variables, SERVICES) as house:
        yield Office(house, smtp_server)


@pytest.fixture
async def office(running_office: Office) -> AsyncIterator[Office]:
    running_office.house.clock.reset()
    running_office.smtp.mode = Mode.OK
    yield running_office
    running_office.house.clock.reset()
    running_office.smtp.mode = Mode.OK


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as one:
        yield one
