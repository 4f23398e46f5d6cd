"""Secret tokens derived from rows: made again for their owner, kept nowhere, so that a dump opens nothing."""

import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import jwt

from chassis.secrets import derive

_ID_LENGTH = 32
_MAX_GENERATION_DIGITS = 9


class Purpose(StrEnum):
    """What a token is for; its first letters, and part of what it is derived from."""

    MAGIC_LINK = "ml"
    REFRESH = "crt"
    CLIENT_KEY = "cak"
    INVITATION = "inv"
    PASSWORD_RESET = "pwr"  # noqa: S105 (a prefix)


@dataclass(frozen=True, slots=True)
class Named:
    """The row that a genuine token names, and which of its successive tokens it is."""

    id: UUID
    generation: int


class SecretTokens:
    """Makes and checks tokens `<purpose>_<id>.<generation>.<MAC>` with a key of each purpose."""

    def __init__(self, secret_key: str) -> None:
        self._secret_key = secret_key

    def token(self, purpose: Purpose, id: UUID, generation: int = 1) -> str:
        """The token of a row."""
        return f"{purpose}_{id.hex}.{generation}.{self._mac(purpose, id, generation)}"

    def read(self, purpose: Purpose, token: str) -> Named | None:
        """The row that the token names; None for what we did not make. Whether the row is live is its own matter."""
        head = token.rpartition(".")[0]
        id, _, generation = head.removeprefix(f"{purpose}_").partition(".")
        if len(id) != _ID_LENGTH or not generation.isascii() or not generation.isdigit():
            return None
        if len(generation) > _MAX_GENERATION_DIGITS or any(c not in "0123456789abcdef" for c in id):
            return None
        named = Named(UUID(id), int(generation))
        genuine = self.token(purpose, named.id, named.generation)
        return named if hmac.compare_digest(genuine.encode(), token.encode("utf-8", "replace")) else None

    def _mac(self, purpose: Purpose, id: UUID, generation: int) -> str:
        key = derive(self._secret_key, f"token/{purpose}")
        digest = hmac.digest(key, f"{id.hex}.{generation}".encode(), hashlib.sha256)
        return jwt.utils.base64url_encode(digest).decode()
