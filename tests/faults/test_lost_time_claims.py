"""Time that was claimed for an invoice is never lost and never invoiced twice, wherever things break off."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from chassis.errors import Unavailable
from chassis.principals import Role, Staff
from services.billing.context import Context
from services.billing.invoices import repository
from services.billing.invoices.from_time import invoice_time
from services.billing.invoices.from_time_schemas import InvoiceFromTime
from services.billing.invoices.lost_claims import look_after_claims
from services.billing.tests.schedules import LONG_AGO, held, set_turn
from services.billing.work import ClaimedTime, RefusedTime, TimeRefusal, Work
from tests.house import Agency, House

JOB = "lost_time_claims"


class Crash(Exception):
    """The process ends here."""


@dataclass
class Shop:
    """An agency with one hour of work on a project."""

    house: House
    agency: Agency
    project: dict[str, Any]
    entry: dict[str, Any]

    @property
    def billing(self) -> Context:
        context: Context = self.house.apps["billing"].state.context
        return context

    @property
    def wish(self) -> InvoiceFromTime:
        return InvoiceFromTime.model_validate({"projectId": self.project["id"], "dueDate": "2030-01-31"})

    @property
    def staff(self) -> Staff:
        scopes = frozenset({"read", "write"})
        return Staff(UUID(self.agency.id), uuid4(), "Olivia Owner", "", Role.OWNER, scopes, uuid4(), "session")

    async def claim(self, invoice_id: UUID) -> ClaimedTime | RefusedTime:
        return await self.billing.work.claim_time(UUID(self.agency.id), invoice_id, project_id=UUID(self.project["id"]))

    async def invoice(self, context: Context | None = None, *, crash: bool = False) -> str:
        """Make the invoice as the route would; a crash ends it just before its commit."""
        async with self.house.database("billing").unit(UUID(self.agency.id)) as session:
            invoice, _ = await invoice_time(
                session, self.staff, body=self.wish, context=context or self.billing, now=self.house.clock()
            )
            await session.flush()
            if crash:
                raise Crash
            return str(invoice.id)

    async def invoice_of_entry(self) -> str | None:
        answer = (await self.agency.http.get(f"/api/time-entries/{self.entry['id']}")).json()
        return answer["invoiceId"] and str(answer["invoiceId"])

    async def invoices(self) -> list[str]:
        return [invoice["id"] for invoice in (await self.agency.http.get("/api/invoices")).json()]

    async def later(self, **by: float) -> None:
        """Let time pass, and billing have a look."""
        self.house.clock.advance(**by)
        await look_after_claims(self.billing, self.house.clock())

    async def status_of(self, invoice_id: str) -> str:
        async with self.house.database("projects").unit(UUID(self.agency.id)) as session:
            found = await session.scalars(text("SELECT status FROM time_claims WHERE id = :id"), {"id": invoice_id})
            return str(found.one())


@pytest.fixture
async def shop(house: House) -> AsyncIterator[Shop]:
    agency = await house.agency()
    project = await agency.project(await agency.client())
    worked = {"description": "Work", "minutes": 60, "rate": 80}
    entry = await agency.made(f"/api/projects/{project['id']}/time-entries", worked)
    async with held(house, JOB):
        yield Shop(house, agency, project, entry)


async def test_the_time_of_an_invoice_that_was_never_saved_is_free_again(shop: Shop) -> None:
    with pytest.raises(Crash):
        await shop.invoice(crash=True)
    lost = await shop.invoice_of_entry()
    assert lost is not None
    assert await shop.invoices() == []
    await shop.later(minutes=5, seconds=30)
    assert await shop.invoice_of_entry() == lost
    await shop.later(minutes=1)
    assert await shop.invoice_of_entry() is None
    made = await shop.invoice()
    assert await shop.invoices() == [made] == [await shop.invoice_of_entry()]


async def test_billing_looks_by_itself(shop: Shop) -> None:
    with pytest.raises(Crash):
        await shop.invoice(crash=True)
    shop.house.clock.advance(minutes=7)
    await set_turn(shop.house, JOB, LONG_AGO)

    async def is_free() -> bool:
        return await shop.invoice_of_entry() is None

    await shop.house.eventually(is_free)


async def test_the_time_of_an_invoice_that_nobody_has_told_of_stays_on_it(shop: Shop) -> None:
    made = await shop.invoice()

    async def settled() -> bool:
        return await shop.status_of(made) == "settled"

    await shop.house.eventually(settled)
    async with shop.house.database("projects").unit(UUID(shop.agency.id)) as session:
        await session.execute(text("UPDATE time_claims SET status = 'open'"))
    await shop.later(minutes=7)
    assert (await shop.status_of(made), await shop.invoice_of_entry()) == ("settled", made)


async def test_an_invoice_that_is_being_saved_is_not_taken_for_lost(shop: Shop) -> None:
    async with shop.house.database("billing").unit(UUID(shop.agency.id)) as session:
        invoice, _ = await invoice_time(
            session, shop.staff, body=shop.wish, context=shop.billing, now=shop.house.clock()
        )
        await session.flush()
        await shop.later(minutes=30)
        assert await shop.invoice_of_entry() == str(invoice.id)
    assert await shop.invoices() == [await shop.invoice_of_entry()]


class Slow(Work):
    """Projects answers at once, but billing reads the answer late, as after a stop of its process."""

    def __init__(self, shop: Shop, minutes: float) -> None:
        super().__init__(shop.house.chassis("billing").peers)
        self._shop, self._minutes = shop, minutes

    async def claim_time(
        self,
        agency_id: UUID,
        invoice_id: UUID,
        *,
        project_id: UUID,
        days: tuple[date | None, date | None] = (None, None),
        entry_ids: Any = (),
    ) -> ClaimedTime | RefusedTime:
        claimed = await super().claim_time(agency_id, invoice_id, project_id=project_id)
        await self._shop.later(minutes=self._minutes)
        return claimed


async def test_whoever_reads_its_claim_too_late_makes_no_invoice(shop: Shop) -> None:
    late = replace(shop.billing, work=Slow(shop, 7))
    with pytest.raises(Unavailable):
        await shop.invoice(late)
    assert (await shop.invoices(), await shop.invoice_of_entry()) == ([], None)
    made = await shop.invoice()
    assert await shop.invoices() == [made] == [await shop.invoice_of_entry()]


async def test_a_claim_holds_for_a_minute(shop: Shop) -> None:
    made = await shop.invoice(replace(shop.billing, work=Slow(shop, 59 / 60)))
    assert await shop.invoices() == [made] == [await shop.invoice_of_entry()]


async def test_a_claim_that_is_asked_for_again_is_the_same(shop: Shop) -> None:
    invoice_id = uuid4()
    first, again = await shop.claim(invoice_id), await shop.claim(invoice_id)
    assert isinstance(first, ClaimedTime)
    assert first == again
    other = await shop.claim(uuid4())
    assert isinstance(other, RefusedTime)
    assert other.reason is TimeRefusal.NOTHING


async def test_what_was_refused_leaves_nothing_behind(shop: Shop) -> None:
    invoice_id = uuid4()
    await shop.claim(uuid4())
    assert isinstance(await shop.claim(invoice_id), RefusedTime)
    async with shop.house.database("projects").unit(UUID(shop.agency.id)) as session:
        claims = await session.scalars(text("SELECT id FROM time_claims WHERE id = :id"), {"id": invoice_id})
        assert claims.all() == []


async def test_a_claim_that_was_released_is_not_taken_up_again(shop: Shop) -> None:
    invoice_id = uuid4()
    await shop.claim(invoice_id)
    await shop.billing.work.release_claim(UUID(shop.agency.id), invoice_id)
    again = await shop.claim(invoice_id)
    assert isinstance(again, RefusedTime)
    assert again.reason is TimeRefusal.RELEASED
    # Told in the wrong order, what was released stays so.
    await shop.billing.work.settle_claim(UUID(shop.agency.id), invoice_id)
    assert (await shop.status_of(str(invoice_id)), await shop.invoice_of_entry()) == ("released", None)


async def test_one_agency_settles_and_releases_nothing_of_another(shop: Shop) -> None:
    made = await shop.invoice()
    other = await shop.house.agency("Other")
    await shop.billing.work.release_claim(UUID(other.id), UUID(made))
    assert await shop.invoice_of_entry() == made


async def test_the_id_of_an_invoice_is_held_by_one(shop: Shop) -> None:
    invoice_id, agency_id = uuid4(), UUID(shop.agency.id)
    billing = shop.house.database("billing")
    async with billing.unit(agency_id) as first, billing.unit(agency_id) as second:
        await repository.hold(first, invoice_id)
        assert not await repository.try_hold(second, invoice_id)
        assert await repository.try_hold(second, uuid4())
