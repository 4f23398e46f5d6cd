"""Notify as a process of its own, beside a house that runs the others, and a large agency for it."""

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

from services.projects.tests.office import Office
from tests.house import House
from tests.ports import free_ports
from tests.rights.catalogue import superuser

ROOT = Path(__file__).resolve().parents[2]
START = "from services.notify.main import main; main()"


_FILL = """
    INSERT INTO activity (agency_id, id, version, created_at, updated_at, type, actor_kind, actor_name, subject_kind,
                          subject_id, subject_name, client_id, visibility, happened_at)
    SELECT $1, gen_random_uuid(), 1, now(), now(), 'message.created', 'system', 'Portico', 'message',
           gen_random_uuid(), repeat(md5(n::text), 4), $2, 'internal', now()
    FROM generate_series(1, $3::int) n
"""


@dataclass
class Process:
    """A running service and where its door is."""

    popen: "subprocess.Popen[bytes]"
    url: str

    def memory(self) -> int:
        """Resident bytes."""
        pages = int(Path(f"/proc/{self.popen.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")


def door(process: Process, office: Office) -> httpx.AsyncClient:
    """The owner's, to that process."""
    owner = {"Authorization": f"Bearer {office.agency.token}"}
    return httpx.AsyncClient(base_url=process.url, headers=owner, timeout=60)


async def fill(postgres: str, office: Office, rows: int) -> None:
    """Make the agency a large one."""
    async with superuser(postgres, "projects") as connection:
        await connection.execute(_FILL, office.agency.id, office.client.id, rows)


@asynccontextmanager
async def notify_process(house: House, *, away: str = "") -> AsyncIterator[Process]:
    """Start it, wait until it is ready, and end it; the service `away` does not answer it."""
    http, rpc, nobodys = free_ports(3)
    peers = {
        f"PORTICO_{name.upper()}_RPC": f"127.0.0.1:{house.apps[name].state.rpc_port}"
        for name in ("auth", "projects", "billing", "portal")
    }
    if away:
        peers[f"PORTICO_{away.upper()}_RPC"] = f"127.0.0.1:{nobodys}"
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
