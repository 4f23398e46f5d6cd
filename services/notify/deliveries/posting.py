"""One HTTP try of a delivery, signed after Standard Webhooks 1.0 (standardwebhooks.com), bounded in time and size."""

import asyncio
import ssl
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

import certifi
import httpcore
from standardwebhooks import Webhook

from chassis.errors import PorticoError
from services.notify.addresses import Address, parse_address
from services.notify.connections import AddressGuard, GuardedBackend
from services.notify.deliveries.keepalive import Kept, Origin
from services.notify.deliveries.models import Outcome, Parcel

DEADLINE_S = 15.0
CONNECT_TIMEOUT_S = 5.0
MAX_RESPONSE_BYTES = 64 * 1024
SNIPPET_BYTES = 1024
ERROR_LENGTH = 300
KEEPALIVE_S = 15.0
USER_AGENT = "Portico-Webhooks/1.0"
_EXTENSIONS = {"timeout": {"connect": CONNECT_TIMEOUT_S}}


class Poster:
    """Posts parcels over connections that end at checked addresses. Redirects are answers, never followed."""

    def __init__(self, guard: AddressGuard, *, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls or _public_authorities()
        self._backend = GuardedBackend(guard)
        self._kept = Kept()

    async def post(self, parcel: Parcel) -> Outcome:
        """The outcome of one try; whatever goes wrong out there is an outcome, not an exception."""
        started = time.perf_counter()
        answer = _Answer()
        error = None
        try:
            async with asyncio.timeout(DEADLINE_S):
                await self._exchange(parcel, answer)
        except TimeoutError:
            error = f"no complete answer within {DEADLINE_S:.0f} seconds"
        except PorticoError as refusal:
            error = refusal.detail
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError) as failure:
            error = (str(failure) or type(failure).__name__)[:ERROR_LENGTH]
        return Outcome(
            status_code=answer.status,
            error=error,
            response=answer.beginning.decode("utf-8", "replace").replace("\x00", "\ufffd"),
            duration_ms=round((time.perf_counter() - started) * 1000),
        )

    async def sweep(self) -> None:
        """Close connections that nobody has used for a while."""
        await self._kept.sweep()

    async def close(self) -> None:
        """Close every connection that is not in use."""
        await self._kept.sweep(everything=True)

    async def _exchange(self, parcel: Parcel, answer: "_Answer") -> None:
        address = parse_address(parcel.url)
        request = _request(parcel, address)
        origin: Origin = (request.url.scheme, request.url.host, request.url.port)
        connection = await self._kept.take(origin) or self._connection(request.url.origin)
        try:
            response = await connection.handle_async_request(request)
            try:
                answer.status = response.status
                # Read on to the end (within the cap), so that the connection can be used again.
                async for chunk in response.aiter_stream():
                    if not answer.add(chunk):
                        break
            finally:
                await response.aclose()
        finally:
            await self._kept.give_back(origin, connection)

    def _connection(self, origin: httpcore.Origin) -> httpcore.AsyncHTTPConnection:
        return httpcore.AsyncHTTPConnection(
            origin, ssl_context=self._tls, keepalive_expiry=KEEPALIVE_S, network_backend=self._backend
        )


@dataclass(slots=True)
class _Answer:
    """What has come of an answer so far."""

    status: int | None = None
    size: int = 0
    beginning: bytearray = field(default_factory=bytearray)

    def add(self, chunk: bytes) -> bool:
        """Keep the beginning; False once it is more than anybody should send."""
        self.size += len(chunk)
        self.beginning += chunk[: max(0, SNIPPET_BYTES - len(self.beginning))]
        return self.size <= MAX_RESPONSE_BYTES


def sign(parcel: Parcel, at: datetime) -> str:
    """The `webhook-signature` header: HMAC-SHA256 over id, timestamp and body."""
    return Webhook(parcel.secret).sign(str(parcel.event_id), at, parcel.body)


def _request(parcel: Parcel, address: Address) -> httpcore.Request:
    # The receiver compares the timestamp with its own clock, so it is the true time of this try.
    at = datetime.now(UTC)
    body = parcel.body.encode()
    headers = {
        "Host": address.authority,
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "User-Agent": USER_AGENT,
        "Accept": "*/*",
        "webhook-id": str(parcel.event_id),
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": sign(parcel, at),
    }
    url = httpcore.URL(
        scheme=address.scheme.encode(),
        host=address.host.encode(),
        port=address.port,
        target=address.target.encode(),
    )
    return httpcore.Request("POST", url, headers=list(headers.items()), content=body, extensions=_EXTENSIONS)


def _public_authorities() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
