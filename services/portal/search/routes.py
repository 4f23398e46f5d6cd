"""REST of search."""

from typing import Annotated

from fastapi import Query

from chassis.http.dependencies import CurrentPrincipal
from chassis.http.unit import Router
from chassis.schemas import Clean
from chassis.searching import MAX_HITS, MAX_WORDS
from services.portal.dependencies import Portal
from services.portal.search import service
from services.portal.search.schemas import SearchResult

router = Router(prefix="/api/search", tags=["Search"])

Words = Annotated[
    Annotated[str, Clean],
    Query(alias="q", min_length=1, max_length=MAX_WORDS, description="Found as they stand, whatever their case."),
]
Limit = Annotated[int, Query(ge=1, le=MAX_HITS)]


@router.get("", response_model=SearchResult)
async def search(q: Words, principal: CurrentPrincipal, portal: Portal, limit: Limit = 20) -> SearchResult:
    """Search clients, projects, tasks, files, messages, quotes, contracts and invoices at once.

    A client finds what its lists show it, in the parts of the portal that are on. Of each kind the newest 10,000 are
    looked through. A part that does not answer is left out, and named in `unavailable`.
    """
    return await service.search(portal.searchers, principal, words=q, limit=limit)
