"""B9: the portal's first view in Chromium: what it loads, from where, and how soon it can be used."""

import os
import shutil
from dataclasses import dataclass, field
from statistics import median

from playwright.sync_api import Browser, Request, sync_playwright

from bench.report import Line
from bench.stack import Stack
from chassis.credentials import portal_token

SIZE_KB, READY_S = 80, 1.0
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
# Beside scripts and sheets there are the document, icons, fonts and answers in JSON.
COUNTED = (".js", ".mjs", ".css")
# What waits for the client stands there, and the browser has nothing left to do before it would answer a press.
_WATCH = """
new MutationObserver((_, observer) => {
  if (!document.querySelector('#waiting')) return
  observer.disconnect()
  requestAnimationFrame(() => requestIdleCallback(() => { window.readyAt = performance.now() }))
}).observe(document, { childList: true, subtree: true })
"""
# One promise: the page's policy refuses what Playwright evaluates once it has been asked, as its own waiting does.
_UNTIL_READY = """() => new Promise((done) => {
  const look = () => (window.readyAt ? done(window.readyAt) : setTimeout(look, 10))
  look()
})"""


@dataclass
class View:
    """One first view: seconds until it can be used, bytes of scripts and sheets on the wire, requests elsewhere."""

    ready_s: float = 0.0
    size: int = 0
    foreign: list[str] = field(default_factory=list)


def measure(stack: Stack, *, rounds: int) -> list[Line]:
    """Open the portal in a fresh browser profile for each round, each time as another agency's client."""
    clients = [agency.clients[0] for agency in stack.world.agencies]
    tokens = [portal_token(stack.secret_key, client.token_id, 1) for client in clients]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=SWITCHES)
        # The first one warms what is made once: the packed files.
        views = [_view(browser, stack.origin, tokens[at % len(tokens)]) for at in range(rounds + 1)][1:]
        browser.close()
    size = max(view.size for view in views) / 1000
    ready = median(view.ready_s for view in views)
    foreign = sum(len(view.foreign) for view in views)
    return [
        _line(
            "B9",
            "first view of the portal: scripts and style sheets, packed",
            f"{size:,.1f} KB",
            f"<= {SIZE_KB} KB",
            size <= SIZE_KB,
        ),
        _line("", "  requests to other origins", f"{foreign}", "0", foreign == 0),
        _line("", "  ready to be used", f"{ready * 1000:,.0f} ms", f"<= {READY_S * 1000:,.0f} ms", ready <= READY_S),
    ]


def _view(browser: Browser, origin: str, token: str) -> View:
    """What a first visit loads, the activity included, which comes last. The event stream stays open."""
    view = View()
    finished: list[Request] = []

    def note(request: Request) -> None:
        if not request.url.startswith((origin, f"blob:{origin}", "data:")):
            view.foreign.append(request.url)

    def note_finished(request: Request) -> None:
        finished.append(request)

    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(_WATCH)
    page = context.new_page()
    page.on("request", note)
    page.on("requestfinished", note_finished)
    with page.expect_response("**/api/activity?**"):
        page.goto(f"{origin}/client-portal/{token}")
    view.ready_s = page.evaluate(_UNTIL_READY) / 1000
    view.size = sum(request.sizes()["responseBodySize"] for request in finished if request.url.endswith(COUNTED))
    context.close()
    assert view.size > 0, "the page has no scripts"
    return view


def _chromium() -> str:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert found, "no Chromium: install Debian's `chromium`, or name one in CHROMIUM"
    return found


def _line(id: str, work: str, ours: str, aim: str, ok: bool) -> Line:
    return Line(id=id, work=work, ours=ours, aim=aim, ok=ok)
