"""Merge fields: the places in a contract's text that are filled in when it is sent."""

import re
from dataclasses import asdict, dataclass
from typing import Any

from chassis.errors import Invalid

OF_PROJECT = "project.name"
FIELDS = ("client.name", "client.company", "agency.name", OF_PROJECT, "date")

_FIELD = re.compile(r"\{\{([^{}]*)\}\}")
# What could make a name be read as markup (CommonMark 0.31, 2.4); the last two only where a line begins with it.
_MARKUP = re.compile(r"([\\`*_\[\]<>&|~#{}])")
_NUMBERING = re.compile(r"^(\d+)([.)])")
_BULLET = re.compile(r"^([-+=])")


@dataclass(frozen=True, slots=True)
class Parties:
    """Between whom a contract is, what for, and of which day: as they were called when it was sent."""

    agency: str
    client: str
    company: str
    project: str
    date: str

    @property
    def stored(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)

    @property
    def values(self) -> dict[str, str]:
        """What each field is filled with."""
        return {
            "client.name": self.client,
            "client.company": self.company,
            "agency.name": self.agency,
            OF_PROJECT: self.project,
            "date": self.date,
        }


def require_known(text: str, field: str) -> None:
    """Raise Invalid for a merge field that there is not."""
    for name in _names(text):
        if name not in FIELDS:
            raise Invalid.field(
                field, f"has the unknown merge field {{{{{name[:60]}}}}}; there are {', '.join(FIELDS)}"
            )


def require_project_for(text: str, field: str) -> None:
    """Raise Invalid where the text names a project: the contract is for none."""
    if OF_PROJECT in _names(text):
        raise Invalid.field(field, f"names {{{{{OF_PROJECT}}}}}, so the contract needs a projectId")


def filled_line(text: str, parties: Parties) -> str:
    """A line of plain text with its fields filled."""
    return _FIELD.sub(lambda found: parties.values[found[1].strip()], text)


def filled(markdown: str, parties: Parties) -> str:
    """Markdown with its fields filled; what is filled in is text, whatever is in it, and is not filled again."""
    return _FIELD.sub(lambda found: _plain(parties.values[found[1].strip()]), markdown)


def _names(text: str) -> list[str]:
    return [found.strip() for found in _FIELD.findall(text)]


def _plain(value: str) -> str:
    escaped = _MARKUP.sub(r"\\\1", " ".join(value.split()))
    return _BULLET.sub(r"\\\1", _NUMBERING.sub(r"\1\\\2", escaped))
