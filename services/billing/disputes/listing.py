"""The hot reads of disputes: Postgres builds the JSON, and the bytes pass through."""

from dataclasses import dataclass
from uuid import UUID

from chassis.database import Reader
from services.billing.providers.reversals import DisputeState
from services.billing.shapes import major, moment, object_of, page_of

_SHAPE = object_of(
    {
        "id": "d.id",
        "paymentId": "d.payment_id",
        "invoiceId": "d.invoice_id",
        "clientId": "d.client_id",
        "status": "d.status",
        "amount": major("d.amount_minor", "d.decimals"),
        "currency": "d.currency",
        "reason": "d.reason",
        "respondBy": moment("d.respond_by"),
        "provider": "d.provider",
        "providerId": "d.provider_id",
        "closedAt": moment("d.closed_at"),
        "createdAt": moment("d.created_at"),
        "updatedAt": moment("d.updated_at"),
    }
)


@dataclass(frozen=True, slots=True)
class DisputeFilter:
    """Which disputes are asked for."""

    status: DisputeState | None = None
    payment_id: UUID | None = None
    client_id: UUID | None = None


async def page(
    reader: Reader, agency_id: UUID, *, wanted: DisputeFilter, after: UUID | None, limit: int
) -> tuple[bytes, UUID | None]:
    """Disputes, newest first, as a JSON array, and the last row's id when more rows follow."""
    return await page_of(
        reader,
        f"SELECT d.id, {_SHAPE}::text AS body FROM disputes d",  # noqa: S608 (constants of this module)
        "d",
        args=[agency_id],
        filters=[
            ("d.status = {}", wanted.status),
            ("d.payment_id = {}", wanted.payment_id),
            ("d.client_id = {}", wanted.client_id),
            ("d.id < {}", after),
        ],
        limit=limit,
    )
