"""The trail of signatures: append-only, chained, and its verifier names the first bad row."""

import asyncio
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.projects.context import Context
from services.projects.signatures import keys
from services.projects.signatures.models import Signature, SignatureKind
from services.projects.tests.signing_doors import problem, sign, upload
from tests.house import Agency, Client, House


@pytest.fixture
async def agency(house: House) -> Agency:
    return await house.agency()


@pytest.fixture
async def client(agency: Agency) -> Client:
    return await agency.client(name="Zoë Client")


@pytest.fixture
async def context(house: House) -> Context:
    context: Context = house.apps["projects"].state.context
    return context


@pytest_asyncio.fixture(loop_scope="session")
async def admin(house: House, postgres: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """A superuser in the service's database: an attacker who owns the server of the database."""
    connection = await asyncpg.connect(postgres.rsplit("/", 1)[0] + "/portico_projects")
    yield connection
    await connection.close()


@pytest.fixture
async def signed(agency: Agency, client: Client) -> list[dict[str, Any]]:
    """Three signed files."""
    files = [await upload(agency, client) for _ in range(3)]
    return [(await sign(client, file)).json() for file in files]


async def trail_of(agency: Agency, file: dict[str, Any]) -> dict[str, Any]:
    answer = await agency.http.get(f"/api/files/{file['id']}/signature")
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["trail"])


async def entry_ids(admin: "asyncpg.Connection[asyncpg.Record]", agency: Agency) -> list[str]:
    rows = await admin.fetch("SELECT id FROM signature_trail WHERE agency_id = $1 ORDER BY position", UUID(agency.id))
    return [str(row["id"]) for row in rows]


async def test_the_record_says_who_signed_what_when_and_from_where(
    agency: Agency, signed: list[dict[str, Any]], client: Client
) -> None:
    body = (await agency.http.get(f"/api/files/{signed[0]['id']}/signature")).json()
    record = body["signature"]
    assert (record["name"], record["email"], record["kind"]) == ("Zoë Client", client.email, "typed")
    assert (record["ip"], record["userAgent"], record["via"]) == ("127.0.0.1", "Firefox/130", "portal_token")
    assert (record["sha256"], record["version"]) == (signed[0]["sha256"], 1)
    assert record["sealedFileId"] == signed[0]["signature"]["sealedFileId"]
    assert (record["holdsPages"], record["without"]) == (True, "")
    assert body["trail"] == {"entries": 3, "intact": True, "firstBad": None}


async def test_the_record_is_for_the_agency_that_it_belongs_to(
    house: House, agency: Agency, client: Client, signed: list[dict[str, Any]]
) -> None:
    path = f"/api/files/{signed[0]['id']}/signature"
    problem(await (await house.agency()).http.get(path), 404, "not_found")
    assert (await client.http.get(path)).status_code == 403
    assert (await house.gateway.get(path)).status_code == 401


async def test_a_file_without_a_signature_has_no_record(agency: Agency, client: Client) -> None:
    file = await upload(agency, client)
    problem(await agency.http.get(f"/api/files/{file['id']}/signature"), 404, "not_found")


async def test_an_altered_entry_is_named(
    agency: Agency, signed: list[dict[str, Any]], admin: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    second = (await entry_ids(admin, agency))[1]
    await admin.execute(
        "UPDATE signature_trail SET facts = jsonb_set(facts, '{ip}', '\"198.51.100.1\"') WHERE id = $1", UUID(second)
    )
    trail = await trail_of(agency, signed[0])
    assert (trail["intact"], trail["firstBad"]) == (False, second)


async def test_an_altered_signature_is_named_by_its_entry(
    agency: Agency, signed: list[dict[str, Any]], admin: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    third = (await entry_ids(admin, agency))[2]
    await admin.execute("UPDATE signatures SET name = 'Mallory' WHERE file_id = $1", UUID(signed[2]["id"]))
    trail = await trail_of(agency, signed[0])
    assert (trail["intact"], trail["firstBad"]) == (False, third)


async def test_an_entry_that_was_cut_out_is_noticed(
    agency: Agency, signed: list[dict[str, Any]], admin: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    first, second, third = await entry_ids(admin, agency)
    await admin.execute("DELETE FROM signature_trail WHERE id = $1", UUID(second))
    assert (await trail_of(agency, signed[0]))["firstBad"] == third
    await admin.execute("UPDATE signature_trail SET position = 2 WHERE id = $1", UUID(third))
    assert (await trail_of(agency, signed[0]))["firstBad"] == third
    assert first != third


async def test_a_trail_that_was_cut_short_is_noticed(
    agency: Agency, signed: list[dict[str, Any]], admin: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    last = (await entry_ids(admin, agency))[-1]
    unsaid = await admin.fetchval("DELETE FROM signature_trail WHERE id = $1 RETURNING signature_id", UUID(last))
    trail = await trail_of(agency, signed[0])
    assert (trail["entries"], trail["intact"], trail["firstBad"]) == (2, False, str(unsaid))


async def test_an_entry_of_another_agency_does_not_fit_in(
    house: House, agency: Agency, signed: list[dict[str, Any]], admin: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    other = await house.agency()
    neighbour = await other.client()
    assert (await sign(neighbour, await upload(other, neighbour))).status_code == 200
    stolen = await admin.fetchrow("SELECT * FROM signature_trail WHERE agency_id = $1", UUID(other.id))
    assert stolen is not None
    first = (await entry_ids(admin, agency))[0]
    await admin.execute(
        "UPDATE signature_trail SET facts = $1, digest = $2, previous = $3 WHERE id = $4",
        *(stolen["facts"], stolen["digest"], stolen["previous"], UUID(first)),
    )
    assert (await trail_of(agency, signed[0]))["firstBad"] == first


@pytest.mark.parametrize("table", ["signatures", "signature_trail"])
@pytest.mark.parametrize("change", ["UPDATE {} SET version = 9", "DELETE FROM {}"])
async def test_the_application_cannot_change_what_was_recorded(
    house: House, agency: Agency, signed: list[dict[str, Any]], table: str, change: str
) -> None:
    with pytest.raises(DBAPIError, match="permission denied"):
        async with house.database("projects").unit(UUID(agency.id)) as session:
            await session.execute(text(change.format(table)))
    with pytest.raises(DBAPIError, match="permission denied"):
        async with house.database("projects").across_agencies() as session:
            await session.execute(text(change.format(table)))


async def test_an_agency_cannot_reach_the_key_that_seals(
    house: House, agency: Agency, signed: list[dict[str, Any]]
) -> None:
    with pytest.raises(DBAPIError, match="permission denied"):
        async with house.database("projects").unit(UUID(agency.id)) as session:
            await session.execute(text("SELECT * FROM sealing_keys"))


async def test_the_key_that_seals_is_not_kept_in_plain(
    context: Context, signed: list[dict[str, Any]], admin: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    key = await keys.current_key(context, datetime.now(UTC))
    kept = await admin.fetchval("SELECT private_key FROM sealing_keys WHERE id = $1", key.id)
    opened = keys.open_key(context, key)
    assert opened.startswith(b"\x30") and len(opened) > 100
    assert opened not in kept and opened[20:60] not in kept


async def test_processes_that_renew_the_key_at_once_end_up_with_one(
    context: Context, signed: list[dict[str, Any]], admin: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    today = await keys.current_key(context, datetime.now(UTC))
    late = today.not_after - timedelta(days=30)
    try:
        renewed = await asyncio.gather(*(keys.current_key(context, late) for _ in range(4)))
        assert {key.id for key in renewed} == {renewed[0].id} != {today.id}
        assert keys.open_key(context, renewed[0]) != keys.open_key(context, today)
    finally:
        await admin.execute("DELETE FROM sealing_keys WHERE generation > $1", today.generation)


async def test_the_service_loads_no_heavy_library_of_papers() -> None:
    script = (
        "import sys, services.projects.main\n"
        "heavy = {'pyhanko', 'typst', 'PIL', 'pypdf', 'openai', 'lxml', 'reportlab', 'markdown_it'}\n"
        "print(sorted(heavy & {name.partition('.')[0] for name in sys.modules}))"
    )
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", script), stdout=asyncio.subprocess.PIPE, env={"PYTHONPATH": ":".join(sys.path)}
    )
    out, _ = await child.communicate()
    assert (child.returncode, out.decode().strip()) == (0, "[]")


def test_a_signature_from_before_consent_was_recorded_has_the_evidence_that_its_trail_keeps() -> None:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    file, sealed = UUID(int=1), UUID(int=2)
    former = Signature(
        **{"agency_id": UUID(int=3), "id": UUID(int=4), "file_id": file, "file_version": 2, "sha256": "5e" * 32},
        **{"project_id": UUID(int=5), "client_id": UUID(int=6), "kind": SignatureKind.TYPED, "name": "Zoë"},
        **{"email": None, "typed": "Zoë", "signed_at": at, "ip": "203.0.113.9", "user_agent": "Firefox"},
        **{"signed_by": UUID(int=6), "via": "session", "credential_id": UUID(int=7), "sealed_file_id": sealed},
        **{"sealed_sha256": "6f" * 32, "sealing_key_id": UUID(int=8), "holds_pages": True},
    )
    told = ("signature", "file", "version", "sha256", "kind", "name", "email", "typed", "signedAt", "ip", "userAgent")
    assert set(former.evidence) == {
        *(*told, "signedBy", "via", "credential", "sealedFile", "sealedSha256", "sealingKey", "holdsPages"),
    }
    assert (former.evidence["file"], former.evidence["version"]) == (str(file), 2)
