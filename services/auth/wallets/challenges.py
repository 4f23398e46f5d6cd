"""Challenges to a wallet: EIP-4361 messages that carry the proof of having been made here, so that none is kept.

The nonce is random and authenticates the whole message together with the client whom it was made for.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from chassis.secrets import derive

LIFETIME = timedelta(minutes=10)
MAX_MESSAGE = 2_000
CHAIN_ID = 1

_STATEMENT = "Show that this wallet is yours, to link it to your client portal. It moves nothing and costs nothing."
_RANDOM_BYTES = 16
_MAC_BYTES = 16
_VARIABLE = re.compile(
    r"\A[^\n]{1,300}\n(?P<address>0x[0-9a-fA-F]{40})\n"
    r".*\nNonce: (?P<random>[0-9a-f]{32})(?P<mac>[0-9a-f]{32})"
    r"\nIssued At: (?P<issued_at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\nExpiration Time: [^\n]{24}\nRequest ID: ",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a genuine message says: prove `address`; it was made at `issued_at`."""

    address: str
    issued_at: datetime

    def is_live(self, now: datetime) -> bool:
        """True until it expires."""
        return now < self.issued_at + LIFETIME


class Challenges:
    """Makes messages and knows them again, with a key derived from the master secret."""

    def __init__(self, *, secret_key: str, origin: str) -> None:
        self._key = derive(secret_key, "wallet-challenge")
        self._origin, self._domain = origin, urlsplit(origin).netloc

    def make(self, client_id: UUID, address: str, *, now: datetime) -> str:
        """A message for a client to sign with the wallet of that checksummed address."""
        # Messages tell milliseconds, and what is read back has to be what was meant.
        issued_at = now.replace(microsecond=now.microsecond // 1000 * 1000)
        random = secrets.token_hex(_RANDOM_BYTES)
        return self._message(client_id, Challenge(address, issued_at), random)

    def read(self, client_id: UUID, message: str) -> Challenge | None:
        """What a message says that was made for that client here; None for every other, be it one letter off."""
        found = _VARIABLE.match(message) if len(message) <= MAX_MESSAGE else None
        if found is None:
            return None
        try:
            challenge = Challenge(found["address"], datetime.fromisoformat(found["issued_at"]))
        except ValueError:
            return None
        genuine = self._message(client_id, challenge, found["random"])
        return challenge if hmac.compare_digest(genuine.encode(), message.encode("utf-8", "replace")) else None

    def _message(self, client_id: UUID, challenge: Challenge, random: str) -> str:
        unproved = self._text(client_id, challenge, random)
        mac = hmac.digest(self._key, unproved.encode(), hashlib.sha256)[:_MAC_BYTES]
        return self._text(client_id, challenge, random + mac.hex())

    def _text(self, client_id: UUID, challenge: Challenge, nonce: str) -> str:
        """The message by EIP-4361; its Request ID is the client."""
        return (
            f"{self._domain} wants you to sign in with your Ethereum account:\n"
            f"{challenge.address}\n"
            f"\n{_STATEMENT}\n\n"
            f"URI: {self._origin}\n"
            f"Version: 1\n"
            f"Chain ID: {CHAIN_ID}\n"
            f"Nonce: {nonce}\n"
            f"Issued At: {_iso(challenge.issued_at)}\n"
            f"Expiration Time: {_iso(challenge.issued_at + LIFETIME)}\n"
            f"Request ID: {client_id}"
        )


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
