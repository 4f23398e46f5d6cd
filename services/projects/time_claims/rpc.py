"""TimeClaimsService: what billing asks for before it makes an invoice from time, and tells afterwards."""

from collections.abc import Iterable
from datetime import UTC, date
from typing import Any
from uuid import UUID

from portico.projects.v1 import time_claims_pb2, time_claims_pb2_grpc

from chassis.rpc import Registration
from services.projects.context import Context
from services.projects.time_claims import service
from services.projects.time_claims.models import MAX_ENTRIES, Refusal, Selection, TimeNotClaimable
from services.projects.time_claims.service import Claimed

MAX_CLAIMS = 500
_REFUSALS = {refusal: time_claims_pb2.TimeRefusal.Value(f"TIME_REFUSAL_{refusal.name}") for refusal in Refusal}


class TimeClaimsServicer(time_claims_pb2_grpc.TimeClaimsServiceServicer):
    """TimeClaimsService of time_claims.proto."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def ClaimTime(  # noqa: N802 (the name is the contract's)
        self, request: time_claims_pb2.ClaimTimeRequest, _: Any
    ) -> time_claims_pb2.ClaimTimeResponse:
        """Keep time for an invoice; a refusal is an answer, and leaves nothing behind."""
        agency_id, selection = UUID(request.agency_id), _selection(request)
        try:
            async with self._context.database.unit(agency_id) as session:
                claimed = await service.claim_time(
                    session,
                    agency_id,
                    invoice_id=UUID(request.invoice_id),
                    selection=selection,
                    now=self._context.clock(),
                )
        except TimeNotClaimable as error:
            return time_claims_pb2.ClaimTimeResponse(
                refusal=_REFUSALS[error.refused.reason], refused_entry_ids=_texts(error.refused.entry_ids)
            )
        return _response(claimed)

    async def SettleTimeClaim(  # noqa: N802 (the name is the contract's)
        self, request: time_claims_pb2.SettleTimeClaimRequest, _: Any
    ) -> time_claims_pb2.SettleTimeClaimResponse:
        """The invoice is there."""
        agency_id, invoice_id = UUID(request.agency_id), UUID(request.invoice_id)
        async with self._context.database.unit(agency_id) as session:
            await service.settle_claim(session, agency_id, invoice_id=invoice_id, now=self._context.clock())
        return time_claims_pb2.SettleTimeClaimResponse()

    async def ReleaseTimeClaim(  # noqa: N802 (the name is the contract's)
        self, request: time_claims_pb2.ReleaseTimeClaimRequest, _: Any
    ) -> time_claims_pb2.ReleaseTimeClaimResponse:
        """The invoice never came."""
        agency_id, invoice_id = UUID(request.agency_id), UUID(request.invoice_id)
        async with self._context.database.unit(agency_id) as session:
            await service.release_claim(session, agency_id, invoice_id=invoice_id, now=self._context.clock())
        return time_claims_pb2.ReleaseTimeClaimResponse()

    async def ListOpenTimeClaims(  # noqa: N802 (the name is the contract's)
        self, request: time_claims_pb2.ListOpenTimeClaimsRequest, _: Any
    ) -> time_claims_pb2.ListOpenTimeClaimsResponse:
        """Claims whose invoice was not heard of."""
        before = request.valid_before.ToDatetime(tzinfo=UTC)
        limit = max(1, min(request.limit, MAX_CLAIMS))
        async with self._context.database.across_agencies() as session:
            found = await service.open_claims(session, before=before, limit=limit)
        claims = [
            time_claims_pb2.OpenTimeClaim(agency_id=str(agency_id), invoice_id=str(invoice_id))
            for agency_id, invoice_id in found
        ]
        return time_claims_pb2.ListOpenTimeClaimsResponse(claims=claims)


def registration(context: Context) -> Registration:
    """The servicer, as the RPC server takes it."""
    name = time_claims_pb2.DESCRIPTOR.services_by_name["TimeClaimsService"].full_name
    return time_claims_pb2_grpc.add_TimeClaimsServiceServicer_to_server, TimeClaimsServicer(context), name


def _selection(request: time_claims_pb2.ClaimTimeRequest) -> Selection:
    if len(request.entry_ids) > MAX_ENTRIES:
        raise ValueError(f"at most {MAX_ENTRIES} entries at once")
    return Selection(
        project_id=UUID(request.project_id),
        first_on=date.fromisoformat(request.first_on) if request.first_on else None,
        last_on=date.fromisoformat(request.last_on) if request.last_on else None,
        entry_ids=tuple(UUID(id) for id in request.entry_ids),
    )


def _response(claimed: Claimed) -> time_claims_pb2.ClaimTimeResponse:
    response = time_claims_pb2.ClaimTimeResponse(
        project_name=claimed.project_name,
        client_id=str(claimed.client_id),
        currency=claimed.entries[0][1].currency,
        rounding_minutes=claimed.rounding_minutes,
        entries=[
            time_claims_pb2.ClaimedEntry(
                id=str(entry.id),
                description=entry.description,
                minutes=entry.minutes,
                worked_on=entry.worked_on.isoformat(),
                task=entry.task or "",
                rate_minor=rate.minor,
            )
            for entry, rate in claimed.entries
        ],
    )
    response.valid_until.FromDatetime(claimed.valid_until)
    return response


def _texts(ids: Iterable[UUID]) -> list[str]:
    return [str(id) for id in ids]
