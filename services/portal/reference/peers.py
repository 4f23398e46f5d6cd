"""Fetches services' own OpenAPI documents over HTTP."""

from collections.abc import Mapping
from typing import cast

from chassis.openapi import Document

DEADLINE_S = 2.0


class HttpPeers:
    """Each service's document, at its address by name."""

    def __init__(self, addresses: Mapping[str, str]) -> None:
        self._addresses = addresses

    async def document(self, service: str) -> Document:
        """The service's own document; raises OSError when it does not answer, ValueError when it answers nonsense."""
        # Imported here: nothing else in this process needs an HTTP client, and start-up time is measured.
        import httpx

        address = f"{self._addresses[service].rstrip('/')}/_openapi.json"
        try:
            async with httpx.AsyncClient(timeout=DEADLINE_S, trust_env=False) as http:
                response = await http.get(address)
                response.raise_for_status()
        except httpx.HTTPError as error:
            raise OSError(f"{service} does not tell its document: {error!r}") from error
        return cast(Document, response.json())
