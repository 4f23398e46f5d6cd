"""The data directory: everything `portico up` keeps, and the lock that allows one of it at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cli.embedded.failure import CannotStart
from cli.embedded.secret_files import kept_secret


@dataclass(frozen=True)
class Home:
    """Paths below the data directory."""

    path: Path

    @classmethod
    def open(cls, path: Path) -> "Home":
        """Makes it if missing: for its owner alone, except that root lets PostgreSQL's user pass through."""
        home = cls(path.expanduser().resolve())
        try:
            home.path.mkdir(parents=True, exist_ok=True, mode=0o711 if os.geteuid() == 0 else 0o700)
            for private in (home.logs, home.storage):
                private.mkdir(exist_ok=True, mode=0o700)
        except OSError as error:
            raise CannotStart(
                f"The data directory {home.path} cannot be used: {error.strerror}.",
                mend="Choose another one with --data.",
            ) from error
        return home

    @property
    def logs(self) -> Path:
        """Where each child's output goes."""
        return self.path / "log"

    @property
    def storage(self) -> Path:
        """Where file bytes are kept unless PORTICO_STORAGE_URL says otherwise."""
        return self.path / "storage"

    @property
    def demo(self) -> Path:
        """What the demo agency was made with: its login and a portal link."""
        return self.path / "demo.json"

    @property
    def secret_file(self) -> Path:
        """The master secret, unless PORTICO_SECRET_KEY says otherwise."""
        return self.path / "secret.key"

    @property
    def lock_file(self) -> Path:
        """Held by the process that runs here."""
        return self.path / "portico.lock"

    def secret_key(self) -> str:
        """PORTICO_SECRET_KEY, else the one made for this directory at its first start."""
        return os.environ.get("PORTICO_SECRET_KEY") or kept_secret(self.secret_file)

    @contextmanager
    def locked(self, about: str) -> Iterator[None]:
        """Holds the directory; `about` tells the next one who tries what is running here."""
        with self.lock_file.open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                lock.seek(0)
                raise CannotStart(
                    f"Portico is already running on {self.path}: {lock.read().strip()}.",
                    mend="Stop it with Ctrl-C there, or choose another directory with --data.",
                ) from None
            lock.truncate(0)
            lock.write(f"process {os.getpid()}, {about}\n")
            lock.flush()
            yield

    def is_running(self) -> bool:
        """Whether a `portico up` holds this directory."""
        if not self.lock_file.exists():
            return False
        with self.lock_file.open() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False
