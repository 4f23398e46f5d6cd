"""What tests of the work side of the dashboard share: a project to work on, and a look at a page in both schemes."""

from typing import Any

from playwright.async_api import Locator, Page

from tests.browser.axe import violations
from tests.browser.reading import faults_of
from tests.house import Agency, Client, House

# Colours on their way from one scheme to the other are neither.
_TURN = """
async (scheme) => {
  document.documentElement.dataset.theme = scheme
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  const changes = document.getAnimations().filter((one) => one instanceof CSSTransition)
  await Promise.all(changes.map((one) => one.finished.catch(() => {})))
}
"""


async def a_project(house: House, *, name: str = "Website relaunch") -> tuple[Agency, Client, dict[str, Any]]:
    """A project of an agency of its own, and its client."""
    agency = await house.agency(name="Northwind Studio")
    client = await agency.client(name="Ada Byron")
    return agency, client, await agency.project(client, name=name)


async def tasks_of(agency: Agency, project_id: str, **by_title: str) -> list[dict[str, Any]]:
    """Tasks by their titles, each in that status."""
    path = f"/api/projects/{project_id}/tasks"
    return [await agency.made(path, {"title": title, "status": status}) for title, status in by_title.items()]


def told(page: Page, words: str) -> Locator:
    """A toast with those words."""
    return page.locator(".toast-text", has_text=words)


async def a_file(agency: Agency, project_id: str, name: str, body: bytes = b"words", **fields: str) -> dict[str, Any]:
    """A file in a project."""
    sent = {"projectId": project_id, "visibleToClient": "true"} | fields
    answer = await agency.http.post("/api/files", data=sent, files={"file": (name, body)})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def wrong_with(page: Page) -> list[str]:
    """What is wrong with the page on show, in light and in dark; empty when nothing is."""
    found = []
    for scheme in ("light", "dark"):
        await page.evaluate(_TURN, scheme)
        found += [f"{scheme}: {fault}" for fault in [*await faults_of(page), *await violations(page)]]
    return found
