"""Tokens that turn one person's mails off: whom and what they are about, with a MAC, and kept nowhere.

They never end, because a mail is opened whenever its reader likes, and whoever holds one can do no more with it.
"""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID

from chassis.secrets import derive
from services.notify.addressees import Addressee, Side
from services.notify.mails.models import Template

_MAC_BYTES = 16
_UUID_BYTES = 16
_SIDES = {Side.MEMBER: b"m", Side.CLIENT: b"c"}


@dataclass(frozen=True, slots=True)
class Subscription:
    """Mails of one kind to one person."""

    addressee: Addressee
    kind: Template


class UnsubscribeLinks:
    """Makes the links that stand in mails, and reads their tokens."""

    def __init__(self, secret_key: str, origin: str) -> None:
        self._key, self._origin = derive(secret_key, "notify/unsubscribe"), origin

    def url(self, subscription: Subscription) -> str:
        """The address that a mail program sends a POST to, and that shows people a page."""
        return f"{self._origin}/unsubscribe?t={self._token(subscription)}"

    def read(self, token: str) -> Subscription | None:
        """What a token is about; None when it is not one of ours, in each letter."""
        try:
            raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
            subscription = _parsed(raw[:-_MAC_BYTES])
        except (binascii.Error, ValueError):
            return None
        # As a whole, and not the MAC alone: base64 has several spellings of some bytes, and one of them is ours.
        return subscription if hmac.compare_digest(self._token(subscription).encode(), token.encode()) else None

    def _token(self, subscription: Subscription) -> str:
        addressee = subscription.addressee
        payload = _SIDES[addressee.side] + addressee.agency_id.bytes + addressee.id.bytes + subscription.kind.encode()
        mac = hmac.digest(self._key, payload, hashlib.sha256)[:_MAC_BYTES]
        return base64.urlsafe_b64encode(payload + mac).decode().rstrip("=")


def _parsed(payload: bytes) -> Subscription:
    """What a payload says; raises ValueError for what only an older or newer version would have written."""
    side = next((side for side, letter in _SIDES.items() if payload[:1] == letter), None)
    if side is None:
        raise ValueError("no side")
    agency, person, kind = payload[1 : 1 + _UUID_BYTES], payload[1 + _UUID_BYTES :][:_UUID_BYTES], payload[33:]
    return Subscription(Addressee(UUID(bytes=agency), side, UUID(bytes=person)), Template(kind.decode()))
