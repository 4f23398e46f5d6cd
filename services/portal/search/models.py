"""What can be found, who tells it, and which part of the portal it belongs to."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from chassis.principals import Client, Principal
from services.portal.portal_settings.models import Module


class Kind(StrEnum):
    """The sorts of things that are found; of what fits as well, the earlier come first."""

    CLIENT = "client"
    PROJECT = "project"
    TASK = "task"
    FILE = "file"
    QUOTE = "quote"
    CONTRACT = "contract"
    INVOICE = "invoice"
    MESSAGE = "message"


# Who is asked for what.
PEERS: dict[str, tuple[Kind, ...]] = {
    "auth": (Kind.CLIENT,),
    "projects": (Kind.PROJECT, Kind.TASK, Kind.FILE, Kind.MESSAGE, Kind.CONTRACT),
    "billing": (Kind.QUOTE, Kind.INVOICE),
}
# What is off in the portal is not found there. The agency's book of clients is for no client.
_MODULE_OF = {
    Kind.PROJECT: Module.PROJECTS,
    Kind.TASK: Module.TASKS,
    Kind.FILE: Module.FILES,
    Kind.MESSAGE: Module.MESSAGES,
    Kind.CONTRACT: Module.CONTRACTS,
    Kind.QUOTE: Module.PROPOSALS,
    Kind.INVOICE: Module.INVOICES,
}
_ORDER = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that holds the words; `rank` 0: its title begins with them, 1: holds them, 2: another text does."""

    kind: Kind
    id: UUID
    title: str
    subtitle: str
    project_id: UUID | None
    client_id: UUID
    path: str
    rank: int

    @property
    def place(self) -> tuple[int, int, int]:
        """What fits better stands before; then by kind, and the newest first."""
        return self.rank, _ORDER[self.kind], -self.id.int


def kinds_for(principal: Principal) -> frozenset[Kind]:
    """What somebody may look for."""
    if not isinstance(principal, Client):
        return frozenset(Kind)
    return frozenset(kind for kind, module in _MODULE_OF.items() if module in principal.modules)
