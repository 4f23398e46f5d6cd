"""B4: how soon webhooks arrive at a hundred events a second, and how many can be delivered a second."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from statistics import quantiles

import httpx

from bench.loads import Load, request, send
from bench.report import Line
from bench.stack import Stack
from cli.embedded.ports import accepts, free_port

EVENTS_A_SECOND = 100
P50_MS, P99_MS, DELIVERIES_A_SECOND = 25, 100, 500
# As many as an agency may have, so that the deliveries are what is measured and not the events.
FAN_OUT = 20
PATIENCE_S = 120
WARM_UP_S = 2
_EVENT = "project.updated"

Arrivals = list[tuple[float, float]]


def measure(stack: Stack, tokens: Sequence[str], *, seconds: int) -> list[Line]:
    """Latency from the event's own time (when its request began, before the commit) to the receiver; then the rate."""
    with _receiver() as port, httpx.Client(base_url=stack.origin, timeout=30) as http:
        paths = [_a_project(http, token) for token in tokens]
        for token in tokens[1:]:
            _listen(http, token, port, count=1)
        paced = list(zip(tokens[1:], paths[1:], strict=True))
        for length in (WARM_UP_S, seconds):
            arrivals = _arrived(port, asyncio.run(_pace(stack, paced, length)))
        latencies = [(at - since) * 1000 for at, since in arrivals]
        _listen(http, tokens[0], port, count=FAN_OUT)
        rate = _sustained(stack, port, tokens[0], paths[0], count=max(10, seconds * 25))
    cuts = quantiles(latencies, n=100, method="inclusive")
    return [
        _at_most("B4", f"a webhook arrives, {EVENTS_A_SECOND} events/s: half within", cuts[49], P50_MS),
        _at_most("", "  99 of 100 within", cuts[98], P99_MS),
        Line(
            work=f"  deliveries, each event to {FAN_OUT} endpoints",
            ours=f"{rate:,.0f}/s",
            aim=f">= {DELIVERIES_A_SECOND}/s",
            ok=rate >= DELIVERIES_A_SECOND,
        ),
    ]


async def _pace(stack: Stack, doors: Sequence[tuple[str, str]], seconds: int) -> int:
    """Change projects at the wanted rate, however slow the answers are; how many events that made."""
    count, loop = seconds * EVENTS_A_SECOND, asyncio.get_running_loop()
    async with httpx.AsyncClient(base_url=stack.origin, timeout=30) as http:
        began, under_way = loop.time(), []
        for number in range(count):
            await asyncio.sleep(began + number / EVENTS_A_SECOND - loop.time())
            token, path = doors[number % len(doors)]
            change = http.patch(path, json={"description": f"Change {number} of {seconds}"}, headers=_bearer(token))
            under_way.append(asyncio.create_task(change))
        for answer in await asyncio.gather(*under_way):
            answer.raise_for_status()
    return count


def _sustained(stack: Stack, port: int, token: str, path: str, *, count: int) -> float:
    """Deliveries a second while there are always some to be made."""
    # A change that changes nothing is no event.
    wanted = [json.dumps({"description": f"Burst {number}"}).encode() for number in range(count)]
    send(
        Load(requests=[request("PATCH", path, headers=_bearer(token), body=body) for body in wanted]), stack.port, count
    )
    arrivals = sorted(at for at, _ in _arrived(port, count * FAN_OUT))
    return (len(arrivals) - 1) / (arrivals[-1] - arrivals[0])


def _arrived(port: int, count: int) -> Arrivals:
    """What the receiver has noted, once that many have come."""
    told: Arrivals = []
    deadline = time.monotonic() + PATIENCE_S
    while len(told) < count:
        assert time.monotonic() < deadline, f"{len(told)} of {count} webhooks came within {PATIENCE_S} s"
        time.sleep(0.2)
        told += httpx.get(f"http://127.0.0.1:{port}/told").json()
    return told


def _listen(http: httpx.Client, token: str, port: int, *, count: int) -> None:
    for number in range(count):
        body = {"url": f"http://127.0.0.1:{port}/{number}", "events": [_EVENT]}
        http.post("/api/zapier", json=body, headers=_bearer(token)).raise_for_status()


def _a_project(http: httpx.Client, token: str) -> str:
    """The path of a project of the agency's."""
    found = http.get("/api/projects", params={"limit": 1}, headers=_bearer(token)).raise_for_status().json()
    return f"/api/projects/{found[0]['id']}"


@contextmanager
def _receiver() -> Iterator[int]:
    """The receiver's port."""
    port = free_port()
    process = subprocess.Popen((sys.executable, "-m", "bench.receiver", str(port)))
    try:
        while not accepts(port):
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def _at_most(id: str, work: str, value: float, most: float) -> Line:
    return Line(id=id, work=work, ours=f"{value:.1f} ms", aim=f"<= {most} ms", ok=value <= most)


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
