"""A mail scanner: follows every link of a mail, as a plain program and as a browser, before its reader does."""

import re
from urllib.parse import urljoin

import httpx
from playwright.async_api import Browser, Page

from tests.browser.visit import Front
from tests.house import ORIGIN

# What follows a link in a page; a fragment is none.
_REFERENCE = re.compile(r'(?:href|src|action)="([^"#]+)')


async def follow_plainly(http: httpx.AsyncClient, links: list[str]) -> int:
    """GET and HEAD every link, and whatever the answers refer to; returns how many addresses that were."""
    seen: set[str] = set()
    waiting = [link.partition("#")[0] for link in links]
    # Some programs send what stands behind the `#` all the same.
    waiting += [link.replace("#", "?") for link in links if "#" in link]
    while waiting:
        address = waiting.pop()
        if address in seen or not address.startswith(ORIGIN):
            continue
        seen.add(address)
        await http.head(address)
        answer = await http.get(address, headers={"Accept": "text/html,*/*"})
        if "html" in answer.headers.get("content-type", ""):
            waiting += [urljoin(address, found) for found in _REFERENCE.findall(answer.text)]
    return len(seen)


async def follow_in_a_browser(browser: Browser, front: Front, links: list[str]) -> list[str]:
    """Open every link, run all scripts, wait, follow and press by script what is there; returns what was written."""
    context = await browser.new_context(viewport={"width": 1280, "height": 900})
    written: list[str] = []
    context.on("request", lambda request: written.append(request.url) if request.method != "GET" else None)
    page = await context.new_page()
    for link in links:
        if not link.startswith(front.address):
            continue
        for further in await _look(page, link):
            if further.startswith(front.address):
                await _look(page, further)
    await context.close()
    return written


async def _look(page: Page, address: str) -> list[str]:
    await page.goto(address)
    await page.wait_for_load_state("networkidle")
    # Before the links are pressed: a press may lead away.
    links = await page.evaluate("[...document.querySelectorAll('a[href]')].map((link) => link.href)")
    await page.evaluate("scrollTo(0, document.body.scrollHeight)")
    await page.evaluate("document.querySelectorAll('a').forEach((link) => link.click())")
    await page.wait_for_timeout(500)
    return list(links)


async def press_everything(browser: Browser, link: str) -> list[str]:
    """Open a link and have a script press every button once; returns what was written."""
    context = await browser.new_context()
    written: list[str] = []
    context.on("request", lambda request: written.append(request.url) if request.method != "GET" else None)
    page = await context.new_page()
    await page.goto(link)
    await page.get_by_role("button").first.wait_for()
    await page.evaluate("document.querySelectorAll('button').forEach((button) => button.click())")
    await page.wait_for_load_state("networkidle")
    await page.wait_for_timeout(500)
    await context.close()
    return written
