"""The environment: mode, address and master secret."""

import os
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from cli.checks.finding import Finding, good, note, wrong
from cli.checks.weakness import HOW_TO_MAKE_ONE, MASTER_BYTES, weakness
from cli.home import Home

# The default of `portico up` is development, that of a service by itself production.
MODES = ("development", "production")


def check_configuration(environment: Mapping[str, str], home: Home) -> Iterator[Finding]:
    """Mode, public address, secret."""
    mode = environment.get("PORTICO_ENV", "development")
    if mode in MODES:
        yield good("mode", mode)
    else:
        yield wrong("mode", f"PORTICO_ENV is {mode!r}", f"Set it to one of: {', '.join(MODES)}.")
    yield _public_url(environment.get("PORTICO_PUBLIC_URL", ""), production=mode == "production")
    yield _secret(environment.get("PORTICO_SECRET_KEY", ""), home)


def _public_url(url: str, *, production: bool) -> Finding:
    if not url:
        if production:
            mend = "Set it to the address people open, such as https://portal.example.com."
            return wrong("public URL", "PORTICO_PUBLIC_URL is not set", mend)
        return good("public URL", "http://localhost and the port of `portico up`")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        mend = "It must be scheme and host, such as https://portal.example.com."
        return wrong("public URL", f"{url!r} is no address", mend)
    if parts.path.strip("/") or parts.query or parts.fragment:
        mend = "Leave the path out: Portico is served from the root of its host."
        return wrong("public URL", f"{url!r} has a path", mend)
    if production and parts.scheme == "http":
        return note("public URL", f"{url} is not HTTPS", "Cookies and tokens travel in plain text.")
    return good("public URL", url)


def _secret(secret: str, home: Home) -> Finding:
    if not secret:
        return _secret_of_the_directory(home)
    if found := weakness(secret, MASTER_BYTES):
        mend = f"{HOW_TO_MAKE_ONE} Data sealed with the old one cannot be read with another."
        return wrong("secret key", f"PORTICO_SECRET_KEY {found}", mend)
    return good("secret key", f"PORTICO_SECRET_KEY, {len(secret.encode())} bytes")


def _secret_of_the_directory(home: Home) -> Finding:
    file = home.secret_file
    if not file.exists():
        return good("secret key", f"will be made at the first start, in {file}")
    mode = file.stat().st_mode & 0o777
    if mode & 0o077:
        return wrong("secret key", f"{file} can be read by others (mode {mode:o})", f"chmod 600 {file}")
    if file.stat().st_uid != os.geteuid():
        return note("secret key", f"{file} belongs to another user than you are")
    return good("secret key", str(file))
