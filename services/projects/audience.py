"""Whose rows a principal may see: all of the agency's, or those of the clients that a credential opens."""

from dataclasses import dataclass
from uuid import UUID

from chassis.principals import Client, Principal


@dataclass(frozen=True, slots=True)
class Audience:
    """The agency, and the clients to keep to; `client_ids` is None for staff."""

    agency_id: UUID
    client_ids: list[UUID] | None

    @classmethod
    def of(cls, principal: Principal) -> "Audience":
        """The audience that a principal belongs to."""
        return cls(principal.agency_id, list(principal.client_ids) if isinstance(principal, Client) else None)

    @property
    def is_client(self) -> bool:
        """True where only what clients may see is to be shown."""
        return self.client_ids is not None
