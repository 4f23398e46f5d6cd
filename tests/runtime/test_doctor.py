"""`portico doctor`: what it says of good and of bad configurations."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from cli.embedded.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
SECRET = "5f0c3a9e7d1b48266ab90cde31f784a2"


class Sink:
    """Takes mails and forgets them."""

    async def handle_DATA(self, _server: object, _session: object, _envelope: object) -> str:
        return "250 OK"


@pytest.fixture
def mail_server() -> Iterator[str]:
    controller = Controller(Sink(), hostname="127.0.0.1", port=free_port())
    controller.start()
    yield f"smtp://127.0.0.1:{controller.port}"
    controller.stop()


@pytest.fixture
def silent_server() -> Iterator[int]:
    """Takes connections and closes them without a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        stop = threading.Event()

        def hang_up() -> None:
            listener.settimeout(0.1)
            while not stop.is_set():
                try:
                    listener.accept()[0].close()
                except TimeoutError:
                    continue

        thread = threading.Thread(target=hang_up)
        thread.start()
        yield listener.getsockname()[1]
        stop.set()
        thread.join()


def doctor(data: Path, **variables: str) -> tuple[int, dict[str, str], str]:
    """Exit code, verdict by subject, and all that was said."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTICO_")}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "cli", "doctor", "--data", str(data), "--port", str(free_port())],
        capture_output=True,
        text=True,
        check=False,
        env=kept | {"PYTHONPATH": f"{ROOT}:{ROOT / 'generated'}"} | variables,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith(("good", "note", "wrong"))]
    return done.returncode, {line[7:22].strip(): line[:7].strip() for line in lines}, done.stdout + done.stderr


def test_an_empty_environment_is_all_well(tmp_path: Path) -> None:
    code, verdicts, said = doctor(tmp_path / "var")
    assert code == 0, said
    assert set(verdicts.values()) == {"good"}
    assert "All is well." in said


def test_a_configured_deployment_is_asked_for_everything_it_needs(
    tmp_path: Path, postgres: str, nats: str, mail_server: str
) -> None:
    code, verdicts, said = doctor(
        tmp_path / "var",
        PORTICO_ENV="production",
        PORTICO_PUBLIC_URL="https://portal.example.com",
        PORTICO_SECRET_KEY=SECRET,
        PORTICO_DATABASE_URL=postgres,
        PORTICO_NATS_URL=nats,
        PORTICO_SMTP_URL=mail_server,
        PORTICO_STORAGE_URL=(tmp_path / "files").as_uri(),
    )
    # The tests' own PostgreSQL runs without fsync, and the doctor sees it.
    assert code == 1
    assert "fsync is off" in said
    assert {subject for subject, verdict in verdicts.items() if verdict == "wrong"} == {"database"}
    assert "PostgreSQL 18" in said
    assert "with JetStream" in said
    assert list((tmp_path / "files").iterdir()) == []


def test_every_fault_is_found_in_one_go_with_what_to_do_about_it(tmp_path: Path, silent_server: int) -> None:
    nobody = free_port()
    code, verdicts, said = doctor(
        tmp_path / "var",
        PORTICO_ENV="production",
        PORTICO_PUBLIC_URL="portal.example.com",
        PORTICO_SECRET_KEY="short",
        PORTICO_DATABASE_URL=f"postgresql://postgres:x@127.0.0.1:{nobody}/postgres",
        PORTICO_NATS_URL=f"nats://127.0.0.1:{nobody}",
        PORTICO_RATE_LIMIT_URL=f"async+redis://127.0.0.1:{silent_server}",
        PORTICO_SMTP_URL=f"smtp://127.0.0.1:{silent_server}",
        PORTICO_STORAGE_URL="ftp://files.example.com",
    )
    assert code == 1
    wrong = {subject for subject, verdict in verdicts.items() if verdict == "wrong"}
    assert wrong == {"public URL", "secret key", "database", "broker", "rate limits", "mail", "storage"}
    assert said.count("->") >= len(wrong)
    assert "7 to mend." in said
    assert "Traceback" not in said


def test_a_wrong_password_is_told_apart_from_a_server_that_is_away(tmp_path: Path, postgres: str) -> None:
    where = postgres.rpartition("@")[2]
    _, _, said = doctor(tmp_path / "var", PORTICO_DATABASE_URL=f"postgresql://postgres:wrong@{where}")
    assert "Correct user and password in PORTICO_DATABASE_URL." in said


def test_a_secret_that_others_can_read_is_found(tmp_path: Path) -> None:
    data = tmp_path / "var"
    data.mkdir()
    (data / "secret.key").write_text(SECRET)
    (data / "secret.key").chmod(0o644)
    code, verdicts, said = doctor(data)
    assert code == 1
    assert verdicts["secret key"] == "wrong"
    assert f"chmod 600 {data / 'secret.key'}" in said


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("PORTICO_SECRET_KEY", "x" * 64, "PORTICO_SECRET_KEY is easy to guess"),
        ("PORTICO_SECRET_KEY", SECRET[:31], "PORTICO_SECRET_KEY has 31 bytes, fewer than 32"),
        ("PORTICO_DATABASE_URL", "postgresql://postgres:postgres@db", "the password in PORTICO_DATABASE_URL has 8"),
        ("PORTICO_NATS_URL", "nats://portico:change-me-change-me@nats", "PORTICO_NATS_URL is easy to guess"),
    ],
)
def test_a_weak_secret_is_refused_in_production_before_anything_is_made(variable: str, value: str, told: str) -> None:
    variables = {
        "PORTICO_ENV": "production",
        "PORTICO_SECRET_KEY": SECRET,
        "PORTICO_DATABASE_URL": f"postgresql://postgres:{SECRET}@127.0.0.1:1",
        "PORTICO_NATS_URL": f"nats://portico:{SECRET}@127.0.0.1:1",
    }
    done = subprocess.run(
        [sys.executable, "-P", "-m", "cli", "migrate"],
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ) | {"PYTHONPATH": f"{ROOT}:{ROOT / 'generated'}"} | variables | {variable: value},
    )
    assert done.returncode == 1
    assert told in done.stderr
    assert "openssl rand -hex 32" in done.stderr
    assert SECRET not in done.stderr + done.stdout
