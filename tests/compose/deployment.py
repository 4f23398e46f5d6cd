"""docker-compose.yml, started for real with an `.env` and a project name of its own."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.e2e.story import eventually

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("auth", "projects", "billing", "portal", "notify")
# Building everything on two cores.
COMMAND_TIMEOUT_S = 900


def bridge_address() -> str:
    """This machine as every container reaches it, and as nobody outside does."""
    answer = subprocess.run(["docker", "network", "inspect", "bridge"], capture_output=True, check=True, timeout=30)
    return str(json.loads(answer.stdout)[0]["IPAM"]["Config"][0]["Gateway"])


@dataclass
class Deployment:
    """A project of docker-compose; `settings` are the lines of its `.env`, written anew before each command."""

    project: str
    directory: Path
    settings: dict[str, str] = field(default_factory=dict)

    def compose(self, *command: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
        """Run docker-compose, or `docker compose` where that is what there is."""
        env_file = self.directory / f"{self.project}.env"
        env_file.write_text("".join(f"{name}={value}\n" for name, value in self.settings.items()))
        program = ["docker-compose"] if shutil.which("docker-compose") else ["docker", "compose"]
        where = ["--project-directory", str(ROOT), "-f", str(ROOT / "docker-compose.yml")]
        done = subprocess.run(
            [*program, *where, "-p", self.project, "--env-file", str(env_file), *command],
            # A variable of the shell would win over `.env`.
            env={name: os.environ[name] for name in ("PATH", "HOME", "DOCKER_HOST") if name in os.environ},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=COMMAND_TIMEOUT_S,
        )
        assert not check or done.returncode == 0, f"{' '.join(command)}:\n{done.stdout}\n{done.stderr}"
        return done

    def up(self) -> None:
        """Start, and wait until every container that stays is healthy."""
        self.compose("up", "-d")
        eventually(self.is_healthy, f"healthy containers: {self.containers()}", patience=120)

    def containers(self) -> dict[str, str]:
        """Name and status, such as `Up 2 minutes (healthy)`, of every container there is."""
        shown = '{{.Label "com.docker.compose.service"}}\t{{.Status}}'
        which = f"label=com.docker.compose.project={self.project}"
        command = ["docker", "ps", "--all", "--filter", which, "--format", shown]
        listed = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stdout
        return dict(line.split("\t") for line in listed.splitlines())

    def is_healthy(self) -> bool:
        """Whether all of them are well, and those that run once have ended well."""
        states = self.containers()
        once = {states.pop("check", ""), states.pop("migrate", "")}
        ended = all(state.startswith("Exited (0)") for state in once)
        return ended and len(states) >= len(SERVICES) and all("(healthy)" in state for state in states.values())

    def all_ready(self) -> bool:
        """Whether /readyz of all five services says so now."""
        ready = ("python3", "-m", "cli.ready")
        return all(self.compose("exec", "-T", name, *ready, check=False).returncode == 0 for name in SERVICES)


@contextmanager
def deployment(directory: Path, project: str, settings: dict[str, str]) -> Iterator[Deployment]:
    """A project that leaves nothing behind: containers, networks and volumes end with the block."""
    made = Deployment(project, directory, settings)
    try:
        yield made
    finally:
        made.compose("down", "--volumes", "--remove-orphans", check=False)
