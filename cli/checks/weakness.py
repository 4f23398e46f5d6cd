"""Whether a secret is one that somebody could guess."""

from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

MASTER_BYTES = 32
PASSWORD_BYTES = 16
MIN_DIFFERENT_CHARACTERS = 8
KNOWN = ("change", "default", "example", "nats", "password", "portico", "postgres", "secret", "123456")
HOW_TO_MAKE_ONE = "Make one with `openssl rand -hex 32`."


def weakness(secret: str, at_least: int) -> str:
    """What is weak about it; empty when nothing is."""
    size = len(secret.encode())
    if size < at_least:
        return f"has {size} bytes, fewer than {at_least}"
    if len(set(secret)) < MIN_DIFFERENT_CHARACTERS or any(word in secret.lower() for word in KNOWN):
        return "is easy to guess"
    return ""


def weak_secrets(environment: Mapping[str, str]) -> Iterator[str]:
    """One line for each weak secret of a deployment: the master secret, the passwords of database and broker."""
    if found := weakness(environment.get("PORTICO_SECRET_KEY", ""), MASTER_BYTES):
        yield f"PORTICO_SECRET_KEY {found}"
    for variable in ("PORTICO_DATABASE_URL", "PORTICO_NATS_URL"):
        parts = urlsplit(environment.get(variable, ""))
        # No password: the server knows us by other means (a certificate, a socket), or is asked by nobody else.
        if parts.password is not None and (found := weakness(unquote(parts.password), PASSWORD_BYTES)):
            yield f"the password in {variable} {found}"
