"""Credentials: every service checks them itself and remembers the outcome until a revocation is heard."""

import asyncio
import hashlib
import hmac
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from portico.auth.v1 import credentials_pb2, credentials_pb2_grpc

from chassis.bus import Bus
from chassis.clock import Clock
from chassis.errors import Forbidden, PorticoError, Unauthenticated, Unavailable
from chassis.events import SUBJECT_PREFIX, Event
from chassis.principals import Client, Principal, Role, Staff
from chassis.rpc import Peers
from chassis.secrets import derive
from chassis.settings import Settings
from chassis.telemetry import log

AUDIENCE = "portico"
STAFF_TYPE = "staff+jwt"
CLIENT_TYPE = "client+jwt"
API_KEY_PREFIX = "pk_"
CLIENT_KEY_PREFIXES = ("cst_", "cak_")
PORTAL_CHANGED = "auth.portal.changed"
KEY_ROTATED = "auth.key.rotated"
# A credential that changed lives on, but whom it is for or what it opens has to be asked anew.
REVOCATIONS = ("auth.session.revoked", "auth.credential.revoked", "auth.credential.changed")

_CACHE_SIZE = 10_000
_CACHE_TTL_S = 60
_KEYS_REFRESH_S = 5
_MAX_CREDENTIAL = 4096
# Asking again costs nothing, and one answer that is lost must not be a refusal.
_INTROSPECTION_DEADLINES_S = (2.0, 5.0)


class PortalClosed(Forbidden):
    """The agency has shut its portal for everyone but its own people."""

    default = "This portal is closed at the moment. Please get in touch with the agency."


def portal_token(secret_key: str, id: UUID, version: int) -> str:
    """The portal token of a row of auth's `portal_tokens`: its id and a MAC over id and version."""
    mac = hmac.digest(derive(secret_key, "portal-token"), f"{id.hex}.{version}".encode(), hashlib.sha256)
    return f"{id.hex}.{jwt.utils.base64url_encode(mac).decode()}"


def looks_like_portal_token(token: str) -> bool:
    """Whether the shape is right; saves a question for what cannot be one."""
    head, dot, tail = token.partition(".")
    return bool(dot) and len(head) == 32 and len(tail) == 43 and all(c in "0123456789abcdef" for c in head)


@dataclass(slots=True)
class _Known:
    principal: Principal
    until: float
    checked_at: float
    expires_at: float | None


class Authenticator:
    """Turns a credential into its holder. Raises Unauthenticated for what is unknown, expired or revoked."""

    def __init__(self, settings: Settings, peers: Peers, bus: Bus, clock: Clock) -> None:
        self._settings, self._peers, self._bus, self._clock = settings, peers, bus, clock
        self._known: OrderedDict[bytes, _Known] = OrderedDict()
        self._asked: dict[tuple[bytes, int], asyncio.Task[Principal]] = {}
        self._keys: dict[str, Ed25519PublicKey] = {}
        self._keys_at = 0.0
        self._loading_keys = asyncio.Lock()
        self._epoch = 0
        self._revoked_listeners: list[Callable[[UUID], None]] = []
        bus.on_down(self._forget)
        bus.on_up(self._forget)

    async def start(self) -> None:
        """Listen for revocations: every process hears every one."""
        for type in REVOCATIONS:
            await self._bus.client.subscribe(SUBJECT_PREFIX + type, cb=self._heard)
        await self._bus.client.subscribe(SUBJECT_PREFIX + PORTAL_CHANGED, cb=self._portal_changed)
        await self._bus.client.subscribe(SUBJECT_PREFIX + KEY_ROTATED, cb=self._rotated)

    def knows(self, credential: str) -> bool:
        """Whether the credential was found live a moment ago; asks nobody."""
        return self._recall(hashlib.sha256(credential.encode()).digest()) is not None

    def has_key(self, kid: str) -> bool:
        """Whether what was signed with auth's key of this id can be verified; asks nobody."""
        return kid in self._keys

    def on_revoked(self, listener: Callable[[UUID], None]) -> None:
        """Also tell `listener` which credential ended (open event streams)."""
        self._revoked_listeners.append(listener)

    async def bearer(self, token: str) -> Principal:
        """The holder of what stood behind `Authorization: Bearer`, or in a session cookie."""
        if len(token) > _MAX_CREDENTIAL:
            raise Unauthenticated
        if token.startswith(API_KEY_PREFIX):
            return await self._resolve(token, credentials_pb2.CREDENTIAL_KIND_API_KEY)
        if token.startswith(CLIENT_KEY_PREFIXES):
            return await self._resolve(token, credentials_pb2.CREDENTIAL_KIND_CLIENT_KEY)
        if token.count(".") == 2:
            return await self._resolve_jwt(token)
        return await self.portal(token)

    async def portal(self, token: str) -> Principal:
        """The client whose portal token it is."""
        if not looks_like_portal_token(token):
            raise Unauthenticated("This portal link is not valid.")
        return await self._resolve(token, credentials_pb2.CREDENTIAL_KIND_PORTAL_TOKEN)

    async def _resolve_jwt(self, token: str) -> Principal:
        digest = hashlib.sha256(token.encode()).digest()
        if known := self._recall(digest):
            return known
        claims, kind = await self._verify(token)
        return await self._introspect(digest, kind, str(claims["sid"]), expires_at=float(claims["exp"]))

    async def _resolve(self, token: str, kind: "credentials_pb2.CredentialKind.ValueType") -> Principal:
        digest = hashlib.sha256(token.encode()).digest()
        if known := self._recall(digest):
            return known
        return await self._introspect(digest, kind, token)

    async def _verify(self, token: str) -> "tuple[dict[str, Any], credentials_pb2.CredentialKind.ValueType]":
        """Signature and claims. The algorithm is ours, whatever the token says; keys come from our own set."""
        try:
            header = jwt.get_unverified_header(token)
            kind = {
                STAFF_TYPE: credentials_pb2.CREDENTIAL_KIND_STAFF_SESSION,
                CLIENT_TYPE: credentials_pb2.CREDENTIAL_KIND_CLIENT_SESSION,
            }[header["typ"]]
            if header.get("crit") or header.get("alg") != "EdDSA" or not isinstance(header.get("kid"), str):
                raise Unauthenticated
            claims = jwt.decode(
                token,
                await self._key(header["kid"]),
                algorithms=["EdDSA"],
                audience=AUDIENCE,
                issuer=self._settings.origin,
                options={
                    "require": ["exp", "iat", "iss", "aud", "sub", "sid"],
                    "verify_exp": False,
                    "verify_iat": False,
                    "verify_nbf": False,
                    "strict_aud": True,
                },
            )
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
            raise Unauthenticated from error
        now = self._clock().timestamp()
        exp = claims["exp"]
        if type(exp) is not int or exp <= now or type(claims["iat"]) is not int or claims["iat"] > now + 60:
            raise Unauthenticated("This session has ended. Sign in again.")
        if "nbf" in claims:
            raise Unauthenticated
        return claims, kind

    async def _key(self, kid: str) -> Ed25519PublicKey:
        if kid not in self._keys:
            async with self._loading_keys:
                if kid not in self._keys and time.monotonic() - self._keys_at > _KEYS_REFRESH_S:
                    await self.load_keys()
        if kid not in self._keys:
            raise Unauthenticated
        return self._keys[kid]

    async def load_keys(self) -> None:
        """Fetch auth's public keys."""
        stub = credentials_pb2_grpc.CredentialServiceStub(self._peers.channel("auth"))
        answer = await self._peers.ask(stub.ListSigningKeys, credentials_pb2.ListSigningKeysRequest())
        self._keys = {key.kid: Ed25519PublicKey.from_public_bytes(key.public_key) for key in answer.keys}
        self._keys_at = time.monotonic()

    async def _introspect(
        self,
        digest: bytes,
        kind: "credentials_pb2.CredentialKind.ValueType",
        credential: str,
        *,
        expires_at: float | None = None,
    ) -> Principal:
        """Ask auth, once for all requests that come with the same credential at the same time.

        Whoever comes after a revocation was heard asks anew.
        """
        if known := self._recall(digest):
            return known
        question = (digest, self._epoch)
        asked = self._asked.get(question)
        if asked is None:
            asked = asyncio.create_task(self._ask(digest, kind, credential, expires_at=expires_at))
            self._asked[question] = asked
            asked.add_done_callback(lambda _: self._asked.pop(question, None))
        # Shielded: one request that is given up must not take the answer from the others.
        return await asyncio.shield(asked)

    async def _ask(
        self,
        digest: bytes,
        kind: "credentials_pb2.CredentialKind.ValueType",
        credential: str,
        *,
        expires_at: float | None,
    ) -> Principal:
        epoch = self._epoch
        stub = credentials_pb2_grpc.CredentialServiceStub(self._peers.channel("auth"))
        question = credentials_pb2.IntrospectRequest(kind=kind, credential=credential)
        first, second = _INTROSPECTION_DEADLINES_S
        try:
            answer = await self._peers.ask(stub.Introspect, question, deadline_s=first)
        except Unavailable:
            answer = await self._peers.ask(stub.Introspect, question, deadline_s=second)
        if answer.portal_closed:
            raise PortalClosed
        principal = _principal(answer, kind)
        if answer.HasField("expires_at"):
            ends = answer.expires_at.seconds + answer.expires_at.nanos / 1e9
            expires_at = min(ends, expires_at) if expires_at else ends
        # A revocation heard while the question was under way makes the answer too old to keep.
        if epoch == self._epoch and self._bus.connected:
            checked_at = self._clock().timestamp()
            self._known[digest] = _Known(principal, time.monotonic() + _CACHE_TTL_S, checked_at, expires_at)
            if len(self._known) > _CACHE_SIZE:
                self._known.popitem(last=False)
        return principal

    def _recall(self, digest: bytes) -> Principal | None:
        known = self._known.get(digest)
        if known is None:
            return None
        now = self._clock().timestamp()
        # By both clocks: an end that slides with use is moved by asking again, whatever the real time does.
        stale = known.until < time.monotonic() or abs(now - known.checked_at) > _CACHE_TTL_S
        if stale or (known.expires_at is not None and known.expires_at <= now):
            del self._known[digest]
            return None
        return known.principal

    async def _heard(self, message: Any) -> None:
        try:
            event = Event.decode(message.data)
            credential_id = UUID(str(event.internal["credentialId"]))
        except Exception as error:
            log.warning("revocation_unreadable", error=repr(error))
            await self._forget()
            return
        self._epoch += 1
        for digest in [d for d, known in self._known.items() if known.principal.credential_id == credential_id]:
            del self._known[digest]
        for listener in self._revoked_listeners:
            listener(credential_id)

    async def _portal_changed(self, message: Any) -> None:
        self._epoch += 1
        agency_id = Event.decode(message.data).agency_id
        for digest, known in list(self._known.items()):
            if isinstance(known.principal, Client) and known.principal.agency_id == agency_id:
                del self._known[digest]

    async def _rotated(self, message: Any) -> None:
        # Where auth cannot be asked now, whoever comes with the new key asks.
        self._keys_at = 0.0
        with suppress(PorticoError):
            await self.load_keys()

    async def _forget(self) -> None:
        """Trust nothing remembered: revocations may have been missed."""
        self._epoch += 1
        self._known.clear()


def _principal(
    answer: "credentials_pb2.IntrospectResponse", kind: "credentials_pb2.CredentialKind.ValueType"
) -> Principal:
    agency_id, id, credential_id = UUID(answer.agency_id), UUID(answer.id), UUID(answer.credential_id)
    if answer.holder == credentials_pb2.HOLDER_KIND_CLIENT:
        via: Literal["portal_token", "session", "key"] = (
            "portal_token"
            if kind == credentials_pb2.CREDENTIAL_KIND_PORTAL_TOKEN
            else "session"
            if kind == credentials_pb2.CREDENTIAL_KIND_CLIENT_SESSION
            else "key"
        )
        client_ids = tuple(UUID(client_id) for client_id in answer.client_ids)
        return Client(
            agency_id,
            id,
            answer.name,
            answer.email,
            client_ids,
            credential_id,
            via,
            modules=frozenset(answer.modules),
            may_share_files=answer.may_share_files,
            may_see_activity=answer.may_see_activity,
            is_company=answer.is_company,
        )
    return Staff(
        agency_id,
        id,
        answer.name,
        answer.email,
        Role(answer.role) if answer.role else None,
        frozenset(answer.scopes),
        credential_id,
        "session" if answer.holder == credentials_pb2.HOLDER_KIND_MEMBER else "api_key",
    )
