"""Who is asking: the holder of a credential, as every service sees them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal
from uuid import UUID

from chassis.errors import Forbidden


class ModuleOff(Forbidden):
    """The agency has switched this part of its portal off."""

    default = "The agency has switched this part of its portal off."


class Role(StrEnum):
    """What a member may do within the agency."""

    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"


class ActorKind(StrEnum):
    """What sort of actor caused something."""

    MEMBER = "member"
    CLIENT = "client"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever caused an event: kind, id (None for the system) and the name at that time."""

    kind: ActorKind
    id: UUID | None
    name: str


SYSTEM = Actor(ActorKind.SYSTEM, None, "Portico")


@dataclass(frozen=True, slots=True)
class Staff:
    """A member in person, or a machine of the agency by API key (`role` is None then)."""

    agency_id: UUID
    id: UUID
    name: str
    email: str
    role: Role | None
    scopes: frozenset[str]
    credential_id: UUID
    via: Literal["session", "api_key"]

    @property
    def actor(self) -> Actor:
        """As the cause of an event."""
        return Actor(ActorKind.MEMBER, self.id, self.name)

    def require_role(self, *roles: Role) -> None:
        """Refuse members without one of the roles; API keys pass only where `write` is among their scopes."""
        allowed = self.role in roles if self.role else "write" in self.scopes
        if not allowed:
            raise Forbidden(f"Only {' and '.join(roles)} may do that.")


@dataclass(frozen=True, slots=True)
class Client:
    """A client of the agency, or a company of clients by its portal token.

    `client_ids` are all clients whose work the credential opens. A company's `id` and `name` are its own, its
    `email` is empty. `modules` are the parts of the portal that the agency has switched on.
    """

    agency_id: UUID
    id: UUID
    name: str
    email: str
    client_ids: tuple[UUID, ...]
    credential_id: UUID
    via: Literal["portal_token", "session", "key"]
    modules: frozenset[str] = frozenset()
    may_share_files: bool = True
    may_see_activity: bool = False
    is_company: bool = False

    def require_module(self, module: str) -> None:
        """Refuse what the agency has switched off in its portal."""
        if module not in self.modules:
            raise ModuleOff

    @property
    def actor(self) -> Actor:
        """As the cause of an event."""
        return Actor(ActorKind.CLIENT, self.id, self.name)


Principal = Staff | Client
