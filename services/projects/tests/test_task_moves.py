"""Tasks in their columns: after any moves, one after the other or all at once, places are 0, 1, 2 and so on."""

import asyncio
import random
from typing import Any

import pytest

from services.projects.tests.office import Office
from services.projects.tests.tasking import STATUSES, change, columns, make

MOVES = 60


@pytest.fixture
async def board(office: Office) -> dict[str, dict[str, Any]]:
    """Four tasks to do, and two in review, by title."""
    made = [await make(office, title) for title in "abcd"]
    made += [await make(office, title, status="in_review") for title in "xy"]
    return {task["title"]: task for task in made}


async def test_a_new_task_goes_to_the_end_of_its_column(office: Office, board: dict[str, Any]) -> None:
    assert await columns(office) == {"todo": ["a", "b", "c", "d"], "in_review": ["x", "y"]}


@pytest.mark.parametrize(
    ("title", "position", "after"),
    [
        ("a", 0, "abcd"),
        ("a", 2, "bcad"),
        ("a", 3, "bcda"),
        ("d", 0, "dabc"),
        ("c", 1, "acbd"),
        ("b", 99, "acdb"),
        ("b", 2**31 - 1, "acdb"),
    ],
)
async def test_within_a_column_a_task_takes_the_place_asked_for(
    office: Office, board: dict[str, Any], title: str, position: int, after: str
) -> None:
    moved = await change(office, board[title], position=position)
    assert (await columns(office))["todo"] == list(after)
    assert moved["position"] == after.index(title)


async def test_a_task_that_changes_its_status_goes_to_the_end_or_where_it_is_told(
    office: Office, board: dict[str, Any]
) -> None:
    assert (await change(office, board["b"], status="in_review"))["position"] == 2
    assert (await change(office, board["a"], status="in_review", position=1))["position"] == 1
    assert (await change(office, board["d"], status="complete", position=7))["position"] == 0
    assert await columns(office) == {"todo": ["c"], "in_review": ["x", "a", "y", "b"], "complete": ["d"]}


async def test_naming_the_status_that_a_task_has_leaves_it_where_it_is(office: Office, board: dict[str, Any]) -> None:
    assert (await change(office, board["b"], status="todo"))["position"] == 1
    assert (await columns(office))["todo"] == ["a", "b", "c", "d"]


async def test_behind_a_deleted_task_the_others_move_up(office: Office, board: dict[str, Any]) -> None:
    await office.staff.delete(f"/api/tasks/{board['b']['id']}")
    assert (await columns(office))["todo"] == ["a", "c", "d"]
    await make(office, "e")
    assert (await columns(office))["todo"] == ["a", "c", "d", "e"]


async def test_a_move_leaves_the_etags_of_the_neighbours_as_they_are(office: Office, board: dict[str, Any]) -> None:
    path = f"/api/tasks/{board['d']['id']}"
    before = await office.staff.get(path)
    await change(office, board["a"], status="complete")
    after = await office.staff.get(path)
    assert after.headers["etag"] == before.headers["etag"]
    assert after.json() == before.json() | {"position": 2}


async def test_columns_of_other_projects_are_left_alone(office: Office, board: dict[str, Any]) -> None:
    other = await office.agency.project(office.client, "Other")
    path = f"/api/projects/{other['id']}/tasks"
    for title in "pq":
        await office.agency.made(path, {"title": title})
    await change(office, board["d"], position=0)
    assert [(task["title"], task["position"]) for task in (await office.staff.get(path)).json()] == [("q", 1), ("p", 0)]


async def test_after_any_moves_the_columns_are_as_in_a_model_of_lists(office: Office) -> None:
    seed = random.randrange(2**32)
    print("seed", seed)
    dice = random.Random(seed)
    model: dict[str, list[str]] = {status: [] for status in STATUSES}
    tasks: dict[str, dict[str, Any]] = {}
    for number in range(8):
        title, status = f"t{number}", dice.choice(STATUSES)
        tasks[title] = await make(office, title, status=status)
        model[status].append(title)
    for _ in range(MOVES):
        title = dice.choice(list(tasks))
        status, position = dice.choice(STATUSES), dice.randrange(10)
        for column in model.values():
            if title in column:
                column.remove(title)
        model[status].insert(position, title)
        await change(office, tasks[title], status=status, position=position)
        assert await columns(office) == {status: column for status, column in model.items() if column}


async def test_moves_creations_and_deletions_at_once_leave_dense_columns_and_the_right_progress(office: Office) -> None:
    dice = random.Random(7)
    tasks = [await make(office, f"t{number}", status=dice.choice(STATUSES)) for number in range(12)]

    async def disturb(number: int) -> int:
        task = tasks[number % len(tasks)]
        if number % 10 == 9:
            return (await office.staff.delete(f"/api/tasks/{task['id']}")).status_code
        if number % 10 == 8:
            await make(office, f"new {number}", status=dice.choice(STATUSES))
            return 200
        move = {"status": dice.choice(STATUSES), "position": dice.randrange(12)}
        return (await office.staff.patch(f"/api/tasks/{task['id']}", json=move)).status_code

    answers = await asyncio.gather(*(disturb(number) for number in range(MOVES)))
    assert set(answers) <= {200, 404}
    assert answers.count(200) > MOVES // 2
    found = await columns(office)
    everything = sum(len(column) for column in found.values())
    project = (await office.staff.get(f"/api/projects/{office.project['id']}")).json()
    assert project["progress"] == 100 * len(found.get("complete", [])) // everything


async def test_of_concurrent_changes_of_one_version_one_wins(office: Office, board: dict[str, Any]) -> None:
    path = f"/api/tasks/{board['a']['id']}"
    answers = await asyncio.gather(
        *(
            office.staff.patch(path, json={"status": status, "position": 0}, headers={"If-Match": '"1"'})
            for status in STATUSES
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412, 412]
    await columns(office)
