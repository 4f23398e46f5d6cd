"""Notify as a process of its own, beside a house that runs the others."""

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.house import House
from tests.ports import free_ports

ROOT = Path(__file__).resolve().parents[2]
START = "from services.notify.main import main; main()"


@dataclass
class Process:
    """A running service and where its door is."""

    popen: "subprocess.Popen[bytes]"
    url: str

    def memory(self) -> int:
        """Resident bytes."""
        pages = int(Path(f"/proc/{self.popen.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")


@asynccontextmanager
async def notify_process(house: House) -> AsyncIterator[Process]:
    """Start it, wait until it is ready, and end it."""
    http, rpc = free_ports(2)
    peers = {
        f"PORTICO_{name.upper()}_RPC": f"127.0.0.1:{house.apps[name].state.rpc_port}"
        for name in ("auth", "projects", "billing", "portal")
    }
    variables = house.environment | peers
    variables |= {"PORTICO_HTTP_PORT": str(http), "PORTICO_RPC_PORT": str(rpc), "PATH": os.environ["PATH"]}
    variables["PYTHONPATH"] = f"{ROOT}:{ROOT / 'generated'}"
    with tempfile.TemporaryFile() as log:
        popen = subprocess.Popen([sys.executable, "-c", START], cwd=ROOT, env=variables, stderr=log)
        process = Process(popen, f"http://127.0.0.1:{http}")
        try:
            await _ready(process)
            yield process
        finally:
            popen.terminate()
            await asyncio.to_thread(popen.wait, 30)


async def _ready(process: Process) -> None:
    async with httpx.AsyncClient() as http:
        for _ in range(400):
            assert process.popen.poll() is None, "the process ended while it was starting"
            try:
                if (await http.get(f"{process.url}/readyz")).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.05)
    raise AssertionError("notify did not become ready")
