"""The object store on disk and on S3."""

import asyncio
import hashlib
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from chassis import storage
from chassis.errors import TooLarge, Unavailable
from chassis.storage import PIECE_BYTES, ObjectMissing, ObjectStore
from chassis.tests.s3_server import Bucket, s3_server

BIG = bytes(range(256)) * 4096 * 19 + b"the end"
KEY = "projects/agency/object"


async def stream(data: bytes, size: int = 65_521) -> AsyncIterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


async def broken(data: bytes) -> AsyncIterator[bytes]:
    async for chunk in stream(data):
        yield chunk
    raise ConnectionResetError


async def endless(started: asyncio.Event) -> AsyncIterator[bytes]:
    for _ in range(40):
        yield b"x" * 65_536
    started.set()
    await asyncio.Event().wait()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[ObjectStore]:
    store = ObjectStore((tmp_path / "objects").as_uri())
    yield store
    store.close()


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[ObjectStore, Bucket]]:
    with s3_server() as (endpoint, kept):
        for name, value in {
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_ALLOW_HTTP": "true",
            "AWS_ACCESS_KEY_ID": "id",
            "AWS_SECRET_ACCESS_KEY": "key",
            "AWS_REGION": "eu-central-1",
        }.items():
            monkeypatch.setenv(name, value)
        store = ObjectStore("s3://bucket/portico")
        yield store, kept
        store.close()


@pytest.fixture(params=["disk", "s3"])
def store(request: pytest.FixtureRequest) -> ObjectStore:
    return request.getfixturevalue("disk") if request.param == "disk" else request.getfixturevalue("bucket")[0]


def left_on(disk: ObjectStore, tmp_path: Path) -> list[str]:
    return [path.name for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("size", [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, len(BIG)])
async def test_what_goes_in_comes_out_with_its_size_and_hash(store: ObjectStore, size: int) -> None:
    stored = await store.put_stream(KEY, stream(BIG[:size]))
    assert (stored.size, stored.sha256) == (size, hashlib.sha256(BIG[:size]).hexdigest())
    assert await store.get(KEY) == BIG[:size]
    assert await store.head(KEY) == size


@pytest.mark.parametrize(
    ("start", "end"), [(0, 1), (5, 6), (PIECE_BYTES - 1, PIECE_BYTES + 1), (100, len(BIG)), (7, 7)]
)
async def test_a_range_is_those_bytes_and_no_others(store: ObjectStore, start: int, end: int) -> None:
    await store.put_stream(KEY, stream(BIG))
    assert b"".join([piece async for piece in store.get_stream(KEY, start, end)]) == BIG[start:end]


async def test_a_stream_one_byte_past_the_limit_is_refused_and_leaves_nothing(
    disk: ObjectStore, tmp_path: Path
) -> None:
    limit = 3 * PIECE_BYTES
    assert (await disk.put_stream("fits", stream(BIG[:limit]), limit=limit)).size == limit
    with pytest.raises(TooLarge):
        await disk.put_stream(KEY, stream(BIG[: limit + 1]), limit=limit)
    assert left_on(disk, tmp_path) == ["fits"]


async def test_a_stream_that_breaks_off_leaves_nothing_on_disk(disk: ObjectStore, tmp_path: Path) -> None:
    with pytest.raises(ConnectionResetError):
        await disk.put_stream(KEY, broken(BIG))
    assert left_on(disk, tmp_path) == []


async def test_a_stream_that_breaks_off_leaves_no_parts_on_s3(bucket: tuple[ObjectStore, Bucket]) -> None:
    store, kept = bucket
    with pytest.raises(ConnectionResetError):
        await store.put_stream(KEY, broken(BIG))
    assert (kept.objects, kept.uploads) == ({}, {})
    assert kept.headers, "parts had been sent before"


async def test_a_cancelled_upload_leaves_nothing(disk: ObjectStore, tmp_path: Path) -> None:
    started = asyncio.Event()
    upload = asyncio.create_task(disk.put_stream(KEY, endless(started)))
    await started.wait()
    upload.cancel()
    with pytest.raises(asyncio.CancelledError):
        await upload
    assert left_on(disk, tmp_path) == []


async def test_what_is_missing_is_told_apart_from_an_empty_object(store: ObjectStore) -> None:
    await store.put("empty", b"")
    assert await store.get("empty") == b""
    with pytest.raises(ObjectMissing):
        await store.get("missing")
    with pytest.raises(ObjectMissing):
        await store.head("missing")


async def test_deleting_twice_is_no_error(store: ObjectStore) -> None:
    await store.put(KEY, b"once")
    await store.delete(KEY)
    await store.delete(KEY)
    with pytest.raises(ObjectMissing):
        await store.get(KEY)


async def test_a_listing_names_the_objects_below_a_prefix(store: ObjectStore) -> None:
    for key in ("projects/a/1", "projects/b/2", "portal/logo"):
        await store.put(key, b"x")
    listed = [entry async for batch in store.list("projects") for entry in batch]
    assert sorted(entry.key for entry in listed) == ["projects/a/1", "projects/b/2"]
    assert all(datetime.now(UTC) - entry.modified_at < timedelta(minutes=1) for entry in listed)


async def test_all_that_begins_alike_goes_and_nothing_else(store: ObjectStore) -> None:
    for name in ("ab/abc-1", "ab/abc-2", "ab/abd-1", "abc-1", "ab/abc/1"):
        await store.put(f"projects/{name}", b"x")
    await store.delete_all("projects/ab/abc-")
    await store.delete_all("projects/nobody/abc-")
    left = [entry.key async for batch in store.list("projects") for entry in batch]
    assert sorted(left) == ["projects/ab/abc/1", "projects/ab/abd-1", "projects/abc-1"]


async def test_a_long_file_goes_to_the_disk_while_it_arrives(
    disk: ObjectStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[str] = []

    def note(handle: int) -> None:
        flushed.append(Path(f"/proc/self/fd/{handle}").readlink().name)

    monkeypatch.setattr(storage, "FLUSH_BYTES", 4 * PIECE_BYTES)
    monkeypatch.setattr(os, "fdatasync", note)
    stored = await disk.put_stream(KEY, stream(BIG))
    assert flushed == ["object#1"] * (len(BIG) // (4 * PIECE_BYTES))
    assert (stored.size, stored.sha256) == (len(BIG), hashlib.sha256(BIG).hexdigest())
    assert await disk.get(KEY) == BIG


async def test_what_a_killed_upload_left_on_disk_is_swept_once_it_is_old(disk: ObjectStore, tmp_path: Path) -> None:
    await disk.put("projects/a/whole", b"x")
    leftover = tmp_path / "objects/projects/a/half#3"
    leftover.write_bytes(b"half")
    now = datetime.now(UTC)
    assert await disk.sweep_unfinished("projects", before=now - timedelta(hours=1)) == 0
    assert await disk.sweep_unfinished("projects", before=now + timedelta(hours=1)) == 1
    assert left_on(disk, tmp_path) == ["whole"]


async def test_a_store_that_cannot_write_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "objects").write_text("a file where the directory should be")
    store = ObjectStore((tmp_path / "objects").as_uri())
    with pytest.raises(Unavailable):
        await store.put(KEY, b"x")
    with pytest.raises(Unavailable):
        await store.check()


async def test_a_bucket_that_refuses_is_unavailable_and_keeps_nothing(
    bucket: tuple[ObjectStore, Bucket],
) -> None:
    store, kept = bucket
    kept.failing = True
    with pytest.raises(Unavailable):
        await store.put(KEY, b"x")
    assert kept.objects == {}


async def test_a_presigned_address_answers_the_bytes_with_the_headers_kept(
    bucket: tuple[ObjectStore, Bucket],
) -> None:
    store, _ = bucket
    await store.put_stream(KEY, stream(BIG), headers={"Content-Disposition": "attachment", "Content-Type": "image/png"})
    address = await store.presigned(KEY, expires_in=timedelta(minutes=1))
    assert address and "X-Amz-Signature=" in address
    async with httpx.AsyncClient() as client:
        answer = await client.get(address)
    assert answer.content == BIG
    assert (answer.headers["content-disposition"], answer.headers["content-type"]) == (
        "attachment",
        "image/png",
    )


async def test_files_on_disk_have_no_presigned_address(disk: ObjectStore) -> None:
    await disk.put(KEY, b"x")
    assert await disk.presigned(KEY, expires_in=timedelta(minutes=1)) is None


def test_a_store_of_an_unknown_kind_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="file:// or s3://"):
        ObjectStore("gs://bucket")


SCRIPT = """
import asyncio, sys
from chassis.storage import ObjectStore

async def chunks():
    for _ in range(64):
        yield b"x" * 262144

async def main():
    store = ObjectStore(sys.argv[1])
    await store.put_stream("key", chunks())
    async for piece in store.get_stream("key"):
        pass

asyncio.run(main())
"""


def test_a_process_that_has_streamed_ends_in_peace(tmp_path: Path) -> None:
    for _ in range(5):
        ended = subprocess.run([sys.executable, "-c", SCRIPT, tmp_path.as_uri()], capture_output=True, timeout=60)
        assert (ended.returncode, ended.stderr) == (0, b"")
