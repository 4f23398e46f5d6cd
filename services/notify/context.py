"""What notify's routes and consumers are handed: built once by `main.py`."""

from dataclasses import dataclass

from chassis.bell import Bell
from chassis.clock import Clock
from chassis.scheduling import Scheduler
from chassis.secrets import Vault
from services.notify.clients import Directory
from services.notify.connections import AddressGuard
from services.notify.deliveries.dispatching import Dispatcher
from services.notify.exports.service import Exports
from services.notify.live.hub import Hub
from services.notify.mails.letters import Catalogue
from services.notify.unsubscriptions.tokens import UnsubscribeLinks


@dataclass(frozen=True, slots=True)
class Context:
    """The guard of addresses, the vault of secrets, what wakes the sending loops, the hub of streams, and exports."""

    vault: Vault
    clock: Clock
    guard: AddressGuard
    dispatcher: Dispatcher
    mail_bell: Bell[None]
    hub: Hub
    directory: Directory
    catalogue: Catalogue
    unsubscribe_links: UnsubscribeLinks
    scheduler: Scheduler
    exports: Exports
