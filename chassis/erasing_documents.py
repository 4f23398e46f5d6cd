"""Documents about a client: which texts tell of one, and what stays of JSON and events when they do."""

import json
import re
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import orjson
from google.protobuf.message import DecodeError

from chassis.events import Event
from chassis.principals import ActorKind

ERASED = "[erased]"
ERASED_CLIENT = "Erased client"
# What tells of the erasure itself is anonymous by birth.
ERASING_EVENT = "auth.client.erased"

# A pattern that nothing has: the beginning of a text comes once.
_NOTHING = r"\A.\A"
# Shorter names would be found in words that have nothing to do with anybody.
_SHORTEST_NAME = 3
# Keys under which the services alone write, and what they write there: ids, times, states, hashes, numbers of papers.
_PLAIN_KEY = re.compile(
    r"^(id|.*(_ids?|Ids?|_at|At|_on|On|Date|Kind|Type|Status|Key|Sha256))$"
    r"|^(kind|type|status|state|via|currency|visibility|sha256|number|role|method|provider|time|frequency|variant)$"
)
_PLAIN_VALUE = re.compile(
    r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?"
    r"|[a-z][a-z0-9_./-]{0,60}|[A-Z]{3}|[0-9a-f]{64}|[A-Z]{1,4}-\d+|[a-z]+/[0-9a-f/-]{36,120}"
)
# Objects with keys of somebody's own choice.
_FREE_KEYS = frozenset({"answers"})


@dataclass(frozen=True, slots=True)
class Subject:
    """A client by id, and by what they are called as long as that is known: name, e-mail address."""

    client_id: UUID
    names: tuple[str, ...] = ()

    @property
    def email(self) -> str:
        """The e-mail address; empty when none is known."""
        return next((name for name in self.names if "@" in name), "")

    @property
    def pattern(self) -> str:
        """A regular expression of Postgres that finds the names as whole words, and nothing when none is known."""
        long_enough = [name for name in self.names if len(name) >= _SHORTEST_NAME]
        # Also as it stands within JSON, and the longest first.
        spelled = sorted({*long_enough, *map(_in_json, long_enough)}, key=lambda name: (-len(name), name))
        names = [re.sub(r"([^\w\s])", r"\\\1", name) for name in spelled]
        return rf"(?<!\w)({'|'.join(names)})(?!\w)" if names else _NOTHING

    @property
    def needles(self) -> list[str]:
        """What a document that tells of the client has in it, in small letters: the id or the e-mail address.

        Not the name, which another client of the agency may have as well: their documents are to stay.
        """
        return [str(self.client_id), *([_in_json(self.email).lower()] if self.email else [])]

    def is_told_of(self, document: bytes) -> bool:
        """Whether a document tells of the client."""
        small = document.lower()
        return any(needle.encode() in small for needle in self.needles)

    def is_named_in(self, document: bytes) -> bool:
        """Whether a document names the client, or somebody of the same first and last name."""
        full_names = [_in_json(name).encode() for name in self.names if " " in name]
        return self.is_told_of(document) or any(name in document for name in full_names)


def blanked(value: Any, key: str = "") -> Any:
    """JSON with its shape, ids, times, states and numbers, and no other text."""
    match value:
        case dict():
            return {} if key in _FREE_KEYS else {name: blanked(inner, name) for name, inner in value.items()}
        case list():
            return [blanked(inner, key) for inner in value]
        case str() if key.lower().endswith("email"):
            return None
        case str() if value and not (_PLAIN_KEY.search(key) and _PLAIN_VALUE.fullmatch(value)):
            return ERASED
        case _:
            return value


def blanked_json(document: str | bytes) -> bytes:
    """The same of its text; an empty object for what is no JSON."""
    try:
        return orjson.dumps(blanked(orjson.loads(document)))
    except orjson.JSONDecodeError:
        return b"{}"


def blanked_envelope(envelope: bytes, *, settled: bool = False) -> bytes:
    """An event that tells what has happened to which id, and nothing more; unreadable ones are emptied.

    `settled`: every service has heard of the erasure, and needs the sealed names in its event no longer.
    """
    try:
        event = Event.decode(envelope)
    except (DecodeError, ValueError, KeyError):
        return b""
    if event.type == ERASING_EVENT:
        return replace(event, internal={}).encode() if settled else envelope
    actor = replace(event.actor, name=ERASED_CLIENT) if event.actor.kind is ActorKind.CLIENT else event.actor
    return replace(event, actor=actor, data=blanked(event.data), internal=blanked(event.internal)).encode()


def telling(column: str, subject: Subject, *, is_text: bool = True) -> tuple[str, dict[str, Any]]:
    """The SQL condition of rows whose column, of text or of bytes, tells of the client; and its values."""
    values = {f"needle{place}": needle for place, needle in enumerate(subject.needles)}
    readable = column if is_text else f"encode({column}, 'escape')"
    return " OR ".join(f"position(:{name} IN lower({readable})) > 0" for name in values), dict(values)


def _in_json(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)[1:-1]
