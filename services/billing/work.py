"""What billing asks projects over gRPC: time that is to be invoiced, and projects that are to go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from uuid import UUID

from portico.projects.v1 import projects_pb2, projects_pb2_grpc, time_claims_pb2, time_claims_pb2_grpc

from chassis.principals import Actor
from chassis.rpc import Peers
from services.billing.invoices.time_lines import WorkedTime

_PREFIX = "TIME_REFUSAL_"


class TimeRefusal(StrEnum):
    """Why time cannot be put on an invoice."""

    NO_PROJECT = "no_project"
    NOTHING = "nothing"
    TOO_MANY = "too_many"
    UNKNOWN_ENTRIES = "unknown_entries"
    NOT_BILLABLE = "not_billable"
    LOCKED = "locked"
    NO_RATE = "no_rate"
    MIXED_CURRENCIES = "mixed_currencies"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class RefusedTime:
    """The reason, and the entries that it is about."""

    reason: TimeRefusal
    entry_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class ClaimedTime:
    """Time that is kept for an invoice, which has to be under way by `valid_until`."""

    project: str
    client_id: UUID
    currency: str
    rounding_minutes: int
    valid_until: datetime
    entries: tuple[WorkedTime, ...]


class Work:
    """The time claims of projects, and the projects of quotes."""

    def __init__(self, peers: Peers) -> None:
        self._peers = peers

    async def claim_time(
        self,
        agency_id: UUID,
        invoice_id: UUID,
        *,
        project_id: UUID,
        days: tuple[date | None, date | None] = (None, None),
        entry_ids: Sequence[UUID] = (),
    ) -> ClaimedTime | RefusedTime:
        """Have time kept for an invoice, once however often that is asked; raises Unavailable."""
        request = time_claims_pb2.ClaimTimeRequest(
            agency_id=str(agency_id),
            invoice_id=str(invoice_id),
            project_id=str(project_id),
            first_on=days[0].isoformat() if days[0] else "",
            last_on=days[1].isoformat() if days[1] else "",
            entry_ids=[str(entry_id) for entry_id in entry_ids],
        )
        answer = await self._peers.ask(self._stub().ClaimTime, request)
        if answer.refusal:
            reason = time_claims_pb2.TimeRefusal.Name(answer.refusal).removeprefix(_PREFIX).lower()
            return RefusedTime(TimeRefusal(reason), tuple(UUID(entry_id) for entry_id in answer.refused_entry_ids))
        return _claimed(answer)

    async def settle_claim(self, agency_id: UUID, invoice_id: UUID) -> None:
        """Tell that the invoice is there; raises Unavailable."""
        request = time_claims_pb2.SettleTimeClaimRequest(agency_id=str(agency_id), invoice_id=str(invoice_id))
        await self._peers.ask(self._stub().SettleTimeClaim, request)

    async def release_claim(self, agency_id: UUID, invoice_id: UUID) -> None:
        """Tell that the invoice never came; raises Unavailable."""
        request = time_claims_pb2.ReleaseTimeClaimRequest(agency_id=str(agency_id), invoice_id=str(invoice_id))
        await self._peers.ask(self._stub().ReleaseTimeClaim, request)

    async def open_claims(self, *, before: datetime, limit: int) -> list[tuple[UUID, UUID]]:
        """Agency and invoice of claims that ran out before a moment and were not settled; raises Unavailable."""
        request = time_claims_pb2.ListOpenTimeClaimsRequest(limit=limit)
        request.valid_before.FromDatetime(before)
        answer = await self._peers.ask(self._stub().ListOpenTimeClaims, request)
        return [(UUID(claim.agency_id), UUID(claim.invoice_id)) for claim in answer.claims]

    async def withdraw_project(
        self, agency_id: UUID, project_id: UUID, *, client_id: UUID, title: str, number: str, by: Actor
    ) -> bool:
        """Have the project of a quote out of sight; True, and it stays, when work on it has begun.

        It is back after some minutes where no reopened quote is heard of. Raises Unavailable.
        """
        request = projects_pb2.WithdrawProjectRequest(
            agency_id=str(agency_id),
            project_id=str(project_id),
            client_id=str(client_id),
            title=title,
            number=number,
            commissioner=projects_pb2.Commissioner(id=str(by.id), name=by.name),
        )
        stub = projects_pb2_grpc.ProjectServiceStub(self._peers.channel("projects"))
        answer = await self._peers.ask(stub.WithdrawProject, request)
        return bool(answer.has_begun)

    def _stub(self) -> time_claims_pb2_grpc.TimeClaimsServiceStub:
        return time_claims_pb2_grpc.TimeClaimsServiceStub(self._peers.channel("projects"))


def _claimed(answer: time_claims_pb2.ClaimTimeResponse) -> ClaimedTime:
    return ClaimedTime(
        project=answer.project_name,
        client_id=UUID(answer.client_id),
        currency=answer.currency,
        rounding_minutes=answer.rounding_minutes,
        valid_until=answer.valid_until.ToDatetime(tzinfo=UTC),
        entries=tuple(
            WorkedTime(
                id=UUID(entry.id),
                description=entry.description,
                minutes=entry.minutes,
                worked_on=date.fromisoformat(entry.worked_on),
                task=entry.task,
                rate_minor=entry.rate_minor,
            )
            for entry in answer.entries
        ),
    )
