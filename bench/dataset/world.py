"""Who there is: agencies and their clients, the same in every service's database."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

AGENCIES = 50
CLIENTS = 5_000
INVOICES = 100_000
PROJECTS = 20_000
MESSAGES = 200_000

CLIENTS_EACH = CLIENTS // AGENCIES
INVOICES_EACH = INVOICES // CLIENTS
PROJECTS_EACH = PROJECTS // CLIENTS
MESSAGES_EACH = MESSAGES // PROJECTS
SPAN = timedelta(days=365)

_FIRST = ("Ada", "Ben", "Chloé", "Dmitri", "Elif", "Fumiko", "Grace", "Hugo", "Inés", "Jonas")
_LAST = ("Byron", "Okafor", "Lindqvist", "Moreau", "Tanaka", "Yılmaz", "Novak", "Silva", "Kaya", "Berg")
_TRADE = ("Bakery", "Robotics", "Studio", "Clinic", "Foods", "Legal", "Travel", "Optics", "Energy", "Press")


class Ids:
    """UUIDv7 of moments in the past, the same in every run for the same seed and moments."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def at(self, moment: datetime) -> UUID:
        """An id given at that moment."""
        milliseconds = int(moment.timestamp() * 1000)
        noise = self._random.getrandbits(74)
        return UUID(int=milliseconds << 80 | 7 << 76 | (noise >> 62) << 64 | 2 << 62 | noise & (2**62 - 1))


@dataclass(frozen=True)
class Client:
    """A client; the first of each agency is the one whose portal is measured."""

    agency_id: UUID
    id: UUID
    number: int
    name: str
    email: str
    company: str
    token_id: UUID
    is_measured: bool


@dataclass(frozen=True)
class Agency:
    """An agency, its owner and its clients."""

    id: UUID
    name: str
    slug: str
    owner_id: UUID
    owner_name: str
    owner_email: str
    clients: tuple[Client, ...]


@dataclass(frozen=True)
class World:
    """Everybody, as of `now`; rows of theirs are dated between `began` and `now`."""

    now: datetime
    agencies: tuple[Agency, ...]

    @property
    def began(self) -> datetime:
        """When the first row was made."""
        return self.now - SPAN

    @property
    def clients(self) -> list[Client]:
        """All clients of all agencies."""
        return [client for agency in self.agencies for client in agency.clients]

    def moment(self, index: int, count: int) -> datetime:
        """When the row `index` of `count` was made: evenly over the time that there is."""
        return self.began + SPAN * index / count


def make_world(agencies: int = AGENCIES) -> World:
    """Everybody; with fewer agencies it is loaded sooner, and figures mean less."""
    now = datetime.now(UTC).replace(microsecond=0)
    ids = Ids(1)
    return World(now, tuple(_agency(ids, now - SPAN, number) for number in range(agencies)))


def _agency(ids: Ids, began: datetime, number: int) -> Agency:
    agency_id = ids.at(began)
    clients = tuple(_client(ids, began, agency_id, number, count) for count in range(CLIENTS_EACH))
    return Agency(
        id=agency_id,
        name=f"Studio {_LAST[number % 10]} {number}",
        slug=f"studio-{number}",
        owner_id=ids.at(began),
        owner_name=f"{_FIRST[number % 10]} {_LAST[number // 10 % 10]}",
        owner_email=f"owner-{number}@agency.test",
        clients=clients,
    )


def _client(ids: Ids, began: datetime, agency_id: UUID, agency: int, count: int) -> Client:
    return Client(
        agency_id=agency_id,
        id=ids.at(began),
        number=count + 1,
        name=f"{_FIRST[count % 10]} {_LAST[count // 10 % 10]}",
        email=f"client-{count}@company-{agency}.test",
        company=f"{_LAST[count % 10]} {_TRADE[count // 10 % 10]}",
        token_id=ids.at(began),
        is_measured=count == 0,
    )
