"""What the use cases of billing need besides a session: built once by the composition root."""

from dataclasses import dataclass
from uuid import UUID

from chassis.bell import Bell
from chassis.clock import Clock
from chassis.database import Database
from chassis.logos import Logos
from chassis.scheduling import Scheduler
from chassis.secrets import Vault
from chassis.typesetting import Typesetter
from services.billing.clients import Directory
from services.billing.providers.registry import Providers
from services.billing.work import Work


@dataclass(frozen=True, slots=True)
class Context:
    """The tools of one process. `origin` is what links are built from.

    `refund_bell` is rung with the checkouts whose payments the provider is to be asked about.
    """

    database: Database
    clock: Clock
    directory: Directory
    work: Work
    typesetter: Typesetter
    logos: Logos
    providers: Providers
    vault: Vault
    scheduler: Scheduler
    refund_bell: Bell[UUID]
    origin: str
