"""Secrets that are made once and kept in a file only their owner can read."""

import os
import secrets
import tempfile
from pathlib import Path

SECRET_BYTES = 32


def kept_secret(file: Path) -> str:
    """The secret in `file`, made at the first call (64 hexadecimal digits, mode 0600)."""
    if not file.exists():
        write_private(file, f"{secrets.token_hex(SECRET_BYTES)}\n", replace=False)
    return file.read_text().strip()


def write_private(file: Path, text: str, *, replace: bool = True) -> None:
    """Writes `text` with mode 0600, whole or not at all; without `replace` an existing file wins."""
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    temporary = Path(name)
    with os.fdopen(descriptor, "w") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    if replace:
        temporary.replace(file)
        return
    try:
        os.link(temporary, file)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()
