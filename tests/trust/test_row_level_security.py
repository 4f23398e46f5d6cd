"""Row-level security holds when the code does not (in every service's database)."""

import asyncio
import random
from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from chassis.database import Database
from chassis.ids import new_id
from tests.house import SERVICES, House

OUTSIDE_TENANCY = {"alembic_version"}
REQUESTS = 10_000
AGENCIES = 50


@pytest.fixture(params=SERVICES)
async def service(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def admin(house: House, postgres: str, service: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    connection = await asyncpg.connect(postgres.rsplit("/", 1)[0] + f"/portico_{service}")
    yield connection
    await connection.close()


async def tables(admin: "asyncpg.Connection[asyncpg.Record]") -> list[asyncpg.Record]:
    return await admin.fetch(
        """
        SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner) AS owner,
               EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'agency_id') AS tenanted
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND n.nspname = 'public'
        """
    )


async def test_every_table_forces_row_level_security(admin: "asyncpg.Connection[asyncpg.Record]", service: str) -> None:
    open_tables = [
        row["relname"]
        for row in await tables(admin)
        if row["relname"] not in OUTSIDE_TENANCY and not (row["relrowsecurity"] and row["relforcerowsecurity"])
    ]
    assert open_tables == []


async def test_the_application_role_owns_nothing_and_bypasses_nothing(
    admin: "asyncpg.Connection[asyncpg.Record]", service: str
) -> None:
    role = await admin.fetchrow("SELECT * FROM pg_roles WHERE rolname = $1", f"portico_{service}_app")
    assert role is not None
    powers = ("rolsuper", "rolbypassrls", "rolcreatedb", "rolcreaterole", "rolreplication")
    assert [power for power in powers if role[power]] == []
    assert {row["owner"] for row in await tables(admin)} == {f"portico_{service}_owner"}


async def test_an_unset_tenant_reads_nothing(
    house: House, admin: "asyncpg.Connection[asyncpg.Record]", service: str
) -> None:
    await house.agency()
    database = house.database(service)
    for row in await tables(admin):
        if row["tenanted"]:
            async with database.session() as session:
                count = (await session.execute(text(f'SELECT count(*) FROM "{row["relname"]}"'))).scalar_one()
            assert count == 0, row["relname"]


async def test_an_unset_tenant_cannot_insert(house: House, service: str) -> None:
    async with house.database(service).session() as session:
        with pytest.raises(DBAPIError, match="row-level security"):
            await session.execute(
                text("INSERT INTO inbox (event_id, agency_id) VALUES (:id, :agency)"),
                {"id": new_id(), "agency": new_id()},
            )


async def test_one_tenant_cannot_insert_for_another(house: House, service: str) -> None:
    with pytest.raises(DBAPIError, match="row-level security"):
        async with house.database(service).unit(new_id()) as session:
            await session.execute(
                text("INSERT INTO inbox (event_id, agency_id) VALUES (:id, :agency)"),
                {"id": new_id(), "agency": new_id()},
            )


async def test_a_query_without_a_filter_shows_one_agency_only(
    house: House, admin: "asyncpg.Connection[asyncpg.Record]", service: str
) -> None:
    first, second = await house.agency(), await house.agency()
    for agency in (first, second):
        await agency.project(await agency.client())
    for agency in (first, second):
        for row in await tables(admin):
            if row["tenanted"]:
                async with house.database(service).unit(UUID(agency.id)) as session:
                    seen = (await session.execute(text(f'SELECT DISTINCT agency_id FROM "{row["relname"]}"'))).scalars()
                    assert set(seen) <= {UUID(agency.id)}, row["relname"]


async def test_no_tenant_stays_with_a_connection(house: House, variables: dict[str, str]) -> None:
    """Neither one whose transaction ended before its first statement, nor one across agencies."""
    database = Database(
        service="billing",
        url=variables["PORTICO_DATABASE_URL"],
        secret_key=variables["PORTICO_SECRET_KEY"],
        units=1,
    )
    agencies = [new_id(), new_id()]
    for agency in agencies:
        async with database.unit(agency) as session:
            await session.execute(
                text("INSERT INTO inbox (event_id, agency_id) VALUES (:id, :agency)"),
                {"id": agency, "agency": agency},
            )
    mine = text("SELECT agency_id FROM inbox WHERE agency_id = ANY (:agencies)")
    for agency in agencies:
        async with database.unit(agency) as session:
            await session.connection()
        async with database.session() as session:
            assert (await session.execute(mine, {"agencies": agencies})).all() == []
        async with database.across_agencies() as session:
            assert set((await session.execute(mine, {"agencies": agencies})).scalars()) == set(agencies)
        async with database.unit(agency) as session:
            async with session.begin_nested():
                assert (await session.execute(mine, {"agencies": agencies})).scalars().all() == [agency]
            assert (await session.execute(mine, {"agencies": agencies})).scalars().all() == [agency]
    await database.close()


async def test_the_application_role_does_not_inherit_the_way_across(
    admin: "asyncpg.Connection[asyncpg.Record]", service: str
) -> None:
    inherits = await admin.fetchval(
        "SELECT pg_has_role($1, $2, 'USAGE')", f"portico_{service}_app", f"portico_{service}_across"
    )
    assert inherits is False


async def test_interleaved_and_cancelled_requests_cross_nothing(house: House, variables: dict[str, str]) -> None:
    """10,000 units and reads of 50 agencies on a pool of five connections each, a tenth of them cancelled."""
    database = Database(
        service="billing",
        url=variables["PORTICO_DATABASE_URL"],
        secret_key=variables["PORTICO_SECRET_KEY"],
        units=5,
        readers=5,
    )
    await database.open()
    seed = random.randrange(2**32)
    print("seed", seed)
    dice = random.Random(seed)
    agencies = [new_id() for _ in range(AGENCIES)]
    for agency in agencies:
        async with database.unit(agency) as session:
            await session.execute(
                text("INSERT INTO inbox (event_id, agency_id) VALUES (:id, :agency)"),
                {"id": agency, "agency": agency},
            )
    crossed: list[tuple[UUID, list[UUID]]] = []
    slots = asyncio.Semaphore(20)

    async def unit(agency: UUID) -> None:
        async with database.unit(agency) as session:
            note(agency, list((await session.execute(text("SELECT agency_id FROM inbox"))).scalars()))

    async def read(agency: UUID) -> None:
        async with database.reader(agency) as reader:
            note(agency, [row["agency_id"] for row in await reader.fetch("SELECT agency_id FROM inbox")])

    def note(agency: UUID, seen: list[UUID]) -> None:
        if seen != [agency]:
            crossed.append((agency, seen))

    async def request(agency: UUID) -> None:
        async with slots:
            task = asyncio.create_task(dice.choice((unit, read))(agency))
            if dice.random() < 0.1:
                await asyncio.sleep(dice.random() / 500)
                task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    await asyncio.gather(*(request(dice.choice(agencies)) for _ in range(REQUESTS)))
    assert crossed == []
    async with database.reader(agencies[0]) as reader:
        assert await reader.fetchval("SELECT count(*) FROM inbox") == 1
    await database.close()
