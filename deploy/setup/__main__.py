"""`python3 deploy/setup`: the virtual environment, `portico` in it, the protobuf stubs.

Each step is keyed to the content it was made from and does nothing when that is unchanged. Two runs at once
wait for each other. Standard library only: nothing is installed yet.
"""

import fcntl
import sys
from pathlib import Path

import environment
import stubs

ROOT = Path(__file__).resolve().parents[2]
OLDEST = (3, 11)


def main() -> None:
    """Brings everything up to date; with `stubs`, builds those again in any case."""
    if sys.version_info < OLDEST:
        sys.exit(f"Portico needs Python 3.11 or newer, not {sys.version.split()[0]}: try make PYTHON=python3.12")
    only_stubs = sys.argv[1:] == ["stubs"]
    with (ROOT / ".setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        python = environment.ensure(ROOT)
        stubs.ensure(ROOT, python, again=only_stubs)


if __name__ == "__main__":
    main()
