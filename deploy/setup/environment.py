"""The virtual environment: made from the hash-pinned lock, with the `portico` command in it."""

import hashlib
import shlex
import subprocess
import sys
from pathlib import Path

LOCK = "requirements-dev.lock"
FIND_SITE_PACKAGES = "import sysconfig; print(sysconfig.get_path('purelib'))"


def ensure(root: Path) -> Path:
    """The environment's interpreter, with everything in the lock installed."""
    home = root / ".venv"
    python = home / "bin" / "python"
    stamp = home / ".portico-lock"
    if not _runs(python):
        print("Making .venv ...", flush=True)
        stamp.unlink(missing_ok=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)  # noqa: S603
    wanted = hashlib.sha256(str(root).encode() + b"\0" + (root / LOCK).read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        _install(python, root / LOCK)
        _link(root, python)
        stamp.write_text(wanted)
    elif not (home / "bin" / "portico").exists():
        _link(root, python)
    return python


def _runs(python: Path) -> bool:
    if not python.exists():
        return False
    tried = subprocess.run([str(python), "-S", "-c", ""], capture_output=True, check=False)  # noqa: S603
    return tried.returncode == 0


def _install(python: Path, lock: Path) -> None:
    print(f"Installing {lock.name} ...", flush=True)
    options = ["--quiet", "--quiet", "--no-input", "--disable-pip-version-check", "--require-hashes"]
    subprocess.run([str(python), "-m", "pip", "install", *options, "-r", str(lock)], check=True)  # noqa: S603


def _link(root: Path, python: Path) -> None:
    """Puts the working tree on the import path and writes the command.

    A path file instead of an editable install: no import hook, which would cost every start of every service.
    """
    found = subprocess.run(  # noqa: S603
        [str(python), "-c", FIND_SITE_PACKAGES], capture_output=True, text=True, check=True
    )
    (Path(found.stdout.strip()) / "portico-tree.pth").write_text(f"{root}\n{root / 'generated'}\n")
    command = python.with_name("portico")
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(str(python))} -P -m cli "$@"\n')
    command.chmod(0o755)
