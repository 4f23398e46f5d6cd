"""Query strings that make no sense are refused, never an error of ours."""

import pytest

from services.projects.tests.office import Office

LISTS = (
    "/api/projects",
    "/api/files",
    "/api/portal/messages?projectId=PROJECT",
    "/api/projects/PROJECT/threads",
    "/api/projects/PROJECT/time-entries",
    "/api/projects/PROJECT/tasks",
)


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "cursor=x", "cursor=%00", "cursor=" + "A" * 100])
async def test_a_page_that_cannot_be_is_refused(office: Office, path: str, query: str) -> None:
    path = path.replace("PROJECT", office.project["id"])
    answer = await office.visitor.get(f"{path}{'&' if '?' in path else '?'}{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


@pytest.mark.parametrize("path", ["/api/projects", "/api/files"])
@pytest.mark.parametrize("query", ["clientId=x", "status=x", "q=%00", "q=a%00b", f"q={'x' * 201}", "clientId=%00"])
async def test_a_filter_that_cannot_be_is_refused(office: Office, path: str, query: str) -> None:
    answer = await office.staff.get(f"{path}?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


@pytest.mark.parametrize("query", ["q=%25", "q=_", "q=%5C", "q='", "q=%F0%9F%92%A9", "q=%ff", "q="])
async def test_signs_of_pattern_languages_are_only_signs(office: Office, query: str) -> None:
    answer = await office.staff.get(f"/api/projects?{query}")
    assert answer.status_code == 200
    assert len(answer.json()) == (1 if query == "q=" else 0)


@pytest.mark.parametrize("version", ["0", "-1", "x", str(2**31), "1.5"])
async def test_a_version_that_cannot_be_is_refused(office: Office, version: str) -> None:
    file = await office.file()
    answer = await office.staff.get(f"/api/files/{file['id']}/content?version={version}")
    assert answer.status_code == 400
