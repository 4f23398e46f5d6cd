"""`subset.py LOCK NAME...`: the entries of a hash-pinned lock for some packages only, on standard output."""

import sys
from pathlib import Path


def entries(lock: str, names: set[str]) -> str:
    """Whole entries: a requirement line and the lines of hashes that continue it."""
    kept: list[str] = []
    keeping = False
    for line in lock.splitlines():
        if line and not line[0].isspace() and not line.startswith("#"):
            keeping = line.split("==")[0].split("[")[0].strip().lower() in names
        if keeping and not line.lstrip().startswith("#"):
            kept.append(line)
    return "\n".join(kept) + "\n"


if __name__ == "__main__":
    sys.stdout.write(entries(Path(sys.argv[1]).read_text(), set(sys.argv[2:])))
