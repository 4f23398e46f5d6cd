"""The use case of search: everybody is asked at once, and what comes in time is put in order."""

import asyncio

from chassis.errors import PorticoError
from chassis.principals import Principal
from chassis.telemetry import log
from services.portal.search.models import PEERS, Hit, Kind, kinds_for
from services.portal.search.peers import Searchers
from services.portal.search.schemas import SearchHit, SearchResult


async def search(searchers: Searchers, principal: Principal, *, words: str, limit: int) -> SearchResult:
    """What holds the words, as far as who asks may see it; a service that is away leaves its kinds out."""
    allowed = kinds_for(principal)
    asked = {
        service: [kind for kind in kinds if kind in allowed]
        for service, kinds in PEERS.items()
        if allowed.intersection(kinds)
    }
    answers = await asyncio.gather(
        *(
            _find(searchers, service, principal, words=words, kinds=kinds, limit=limit)
            for service, kinds in asked.items()
        )
    )
    missing = {kind for kinds, found in zip(asked.values(), answers, strict=True) if found is None for kind in kinds}
    hits = sorted((hit for found in answers for hit in found or ()), key=lambda hit: hit.place)
    return SearchResult(
        results=[SearchHit.model_validate(hit) for hit in hits[:limit]],
        unavailable=[kind for kind in Kind if kind in missing],
    )


async def _find(
    searchers: Searchers, service: str, principal: Principal, *, words: str, kinds: list[Kind], limit: int
) -> list[Hit] | None:
    try:
        return await searchers.find(service, principal, words=words, kinds=kinds, limit=limit)
    except PorticoError as error:
        log.warning("search_degraded", peer=service, error=error.code)
        return None
