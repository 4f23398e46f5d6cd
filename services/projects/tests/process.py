"""The projects service as a process of its own, beside a house that runs auth."""

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import httpx

from tests.house import House
from tests.ports import free_ports

ROOT = Path(__file__).resolve().parents[3]


@dataclass
class Process:
    """A running service and a door to it."""

    popen: "subprocess.Popen[bytes]"
    url: str
    log: IO[bytes]

    def door(self, token: str) -> httpx.AsyncClient:
        """A client with a staff credential."""
        return httpx.AsyncClient(base_url=self.url, headers={"Authorization": f"Bearer {token}"}, timeout=60)

    def memory(self) -> int:
        """Resident bytes."""
        pages = int(Path(f"/proc/{self.popen.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")


@asynccontextmanager
async def projects_process(house: House, point: str = "never") -> AsyncIterator[Process]:
    """Start it, wait until it is ready, and end it."""
    http, rpc = free_ports(2)
    variables = house.environment | {
        "PORTICO_HTTP_PORT": str(http),
        "PORTICO_RPC_PORT": str(rpc),
        "PORTICO_AUTH_RPC": f"127.0.0.1:{house.apps['auth'].state.rpc_port}",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'generated'}",
        "PATH": os.environ["PATH"],
    }
    command = [sys.executable, "-m", "services.projects.tests.victim", point]
    with tempfile.TemporaryFile() as log:
        popen = subprocess.Popen(command, cwd=ROOT, env=variables, stderr=log)
        process = Process(popen, f"http://127.0.0.1:{http}", log)
        try:
            await _ready(process)
            yield process
        finally:
            popen.terminate()
            await asyncio.to_thread(popen.wait, 30)


async def _ready(process: Process) -> None:
    async with httpx.AsyncClient() as http:
        for _ in range(400):
            if process.popen.poll() is not None:
                process.log.seek(0)
                raise AssertionError(f"the process ended while it was starting: {process.log.read().decode()}")
            try:
                if (await http.get(f"{process.url}/readyz")).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.05)
    raise AssertionError("the projects process did not become ready")
