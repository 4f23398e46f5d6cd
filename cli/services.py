"""The five services: their names, and the environment each is given on one machine."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from cli.embedded.launch import MARK
from cli.embedded.port_book import PortBook
from cli.embedded.ports import LOOPBACK
from cli.embedded.probe import http_status
from cli.embedded.program import Program

SERVICES = ("auth", "projects", "billing", "portal", "notify")
ROOT = Path(__file__).resolve().parent.parent
# The contract with the services: SIGTERM to exit within 30 seconds.
STOP_SECONDS = 30


@dataclass(frozen=True)
class Suite:
    """What the services of one start are told: where everything is."""

    data_dir: Path
    public_url: str
    secret_key: str
    database_url: str
    nats_url: str
    storage_url: str

    def variables(self) -> dict[str, str]:
        """What they have in common. The database's administrator is not among it."""
        return {
            "PORTICO_ENV": os.environ.get("PORTICO_ENV", "development"),
            "PORTICO_PUBLIC_URL": self.public_url,
            "PORTICO_SECRET_KEY": self.secret_key,
            "PORTICO_DATABASE_URL": without_credentials(self.database_url),
            "PORTICO_NATS_URL": self.nats_url,
            "PORTICO_STORAGE_URL": self.storage_url,
            "PORTICO_BIND": LOOPBACK,
        }


def service_programs(suite: Suite, ports: PortBook) -> list[Program]:
    """One program for each service, every one knowing where the others are."""
    environment = python_environment(suite.data_dir) | suite.variables() | addresses(ports)
    return [_service_program(name, environment, ports) for name in SERVICES]


def addresses(ports: PortBook) -> dict[str, str]:
    """PORTICO_AUTH_URL, PORTICO_AUTH_RPC and so on."""
    found = {}
    for name in SERVICES:
        found[f"PORTICO_{name.upper()}_URL"] = f"http://{LOOPBACK}:{ports.port(f'{name}-http')}"
        found[f"PORTICO_{name.upper()}_RPC"] = f"{LOOPBACK}:{ports.port(f'{name}-rpc')}"
    return found


def python_environment(data_dir: Path) -> dict[str, str]:
    """The environment of this process, for a Python process of ours."""
    return os.environ | {
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "generated"))),
        "PYTHONUNBUFFERED": "1",
        # glibc gives each thread an arena of its own; five processes with thread pools feel that.
        "MALLOC_ARENA_MAX": "2",
        MARK: str(data_dir),
    }


def portico_command(*arguments: str) -> tuple[str, ...]:
    """`portico ARGUMENTS`, run by this interpreter; -P: nothing is imported from the current directory."""
    return (sys.executable, "-P", "-m", "cli", *arguments)


def without_credentials(url: str) -> str:
    """The address of a database server without user and password."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _service_program(name: str, environment: Mapping[str, str], ports: PortBook) -> Program:
    http = ports.port(f"{name}-http")
    own = {
        "PORTICO_HTTP_PORT": str(http),
        "PORTICO_RPC_PORT": str(ports.port(f"{name}-rpc")),
        "PORTICO_METRICS_PORT": str(ports.port(f"{name}-metrics")),
    }
    return Program(
        name=name,
        argv=portico_command("serve", name),
        environment={**environment, **own},
        answers=partial(_is_ready, http),
        stop_seconds=STOP_SECONDS,
        important=r"\[(error|critical) *\]|\"level\": ?\"(error|critical)\"|^(ERROR|CRITICAL)\b|^\w*Error\b",
    )


def _is_ready(port: int, _pid: int) -> bool:
    return http_status(port, "/readyz") == HTTPStatus.OK
