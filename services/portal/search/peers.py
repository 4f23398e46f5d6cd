"""Asks another service what of its own holds some words."""

from collections.abc import Iterable
from uuid import UUID

from portico.search.v1 import search_pb2, search_pb2_grpc

from chassis.principals import Client, Principal
from chassis.rpc import Peers
from services.portal.search.models import Hit, Kind

# A page that waits longer is better off without that part.
DEADLINE_S = 2.5


class Searchers:
    """The services that can be searched."""

    def __init__(self, peers: Peers) -> None:
        self._peers = peers

    async def find(
        self, service: str, principal: Principal, *, words: str, kinds: Iterable[Kind], limit: int
    ) -> list[Hit]:
        """What one service has that the asker may see; raises Unavailable."""
        stub = search_pb2_grpc.SearchServiceStub(self._peers.channel(service))
        client_ids = principal.client_ids if isinstance(principal, Client) else None
        answer = await self._peers.ask(
            stub.Search,
            search_pb2.SearchRequest(
                agency_id=str(principal.agency_id),
                words=words,
                limit=limit,
                kinds=sorted(kinds),
                for_clients=client_ids is not None,
                client_ids=[str(client_id) for client_id in client_ids or ()],
            ),
            deadline_s=DEADLINE_S,
        )
        return [
            Hit(
                kind=Kind(hit.kind),
                id=UUID(hit.id),
                title=hit.title,
                subtitle=hit.subtitle,
                project_id=UUID(hit.project_id) if hit.project_id else None,
                client_id=UUID(hit.client_id),
                path=hit.path,
                rank=hit.rank,
            )
            for hit in answer.hits
        ]
