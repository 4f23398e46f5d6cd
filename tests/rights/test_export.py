"""An owner takes along everything that is kept of the agency, and nothing that opens a door."""

import hashlib
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.notify.exports.models import MANIFEST, safe_path
from services.projects.tests.office import Office, open_office
from tests.house import SERVICES, House
from tests.rights.catalogue import superuser, tenanted
from tests.rights.lives import asking, born, themselves

LEFT_OUT = {"outbox", "inbox", "idempotency_keys", "parked_events"}
# Names that columns with secrets have. Who names one so and means no secret says here why.
SUSPICIOUS = re.compile(r"secret|password|hash|sealed|token|otp|pay_key|credential|nonce|private")
HARMLESS = {
    ("auth", "agencies", "token_days"): "a number of days",
    ("billing", "payment_accounts", "secret_hint"): "the last four signs, as the settings show them",
    ("portal", "accesses", "credential_id"): "the id of a credential, not the credential",
    ("portal", "portal_settings", "token_expiration_days"): "a number of days",
    ("projects", "signatures", "credential_id"): "the id of a credential, not the credential",
    ("projects", "signatures", "sealed_file_id"): "the id of a file",
    ("projects", "signatures", "sealed_sha256"): "the hash of a file",
    ("projects", "files", "sealed"): "whether a file is a sealed paper",
}
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
async def office(house: House) -> Office:
    return await open_office(house)


async def exported(http: httpx.AsyncClient) -> zipfile.ZipFile:
    answer = await http.get("/api/export")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.testzip() is None
    return archive


def rows_of(archive: zipfile.ZipFile, path: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in archive.read(path).decode().splitlines()]


async def lived_in(office: Office) -> None:
    """A little of everything."""
    await office.file("draft.txt", b"first")
    await office.file("draft.txt", b"second")
    await office.file("../näme.txt", b"third")
    for path, body in (
        (f"/api/projects/{office.project['id']}/tasks", {"title": "A task"}),
        ("/api/portal/messages", {"content": "Hello\nthere", "projectId": office.project["id"]}),
        ("/api/invoices", {"amount": 12.5, "currency": "EUR", "dueDate": "2030-01-31", "clientId": office.client.id}),
        ("/api/zapier", {"url": "https://93.184.215.14/x", "events": ["client.created"]}),
        ("/api/api-keys", {"name": "A key", "scopes": ["read"]}),
        ("/api/v1/client-portal/token", {"type": "contact", "id": office.client.id}),
    ):
        door = office.visitor if path == "/api/portal/messages" else office.staff
        answer = await door.post(path, json=body)
        assert answer.is_success, answer.text


async def test_every_row_of_every_table_is_in_the_export(office: Office, postgres: str) -> None:
    await lived_in(office)
    archive = await exported(office.staff)
    manifest = json.loads(archive.read(MANIFEST))
    held = {(one["service"], one["table"]): one for one in manifest["tables"]}
    for service in SERVICES:
        async with superuser(postgres, service) as connection:
            tables = {name for name in await tenanted(connection) if name not in LEFT_OUT}
            assert {table for name, table in held if name == service} == tables
            for table in tables:
                count = await connection.fetchval(
                    f'SELECT count(*) FROM "{table}" WHERE agency_id = $1', office.agency.id
                )
                rows = rows_of(archive, f"{service}/{table}.jsonl")
                # What is still on its way between services may come in after the moment of the export.
                assert len(rows) == held[service, table]["rows"] <= count, (service, table)
                assert {row["agency_id"] for row in rows} <= {office.agency.id}
    assert [row["name"] for row in rows_of(archive, "auth/clients.jsonl")] == [office.client.body["name"]]
    assert "Hello\nthere" in [row["content"] for row in rows_of(archive, "projects/messages.jsonl")]
    [invoice] = rows_of(archive, "billing/invoices.jsonl")
    assert (invoice["amount_minor"], invoice["currency"]) == (1250, "EUR")
    assert len(rows_of(archive, "notify/webhook_endpoints.jsonl")) == 1
    assert set(manifest["tablesLeftOut"]) == set(SERVICES)


async def test_every_version_of_every_file_is_in_the_export(office: Office) -> None:
    await lived_in(office)
    archive = await exported(office.staff)
    files = {row["id"]: row["name"] for row in rows_of(archive, "projects/files.jsonl")}
    content = {
        f"files/{row['file_id']}/{row['number']}/{files[row['file_id']]}": row["sha256"]
        for row in rows_of(archive, "projects/file_versions.jsonl")
    }
    assert len(content) == 3
    assert {name for name in archive.namelist() if name.startswith("files/")} == set(content)
    for path, sha256 in content.items():
        assert hashlib.sha256(archive.read(path)).hexdigest() == sha256


async def test_pictures_and_the_files_of_leads_are_in_the_export(house: House) -> None:
    life = await born(house, "zq-picture")
    await asking(life)
    await themselves(life)
    archive = await exported(life.agency.http)
    files = [name for name in archive.namelist() if name.startswith(("pictures/", "leads/"))]
    blobs = {f"pictures/{row['id']}" for row in rows_of(archive, "portal/blobs.jsonl")}
    assert {name.rpartition(".")[0] for name in files if name.startswith("pictures/")} == blobs
    [sketch] = [name for name in files if name.startswith("leads/")]
    [lead] = rows_of(archive, "portal/leads.jsonl")
    assert sketch.split("/")[1] == lead["id"]
    assert archive.read(sketch) == b"a sketch by zq-picture"


async def test_the_manifest_comes_last_and_vouches_for_the_rest(office: Office) -> None:
    await lived_in(office)
    archive = await exported(office.staff)
    assert archive.namelist()[-1] == MANIFEST
    manifest = json.loads(archive.read(MANIFEST))
    assert (manifest["format"], manifest["agencyId"], manifest["filesMissing"]) == (1, office.agency.id, [])
    noted = {one["path"]: one for one in [*manifest["tables"], *manifest["files"]]}
    assert set(noted) == set(archive.namelist()) - {MANIFEST}
    for path, one in noted.items():
        content = archive.read(path)
        assert (one["bytes"], one["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())


async def test_an_export_that_broke_off_is_no_archive(office: Office) -> None:
    await lived_in(office)
    whole = (await office.staff.get("/api/export")).content
    for cut in (100, len(whole) // 2, len(whole) - 30):
        with pytest.raises(zipfile.BadZipFile):
            zipfile.ZipFile(io.BytesIO(whole[:cut]))


async def test_no_secret_is_in_the_export(office: Office, postgres: str) -> None:
    await lived_in(office)
    archive = await exported(office.staff)
    manifest = json.loads(archive.read(MANIFEST))
    left_out = {(one["service"], one["table"]): set(one["columnsLeftOut"]) for one in manifest["tables"]}
    shown = []
    for service in SERVICES:
        async with superuser(postgres, service) as connection:
            for table, columns in (await tenanted(connection)).items():
                if table in LEFT_OUT:
                    continue
                for column in columns:
                    if column.name in left_out[service, table] or (service, table, column.name) in HARMLESS:
                        continue
                    if column.type == "bytea" or SUSPICIOUS.search(column.name):
                        shown.append((service, table, column.name))
    assert shown == []
    everything = b"".join(archive.read(name) for name in archive.namelist())
    for secret in (office.agency.token, office.client.token, office.agency.password):
        assert secret.encode() not in everything
    assert b"$argon2" not in everything


async def test_the_export_of_one_agency_holds_nothing_of_another(house: House, office: Office) -> None:
    other = await open_office(house)
    await lived_in(other)
    archive = await exported(office.staff)
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert other.agency.id.encode() not in everything
    assert other.client.id.encode() not in everything


async def test_only_the_owner_in_person_may_export(house: House, office: Office) -> None:
    for door in (await office.agency.member("admin"), await office.agency.member("member")):
        answer = await door.get("/api/export")
        assert (answer.status_code, answer.json()["code"]) == (403, "owners_only")
    key = await office.agency.api_key("read", "write")
    assert (await key.get("/api/export")).json()["code"] == "owners_only"
    assert (await office.visitor.get("/api/export")).json()["code"] == "staff_only"
    assert (await house.gateway.get("/api/export")).status_code == 401


async def test_a_second_export_at_the_same_time_is_refused(house: House, office: Office) -> None:
    exports = house.apps["notify"].state.context.exports
    staff = await house.chassis("notify").authenticator.bearer(office.agency.token)
    under_way = await exports.begin(staff, now=house.clock())
    answer = await office.staff.get("/api/export")
    assert (answer.status_code, answer.json()["code"]) == (409, "export_under_way")
    await exports.end(under_way, staff.agency_id)
    await exported(office.staff)


async def test_a_file_whose_bytes_are_gone_is_named_as_missing(office: Office, variables: dict[str, str]) -> None:
    made = await office.file("lost.txt", b"lost")
    root = Path(httpx.URL(variables["PORTICO_STORAGE_URL"]).path)
    for path in (root / "projects" / office.agency.id).iterdir():
        path.unlink()
    manifest = json.loads((await exported(office.staff)).read(MANIFEST))
    assert manifest["filesMissing"] == [f"files/{made['id']}/1/lost.txt"]


@pytest.mark.parametrize(
    ("path", "safe"),
    [
        ("files/1/2/plain name.txt", "files/1/2/plain name.txt"),
        ("files/1/2/..", "files/1/2/_"),
        ("../../etc/passwd", "_/_/etc/passwd"),
        ("files//x", "files/_/x"),
        ("files/a\\..\\b", "files/a_.._b"),
        ("files/a\u202etxt.exe\n", "files/a_txt.exe_"),
    ],
)
def test_no_path_leads_out_of_the_archive(path: str, safe: str) -> None:
    assert safe_path(path) == safe
