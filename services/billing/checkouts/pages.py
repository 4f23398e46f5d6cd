"""The page on which an invoice is paid, and the sandbox's page: what stands on them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.branding import Brand, brand_of
from chassis.errors import Invalid, PorticoError
from chassis.money import printed, to_major, to_minor
from services.billing.accounts import service as accounts
from services.billing.checkouts import service
from services.billing.checkouts.words import day, money, refusal, sayer
from services.billing.clients import AgencyCard
from services.billing.context import Context
from services.billing.invoices import service as invoices
from services.billing.invoices.models import OPEN, Invoice, InvoiceStatus
from services.billing.invoices.parts import PaymentNotOffered
from services.billing.providers.protocol import Attempt, PayerEmailMissing
from services.billing.replicas import service as replicas
from services.billing.web import render, style_sheet


class AmountOutOfRange(PaymentNotOffered):
    """What was chosen is less or more than may be paid; says so in the payer's language."""


@dataclass(frozen=True, slots=True)
class PaymentPage:
    """An invoice that a payment link opens, and what its payer needs to know."""

    invoice: Invoice
    agency: AgencyCard | None
    brand: Brand
    obstacle: type[PorticoError] | None
    today_is_past_due: bool
    language: str

    def html(self, *, notice: str = "", is_returned: bool = False) -> str:
        """The page; `notice` says what went wrong, `is_returned` that its reader comes back from the provider."""
        invoice = self.invoice
        is_due = invoice.status in OPEN
        obstacle = self.why(self.obstacle, self.obstacle.default) if self.obstacle else ""
        return render(
            "pay.html",
            {
                "language": self.language,
                "say": sayer(self.language),
                "head": self.brand.head(self.agency.name if self.agency else ""),
                "sheet": style_sheet("pay.css", self.brand.color),
                "portal": f"/portal/{self.agency.slug}" if self.agency else "",
                "number": invoice.label,
                "amount": self._money(invoice.payable.next_minor if is_due else invoice.amount_minor),
                "due": self._day(invoice.due_on),
                "is_due": is_due,
                "is_overdue": self.today_is_past_due,
                "is_paid": invoice.status is InvoiceStatus.PAID,
                "obstacle": "" if notice else obstacle,
                "takes_payments": not obstacle,
                "waits": is_returned and is_due and not notice,
                "notice": notice,
                "action": f"/pay/{invoice.id}?k={invoice.pay_key}",
                **self._parts(),
            },
        )

    def read_amount(self, text: str) -> int | None:
        """What the payer has chosen, in minor units; None for what is asked for, PaymentNotOffered for no amount."""
        if not text.strip():
            return None
        try:
            minor = to_minor(Decimal(text.strip()), self.invoice.currency)
        except (InvalidOperation, Invalid):
            minor = 0
        payable = self.invoice.payable
        if self.invoice.status in OPEN and not payable.takes(minor):
            least, most = self._money(payable.least_minor), self._money(payable.due_minor)
            told = sayer(self.language)("range", least=least, most=most)
            raise AmountOutOfRange(told) if payable.is_open else PaymentNotOffered()
        return minor

    def why(self, kind: type[PorticoError], detail: str) -> str:
        """Why something was refused, in the page's language."""
        return detail if issubclass(kind, AmountOutOfRange) else refusal(self.language, kind, detail)

    def _parts(self) -> dict[str, Any]:
        """The deposit while it is due, and what else may be paid than what is asked for."""
        invoice, payable = self.invoice, self.invoice.payable
        return {
            "is_deposit": 0 < payable.deposit_due_minor < payable.due_minor,
            "deposit_due": self._day(invoice.deposit_on),
            "in_all": self._money(payable.due_minor),
            "in_all_number": self._number(payable.due_minor),
            "is_open": payable.is_open,
            "least": self._number(payable.least_minor),
            "least_money": self._money(payable.least_minor).partition(" ")[0],
            "step": self._number(1),
            "currency": invoice.currency,
        }

    def _money(self, minor: int) -> str:
        return money(self.language, minor, self.invoice.currency)

    def _day(self, on: date | None) -> str:
        return day(self.language, on)

    def _number(self, minor: int) -> str:
        return f"{to_major(minor, self.invoice.currency):f}"


async def find_page(context: Context, invoice_id: str, *, key: str, now: datetime, language: str) -> PaymentPage | None:
    """The page that a payment link opens; None when id or key are not right, whichever it is."""
    try:
        id = UUID(invoice_id)
    except ValueError:
        return None
    async with context.database.across_agencies() as session:
        invoice = await invoices.find_for_payment(session, id, key=key)
    if invoice is None:
        return None
    async with context.database.unit(invoice.agency_id) as session:
        obstacle = await _obstacle(session, invoice, context=context)
        brand = await brand_of(session, invoice.agency_id)
    agency = await context.directory.agency_at_hand(invoice.agency_id)
    return PaymentPage(invoice, agency, brand, obstacle, invoice.is_overdue(now), language)


async def _obstacle(session: AsyncSession, invoice: Invoice, *, context: Context) -> type[PorticoError] | None:
    """Why the invoice cannot be paid online, None when it can."""
    agency_id = invoice.agency_id
    provider = await accounts.provider_for(session, agency_id, currency=invoice.currency, context=context)
    if provider is None:
        return service.NoOnlinePayment
    client = await replicas.client_of(session, agency_id, invoice.client_id)
    return PayerEmailMissing if provider.needs_email and not client.email else None


async def find_sandbox_attempt(context: Context, checkout_id: str, *, key: str) -> Attempt | None:
    """The attempt that a link to the sandbox opens; None when there is no sandbox, or id or key are not right."""
    sandbox = context.providers.sandbox
    try:
        id = UUID(checkout_id)
    except ValueError:
        return None
    if sandbox is None or not sandbox.opens(id, key):
        return None
    async with context.database.across_agencies() as session:
        return await service.find_attempt(session, id, context=context)


def sandbox_page(attempt: Attempt, *, key: str) -> str:
    """The sandbox's page: Approve or Decline."""
    values: dict[str, Any] = {
        "title": attempt.title,
        "amount": printed(attempt.amount_minor, attempt.currency),
        "approve": f"/pay/sandbox/{attempt.checkout_id}/approve?k={key}",
        "decline": f"/pay/sandbox/{attempt.checkout_id}/decline?k={key}",
    }
    return render("sandbox.html", values)


def gone_page(language: str) -> str:
    """What a wrong link shows."""
    return render("gone.html", {"language": language, "say": sayer(language)})
