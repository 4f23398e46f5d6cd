"""One HTTP try of a delivery, signed after Standard Webhooks 1.0 (standardwebhooks.com), bounded in time and size."""

import asyncio
import ssl
import time
from datetime import UTC, datetime

import certifi
import httpcore
from standardwebhooks import Webhook

from chassis.errors import PorticoError
from services.notify.addresses import parse_address
from services.notify.connections import AddressGuard, GuardedBackend
from services.notify.deliveries.models import Outcome, Parcel

DEADLINE_S = 15.0
CONNECT_TIMEOUT_S = 5.0
MAX_RESPONSE_BYTES = 64 * 1024
SNIPPET_BYTES = 1024
ERROR_LENGTH = 300
KEEPALIVE_S = 15.0
USER_AGENT = "Portico-Webhooks/1.0"
_TIMEOUTS = {"connect": CONNECT_TIMEOUT_S, "read": DEADLINE_S, "write": DEADLINE_S, "pool": DEADLINE_S}


class Poster:
    """Posts parcels over connections that end at checked addresses. Redirects are answers, never followed."""

    def __init__(self, guard: AddressGuard, *, connections: int, tls: ssl.SSLContext | None = None) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls or _public_authorities(),
            max_connections=connections,
            max_keepalive_connections=connections // 4,
            keepalive_expiry=KEEPALIVE_S,
            network_backend=GuardedBackend(guard),
        )

    async def post(self, parcel: Parcel) -> Outcome:
        """The outcome of one try; whatever goes wrong out there is an outcome, not an exception."""
        started = time.perf_counter()
        status: int | None = None
        snippet, error = "", None
        try:
            async with asyncio.timeout(DEADLINE_S):
                async with self._pool.stream(
                    "POST",
                    _url(parcel),
                    headers=_headers(parcel),
                    content=parcel.body.encode(),
                    extensions={"timeout": _TIMEOUTS},
                ) as response:
                    status = response.status
                    snippet = await _beginning(response)
        except TimeoutError:
            error = f"no complete answer within {DEADLINE_S:.0f} seconds"
        except PorticoError as refusal:
            error = refusal.detail
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError) as failure:
            error = _in_words(failure)
        took = round((time.perf_counter() - started) * 1000)
        return Outcome(status_code=status, error=error, response=snippet, duration_ms=took)

    async def close(self) -> None:
        """Close every connection."""
        await self._pool.aclose()


def sign(parcel: Parcel, at: datetime) -> str:
    """The `webhook-signature` header: HMAC-SHA256 over id, timestamp and body."""
    return Webhook(parcel.secret).sign(str(parcel.event_id), at, parcel.body)


def _headers(parcel: Parcel) -> list[tuple[bytes, bytes]]:
    # The receiver compares the timestamp with its own clock, so it is the true time of this try.
    at = datetime.now(UTC)
    headers = {
        "Host": parse_address(parcel.url).authority,
        "Content-Type": "application/json",
        "Content-Length": str(len(parcel.body.encode())),
        "User-Agent": USER_AGENT,
        "Accept": "*/*",
        "webhook-id": str(parcel.event_id),
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": sign(parcel, at),
    }
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def _url(parcel: Parcel) -> httpcore.URL:
    address = parse_address(parcel.url)
    return httpcore.URL(
        scheme=address.scheme.encode(),
        host=address.host.encode(),
        port=address.port,
        target=address.target.encode(),
    )


async def _beginning(response: httpcore.Response) -> str:
    # Read on to the end (within the cap), so that the connection can be used again; leaving early closes it.
    kept, size = bytearray(), 0
    async for chunk in response.aiter_stream():
        size += len(chunk)
        kept += chunk[: max(0, SNIPPET_BYTES - len(kept))]
        if size > MAX_RESPONSE_BYTES:
            break
    return kept.decode("utf-8", "replace").replace("\x00", "�")


def _in_words(failure: Exception) -> str:
    return (str(failure) or type(failure).__name__)[:ERROR_LENGTH]


def _public_authorities() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
