"""Signing when things go wrong: killed workers, slow papers, damaged bytes, and a crash before the commit."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from chassis.storage import ObjectStore, Stored
from services.projects.context import Context
from services.projects.files.sweeping import Sweeper
from services.projects.signatures import file_papers
from services.projects.signatures import papers as sealing
from services.projects.tests import signing_papers as papers
from services.projects.tests.signing_doors import content, problem, sign, upload
from tests.house import Agency, Client, House


@pytest.fixture
async def agency(house: House) -> Agency:
    return await house.agency()


@pytest.fixture
async def client(agency: Agency) -> Client:
    return await agency.client()


@pytest.fixture
async def context(house: House) -> Context:
    context: Context = house.apps["projects"].state.context
    return context


@asynccontextmanager
async def trail_refusing_rows(admin_url: str) -> AsyncIterator[None]:
    """A database in which the last write of a signing fails, after the sealed PDF was stored."""
    admin = await asyncpg.connect(admin_url.rsplit("/", 1)[0] + "/portico_projects")
    try:
        await admin.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$;"
            "CREATE TRIGGER refuse BEFORE INSERT ON signature_trail EXECUTE FUNCTION refuse()"
        )
        yield
    finally:
        await admin.execute("DROP TRIGGER IF EXISTS refuse ON signature_trail; DROP FUNCTION IF EXISTS refuse()")
        await admin.close()


class PausingStore(ObjectStore):
    """A store that keeps a sealed PDF waiting until the test has done something meanwhile."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.reached, self.go_on = asyncio.Event(), asyncio.Event()

    async def put(self, key: str, data: bytes) -> Stored:
        """Store it when the test says so."""
        self.reached.set()
        await self.go_on.wait()
        return await super().put(key, data)


async def keys_in_store(context: Context, agency: Agency) -> set[str]:
    return {entry.key async for batch in context.store.list(f"projects/{agency.id}") for entry in batch}


async def files_of(client: Client, file: dict[str, Any]) -> list[tuple[str, str]]:
    listed = await client.http.get("/api/files", params={"projectId": file["projectId"]})
    return [(one["name"], one["status"]) for one in listed.json()]


async def test_a_worker_killed_between_two_signatures_is_not_noticed(
    agency: Agency, client: Client, context: Context
) -> None:
    assert (await sign(client, await upload(agency, client))).status_code == 200
    pid = context.typesetter.worker.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    signature = (await sign(client, await upload(agency, client))).json()["signature"]
    assert len(papers.texts_of(await content(client, signature["sealedFileId"]))) == 2


async def test_a_paper_that_takes_too_long_is_signed_by_a_certificate(
    agency: Agency, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = await upload(agency, client, papers.paper(*("text",) * 900))
    monkeypatch.setattr(sealing, "PAGES_DEADLINE_SECONDS", 0.01)
    signature = (await sign(client, file)).json()["signature"]
    (certificate,) = papers.texts_of(await content(client, signature["sealedFileId"]))
    assert "in the time and memory" in certificate.replace("\n", " ")


async def test_a_paper_over_the_limit_is_signed_by_a_certificate(
    agency: Agency, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = await upload(agency, client)
    monkeypatch.setattr(file_papers, "MAX_SEALED_PAGES_BYTES", file["size"] - 1)
    signature = (await sign(client, file)).json()["signature"]
    (certificate,) = papers.texts_of(await content(client, signature["sealedFileId"]))
    assert "it is larger than" in certificate.replace("\n", " ")


async def test_bytes_that_are_not_what_was_uploaded_are_not_signed(
    agency: Agency, client: Client, context: Context
) -> None:
    file = await upload(agency, client, papers.paper("We pay 100"))
    (key,) = await keys_in_store(context, agency)
    await context.store.put(key, papers.paper("We pay 900"))
    problem(await sign(client, file), 503, "stored_file_damaged")
    assert await files_of(client, file) == [("contract.pdf", "uploaded")]


async def test_a_signing_that_fails_at_its_last_write_leaves_no_half_of_it(
    agency: Agency, client: Client, context: Context, postgres: str
) -> None:
    file = await upload(agency, client)
    async with trail_refusing_rows(postgres):
        assert (await sign(client, file)).status_code >= 500
    assert await files_of(client, file) == [("contract.pdf", "uploaded")]
    assert len(await keys_in_store(context, agency)) == 2
    later = datetime.now(UTC) + timedelta(hours=25)
    await Sweeper(context.database, context.store, lambda: later).sweep()
    assert len(await keys_in_store(context, agency)) == 1
    assert (await sign(client, file)).status_code == 200


async def test_a_signing_that_comes_second_leaves_no_bytes_behind(
    agency: Agency, client: Client, context: Context
) -> None:
    file = await upload(agency, client)
    answers = await asyncio.gather(*(sign(client, file) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert len(await keys_in_store(context, agency)) == 2


@pytest.mark.parametrize("meanwhile", ["swapped", "hidden", "deleted"])
async def test_what_happens_to_a_file_while_it_is_sealed_is_not_signed(
    house: House, agency: Agency, client: Client, context: Context, meanwhile: str
) -> None:
    file = await upload(agency, client, papers.paper("We pay 100"))
    store = PausingStore(context.settings.storage_url)
    house.apps["projects"].state.context = replace(context, store=store)
    try:
        signing = asyncio.create_task(sign(client, file))
        await asyncio.wait_for(store.reached.wait(), 20)
        if meanwhile == "swapped":
            await upload(agency, client, papers.paper("We pay 900"), projectId=file["projectId"])
        elif meanwhile == "hidden":
            await agency.http.patch(f"/api/files/{file['id']}", json={"visibleToClient": False})
        else:
            await agency.http.delete(f"/api/files/{file['id']}")
        store.go_on.set()
        answer = await signing
    finally:
        house.apps["projects"].state.context = context
        store.close()
    assert answer.status_code == (409 if meanwhile == "swapped" else 404), answer.text
    assert len(await keys_in_store(context, agency)) == (2 if meanwhile == "swapped" else 1)
    files = (await agency.http.get("/api/files", params={"projectId": file["projectId"]})).json()
    assert [one["status"] for one in files] == ([] if meanwhile == "deleted" else ["uploaded"])
