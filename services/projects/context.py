"""What the use cases of this service need besides a session: built once by the composition root."""

from dataclasses import dataclass

from chassis.clock import Clock
from chassis.database import Database
from chassis.logos import Logos
from chassis.secrets import Vault
from chassis.storage import ObjectStore
from chassis.typesetting import Typesetter
from services.projects.clients import Directory
from services.projects.config import Settings
from services.projects.previews.previewing import Previews
from services.projects.updates.writer import Writer


@dataclass(frozen=True, slots=True)
class Context:
    """The tools of one process."""

    settings: Settings
    database: Database
    store: ObjectStore
    vault: Vault
    directory: Directory
    typesetter: Typesetter
    logos: Logos
    previews: Previews
    writer: Writer
    clock: Clock
