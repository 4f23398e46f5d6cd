"""The gateway's routing table, read from deploy/traefik/dynamic.yml itself."""

import re
from functools import cache
from pathlib import Path

DYNAMIC = Path(__file__).resolve().parent.parent / "deploy" / "traefik" / "dynamic.yml"
_LINE = re.compile(r"^\{\{- \$(auth|projects|billing|notify)\s*:= \"PathRegexp\(`(.+)`\)\" \}\}$", re.MULTILINE)


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Service -> pattern of the paths it gets; portal gets the rest."""
    found = {name: re.compile(pattern) for name, pattern in _LINE.findall(DYNAMIC.read_text())}
    assert set(found) == {"auth", "projects", "billing", "notify"}, found
    return found


def service_of(path: str) -> str:
    """The service that the gateway sends a path to."""
    return next((name for name, pattern in patterns().items() if pattern.search(path)), "portal")
