"""What becomes of disputes: recorded as the provider tells of them; only a lost one moves money."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Reader
from chassis.errors import NotFound
from chassis.money import exponent
from chassis.principals import Staff
from chassis.telemetry import log
from services.billing import events
from services.billing.context import Context
from services.billing.disputes import listing, repository
from services.billing.disputes.listing import DisputeFilter
from services.billing.disputes.models import Dispute
from services.billing.disputes.schemas import DisputePublic, dispute_public
from services.billing.invoices.models import Invoice
from services.billing.payments.models import Payment
from services.billing.providers.protocol import ProviderName
from services.billing.providers.reversals import DisputeReport, DisputeState
from services.billing.refunds import service as refunds
from services.billing.replicas import service as replicas


async def get_dispute(session: AsyncSession, staff: Staff, *, dispute_id: UUID) -> tuple[Dispute, DisputePublic]:
    """The dispute; NotFound when the agency has none of that id."""
    dispute = await repository.find(session, staff.agency_id, dispute_id)
    if dispute is None:
        raise NotFound
    return dispute, dispute_public(dispute)


async def list_disputes(
    reader: Reader, staff: Staff, *, wanted: DisputeFilter, after: UUID | None, limit: int
) -> tuple[bytes, UUID | None]:
    """A page of the agency's disputes."""
    return await listing.page(reader, staff.agency_id, wanted=wanted, after=after, limit=limit)


async def any_open(session: AsyncSession, payment: Payment) -> bool:
    """Whether a dispute of the payment is undecided."""
    return await repository.any_open(session, payment)


async def settle(
    session: AsyncSession,
    payment: Payment,
    *,
    invoice: Invoice,
    report: DisputeReport,
    context: Context,
    now: datetime,
) -> None:
    """Do what follows from a provider's report, exactly once; the caller has locked the invoice."""
    dispute = await repository.find_at_provider(session, payment, report.provider_id)
    is_new = dispute is None
    if dispute is None:
        if not report.amount_minor or report.amount_minor < 0:
            log.error("dispute_without_amount", payment=str(payment.id), dispute=report.provider_id)
            return
        dispute = _dispute(payment, report, report.amount_minor, now)
        session.add(dispute)
    elif not dispute.follow(report, now):
        return
    await session.flush()
    await _announce(session, dispute, invoice=invoice, is_new=is_new, now=now)
    await _move_money(session, dispute, payment=payment, invoice=invoice, context=context, now=now)


async def _move_money(
    session: AsyncSession, dispute: Dispute, *, payment: Payment, invoice: Invoice, context: Context, now: datetime
) -> None:
    if dispute.status is DisputeState.LOST:
        if dispute.currency != payment.currency:
            log.error("dispute_in_another_currency", dispute=str(dispute.id))
            return
        await refunds.take_back(
            session,
            payment,
            invoice=invoice,
            dispute_id=dispute.id,
            minor=dispute.amount_minor,
            context=context,
            now=now,
        )
    elif not dispute.is_open:
        await refunds.return_taken(
            session, agency_id=dispute.agency_id, invoice=invoice, dispute_id=dispute.id, now=now
        )


async def _announce(session: AsyncSession, dispute: Dispute, *, invoice: Invoice, is_new: bool, now: datetime) -> None:
    client = await replicas.client_of(session, dispute.agency_id, dispute.client_id)
    about = {"number": invoice.label or "", "client": client.name}
    data = dispute_public(dispute)
    if not dispute.is_open:
        await events.dispute_closed(session, dispute, data=data, now=now, internal=about)
    elif is_new:
        await events.dispute_opened(session, dispute, data=data, now=now, internal=about)


def _dispute(payment: Payment, report: DisputeReport, minor: int, now: datetime) -> Dispute:
    dispute = Dispute(
        agency_id=payment.agency_id,
        payment_id=payment.id,
        invoice_id=payment.invoice_id,
        client_id=payment.client_id,
        amount_minor=minor,
        currency=report.currency,
        decimals=exponent(report.currency),
        provider=ProviderName(payment.provider),
        provider_id=report.provider_id,
        status=report.state,
        reason=report.reason,
        respond_by=report.respond_by,
        created_at=now,
        updated_at=now,
    )
    dispute.closed_at = None if dispute.is_open else now
    return dispute
