"""Uploads: forms in any order, hostile names and contents, limits, repeated requests."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from services.projects.tests.announced import announced
from services.projects.tests.office import HELLO, Office
from tests.house import House

TYPE = {"Content-Type": "multipart/form-data; boundary=XX"}
EVIL = {
    "page.html": (b"<!doctype html><script>alert(document.cookie)</script>", "text/html"),
    "picture.svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml"),
    "image.gif": (b"GIF89a/*<script>alert(1)</script>*/=1", "image/gif"),
    "paper.pdf": (b"%PDF-1.4\n<script>alert(1)</script>", "application/pdf"),
    "bomb.zip": (b"PK\x03\x04" + b"\x00" * 10_000, "application/zip"),
    "huge.png": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\xc3\x50\x00\x00\xc3\x50", "image/png"),
    "run.exe": (b"MZ\x90\x00\x03", "application/octet-stream"),
}


def field(name: str, value: str) -> bytes:
    return f'--XX\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()


def file(content: bytes = HELLO, name: str = "draft.txt", key: str = "file") -> bytes:
    head = f'--XX\r\nContent-Disposition: form-data; name="{key}"; filename="{name}"\r\nContent-Type: x/y\r\n\r\n'
    return head.encode() + content + b"\r\n"


async def send(door: httpx.AsyncClient, *parts: bytes, headers: dict[str, str] | None = None) -> httpx.Response:
    return await door.post("/api/files", content=b"".join(parts) + b"--XX--\r\n", headers=TYPE | (headers or {}))


def kept(house: House, agency_id: str) -> list[Path]:
    """What the store holds for an agency."""
    storage = Path(house.environment["PORTICO_STORAGE_URL"].removeprefix("file://"))
    return [path for path in (storage / "projects" / agency_id).rglob("*") if path.is_file()]


async def test_fields_may_come_before_or_after_the_file(office: Office) -> None:
    project = field("projectId", office.project["id"])
    before = await send(office.staff, project, field("visibleToClient", "true"), file(name="a.txt"))
    after = await send(office.staff, file(name="b.txt"), field("visibleToClient", "true"), project)
    assert (before.status_code, after.status_code) == (201, 201)
    assert before.json()["visibleToClient"] is after.json()["visibleToClient"] is True


async def test_size_hash_and_type_are_measured_not_believed(office: Office) -> None:
    content = b"%PDF-1.7\n" + bytes(range(256)) * 4000
    body = (await office.upload("x.exe", content)).json()
    assert (body["size"], body["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert body["mimeType"] == "application/pdf"


@pytest.mark.parametrize("name", EVIL)
async def test_hostile_contents_are_kept_inert(office: Office, name: str) -> None:
    content, kind = EVIL[name]
    made = (await office.upload(name, content)).json()
    assert made["mimeType"] == kind
    answer = await office.staff.get(f"/api/files/{made['id']}/content")
    assert answer.content == content
    assert answer.headers["content-type"].partition(";")[0] == kind
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["content-security-policy"].startswith("sandbox;")


@pytest.mark.parametrize(
    ("name", "kept_as"),
    [
        ("../../../etc/passwd", "passwd"),
        ("..%2f..%2fx.txt", "..%2f..%2fx.txt"),
        ("a%0D%0ASet-Cookie: x=1", "a Set-Cookie: x=1"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("nul\x00.txt", "nul.txt"),
        ("é" * 400 + ".txt", "é" * 251 + ".txt"),
        ("<img src=x onerror=alert(1)>.png", "<img src=x onerror=alert(1)>.png"),
    ],
)
async def test_hostile_names_are_cleaned_and_leave_the_store_alone(office: Office, name: str, kept_as: str) -> None:
    answer = await send(office.staff, field("projectId", office.project["id"]), file(name=name))
    assert (answer.status_code, answer.json()["name"]) == (201, kept_as)
    [path] = kept(office.house, office.agency.id)
    assert UUID(path.name)
    download = await office.staff.get(f"/api/files/{answer.json()['id']}/content")
    assert "\n" not in download.headers["content-disposition"]


@pytest.mark.parametrize(
    ("parts", "wrong"),
    [
        ([], "file"),
        (["PROJECT"], "file"),
        ([file()], "projectId"),
        ([field("projectId", "not an id"), file()], "projectId"),
        (["PROJECT", "PROJECT", file()], "projectId"),
        (["PROJECT", file(), file()], "file"),
        (["PROJECT", field("file", "not a file")], "file"),
        (["PROJECT", file(name="")], "file"),
        (["PROJECT", field("notify", "perhaps"), file()], "notify"),
        (["PROJECT", file(), field("visibleToClient", "perhaps")], "visibleToClient"),
        (["PROJECT", field("status", "approved"), file()], "status"),
        (["PROJECT", field("agencyId", str(uuid4())), file()], "agencyId"),
        (["PROJECT", file(), field("token", "x")], "token"),
        (["PROJECT", file(key="other")], "other"),
    ],
)
async def test_a_form_that_is_wrong_is_refused_and_its_bytes_are_not_kept(
    office: Office, parts: list[bytes | str], wrong: str
) -> None:
    project = field("projectId", office.project["id"])
    answer = await send(office.staff, *(part if isinstance(part, bytes) else project for part in parts))
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert answer.json()["errors"][0]["field"] == wrong
    assert kept(office.house, office.agency.id) == []
    assert (await office.staff.get("/api/files")).json() == []


async def test_an_unknown_project_is_refused_before_or_after_the_bytes(office: Office) -> None:
    project = field("projectId", str(uuid4()))
    for parts in ((project, file()), (file(), project)):
        answer = await send(office.staff, *parts)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert kept(office.house, office.agency.id) == []


async def test_a_portal_token_in_the_form_counts_when_it_comes_before_the_file(office: Office) -> None:
    project, token = field("projectId", office.project["id"]), field("token", office.client.token)
    made = await send(office.house.gateway, token, project, file())
    assert (made.status_code, made.json()["uploadedBy"]["id"]) == (201, office.client.id)
    assert (await send(office.house.gateway, project, file(), token)).status_code == 401
    assert (await send(office.house.gateway, field("token", "x" * 76), project, file())).status_code == 401


@pytest.mark.parametrize("parts", [[], [file()], [field("nonsense", "1")]])
async def test_strangers_learn_nothing_but_that_they_must_sign_in(house: House, parts: list[bytes]) -> None:
    answer = await send(house.gateway, *parts)
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    plain = await house.gateway.post("/api/files", content=b"{}", headers={"Content-Type": "application/json"})
    assert plain.status_code == 401


async def test_another_content_type_is_refused(office: Office) -> None:
    answer = await office.staff.post("/api/files", json={"projectId": office.project["id"]})
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media")


async def test_an_api_key_without_write_uploads_nothing(office: Office) -> None:
    made = await office.staff.post("/api/api-keys", json={"name": "Reader", "scopes": ["read"]})
    door = office.house.http_with({"Authorization": f"Bearer {made.json()['key']}"})
    assert (await office.upload(by=door)).status_code == 403
    assert kept(office.house, office.agency.id) == []


async def test_a_file_one_byte_past_the_limit_is_refused_and_not_kept(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = office.house.apps["projects"].state.context.settings
    limit = 100_000
    monkeypatch.setitem(settings.__dict__, "max_upload_bytes", limit)
    assert (await office.upload("fits.bin", b"x" * limit)).status_code == 201
    over = await office.upload("over.bin", b"x" * (limit + 1))
    assert (over.status_code, over.json()["code"]) == (413, "too_large")
    far_over = await office.upload("far.bin", b"x" * 1_000_000)
    assert far_over.status_code == 413
    assert len(kept(office.house, office.agency.id)) == 1


async def test_a_body_that_breaks_off_leaves_neither_row_nor_bytes(office: Office) -> None:
    whole = field("projectId", office.project["id"]) + file(b"x" * 3_000_000)

    async def broken() -> AsyncIterator[bytes]:
        yield whole[:2_500_000]

    answer = await office.staff.post("/api/files", content=broken(), headers=TYPE)
    assert answer.status_code == 400
    assert kept(office.house, office.agency.id) == []
    assert (await office.staff.get("/api/files")).json() == []


async def test_an_empty_file_is_a_file(office: Office) -> None:
    made = (await office.upload("empty.txt", b"")).json()
    assert (made["size"], made["sha256"]) == (0, hashlib.sha256(b"").hexdigest())
    assert (await office.staff.get(f"/api/files/{made['id']}/content")).content == b""


async def test_a_repeated_key_gives_the_first_answer_and_keeps_the_bytes_once(office: Office) -> None:
    headers = {"Idempotency-Key": "upload-1"}
    first = await office.upload(headers=headers)
    again = await office.upload(headers=headers)
    assert again.json() == first.json()
    assert again.headers["idempotency-replayed"] == "true"
    assert len(kept(office.house, office.agency.id)) == 1
    assert len(await announced(office.house, office.agency, "projects.file.uploaded")) == 1


@pytest.mark.parametrize("other", [{"content": b"other"}, {"name": "other.txt"}, {"notify": "true"}])
async def test_a_key_with_another_upload_is_refused(office: Office, other: dict[str, Any]) -> None:
    headers = {"Idempotency-Key": "upload-2"}
    await office.upload(headers=headers)
    answer = await office.upload(headers=headers, **other)
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert len(kept(office.house, office.agency.id)) == 1


async def test_many_uploads_at_once_with_one_key_are_one_file(office: Office) -> None:
    answers = await asyncio.gather(*(office.upload(headers={"Idempotency-Key": "all"}) for _ in range(12)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert len(kept(office.house, office.agency.id)) == 1


async def test_uploads_of_one_name_at_once_become_versions_one_after_the_other(office: Office) -> None:
    answers = await asyncio.gather(*(office.upload("plan.txt", b"%d" % number) for number in range(8)))
    assert [answer.status_code for answer in answers] == [201] * 8
    assert sorted(answer.json()["version"] for answer in answers) == list(range(1, 9))
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len(kept(office.house, office.agency.id)) == 8
