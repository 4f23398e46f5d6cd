"""A client's figures: exact, by currency, of its own only, and of what the agency shows."""

from typing import Any

import pytest

from tests.house import House, running_house
from tests.people import Agency, Client

STATS = "/api/v1/portal/dashboard/stats"
SCOPES = "/api/v1/portal/scopes"
CONFIG = "/api/v1/client-portal/config"
NOTHING = {
    "currency": "USD",
    "openOrders": 0,
    "pendingEstimates": 0,
    "totalOutstanding": 0,
    "unpaidInvoices": 0,
    "byCurrency": [],
}


async def invoice(agency: Agency, client: Client, amount: float, currency: str = "USD", **more: Any) -> dict[str, Any]:
    body = {"amount": amount, "currency": currency, "dueDate": "2099-01-31", "clientId": client.id, **more}
    return await agency.made("/api/invoices", body)


async def stats(client: Client) -> dict[str, Any]:
    answer = await client.http.get(STATS)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def switched_on(agency: Agency, *modules: str) -> None:
    answer = await agency.http.patch(CONFIG, json={"enabled_modules": list(modules)})
    assert answer.status_code == 200, answer.text


async def test_without_work_and_papers_everything_is_nought(house: House) -> None:
    client = await (await house.agency()).client()
    assert await stats(client) == NOTHING


async def test_figures_are_exact_and_currencies_are_never_added(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    for amount, currency in (
        (0.1, "USD"),
        (0.2, "USD"),
        (1499.5, "USD"),
        (120_000, "JPY"),
        (1, "JPY"),
        (12.345, "KWD"),
        (0.001, "KWD"),
    ):
        await invoice(agency, client, amount, currency)
    answer = await client.http.get(STATS)
    assert answer.json() == {
        **NOTHING,
        "totalOutstanding": 1499.8,
        "unpaidInvoices": 3,
        "byCurrency": [
            {"currency": "JPY", "totalOutstanding": 120_001, "unpaidInvoices": 2},
            {"currency": "KWD", "totalOutstanding": 12.346, "unpaidInvoices": 2},
            {"currency": "USD", "totalOutstanding": 1499.8, "unpaidInvoices": 3},
        ],
    }
    assert '"totalOutstanding":1499.8,' in answer.text
    assert '"totalOutstanding":120001,' in answer.text


async def test_the_largest_amounts_are_exact_too(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    await invoice(agency, client, 9_999_999_999_999.98)
    await invoice(agency, client, 0.01)
    assert '"totalOutstanding":9999999999999.99,' in (await client.http.get(STATS)).text


async def test_only_what_is_due_counts(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    await invoice(agency, client, 1000, draft=True)
    void = await invoice(agency, client, 2000)
    assert (await agency.http.post(f"/api/invoices/{void['id']}/void")).status_code == 200
    partly, wholly = await invoice(agency, client, 100), await invoice(agency, client, 50)
    await agency.made(f"/api/invoices/{partly['id']}/payments", {"amount": 99.99})
    await agency.made(f"/api/invoices/{wholly['id']}/payments", {"amount": 50})
    told = await stats(client)
    assert (told["totalOutstanding"], told["unpaidInvoices"]) == (0.01, 1)
    assert len(told["byCurrency"]) == 1


async def test_open_orders_are_active_projects(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    projects = [await agency.project(client) for _ in range(4)]
    await agency.http.patch(f"/api/projects/{projects[0]['id']}", json={"status": "on_hold"})
    await agency.http.post(f"/api/projects/{projects[1]['id']}/complete")
    await agency.http.delete(f"/api/projects/{projects[2]['id']}")
    assert (await stats(client))["openOrders"] == 1


async def test_figures_are_of_the_client_alone(house: House) -> None:
    agency, stranger = await house.agency(), await house.agency()
    client = await agency.client()
    for owner, other in ((agency, await agency.client()), (stranger, await stranger.client())):
        await owner.project(other)
        await invoice(owner, other, 500)
    assert await stats(client) == NOTHING


async def test_a_company_is_told_of_all_its_clients(house: House) -> None:
    agency = await house.agency()
    company = await agency.company()
    answer = await company.http.get(STATS)
    assert (answer.status_code, answer.json()) == (200, NOTHING)
    ada, mary = await company.client("Ada"), await company.client("Mary")
    for client, amount in ((ada, 10), (mary, 20.5), (await agency.client(), 4000)):
        await agency.project(client)
        await invoice(agency, client, amount)

    async def told_of_both() -> bool:
        told = (await company.http.get(STATS)).json()
        return (told["openOrders"], told["totalOutstanding"], told["unpaidInvoices"]) == (2, 30.5, 2)

    await house.eventually(told_of_both)


@pytest.mark.parametrize(
    ("modules", "expected"),
    [
        (["projects"], {"openOrders": 1}),
        (["invoices"], {"totalOutstanding": 10, "unpaidInvoices": 1}),
        (["proposals", "files"], {}),
        ([], {}),
    ],
)
async def test_figures_of_parts_that_are_switched_off_are_nought(
    house: House, modules: list[str], expected: dict[str, Any]
) -> None:
    agency = await house.agency()
    client = await agency.client()
    await agency.project(client)
    await invoice(agency, client, 10)
    await switched_on(agency, *modules)
    by_currency = [{"currency": "USD", "totalOutstanding": 10, "unpaidInvoices": 1}] if "invoices" in modules else []

    async def follows() -> bool:
        return await stats(client) == NOTHING | expected | {"byCurrency": by_currency}

    await house.eventually(follows)


@pytest.mark.parametrize(
    ("modules", "scopes"),
    [
        (["invoices"], {"configurator": False, "finance": True, "support": False}),
        (["proposals", "projects"], {"configurator": False, "finance": True, "support": False}),
        (["messages"], {"configurator": False, "finance": False, "support": True}),
        (["intake", "files"], {"configurator": True, "finance": False, "support": False}),
        ([], {"configurator": False, "finance": False, "support": False}),
    ],
)
async def test_scopes_follow_what_is_switched_on(house: House, modules: list[str], scopes: dict[str, bool]) -> None:
    agency = await house.agency()
    client = await agency.client()
    everything = {"configurator": True, "finance": True, "support": True}
    assert (await client.http.get(SCOPES)).json() == everything
    await switched_on(agency, *modules)

    async def follows() -> bool:
        return bool((await client.http.get(SCOPES)).json() == scopes)

    await house.eventually(follows)


async def test_sessions_and_keys_are_told_the_same(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    await invoice(agency, client, 10)
    session = await client.session()
    for http in (session.http, session.browser, house.bearer(client.token)):
        assert (await http.get(STATS)).json() == await stats(client)
        assert (await http.get(SCOPES)).json()["finance"] is True
    made = await agency.custodian_client()
    for credential in (made.token, made.key):
        assert (await house.bearer(credential).get(STATS)).json() == NOTHING


@pytest.mark.parametrize("running", [("auth", "portal"), ("auth", "billing", "portal"), ("auth", "projects", "portal")])
async def test_half_the_figures_are_none(variables: dict[str, str], running: tuple[str, ...]) -> None:
    async with running_house(variables, running) as house:
        client = await (await house.agency()).client()
        answer = await client.http.get(STATS)
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert (await client.http.get(SCOPES)).status_code == 200
        assert (await client.http.get("/api/v1/portal/me")).status_code == 200
