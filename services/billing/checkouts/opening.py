"""Opening a checkout in three steps: note the try and commit, ask the provider, note the answer.

The provider is asked outside of any transaction. If this process dies or the answer is lost in between, the try is
known with its idempotency key, and reconciliation finds out what became of it.
"""

from datetime import datetime
from uuid import UUID

from services.billing.checkouts import service
from services.billing.context import Context
from services.billing.invoices import service as invoices
from services.billing.providers.protocol import ProviderRefused


async def open_checkout(
    context: Context, *, agency_id: UUID, invoice_id: UUID, chosen_minor: int | None, now: datetime
) -> str:
    """Open a fresh checkout for what an invoice asks for, or for a part that was chosen; where to send its payer.

    Raises what forbids paying (InvoiceAlreadyPaid, InvoiceVoid, PaymentNotOffered, NoOnlinePayment), ProviderRefused,
    and ProviderUnavailable within ten seconds.
    """
    async with context.database.unit(agency_id) as session:
        invoice = await invoices.load_of_agency(session, agency_id, invoice_id)
        begun = await service.begin(session, invoice, chosen_minor=chosen_minor, context=context, now=now)
    checkout_id = begun.attempt.checkout_id
    try:
        opened = await begun.provider.open(begun.attempt)
    except ProviderRefused:
        async with context.database.unit(agency_id) as session:
            await service.note_refused(session, agency_id, checkout_id=checkout_id, now=now)
        raise
    async with context.database.unit(agency_id) as session:
        await service.note_opened(session, agency_id, checkout_id=checkout_id, provider_id=opened.provider_id)
    return opened.url
