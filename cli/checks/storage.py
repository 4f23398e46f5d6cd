"""The object store: an object is written, read and removed again."""

import secrets
import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

from cli.checks.finding import Finding, good, note, wrong

LOW_BYTES = 2 * 1024**3
SUBJECT = "storage"


def check_storage(url: str) -> list[Finding]:
    """Where file bytes go."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return _directory(Path(unquote(parts.path)))
    if parts.scheme == "s3":
        return [_bucket(url)]
    return [wrong(SUBJECT, f"{url!r} is no store", "PORTICO_STORAGE_URL must begin with file:/// or s3://.")]


def _directory(directory: Path) -> list[Finding]:
    probe = directory / f".doctor-{secrets.token_hex(4)}"
    try:
        directory.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"portico")
        probe.unlink()
    except OSError as error:
        mend = "Give the user who runs Portico the right to write there, or set PORTICO_STORAGE_URL."
        return [wrong(SUBJECT, f"{directory} cannot be written: {error.strerror}", mend)]
    free = shutil.disk_usage(directory).free
    findings = [good(SUBJECT, f"{directory}, {free / 1024**3:.0f} GB free")]
    if free < LOW_BYTES:
        findings.append(note(SUBJECT, f"only {free / 1024**2:.0f} MB are free", "Uploads of up to 2 GiB are allowed."))
    return findings


def _bucket(url: str) -> Finding:
    from obstore.exceptions import BaseError
    from obstore.store import S3Store

    key = f"doctor-{secrets.token_hex(4)}"
    try:
        store = S3Store.from_url(url)
        store.put(key, b"portico")
        intact = bytes(store.get(key).bytes()) == b"portico"
        store.delete(key)
    except (BaseError, ValueError) as error:
        first_line = str(error).splitlines()[0]
        return wrong(SUBJECT, f"{url}: {first_line}", "Look at the bucket's name, AWS_* variables and endpoint.")
    if not intact:
        return wrong(SUBJECT, f"{url} gives back other bytes than it took", "Use another object store.")
    return good(SUBJECT, url)
