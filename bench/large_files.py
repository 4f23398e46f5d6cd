"""B6: a file of 1 GiB up and down, beside the object store alone, and what it adds to the memory of the service."""

import http.client
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from statistics import median

import httpx
import psutil

from bench.report import Line
from bench.stack import Stack

RATE, MEMORY_MB = 0.6, 64
_PIECE = secrets.token_bytes(1024 * 1024)
_BOUNDARY = "portico-bench"
_TIMEOUT_S = 300


def measure(stack: Stack, token: str, *, rounds: int, mib: int) -> list[Line]:
    """Ours and the limit in turn; MiB a second each way, and how much the projects service grew at the most."""
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=stack.origin, headers=headers, timeout=30) as client:
        project = client.get("/api/projects", params={"limit": 1}).raise_for_status().json()[0]["id"]
    up: list[tuple[float, float]] = []
    down: list[tuple[float, float]] = []
    grew: list[float] = []
    for _ in range(rounds):
        with _growth(stack.pids["projects"]) as most:
            began = time.perf_counter()
            id = _upload(stack.port, project, headers, mib)
            mine_up = time.perf_counter() - began
            mine_down = _timed(partial(_download, stack.port, f"/api/files/{id}/content", headers, mib))
        grew.append(most())
        up.append((mine_up, _timed(lambda: _write_limit(stack.port, mib))))
        down.append((mine_down, _timed(lambda: _download(stack.port, "/limit/storage", {}, mib))))
        with httpx.Client(base_url=stack.origin, headers=headers, timeout=30) as client:
            client.delete(f"/api/files/{id}").raise_for_status()
    return [
        _rate("B6", f"upload of {mib:,} MiB (limit: the object store alone)", up, mib),
        _rate("", "  download of the same", down, mib),
        Line(
            work="  the service grows by at most",
            ours=f"{max(grew):.0f} MB",
            aim=f"<= {MEMORY_MB} MB",
            ok=max(grew) <= MEMORY_MB,
        ),
    ]


def _upload(port: int, project: str, headers: dict[str, str], mib: int) -> str:
    """The id of the file that a form of this size made."""
    fields = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="projectId"\r\n\r\n{project}\r\n'
    file = (
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="large-{secrets.token_hex(4)}.bin"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    head, tail = (fields + file).encode(), f"\r\n--{_BOUNDARY}--\r\n".encode()
    kind = {"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"}
    answer = _send(port, "POST", "/api/files", headers | kind, head, tail, mib)
    return str(json.loads(answer)["id"])


def _write_limit(port: int, mib: int) -> None:
    _send(port, "PUT", "/limit/storage", {}, b"", b"", mib)


def _send(port: int, method: str, path: str, headers: dict[str, str], head: bytes, tail: bytes, mib: int) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_S)
    try:
        connection.putrequest(method, path)
        size = len(head) + mib * len(_PIECE) + len(tail)
        for name, value in (headers | {"Content-Length": str(size)}).items():
            connection.putheader(name, value)
        connection.endheaders(head)
        for _ in range(mib):
            connection.send(_PIECE)
        if tail:
            connection.send(tail)
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 201, (answer.status, body[:500])
        return body
    finally:
        connection.close()


def _download(port: int, path: str, headers: dict[str, str], mib: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_S)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        buffer, got = bytearray(len(_PIECE)), 0
        while read := answer.readinto(buffer):
            got += read
        assert (answer.status, got) == (200, mib * len(_PIECE)), (answer.status, got)
    finally:
        connection.close()


def _timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


@contextmanager
def _growth(pid: int) -> Iterator[Callable[[], float]]:
    """How many MB a process and its workers grew at the most within the block."""
    process, most, ended = psutil.Process(pid), [0.0], threading.Event()
    before = _weight_mb(process)

    def watch() -> None:
        while not ended.wait(0.05):
            most[0] = max(most[0], _weight_mb(process) - before)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield lambda: most[0]
    finally:
        ended.set()
        watcher.join()


def _weight_mb(process: psutil.Process) -> float:
    return sum(one.memory_info().rss for one in (process, *process.children(recursive=True))) / 1e6


def _rate(id: str, work: str, pairs: list[tuple[float, float]], mib: int) -> Line:
    ratio = median(limit / ours for ours, limit in pairs)
    return Line(
        id=id,
        work=work,
        ours=f"{mib / median(ours for ours, _ in pairs):,.0f} MiB/s",
        limit=f"{mib / median(limit for _, limit in pairs):,.0f} MiB/s",
        ratio=f"{ratio:.2f}",
        aim=f">= {RATE}",
        ok=ratio >= RATE,
    )
