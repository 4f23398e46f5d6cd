"""One round of load: the requests, the process that sends them, and what came of it."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

ROUND_S = 180


@dataclass(frozen=True, kw_only=True)
class Load:
    """Requests to send in turn over `connections` kept connections."""

    requests: Sequence[str]
    connections: int = 16


@dataclass(frozen=True)
class Sample:
    """What one round came to."""

    seconds: float
    microseconds: Sequence[int]

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.microseconds) / self.seconds

    def percentile(self, percent: int) -> float:
        """Milliseconds within which so many per cent were answered."""
        return quantiles(self.microseconds, n=100, method="inclusive")[percent - 1] / 1000


def request(method: str, target: str, *, headers: dict[str, str] | None = None, body: bytes = b"") -> str:
    """A request as it goes over the wire."""
    lines = [f"{method} {target} HTTP/1.1", "Host: localhost", *(f"{k}: {v}" for k, v in (headers or {}).items())]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join(lines) + "\r\n\r\n" + body.decode("latin-1")


def send(load: Load, port: int, count: int, *, warm_up: int = 0) -> Sample:
    """Send `count` requests from another process; raises AssertionError unless every answer is a success."""
    plan = {
        "port": port,
        "connections": load.connections,
        "requests": load.requests,
        "count": count,
        "warm_up": warm_up,
    }
    process = subprocess.run(
        (sys.executable, "-m", "bench.generator"),
        input=json.dumps(plan),
        capture_output=True,
        text=True,
        timeout=ROUND_S,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    told = json.loads(process.stdout)
    failed = {status: times for status, times in told["statuses"].items() if not status.startswith("2")}
    assert not failed, f"not all answers were successes: {failed}"
    return Sample(told["seconds"], told["microseconds"])
