"""Who a server runs as when Portico itself is started by root: PostgreSQL refuses to be root."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from cli.embedded.failure import CannotStart

UNPRIVILEGED_USER = "nobody"


@dataclass(frozen=True)
class Identity:
    """A user and group to become in the child, between fork and exec."""

    uid: int
    gid: int

    def owns(self, path: Path) -> bool:
        """Whether the path belongs to this user."""
        return path.stat().st_uid == self.uid

    def can_pass(self, directory: Path) -> bool:
        """Whether this user can reach what lies in `directory` (every step of the way is searchable)."""
        return all(self._can_search(step) for step in (directory, *directory.parents))

    def _can_search(self, directory: Path) -> bool:
        found = directory.stat()
        if found.st_uid == self.uid:
            return bool(found.st_mode & stat.S_IXUSR)
        if found.st_gid == self.gid:
            return bool(found.st_mode & stat.S_IXGRP)
        return bool(found.st_mode & stat.S_IXOTH)


def unprivileged() -> Identity | None:
    """The identity to drop to, or None when this process is not root and needs to drop nothing."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(UNPRIVILEGED_USER)
    except KeyError:
        raise CannotStart(
            f"PostgreSQL does not run as root and there is no user `{UNPRIVILEGED_USER}` to run it as.",
            mend="Start Portico as an ordinary user, or set PORTICO_DATABASE_URL to a server of your own.",
        ) from None
    return Identity(entry.pw_uid, entry.pw_gid)
