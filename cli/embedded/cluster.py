"""Where an embedded PostgreSQL keeps its files, and who owns them."""

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from cli.embedded.failure import CannotStart
from cli.embedded.identity import Identity

READY = "ready"
STATUS_LINE = 7
# Used when root's data directory lies where an unprivileged user cannot go (below /root, say).
ELSEWHERE = Path("/var/tmp")  # noqa: S108 - the directory made there is checked to be root's own


@dataclass(frozen=True)
class Cluster:
    """One cluster's directory; with an identity it belongs to that user and only the way there is ours."""

    directory: Path
    identity: Identity | None

    def exists(self) -> bool:
        """Whether initdb has been here."""
        return (self.directory / "PG_VERSION").exists()

    def fresh_directory(self) -> Path:
        """An empty directory beside the cluster's, owned by the one who will run it."""
        unfinished = self.directory.with_name("unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        if self.identity is not None:
            os.chown(unfinished, self.identity.uid, self.identity.gid)
        return unfinished

    def adopt(self, finished: Path) -> None:
        """Makes a finished directory the cluster's."""
        finished.rename(self.directory)

    def place_configuration(self, template: Path) -> Path:
        """Copies our settings to where the server's user can read them, wherever the repository lies.

        Beside the cluster, not in it: root does not write into a directory of another user.
        """
        placed = self.directory.with_name("postgresql.conf")
        placed.write_text(template.read_text())
        return placed

    def takes_connections(self, pid: int) -> bool:
        """Reads the status that the postmaster itself keeps in its pid file."""
        lines = self._postmaster_file()
        return len(lines) > STATUS_LINE and lines[0] == str(pid) and lines[STATUS_LINE] == READY

    def forget_dead_postmaster(self) -> None:
        """Removes the pid file of a server that is gone.

        PostgreSQL does so itself unless the number now belongs to another process of the same user, which in
        a fresh container it nearly always does.
        """
        lines = self._postmaster_file()
        if lines and not (lines[0].isdigit() and self._is_postmaster(int(lines[0]))):
            (self.directory / "postmaster.pid").unlink(missing_ok=True)

    def _postmaster_file(self) -> list[str]:
        try:
            return [line.strip() for line in (self.directory / "postmaster.pid").read_text().splitlines()]
        except FileNotFoundError:
            return []

    def _is_postmaster(self, pid: int) -> bool:
        import psutil

        try:
            return str(self.directory) in psutil.Process(pid).cmdline()
        except psutil.NoSuchProcess:
            return False
        except psutil.AccessDenied:
            return True


def locate_cluster(data_dir: Path, identity: Identity | None) -> Cluster:
    """`data_dir/cluster`, or a place of root's under /var/tmp when the server's user cannot get there."""
    home = data_dir.resolve()
    if identity is not None:
        kept = home / "elsewhere"
        if kept.exists() or not identity.can_pass(home):
            home = _place_elsewhere(home)
            kept.write_text(f"{home}\n")
    cluster = Cluster(home / "cluster", identity)
    if identity is not None and cluster.exists() and not identity.owns(cluster.directory):
        raise CannotStart(
            f"{cluster.directory} belongs to another user than the one PostgreSQL would run as.",
            mend="Start Portico as the user who started it first, or choose another --data directory.",
        )
    return cluster


def _place_elsewhere(data_dir: Path) -> Path:
    key = hashlib.sha256(str(data_dir).encode()).hexdigest()[:16]
    place = ELSEWHERE / f"portico-{key}"
    place.mkdir(mode=0o711, exist_ok=True)
    place.chmod(0o711)
    if place.is_symlink() or place.stat().st_uid != os.geteuid():
        raise CannotStart(f"{place} is not ours.", mend="Remove it, or choose another --data directory.")
    return place
