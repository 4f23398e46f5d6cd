"""Sums of time, in minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Spent:
    """Time that was worked; `billable` is what of it is charged."""

    minutes: int = 0
    billable: int = 0

    def less(self, parts: Sequence["Spent"]) -> "Spent":
        """What is left without some parts of it."""
        return Spent(
            self.minutes - sum(part.minutes for part in parts), self.billable - sum(part.billable for part in parts)
        )


@dataclass(frozen=True, slots=True)
class ProjectTime:
    """The time that went into a project."""

    project_id: UUID
    name: str
    client_id: UUID
    client_name: str
    spent: Spent


@dataclass(frozen=True, slots=True)
class Hours:
    """Where time went: the projects that took most, how many there are in all, and what all of them took."""

    largest: Sequence[ProjectTime] = ()
    projects: int = 0
    total: Spent = Spent()
