"""Searching over gRPC: what every service offers that has something to be found."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from portico.search.v1 import search_pb2, search_pb2_grpc

from chassis.database import Database, Reader
from chassis.rpc import Registration
from chassis.searching import Hit, Wanted, wanted_of

Find = Callable[[Reader, UUID, Wanted], Awaitable[list[Hit]]]


class SearchServicer(search_pb2_grpc.SearchServiceServicer):
    """Finds words with the eyes of who asks."""

    def __init__(self, database: Database, find: Find) -> None:
        self._database, self._find = database, find

    async def Search(  # noqa: N802 (the name is the contract's)
        self, request: search_pb2.SearchRequest, _: Any
    ) -> search_pb2.SearchResponse:
        """What holds the words."""
        agency_id = UUID(request.agency_id)
        wanted = wanted_of(
            request.words,
            limit=request.limit,
            kinds=request.kinds,
            for_clients=request.for_clients,
            client_ids=request.client_ids,
        )
        async with self._database.reader(agency_id) as reader:
            found = await self._find(reader, agency_id, wanted)
        return search_pb2.SearchResponse(hits=[_hit(hit) for hit in found])


def registration(database: Database, find: Find) -> Registration:
    """What the server of a service offers."""
    name = search_pb2.DESCRIPTOR.services_by_name["SearchService"].full_name
    return search_pb2_grpc.add_SearchServiceServicer_to_server, SearchServicer(database, find), name


def _hit(hit: Hit) -> search_pb2.Hit:
    return search_pb2.Hit(
        kind=hit.kind,
        id=str(hit.id),
        title=hit.title,
        subtitle=hit.subtitle,
        project_id=str(hit.project_id or ""),
        client_id=str(hit.client_id),
        path=hit.path,
        rank=hit.rank,
    )
