"""A real browser in front of the house, which here listens on a real port."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.async_api import Browser, async_playwright, expect

from tests.browser.visit import Front, Visit, visiting
from tests.house import ORIGIN, House
from tests.ports import free_ports
from tests.routing import service_of

# For a busy machine: what is expected comes at once on a quiet one.
expect.set_options(timeout=20_000)
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def _chromium() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
async def front(running: House) -> AsyncIterator[Front]:
    """The house on a port, all services behind it as behind the gateway."""
    (port,) = free_ports(1)
    front = Front(ORIGIN, port)

    async def gateway(scope: Any, receive: Any, send: Any) -> None:
        front.referers += [value.decode() for name, value in scope["headers"] if name == b"referer"]
        await running.apps[service_of(scope["path"])](scope, receive, send)

    config = uvicorn.Config(gateway, port=port, lifespan="off", log_config=None, access_log=False, ws="none")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server._serve())
    while not server.started:
        assert not serving.done(), "the house does not listen"
        await asyncio.sleep(0.02)
    yield front
    server.should_exit = True
    await serving


@pytest.fixture(scope="session")
async def browser(front: Front) -> AsyncIterator[Browser]:
    """Chromium, which finds the house under its public address; where there is none, CI fails and others skip."""
    executable = _chromium()
    if executable is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium: install Debian's `chromium`, or name one in CHROMIUM")
        pytest.skip("no Chromium on this machine")
    mapping = f"--host-resolver-rules=MAP {urlsplit(ORIGIN).netloc} 127.0.0.1:{front.port}"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=[*SWITCHES, mapping])
        yield browser
        await browser.close()


@pytest.fixture
async def visit(browser: Browser, front: Front, house: House) -> AsyncIterator[Visit]:
    """A person at a desk; fails the test if the page did anything that it must not."""
    async with visiting(browser, front) as visit:
        yield visit


@pytest.fixture
async def phone(browser: Browser, front: Front, house: House) -> AsyncIterator[Visit]:
    """A person with a phone."""
    async with visiting(browser, front, width=390, height=844, has_touch=True) as visit:
        yield visit
