"""The SQL of refunds, and of when a provider is asked about them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from chassis.database import Reader
from services.billing.payments.models import Payment
from services.billing.providers.protocol import ProviderName
from services.billing.providers.registry import DEPLOYMENT
from services.billing.providers.reversals import RefundReport
from services.billing.refunds.models import Lookout, Refund, RefundStatus
from services.billing.shapes import major, moment, object_of, page_of

_SHAPE = object_of(
    {
        "id": "r.id",
        "paymentId": "r.payment_id",
        "invoiceId": "r.invoice_id",
        "clientId": "r.client_id",
        "kind": "r.kind",
        "status": "r.status",
        "amount": major("r.amount_minor", "r.decimals"),
        "currency": "r.currency",
        "reason": "r.reason",
        "provider": "r.provider",
        "providerId": "r.provider_id",
        "disputeId": "r.dispute_id",
        "requestedBy": "CASE WHEN r.member_id IS NOT NULL"
        " THEN json_build_object('id', r.member_id, 'name', r.member_name) END",
        "failure": "r.failure",
        "refundedOn": "r.refunded_on",
        "createdAt": moment("r.created_at"),
        "updatedAt": moment("r.updated_at"),
    }
)
# Rung while somebody looks, it is looked after once more: that one finds another time than the one it has set.
_RING = text(
    "INSERT INTO lookouts (agency_id, id, looks, look_at) VALUES (:agency_id, :id, 0, :now)"
    " ON CONFLICT (agency_id, id) DO UPDATE SET look_at = excluded.look_at, looks = 0,"
    " version = lookouts.version + 1, updated_at = now()"
)
# Only what this process can ask about: a payment of the deployment's own account waits for one that is set up for it.
_CLAIM_DUE = text(
    "UPDATE lookouts SET look_at = :again_at WHERE (agency_id, id) IN"
    " (SELECT l.agency_id, l.id FROM lookouts l JOIN checkouts c ON c.agency_id = l.agency_id AND c.id = l.id"
    " WHERE l.look_at <= :now AND (c.account <> :deployment OR c.provider = ANY (:deployments))"
    " ORDER BY l.look_at LIMIT :limit FOR UPDATE OF l SKIP LOCKED)"
    " RETURNING agency_id, id"
)


async def sum_of(session: AsyncSession, payment: Payment, *statuses: RefundStatus) -> int:
    """How much of a payment is in refunds of these statuses, in minor units."""
    found = select(func.coalesce(func.sum(Refund.amount_minor), 0)).where(
        Refund.agency_id == payment.agency_id,
        Refund.payment_id == payment.id,
        col(Refund.status).in_(statuses),
    )
    return int((await session.execute(found)).scalar_one())


async def find_reported(session: AsyncSession, payment: Payment, report: RefundReport) -> Refund | None:
    """The refund that a report is about: by the provider's id, else by ours, which the provider sends back."""
    of_payment = select(Refund).where(Refund.agency_id == payment.agency_id, Refund.payment_id == payment.id)
    by_theirs = of_payment.where(Refund.provider_id == report.provider_id)
    if found := (await session.execute(by_theirs)).scalar_one_or_none():
        return found
    if report.refund_id is None:
        return None
    return (await session.execute(of_payment.where(Refund.id == report.refund_id))).scalar_one_or_none()


async def find(session: AsyncSession, agency_id: UUID, refund_id: UUID) -> Refund | None:
    """The refund."""
    found = select(Refund).where(Refund.agency_id == agency_id, Refund.id == refund_id)
    return (await session.execute(found)).scalar_one_or_none()


async def find_of_dispute(session: AsyncSession, agency_id: UUID, dispute_id: UUID) -> Refund | None:
    """What a lost dispute has taken back."""
    found = select(Refund).where(Refund.agency_id == agency_id, Refund.dispute_id == dispute_id)
    return (await session.execute(found)).scalar_one_or_none()


async def page(
    reader: Reader, agency_id: UUID, *, payment_id: UUID, after: UUID | None, limit: int
) -> tuple[bytes, UUID | None]:
    """Refunds of a payment, newest first, as a JSON array, and the last row's id when more rows follow."""
    return await page_of(
        reader,
        f"SELECT r.id, {_SHAPE}::text AS body FROM refunds r",  # noqa: S608 (constants of this module)
        "r",
        args=[agency_id],
        filters=[("r.payment_id = {}", payment_id), ("r.id < {}", after)],
        limit=limit,
    )


async def ring(session: AsyncSession, agency_id: UUID, checkout_id: UUID, now: datetime) -> None:
    """Have the provider asked about a checkout's payment now."""
    await session.execute(_RING, {"agency_id": agency_id, "id": checkout_id, "now": now})


async def claim_due(
    session: AsyncSession, *, deployments: Sequence[ProviderName], now: datetime, again_at: datetime, limit: int
) -> list[tuple[UUID, UUID]]:
    """Agency and checkout of what is to be looked after; needs a session across agencies.

    `deployments` are the providers of which the deployment's own account is set up here.
    """
    given = {"deployment": DEPLOYMENT, "deployments": [str(name) for name in deployments]}
    rows = await session.execute(_CLAIM_DUE, {"now": now, "again_at": again_at, "limit": limit, **given})
    return [(row.agency_id, row.id) for row in rows]


async def find_claimed(
    session: AsyncSession, agency_id: UUID, checkout_id: UUID, *, claimed_until: datetime
) -> Lookout | None:
    """The lookout, locked; None when it was rung again since it was claimed."""
    found = select(Lookout).where(
        Lookout.agency_id == agency_id, Lookout.id == checkout_id, Lookout.look_at == claimed_until
    )
    return (await session.execute(found.with_for_update())).scalar_one_or_none()
