"""How the tests of tasks make, move and read them, through REST."""

from typing import Any

import httpx

from services.projects.tests.office import Office

TASK_KEYS = {
    "id",
    "projectId",
    "clientId",
    "title",
    "description",
    "status",
    "position",
    "dueDate",
    "assigneeId",
    "visibleToClient",
    "createdAt",
    "updatedAt",
}
STAFF_ONLY_KEYS = {"assigneeId", "visibleToClient"}
STATUSES = ("todo", "in_progress", "in_review", "complete", "query")


def tasks_path(office: Office) -> str:
    """Where the tasks of the office's project are."""
    return f"/api/projects/{office.project['id']}/tasks"


async def make(office: Office, title: str = "Draft", **more: Any) -> dict[str, Any]:
    """A new task of the office's project."""
    return await office.agency.made(tasks_path(office), {"title": title, **more})


async def change(office: Office, task: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """The task after a change."""
    answer = await office.staff.patch(f"/api/tasks/{task['id']}", json=fields)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def columns(office: Office, door: httpx.AsyncClient | None = None) -> dict[str, list[str]]:
    """The titles in each column that is not empty, by position; fails where positions are not 0, 1, 2 and so on."""
    answer = await (door or office.staff).get(tasks_path(office), params={"limit": 200})
    assert answer.status_code == 200, answer.text
    found: dict[str, list[str]] = {}
    for status in STATUSES:
        column = sorted((task for task in answer.json() if task["status"] == status), key=lambda t: t["position"])
        assert [task["position"] for task in column] == list(range(len(column))), column
        if column:
            found[status] = [task["title"] for task in column]
    return found


async def progress(door: httpx.AsyncClient, office: Office) -> int:
    """The project's progress, which its own address and the list tell alike."""
    single = (await door.get(f"/api/projects/{office.project['id']}")).json()
    [listed] = (await door.get("/api/projects")).json()
    assert single == listed
    return int(single["progress"])
