"""Big files over a real socket: memory stays flat, and a refusal reaches a sender who is still sending."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import httpx
import pytest

from services.projects.tests.office import Office
from services.projects.tests.process import Process, projects_process

CHUNK = bytes(range(256)) * 1024
MIB = 1024 * 1024
BIG = 256 * MIB
HEAD = b'--XX\r\nContent-Disposition: form-data; name="projectId"\r\n\r\n%s\r\n' + (
    b'--XX\r\nContent-Disposition: form-data; name="file"; filename="big.bin"\r\n\r\n'
)
TYPE = {"Content-Type": "multipart/form-data; boundary=XX"}


def form(project_id: str, size: int) -> tuple[AsyncIterator[bytes], dict[str, str]]:
    """A form with a file of that size, made as it is sent, and its headers."""
    head = HEAD % project_id.encode()
    tail = b"\r\n--XX--\r\n"

    async def sending() -> AsyncIterator[bytes]:
        yield head
        for _ in range(size // len(CHUNK)):
            yield CHUNK
        yield tail

    return sending(), TYPE | {"Content-Length": str(len(head) + size + len(tail))}


async def highest(process: Process, until: asyncio.Event) -> int:
    """The most memory that the process had meanwhile."""
    most = 0
    while not until.is_set():
        most = max(most, process.memory())
        await asyncio.sleep(0.02)
    return most


async def test_a_big_file_goes_up_and_down_in_flat_memory(office: Office) -> None:
    async with projects_process(office.house) as process, process.door(office.agency.token) as door:
        assert (await office.upload("warm-up.bin", CHUNK, by=door)).status_code == 201
        before = process.memory()
        done = asyncio.Event()
        watch = asyncio.create_task(highest(process, done))
        body, headers = form(office.project["id"], BIG)
        made = (await door.post("/api/files", content=body, headers=headers)).json()
        digest, size = hashlib.sha256(), 0
        async with door.stream("GET", f"/api/files/{made['id']}/content") as answer:
            async for chunk in answer.aiter_raw():
                digest.update(chunk)
                size += len(chunk)
        done.set()
        most = await watch
    assert (made["size"], size, digest.hexdigest()) == (BIG, BIG, made["sha256"])
    assert most - before < 48 * MIB, f"grew by {(most - before) // MIB} MiB"


async def test_a_reader_who_stops_reading_costs_no_memory(office: Office) -> None:
    async with projects_process(office.house) as process, process.door(office.agency.token) as door:
        body, headers = form(office.project["id"], BIG)
        made = (await door.post("/api/files", content=body, headers=headers)).json()
        before = process.memory()
        async with door.stream("GET", f"/api/files/{made['id']}/content") as answer:
            await anext(answer.aiter_raw())
            await asyncio.sleep(1)
            grown = process.memory() - before
        assert (await door.get("/api/files")).status_code == 200
    assert grown < 32 * MIB, f"grew by {grown // MIB} MiB"


async def test_a_sender_is_refused_at_once_by_the_length_it_announces(office: Office) -> None:
    async with projects_process(office.house) as process:
        url = urlsplit(process.url)
        reader, writer = await asyncio.open_connection(url.hostname, url.port)
        headers = TYPE | {"Host": "x", "Authorization": f"Bearer {office.agency.token}", "Content-Length": "5000000000"}
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        writer.write(f"POST /api/files HTTP/1.1\r\n{lines}\r\n--XX".encode())
        answer = await asyncio.wait_for(reader.readuntil(b"\r\n"), 10)
        writer.close()
    assert answer.startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("size", [MIB, 64 * MIB])
async def test_a_refusal_reaches_a_sender_who_is_still_sending(office: Office, size: int) -> None:
    async with projects_process(office.house) as process, process.door(office.agency.token) as door:
        body, headers = form("0198f7a2-5c1e-7b44-9d3e-2f6a8c1b0e55", size)
        answer = await door.post("/api/files", content=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
        assert (await door.get("/api/files")).json() == []


async def test_a_sender_who_goes_away_leaves_nothing(office: Office) -> None:
    async with projects_process(office.house) as process, process.door(office.agency.token) as door:
        started = asyncio.Event()

        async def stalling() -> AsyncIterator[bytes]:
            yield HEAD % office.project["id"].encode()
            for _ in range(16):
                yield CHUNK
            started.set()
            await asyncio.sleep(30)

        sending = asyncio.create_task(door.post("/api/files", content=stalling(), headers=TYPE))
        await started.wait()
        sending.cancel()
        with pytest.raises((asyncio.CancelledError, httpx.HTTPError)):
            await sending
        storage = office.house.apps["projects"].state.context.store

        async def empty() -> bool:
            batches = [batch async for batch in storage.list(f"projects/{office.agency.id}")]
            return not batches

        assert await office.house.eventually(empty)
        assert (await door.get("/api/files")).json() == []


async def test_slow_senders_keep_nobody_else_waiting(office: Office) -> None:
    async with projects_process(office.house) as process, process.door(office.agency.token) as door:
        started = asyncio.Semaphore(0)
        go_on = asyncio.Event()

        async def slow() -> AsyncIterator[bytes]:
            yield HEAD % office.project["id"].encode()
            for _ in range(8):
                yield CHUNK
            started.release()
            await go_on.wait()
            yield b"\r\n--XX--\r\n"

        many = [asyncio.create_task(door.post("/api/files", content=slow(), headers=TYPE)) for _ in range(24)]
        for _ in many:
            await started.acquire()
        async with process.door(office.agency.token) as other:
            answer = await other.patch(f"/api/projects/{office.project['id']}", json={"name": "Meanwhile"})
        assert answer.status_code == 200
        go_on.set()
        made = await asyncio.gather(*many)
    assert sorted(answer.json()["version"] for answer in made) == list(range(1, 25))
