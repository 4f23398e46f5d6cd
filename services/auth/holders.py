"""Whose a live credential is: what every kind of credential resolves to."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class HolderKind(StrEnum):
    """Who may hold a credential."""

    MEMBER = "member"
    API_KEY = "api_key"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class Holder:
    """The holder of a live credential; `credential_id` is what a revocation names."""

    kind: HolderKind
    agency_id: UUID
    id: UUID
    name: str
    credential_id: UUID
    email: str = ""
    role: str = ""
    scopes: tuple[str, ...] = ()
    expires_at: datetime | None = None
    client_ids: tuple[UUID, ...] = ()
    is_company: bool = False
