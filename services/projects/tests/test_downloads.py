"""Downloads: whole, in part, conditional, from disk and from S3."""

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest

from chassis.storage import ObjectStore
from chassis.tests.s3_server import Bucket, s3_server
from services.projects.tests.office import Office, open_office
from tests.house import running_house

CONTENT = bytes(range(256)) * 9000 + b"end"
SIZE = len(CONTENT)


@pytest.fixture
async def file(office: Office) -> dict[str, Any]:
    return await office.file("Résumé 世界.bin", CONTENT)


def path_of(file: dict[str, Any]) -> str:
    return f"/api/files/{file['id']}/content"


async def test_a_download_is_the_bytes_with_hash_name_and_no_way_to_run(office: Office, file: dict[str, Any]) -> None:
    answer = await office.visitor.get(path_of(file))
    assert answer.status_code == 200
    assert hashlib.sha256(answer.content).hexdigest() == file["sha256"]
    assert answer.headers["etag"] == f'"{file["sha256"]}"'
    assert answer.headers["content-length"] == str(SIZE)
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["content-disposition"] == (
        "attachment; filename=\"Resume .bin\"; filename*=UTF-8''R%C3%A9sum%C3%A9%20%E4%B8%96%E7%95%8C.bin"
    )
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


async def test_the_token_in_the_query_opens_a_plain_link(office: Office, file: dict[str, Any]) -> None:
    answer = await office.house.gateway.get(path_of(file), params={"token": office.client.token})
    assert answer.content == CONTENT


@pytest.mark.parametrize(
    ("header", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        ("bytes=1048570-1048590", 1048570, 1048591),
        ("bytes=100-", 100, SIZE),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE),
        ("bytes=-3", SIZE - 3, SIZE),
        (f"bytes=0-{SIZE * 2}", 0, SIZE),
        ("bytes=0-4,5-9", 0, 10),
    ],
)
async def test_a_range_is_answered_with_those_bytes(
    office: Office, file: dict[str, Any], header: str, start: int, end: int
) -> None:
    answer = await office.staff.get(path_of(file), headers={"Range": header})
    assert answer.status_code == 206
    assert answer.content == CONTENT[start:end]
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{SIZE}"
    assert answer.headers["content-length"] == str(end - start)


@pytest.mark.parametrize("header", [f"bytes={SIZE}-", "bytes=-0", "bytes=0-1,100-200"])
async def test_what_cannot_be_answered_as_one_range_is_416(office: Office, file: dict[str, Any], header: str) -> None:
    answer = await office.staff.get(path_of(file), headers={"Range": header})
    assert (answer.status_code, answer.json()["code"]) == (416, "range_not_satisfiable")
    assert answer.headers["content-range"] == f"bytes */{SIZE}"


@pytest.mark.parametrize("header", ["bytes=x-y", "lines=1-2", "bytes=5-2", "\xff"])
async def test_a_range_that_makes_no_sense_is_ignored(office: Office, file: dict[str, Any], header: str) -> None:
    answer = await office.staff.get(path_of(file), headers={"Range": header.encode("latin-1")})
    assert (answer.status_code, len(answer.content)) == (200, SIZE)


async def test_ranges_put_together_are_the_file(office: Office, file: dict[str, Any]) -> None:
    step = 1_000_003
    pieces = [
        (await office.staff.get(path_of(file), headers={"Range": f"bytes={start}-{start + step - 1}"})).content
        for start in range(0, SIZE, step)
    ]
    assert b"".join(pieces) == CONTENT


async def test_if_range_continues_only_the_same_bytes(office: Office, file: dict[str, Any]) -> None:
    etag = f'"{file["sha256"]}"'
    for condition, status in ((etag, 206), ('"other"', 200), ("Sat, 29 Oct 1994 19:43:31 GMT", 200)):
        answer = await office.staff.get(path_of(file), headers={"Range": "bytes=0-0", "If-Range": condition})
        assert answer.status_code == status


async def test_what_the_caller_has_already_is_not_sent_again(office: Office, file: dict[str, Any]) -> None:
    etag = f'"{file["sha256"]}"'
    for condition in (etag, f"W/{etag}", f'"x", {etag}', "*"):
        answer = await office.staff.get(path_of(file), headers={"If-None-Match": condition})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", etag)
    assert (await office.staff.get(path_of(file), headers={"If-None-Match": '"x"'})).status_code == 200


async def test_head_tells_what_get_would_without_the_bytes(office: Office, file: dict[str, Any]) -> None:
    answer = await office.staff.head(path_of(file))
    assert (answer.status_code, answer.content) == (200, b"")
    assert (answer.headers["content-length"], answer.headers["etag"]) == (str(SIZE), f'"{file["sha256"]}"')
    part = await office.staff.head(path_of(file), headers={"Range": "bytes=0-9"})
    assert (part.status_code, part.headers["content-length"]) == (206, "10")


async def test_head_of_what_one_may_not_see_is_404(office: Office) -> None:
    hidden = await office.file(visibleToClient="false")
    assert (await office.visitor.head(path_of(hidden))).status_code == 404
    assert (await office.visitor.head(f"/api/files/{uuid4()}/content")).status_code == 404


async def test_bytes_that_are_missing_are_an_error_and_not_half_an_answer(office: Office) -> None:
    file = await office.file("gone.bin", CONTENT)
    storage = Path(office.house.environment["PORTICO_STORAGE_URL"].removeprefix("file://"))
    [kept] = [path for path in (storage / "projects" / office.agency.id).rglob("*") if path.is_file()]
    kept.unlink()
    answer = await office.staff.get(path_of(file))
    assert (answer.status_code, answer.json()["code"]) == (503, "object_missing")


@pytest.fixture
async def in_a_bucket(
    variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Office, Bucket]]:
    """An office whose files are kept on S3."""
    with s3_server() as (endpoint, bucket):
        for name, value in {
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_ACCESS_KEY_ID": "id",
            "AWS_SECRET_ACCESS_KEY": "key",
            "AWS_REGION": "eu-central-1",
        }.items():
            monkeypatch.setenv(name, value)
        overrides = {"projects": {"store": ObjectStore("s3://bucket/portico")}}
        async with running_house(variables, ("auth", "projects"), overrides=overrides) as house:
            yield await open_office(house), bucket


async def test_on_s3_a_download_is_sent_to_the_bucket_for_a_few_minutes(in_a_bucket: tuple[Office, Bucket]) -> None:
    office, bucket = in_a_bucket
    file = await office.file("page.html", b"<html>" + CONTENT)
    answer = await office.visitor.get(path_of(file))
    address = answer.headers["location"]
    assert answer.status_code == 307
    assert "X-Amz-Expires=300" in urlsplit(address).query
    assert office.client.token not in address
    async with httpx.AsyncClient() as http:
        fetched = await http.get(address)
    assert hashlib.sha256(fetched.content).hexdigest() == file["sha256"]
    assert fetched.headers["content-disposition"].startswith('attachment; filename="page.html"')
    assert bucket.uploads == {}


async def test_on_s3_head_and_unchanged_bytes_are_answered_here(in_a_bucket: tuple[Office, Bucket]) -> None:
    office, _ = in_a_bucket
    file = await office.file("x.bin", CONTENT)
    assert (await office.visitor.head(path_of(file))).headers["content-length"] == str(SIZE)
    unchanged = await office.visitor.get(path_of(file), headers={"If-None-Match": f'"{file["sha256"]}"'})
    assert unchanged.status_code == 304


async def test_on_s3_without_redirects_the_bytes_come_through_us(
    in_a_bucket: tuple[Office, Bucket], monkeypatch: pytest.MonkeyPatch
) -> None:
    office, _ = in_a_bucket
    monkeypatch.setitem(office.house.apps["projects"].state.context.settings.__dict__, "storage_redirect", False)
    file = await office.file("x.bin", CONTENT)
    assert (await office.visitor.get(path_of(file))).content == CONTENT
    part = await office.visitor.get(path_of(file), headers={"Range": "bytes=-3"})
    assert (part.status_code, part.content) == (206, b"end")
