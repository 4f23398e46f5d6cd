"""What notify's routes and consumers are handed: built once by `main.py`."""

from dataclasses import dataclass

from chassis.clock import Clock
from chassis.secrets import Vault
from services.notify.bell import Bell
from services.notify.connections import AddressGuard
from services.notify.deliveries.repository import Lane


@dataclass(frozen=True, slots=True)
class Context:
    """The guard of addresses, the vault of secrets, and the bells of the two sending loops."""

    vault: Vault
    clock: Clock
    guard: AddressGuard
    delivery_bell: Bell[Lane]
    mail_bell: Bell[None]
