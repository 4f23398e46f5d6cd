"""The shapes of quotes outside: what callers send, what they get, and what events carry."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from chassis.money import Amount, Currency, to_major
from chassis.schemas import Clean, Input, Name, Output, Patch, Text, Timestamp
from services.billing.invoices.fields import (
    MAX_LINES,
    Day,
    DiscountInput,
    LineInput,
)
from services.billing.invoices.schemas import (
    ClientCardPublic,
    DiscountPublic,
    LinePublic,
    TaxPublic,
)
from services.billing.quotes.lines import Offer
from services.billing.quotes.models import Quote, QuoteStatus
from services.billing.replicas.models import Client

# The default of what may be left out but not be null: Pydantic does not check defaults.
_UNSET: Any = None
_CLIENT_ID = "01900000-0000-7000-8000-000000000001"

Token = Annotated[str | None, Field(max_length=4096, description="A client's portal token.")]
Comment = Annotated[str, StringConstraints(min_length=1, max_length=10_000), Clean]
Index = Annotated[int, Field(strict=True, ge=0, lt=MAX_LINES)]


class QuoteLineInput(LineInput):
    """One line; an `optional` one is left out of the totals until the client chooses it."""

    optional: bool = False


QuoteLines = Annotated[list[QuoteLineInput], Field(min_length=1, max_length=MAX_LINES)]


class QuoteCreate(Input):
    """A new quote, a draft; without `currency` it is in the agency's."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "clientId": _CLIENT_ID,
                    "title": "Website relaunch",
                    "currency": "EUR",
                    "lines": [
                        {"description": "Design", "quantity": 3, "unitPrice": 800, "taxRate": 19},
                        {"description": "Photos", "unitPrice": 450, "taxRate": 19, "optional": True},
                    ],
                    "expiresOn": "2026-12-31",
                }
            ]
        }
    )

    client_id: UUID
    title: Name
    lines: QuoteLines
    currency: Currency | None = None
    discount: DiscountInput | None = None
    tax_inclusive: bool = False
    notes: Text = ""
    expires_on: (
        Annotated[Day, Field(description="The last day on which it can be accepted, where the agency is.")] | None
    ) = None

    def offer(self, currency: str) -> Offer:
        """What it offers."""
        discount = self.discount.read(currency, field="discount") if self.discount else None
        return offer_of(self.lines, currency, tax_inclusive=self.tax_inclusive, discount=discount)


class QuoteUpdate(Patch):
    """A change; `lines` replaces all lines."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"notes": "With photos.", "expiresOn": "2027-01-31"}]})

    title: Name = _UNSET
    lines: QuoteLines = _UNSET
    currency: Currency = _UNSET
    discount: DiscountInput | None = None
    tax_inclusive: bool = _UNSET
    notes: Text = _UNSET
    expires_on: Day | None = None


class QuoteSend(Input):
    """How a quote is sent."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"sendEmail": True}]})

    send_email: bool = True


class QuoteView(Input):
    """What a client may send along when it looks at a quote."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"token": "the portal token, if not sent otherwise"}]})

    token: Token = None


class QuoteAccept(Input):
    """What the client agrees to: the revision it looked at, and the optional lines it takes, by index from 0."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"revision": 1, "optionalLines": [1], "name": "Ada"}]})

    revision: Annotated[int, Field(strict=True, ge=1)]
    optional_lines: Annotated[list[Index], Field(max_length=MAX_LINES)] = []
    name: Annotated[Name, Field(description="Who accepts; else the name of the credential's holder.")] | None = None
    token: Token = None


class QuoteChangesRequest(Input):
    """What should be different."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"comment": "Could we start in March?"}]})

    comment: Comment
    token: Token = None


class QuoteDecline(Input):
    """Why not, if the client cares to say."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "We have postponed the relaunch."}]})

    reason: Text = ""
    token: Token = None


class QuoteLinePublic(LinePublic):
    """One line and what it comes to, whether it is taken or not."""

    optional: bool


class QuoteForClient(Output):
    """A quote as its client sees it; amounts are in the currency's major unit.

    The totals hold all lines that are not optional, and after acceptance the `optionalLines` that were chosen.
    """

    id: UUID
    number: str | None = Field(examples=["QUO-0042"])
    status: QuoteStatus
    revision: int
    client_id: UUID
    client: ClientCardPublic
    title: str
    currency: str = Field(examples=["EUR"])
    lines: list[QuoteLinePublic]
    optional_lines: list[int]
    tax_inclusive: bool
    discount: DiscountPublic | None
    subtotal: Amount
    discount_total: Amount
    taxes: list[TaxPublic]
    tax_total: Amount
    amount: Amount
    notes: str
    expires_on: date | None
    sent_at: Timestamp | None
    change_request: str | None
    declined_at: Timestamp | None
    decline_reason: str | None
    accepted_at: Timestamp | None
    accepted_by: str | None
    project_id: UUID | None
    created_at: Timestamp
    updated_at: Timestamp


class QuoteReopening(Output):
    """An acceptance that was taken back: who agreed to which optional lines, and who reopened the quote."""

    accepted_at: Timestamp
    accepted_by: str
    optional_lines: list[int]
    project_id: UUID
    reopened_at: Timestamp
    reopened_by: str


class QuotePublic(QuoteForClient):
    """A quote as the agency sees it: drafts too, how often its client looked at it, and what was taken back."""

    first_viewed_at: Timestamp | None
    last_viewed_at: Timestamp | None
    view_count: int
    reopenings: list[QuoteReopening]


class QuoteDeleted(Output):
    """A draft that is gone."""

    id: UUID
    deleted: bool = True


def offer_of(lines: list[QuoteLineInput], currency: str, *, tax_inclusive: bool, discount: Any) -> Offer:
    """The lines of a body as the arithmetic takes them."""
    read = tuple(line.read(currency, field=f"lines.{index}") for index, line in enumerate(lines))
    optional = frozenset(index for index, line in enumerate(lines) if line.optional)
    return Offer(currency, read, optional, tax_inclusive, discount)


def quote_public(quote: Quote, client: Client) -> QuotePublic:
    """A quote as REST and events show it to the agency."""

    def major(minor: int) -> Decimal:
        return to_major(minor, quote.currency)

    return QuotePublic.model_validate(
        {
            **quote.shown,
            "id": quote.id,
            "number": quote.label,
            "status": quote.status,
            "revision": quote.revision,
            "clientId": quote.client_id,
            "client": ClientCardPublic.model_validate(client),
            "title": quote.title,
            "currency": quote.currency,
            "optionalLines": quote.chosen,
            "taxInclusive": quote.tax_inclusive,
            "subtotal": major(quote.subtotal_minor),
            "discountTotal": major(quote.discount_minor),
            "taxTotal": major(quote.tax_minor),
            "amount": major(quote.amount_minor),
            "notes": quote.notes,
            "expiresOn": quote.expires_on,
            "sentAt": quote.sent_at,
            "firstViewedAt": quote.first_viewed_at,
            "lastViewedAt": quote.last_viewed_at,
            "viewCount": quote.view_count,
            "reopenings": quote.reopenings,
            "changeRequest": quote.change_request,
            "declinedAt": quote.declined_at,
            "declineReason": quote.decline_reason,
            "acceptedAt": quote.accepted_at,
            "acceptedBy": quote.accepted_by,
            "projectId": quote.project_id,
            "createdAt": quote.created_at,
            "updatedAt": quote.updated_at,
        }
    )


def for_client(quote: QuotePublic) -> QuoteForClient:
    """The same without what only the agency may see."""
    return QuoteForClient.model_validate(quote.model_dump())
