"""The doorway to Paystack's API: one HTTP client for every account, a deadline on each call, and errors by name."""

import asyncio
from importlib import import_module
from typing import TYPE_CHECKING, Any

import orjson

from chassis.telemetry import log
from services.billing.providers.protocol import PROVIDER_DEADLINE_S, ProviderRefused, ProviderUnavailable

if TYPE_CHECKING:
    import httpx

# Refusals that say nothing about the payment: a wrong key, an impatient server, too many requests. The reference is
# there already when an earlier answer was lost.
_NOT_ABOUT_THE_PAYMENT = frozenset({401, 408, 429})
_DUPLICATE = "duplicate_reference"


class PaystackApi:
    """Paystack at one address. Every answer there is `{status, message, data}`, every error names a `code`."""

    def __init__(self, base: str) -> None:
        self._base = base.rstrip("/")
        self._client: httpx.AsyncClient | None = None

    async def ask(
        self, method: str, path: str, *, secret_key: str, body: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """The `data` of an answer; raises ProviderRefused, and ProviderUnavailable within PROVIDER_DEADLINE_S.

        Nothing is asked twice: a second `initialize` with the same reference is an error at Paystack.
        """
        data = await self._data(method, path, secret_key=secret_key, body=body)
        if not isinstance(data, dict):
            raise ProviderUnavailable
        return data

    async def ask_all(self, path: str, *, secret_key: str) -> list[dict[str, Any]]:
        """The `data` of an answer that is a list; the same errors."""
        data = await self._data("GET", path, secret_key=secret_key)
        if not isinstance(data, list):
            raise ProviderUnavailable
        return [one for one in data if isinstance(one, dict)]

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()

    async def _data(self, method: str, path: str, *, secret_key: str, body: dict[str, Any] | None = None) -> Any:
        httpx = import_module("httpx")
        try:
            async with asyncio.timeout(PROVIDER_DEADLINE_S):
                answer = await self._http().request(
                    method, self._base + path, json=body, headers={"Authorization": f"Bearer {secret_key}"}
                )
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            log.error("paystack_unavailable", kind=type(error).__name__)
            raise ProviderUnavailable from error
        return _data(answer.status_code, _object(answer.content))

    def _http(self) -> "httpx.AsyncClient":
        if self._client is None:
            httpx = import_module("httpx")
            self._client = httpx.AsyncClient(timeout=PROVIDER_DEADLINE_S, follow_redirects=False)
        return self._client


def _object(content: bytes) -> dict[str, Any]:
    try:
        found = orjson.loads(content)
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def _data(status: int, envelope: dict[str, Any]) -> Any:
    code = envelope.get("code")
    if status < 300 and envelope.get("status") is True:
        return envelope.get("data")
    # The message may repeat the payer's address, so only status and code are logged.
    if 400 <= status < 500 and status not in _NOT_ABOUT_THE_PAYMENT and code != _DUPLICATE:
        log.warning("paystack_refused", status=status, code=str(code)[:100])
        raise ProviderRefused(reason=str(code or "refused")[:100])
    log.error("paystack_unavailable", status=status, code=str(code)[:100])
    raise ProviderUnavailable
