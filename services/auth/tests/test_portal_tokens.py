"""What portal tokens open and for how long: a client's work, a company's, and nothing after the end."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from portico.auth.v1 import credentials_pb2
from sqlalchemy import text

from services.auth.housekeeping import tidy
from services.auth.tests.announced import announced
from services.auth.tests.portal_access import CLIENT, COMPANY, issue, revoke
from services.auth.tests.test_companies import company, member
from services.auth.tests.test_rpc import introspect
from tests.house import Agency, House

DAY_S = 86_400


async def status(http: httpx.AsyncClient) -> int:
    """403 while auth knows the client, whom its staff route refuses; 401 once it does not."""
    return (await http.get("/api/auth/me")).status_code


def bearer(house: House, token: str) -> httpx.AsyncClient:
    return house.http_with({"Authorization": f"Bearer {token}"})


async def test_a_companys_token_resolves_to_the_company_and_all_its_clients(house: House) -> None:
    agency = await house.agency()
    made = await company(agency, "Okafor Ceramics")
    clients = [(await member(agency, made["id"]))["id"] for _ in range(3)]
    await agency.client()
    given = await issue(house, agency, COMPANY, made["id"])
    holder = await introspect(house, credentials_pb2.CREDENTIAL_KIND_PORTAL_TOKEN, given.token)
    assert holder.holder == credentials_pb2.HOLDER_KIND_CLIENT
    assert (holder.agency_id, holder.id, holder.name) == (agency.id, made["id"], "Okafor Ceramics")
    assert (holder.email, holder.is_company, holder.credential_id) == ("", True, given.token_id)
    assert list(holder.client_ids) == clients
    assert holder.expires_at == given.expires_at
    assert "projects" in holder.modules


async def test_a_company_without_clients_opens_nobodys_work(house: House) -> None:
    agency = await house.agency()
    await agency.client()
    given = await issue(house, agency, COMPANY, (await company(agency))["id"])
    holder = await introspect(house, credentials_pb2.CREDENTIAL_KIND_PORTAL_TOKEN, given.token)
    assert (list(holder.client_ids), holder.is_company) == ([], True)


async def test_a_companys_token_is_no_key_to_the_agency(house: House) -> None:
    agency = await house.agency()
    made = await company(agency)
    visitor = bearer(house, (await issue(house, agency, COMPANY, made["id"])).token)
    for path in ("/api/companies", f"/api/companies/{made['id']}", "/api/clients", "/api/auth/me"):
        assert (await visitor.get(path)).status_code == 403
    assert (await visitor.patch(f"/api/companies/{made['id']}", json={"name": "Mine"})).status_code == 403


@pytest.mark.parametrize("ahead", [30 * DAY_S - 5, 30 * DAY_S])
async def test_a_new_clients_token_ends_after_thirty_days_to_the_second(house: House, ahead: int) -> None:
    client = await (await house.agency()).client()
    assert await status(client.http) == 403, "known now, also to the memory of the process"
    house.clock.advance(seconds=ahead)
    assert await status(client.http) == (401 if ahead == 30 * DAY_S else 403)


async def test_a_companys_token_ends_to_the_second(house: House) -> None:
    agency = await house.agency()
    visitor = bearer(house, (await issue(house, agency, COMPANY, (await company(agency))["id"], days=1)).token)
    assert await status(visitor) == 403
    house.clock.advance(seconds=DAY_S - 5)
    assert await status(visitor) == 403
    house.clock.advance(seconds=5)
    assert await status(visitor) == 401


async def test_a_token_that_ended_is_not_shown_to_the_agency(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    await revoke(house, agency, CLIENT, client.id)
    short = await issue(house, agency, CLIENT, client.id, days=1)
    assert (await agency.http.get("/api/clients")).json()[0]["token"] == short.token
    house.clock.advance(days=1)
    assert (await agency.http.get("/api/clients")).json()[0]["token"] is None
    assert (await agency.http.get(f"/api/clients/{client.id}")).json()["token"] is None
    changed = await agency.http.patch(f"/api/clients/{client.id}", json={"name": "Renamed"})
    assert changed.json()["token"] is None


@pytest.mark.parametrize("kind", [CLIENT, COMPANY], ids=["client", "company"])
async def test_a_revoked_token_is_refused_within_a_second(house: House, kind: int) -> None:
    agency = await house.agency()
    made = await company(agency)
    holder = made["id"] if kind == COMPANY else (await member(agency, made["id"]))["id"]
    visitor = bearer(house, (await issue(house, agency, kind, holder)).token)
    assert await status(visitor) == 403
    await revoke(house, agency, kind, holder)
    await refused(house, visitor)


async def test_a_deleted_companys_token_is_refused_within_a_second(house: House) -> None:
    agency = await house.agency()
    made = await company(agency)
    visitor = bearer(house, (await issue(house, agency, COMPANY, made["id"])).token)
    assert await status(visitor) == 403
    assert (await agency.http.delete(f"/api/companies/{made['id']}")).status_code == 200
    await refused(house, visitor)


async def test_one_whose_token_was_revoked_is_deleted_all_the_same(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    await revoke(house, agency, CLIENT, client.id)
    await issue(house, agency, CLIENT, client.id)
    assert (await agency.http.delete(f"/api/clients/{client.id}")).status_code == 200


@pytest.mark.parametrize(("days_ago", "left"), [(179, 1), (181, 0)])
async def test_rows_of_tokens_are_forgotten_long_after_their_end_and_not_before(
    house: House, days_ago: int, left: int
) -> None:
    agency = await house.agency()
    await agency.client()
    async with house.database("auth").unit(UUID(agency.id)) as session:
        ended = house.clock() - timedelta(days=days_ago)
        await session.execute(text("UPDATE portal_tokens SET expires_at = :ended"), {"ended": ended})
    await tidy(house.apps["auth"].state.context)
    async with house.database("auth").unit(UUID(agency.id)) as session:
        assert (await session.execute(text("SELECT count(*) FROM portal_tokens"))).scalar_one() == left


async def refused(house: House, visitor: httpx.AsyncClient) -> None:
    async def is_refused() -> bool:
        return await status(visitor) == 401

    await house.eventually(is_refused, timeout=1)


class TestAcrossServices:
    """The same with projects and the portal's settings themselves."""

    @pytest.fixture
    async def agency(self, house: House) -> AsyncIterator[Agency]:
        if not {"projects", "portal"} <= set(house.apps):
            pytest.skip("this run is without projects or portal")
        yield await house.agency()

    async def project(self, agency: Agency, client: dict[str, Any], name: str) -> str:
        answer = await agency.http.post("/api/projects", json={"name": name, "clientId": client["id"]})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def seen(self, visitor: httpx.AsyncClient) -> set[str]:
        answer = await visitor.get("/api/projects")
        assert answer.status_code == 200, answer.text
        return {str(one["name"]) for one in answer.json()}

    async def sees_within_a_second(self, house: House, visitor: httpx.AsyncClient, names: set[str]) -> None:
        async def equal() -> bool:
            return await self.seen(visitor) == names

        await house.eventually(equal, timeout=1)

    async def test_a_companys_token_opens_the_work_of_its_clients_as_they_come_and_go(
        self, house: House, agency: Agency
    ) -> None:
        made = await company(agency)
        ada, ben = await member(agency, made["id"], name="Ada"), await member(agency, made["id"], name="Ben")
        other = (await agency.client()).body
        await self.project(agency, ada, "Of Ada")
        bens = await self.project(agency, ben, "Of Ben")
        await self.project(agency, other, "Of another")
        visitor = bearer(house, (await issue(house, agency, COMPANY, made["id"])).token)
        assert await self.seen(visitor) == {"Of Ada", "Of Ben"}
        joined = await agency.http.patch(f"/api/clients/{other['id']}", json={"companyId": made["id"]})
        assert joined.status_code == 200
        await self.sees_within_a_second(house, visitor, {"Of Ada", "Of Ben", "Of another"})
        left = await agency.http.patch(f"/api/clients/{ben['id']}", json={"companyId": None})
        assert left.status_code == 200
        await self.sees_within_a_second(house, visitor, {"Of Ada", "Of another"})
        assert (await visitor.get(f"/api/projects/{bens}")).status_code == 404

    async def test_a_client_of_a_company_sees_their_own_work_only(self, house: House, agency: Agency) -> None:
        made = await company(agency)
        ada, ben = await member(agency, made["id"], name="Ada"), await member(agency, made["id"], name="Ben")
        await self.project(agency, ada, "Of Ada")
        await self.project(agency, ben, "Of Ben")
        assert await self.seen(bearer(house, ada["token"])) == {"Of Ada"}

    async def test_new_tokens_live_as_long_as_the_agency_has_set(self, house: House, agency: Agency) -> None:
        before = await agency.client()
        changed = await agency.http.patch("/api/v1/client-portal/config", json={"token_expiration_days": 7})
        assert changed.status_code == 200, changed.text

        async def heard() -> bool:
            async with house.database("auth").unit(UUID(agency.id)) as session:
                return (await session.execute(text("SELECT token_days FROM agencies"))).scalar_one() == 7

        await house.eventually(heard)
        await agency.client()
        told = await announced(house, agency, "auth.portal_token.created")
        lives = [
            datetime.fromisoformat(event.data["expiresAt"]) - datetime.fromisoformat(event.data["createdAt"])
            for event in told
        ]
        assert lives == [timedelta(days=30), timedelta(days=7)]
        house.clock.advance(days=8)
        assert await status(before.http) == 403, "an earlier token keeps its end"
