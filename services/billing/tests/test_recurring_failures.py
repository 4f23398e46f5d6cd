"""Recurring invoices that cannot be issued say so, wait to be mended, and hold up no other."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from services.billing.recurring_invoices.issuing import issue_due
from services.billing.tests.retaining import Retainer, retainer_in
from services.billing.tests.schedules import go_to
from tests.house import House, running_house


@pytest.fixture
async def retainer(house: House) -> AsyncIterator[Retainer]:
    async with retainer_in(house, "Europe/Berlin") as made:
        yield made


async def test_one_whose_client_is_gone_says_so_and_holds_up_no_other(retainer: Retainer) -> None:
    gone = await retainer.agency.client("Gone Client")
    lost, other = await retainer.recurring(clientId=gone.id), await retainer.recurring()
    assert (await retainer.http.delete(f"/api/clients/{gone.id}")).status_code == 200

    async def heard() -> bool:
        async with retainer.house.database("billing").reader(UUID(retainer.agency.id)) as reader:
            return await reader.fetchval("SELECT deleted_at FROM clients WHERE id = $1", gone.id) is not None

    await retainer.house.eventually(heard)
    await retainer.on(retainer.day(1))
    await retainer.issue()
    failed = await retainer.reload(lost)
    assert (failed["status"], failed["error"], failed["issuedCount"]) == ("failed", "The client was deleted.", 0)
    assert failed["nextOn"] == str(retainer.day())
    assert failed in await retainer.read("/api/recurring-invoices?status=failed")
    assert (await retainer.reload(other))["issuedCount"] == 1
    (event,) = await retainer.announced("recurring_invoice.failed")
    assert event.data == failed

    async def told() -> list[dict[str, Any]]:
        mails = await retainer.house.mails(retainer.agency.email)
        return [mail for mail in mails if "A recurring invoice for Gone Client" in mail["subject"]]

    assert "The client was deleted." in (await retainer.house.eventually(told))[0]["text"]


async def test_what_failed_goes_on_where_it_stopped_once_it_is_mended(retainer: Retainer) -> None:
    first = retainer.day(1)
    client = await retainer.agency.client()
    project = await retainer.agency.project(client)
    recurring = await retainer.recurring(frequency="weekly", clientId=client.id, projectId=project["id"])
    assert (await retainer.http.delete(f"/api/projects/{project['id']}")).status_code == 200

    async def heard() -> bool:
        async with retainer.house.database("billing").reader(UUID(retainer.agency.id)) as reader:
            return await reader.fetchval("SELECT deleted_at FROM projects WHERE id = $1", project["id"]) is not None

    await retainer.house.eventually(heard)
    await retainer.on(first + timedelta(weeks=1))
    assert (await retainer.reload(recurring))["error"] == "The project was deleted."
    mended = (await retainer.change(recurring, projectId=None, endsOn=str(first + timedelta(weeks=30)))).json()
    assert (mended["status"], mended["nextOn"]) == ("failed", str(first))
    assert (await retainer.act(recurring, "resume")).json()["error"] is None
    await retainer.issue()
    assert await retainer.periods(recurring) == [str(first), str(first + timedelta(weeks=1))]


async def test_one_that_cannot_be_read_holds_up_no_other(retainer: Retainer) -> None:
    broken, other = await retainer.recurring(), await retainer.recurring()
    async with retainer.house.database("billing").unit(UUID(retainer.agency.id)) as session:
        spoil = text("UPDATE recurring_invoices SET lines = '[{}]', due_at = '2001-01-01' WHERE id = :id")
        await session.execute(spoil, {"id": broken["id"]})
    await retainer.on(retainer.day(1))
    assert (await retainer.periods(broken), len(await retainer.periods(other))) == ([], 1)
    assert (await retainer.reload(broken))["status"] == "active"


async def test_while_auth_is_away_only_those_wait_whose_days_were_never_heard_of(
    house: House, variables: dict[str, str], retainer: Retainer
) -> None:
    stranger = await house.agency()
    client = await stranger.client()
    unheard = await stranger.made("/api/recurring-invoices", retainer.body(clientId=client.id))
    async with house.database("billing").unit(UUID(stranger.id)) as session:
        await session.execute(text("DELETE FROM agencies RETURNING id"))
    known = await retainer.recurring()
    go_to(house, retainer.at(retainer.day(2), 12))
    async with running_house(variables, ("billing",)) as alone:
        await issue_due(alone.apps["billing"].state.context, house.clock())
    assert len(await retainer.periods(known)) == 1
    path = f"/api/recurring-invoices/{unheard['id']}/periods"
    assert (await stranger.http.get(path)).json() == []
    await retainer.issue()
    assert len((await stranger.http.get(path)).json()) == 1
