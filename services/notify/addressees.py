"""Whom mails go to: one member or one client of an agency."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Side(StrEnum):
    """On which side of the portal somebody stands."""

    MEMBER = "member"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class Addressee:
    """One person who gets mails about an agency's work."""

    agency_id: UUID
    side: Side
    id: UUID
