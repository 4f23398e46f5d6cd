"""One person's visit in a browser, and everything the page did meanwhile that nobody should do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, Request, Route

_TELL_VIOLATIONS = """
addEventListener('securitypolicyviolation', (event) =>
  console.error('policy violated: ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample))
"""


@dataclass
class Front:
    """The house's public address, the port that stands for it, and every Referer that anybody sent it."""

    address: str
    port: int
    referers: list[str] = field(default_factory=list)


@dataclass
class Visit:
    """A page, the address of the house, and what went wrong."""

    page: Page
    address: str
    port: int
    wrong: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()

    async def open(self, path: str) -> None:
        """Go there."""
        await self.page.goto(self.address + path)

    async def open_portal(self, token: str) -> None:
        """Follow a client's link and wait for the portal."""
        await self.open(f"/client-portal/{token}")
        await self.page.get_by_role("heading", level=1).wait_for()

    async def tab(self, path: str) -> Page:
        """Another tab of the same browser, opened there."""
        page = await self.page.context.new_page()
        await page.goto(self.address + path)
        return page

    async def touch(self) -> None:
        """Do what shows that a person is there: move the mouse."""
        await self.page.mouse.move(200, 200)
        await self.page.mouse.move(220, 210)

    async def listen(self) -> None:
        """Touch the portal, which hears of news from then on."""
        async with self.page.expect_response("**/api/portal/events"):
            await self.touch()

    async def deliver(self, route: Route) -> None:
        """Let a request reach the house although its answer is not to come back: only the browser knows the address."""
        netloc = urlsplit(self.address).netloc
        url = route.request.url.replace(netloc, f"127.0.0.1:{self.port}", 1)
        await route.fetch(url=url, headers={**await route.request.all_headers(), "host": netloc})

    async def overflow(self) -> int:
        """By how many pixels the page is wider than its window."""
        width = await self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return int(width)

    def watch(self, page: Page) -> None:
        """Note what a tab does."""
        page.set_default_timeout(30_000)
        page.on("console", self.note_console)
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on("request", self.note_request)

    def note_console(self, message: ConsoleMessage) -> None:
        """Errors and warnings are wrong unless the test expects them."""
        if message.type in ("error", "warning") and not any(text in message.text for text in self.expected):
            self.wrong.append(f"console: {message.text}")

    def note_request(self, request: Request) -> None:
        """Requests elsewhere are wrong."""
        self.requests.append(request.url)
        if not request.url.startswith((self.address, "blob:" + self.address, "data:")):
            self.wrong.append(f"foreign request: {request.url}")


@asynccontextmanager
async def visiting(
    browser: Browser, front: Front, *, width: int = 1280, height: int = 900, **more: Any
) -> AsyncIterator[Visit]:
    """A visit in a fresh browser profile; nothing may have gone wrong by its end."""
    size = {"width": width, "height": height}
    context = await browser.new_context(viewport=size, locale="en-GB", timezone_id="Europe/Berlin", **more)
    await context.add_init_script(_TELL_VIOLATIONS)
    page = await context.new_page()
    visit = Visit(page, front.address, front.port)
    visit.watch(page)
    context.on("page", visit.watch)
    try:
        yield visit
    finally:
        await context.close()
    if wrong := visit.wrong + [f"referer: {referer}" for referer in front.referers]:
        pytest.fail("\n".join(wrong))
