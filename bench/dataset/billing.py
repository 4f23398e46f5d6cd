"""Rows of billing: the replica of clients, and invoices in every state, computed by the service's own arithmetic."""

import itertools
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from bench.dataset.copying import Table
from bench.dataset.world import CLIENTS_EACH, INVOICES_EACH, Agency, Client, Ids, World
from services.billing.invoices.lines import Content, public_form, stored_discount, stored_line
from services.billing.invoices.models import InvoiceStatus
from services.billing.invoices.totals import Discount, DiscountType, Line, Totals

# What fortnight's work turns into; of 20 invoices of a client two are drafts, except for the measured one.
STATES = (
    *(InvoiceStatus.PAID,) * 12,
    *(InvoiceStatus.SENT,) * 2,
    *(InvoiceStatus.VIEWED,) * 2,
    *(InvoiceStatus.PARTIALLY_PAID, InvoiceStatus.VOID),
    *(InvoiceStatus.DRAFT,) * 2,
)
DUE_AFTER = timedelta(days=30)

_ROW = ("agency_id", "id", "version", "created_at", "updated_at")
_COLUMNS = (
    *(*_ROW, "number", "status", "client_id", "currency", "decimals", "lines", "tax_inclusive", "discount", "shown"),
    *("subtotal_minor", "discount_minor", "tax_minor", "amount_minor", "paid_minor", "issued_on", "due_on", "notes"),
    *("pay_key", "sent_at", "viewed_at", "paid_at", "voided_at"),
)
_WORK = ("Design of the start page", "Copy-editing", "Photographs, one day", "Hosting for a year", "Translation")


@dataclass(frozen=True)
class Paper:
    """What an invoice charges for, as columns."""

    columns: tuple[object, ...]
    amount_minor: int


def tables(world: World) -> Iterator[Table]:
    """All tables, in the order of their foreign keys."""
    began = world.began
    yield Table(
        "clients",
        (*_ROW, "name", "email", "company", "source_version"),
        ((c.agency_id, c.id, 1, began, began, c.name, c.email, c.company, 1) for c in world.clients),
    )
    each = CLIENTS_EACH * INVOICES_EACH
    yield Table("invoice_numbers", ("agency_id", "last"), ((agency.id, each) for agency in world.agencies))
    ids, chance = Ids(3), random.Random(3)
    papers = itertools.cycle([_paper(number, chance) for number in range(60)])
    yield Table(
        "invoices", _COLUMNS, (row for agency in world.agencies for row in _invoices(world, agency, ids, papers))
    )


def _invoices(world: World, agency: Agency, ids: Ids, papers: Iterator[Paper]) -> Iterator[tuple[object, ...]]:
    count = CLIENTS_EACH * INVOICES_EACH
    for number in range(count):
        # One after the other, so that a page of the list shows many clients.
        client = agency.clients[number % CLIENTS_EACH]
        state = STATES[(number // CLIENTS_EACH + client.number) % len(STATES)]
        if client.is_measured and state is InvoiceStatus.DRAFT:
            state = InvoiceStatus.SENT
        made_at = world.moment(number, count)
        yield _invoice(client, next(papers), state, made_at=made_at, number=number + 1, ids=ids)


def _invoice(
    client: Client, paper: Paper, state: InvoiceStatus, *, made_at: datetime, number: int, ids: Ids
) -> tuple[object, ...]:
    id = ids.at(made_at)
    issued = state is not InvoiceStatus.DRAFT
    paid = {InvoiceStatus.PAID: paper.amount_minor, InvoiceStatus.PARTIALLY_PAID: paper.amount_minor // 2}
    viewed = state in (InvoiceStatus.VIEWED, InvoiceStatus.PARTIALLY_PAID, InvoiceStatus.PAID)
    return (
        *(client.agency_id, id, 1, made_at, made_at, number if issued else None, state.value, client.id),
        *paper.columns,
        *(paid.get(state, 0), made_at.date() if issued else None, (made_at + DUE_AFTER).date()),
        *("Thank you for your trust.", id.hex[:22], made_at if issued else None, made_at if viewed else None),
        made_at if state is InvoiceStatus.PAID else None,
        made_at if state is InvoiceStatus.VOID else None,
    )


def _paper(number: int, chance: random.Random) -> Paper:
    """Papers of one to five lines, some with a discount."""
    lines = tuple(
        Line(
            description=_WORK[(number + index) % len(_WORK)],
            quantity=Decimal(chance.choice(("1", "2", "7.5", "12.25"))),
            unit_price_minor=chance.randrange(1_000, 200_000),
            tax_rate=Decimal(chance.choice(("19", "7"))),
            tax_name="VAT",
        )
        for index in range(1 + number % 5)
    )
    discount = Discount(DiscountType.PERCENT, Decimal(10)) if number % 4 == 0 else None
    content = Content("EUR", lines, discount=discount)
    totals = content.totals()
    return Paper(_columns(content, totals), totals.total_minor)


def _columns(content: Content, totals: Totals) -> tuple[object, ...]:
    return (
        *(content.currency, 2, json.dumps([stored_line(line) for line in content.lines]), content.tax_inclusive),
        json.dumps(stored_discount(content.discount)) if content.discount else None,
        json.dumps(public_form(content, totals)),
        *(totals.subtotal_minor, totals.discount_minor, totals.tax_minor, totals.total_minor),
    )
