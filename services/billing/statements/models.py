"""A client's account as the database adds it up."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Account:
    """A client's account in one currency over some days, in minor units; `many` counts the entries there are."""

    opening_minor: int
    closing_minor: int
    entries: Sequence[dict[str, Any]]
    many: int
    currencies: Sequence[str]
