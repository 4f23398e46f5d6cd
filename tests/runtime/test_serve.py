"""`portico serve`: what a container runs, and how it ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.ports import free_ports

ROOT = Path(__file__).resolve().parents[2]
READY_S = 60
EXIT_S = 30


@pytest.mark.parametrize("service", ["auth", "projects", "billing", "portal", "notify"])
def test_a_service_that_is_told_to_stop_ends_without_failure(variables: dict[str, str], service: str) -> None:
    http, rpc = free_ports(2)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PORTICO_")}
    environment |= variables | {"PORTICO_HTTP_PORT": str(http), "PORTICO_RPC_PORT": str(rpc)}
    process = subprocess.Popen([sys.executable, "-P", "-m", "cli", "serve", service], cwd=ROOT, env=environment)
    try:
        _until_ready(f"http://127.0.0.1:{http}/readyz", process)
        process.send_signal(signal.SIGTERM)
        assert process.wait(EXIT_S) == 0
    finally:
        process.kill()


def _until_ready(url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + READY_S
    while time.monotonic() < deadline:
        assert process.poll() is None, "it ended by itself"
        try:
            if httpx.get(url).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    raise AssertionError("it was not ready in time")
