"""What axe-core finds wrong with the page on show: WCAG 2.2 A and AA, and its best practices."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from playwright.async_api import Page

VENDOR = Path(__file__).parent / "vendor"
AXE = "axe-core-4.14.1/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Through the debugger's door, which the page's policy does not close: a script element would be refused.
_RUN = "async (tags) => (await axe.run(document, { runOnly: tags, resultTypes: ['violations'] })).violations"


async def violations(page: Page) -> list[str]:
    """Each rule broken, with what it is about and the elements that break it; empty when there is none."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(_source())
    found: list[dict[str, Any]] = await page.evaluate(_RUN, TAGS)
    return [f"{rule['id']}: {rule['help']}: {_where(node)}" for rule in found for node in rule["nodes"]]


def _where(node: dict[str, Any]) -> str:
    told = [check["message"] for kind in ("any", "all", "none") for check in node[kind]]
    return f"{node['html'][:120]} ({'; '.join(told)[:200]})"


@cache
def _source() -> str:
    """The script, as it was pinned; it answers nothing, for what it defines is too large to come back."""
    body = (VENDOR / AXE).read_bytes()
    pinned = (VENDOR / "SHA256SUMS").read_text().splitlines()
    assert f"{hashlib.sha256(body).hexdigest()}  {AXE}" in pinned, "axe.min.js is not what was pinned"
    return body.decode() + "\n;undefined"
