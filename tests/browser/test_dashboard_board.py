"""The board of a project: cards moved with a mouse, a finger and keys, and what colleagues do meanwhile."""

from typing import Any

from playwright.async_api import Page, Route, expect

from tests.browser.people import a_member_at
from tests.browser.visit import Visit
from tests.browser.work import a_project, tasks_of, told, wrong_with
from tests.house import Agency, House


async def a_board(house: House, visit: Visit, **tasks: str) -> tuple[Agency, str]:
    """The open board of a project with those tasks by title and status; the agency and the project's id."""
    agency, _, project = await a_project(house)
    await tasks_of(agency, project["id"], **(tasks or {"One": "todo", "Two": "todo", "Three": "in_progress"}))
    await a_member_at(visit, agency, f"/app/projects/{project['id']}/board")
    await expect(visit.page.locator(".task-card")).to_have_count(len(tasks) or 3)
    return agency, str(project["id"])


async def column(page: Page, status: str, *titles: str) -> None:
    """Wait until the column holds just these cards."""
    await expect(page.locator(f"[data-status={status}] .task-title")).to_have_text(list(titles))


async def stored(agency: Agency, project_id: str, status: str) -> list[str]:
    """The titles in a column as the API has them, in order."""
    rows = (await agency.http.get(f"/api/projects/{project_id}/tasks?status={status}")).json()
    return [row["title"] for row in sorted(rows, key=lambda row: row["position"])]


async def all_of(agency: Agency, project_id: str) -> list[dict[str, Any]]:
    """The tasks of a project as the API has them."""
    return list((await agency.http.get(f"/api/projects/{project_id}/tasks?limit=200")).json())


async def drag(page: Page, title: str, status: str) -> None:
    """Take a card by the mouse to the end of a column, and hold it there."""
    card = await page.get_by_role("button", name=title, exact=True).bounding_box()
    goal = await page.locator(f"[data-status={status}]").bounding_box()
    assert card
    assert goal
    await page.mouse.move(card["x"] + 20, card["y"] + 10)
    await page.mouse.down()
    await page.mouse.move(card["x"] + 60, card["y"] + 30, steps=4)
    await page.mouse.move(goal["x"] + 60, goal["y"] + goal["height"] - 10, steps=6)


async def test_a_card_is_dragged_to_another_column_and_back_with_undo(house: House, visit: Visit) -> None:
    agency, project_id = await a_board(house, visit)
    page = visit.page
    await drag(page, "One", "in_progress")
    await expect(page.locator(".task-ghost")).to_contain_text("One")
    await page.mouse.up()
    await column(page, "in_progress", "Three", "One")
    await column(page, "todo", "Two")
    await expect(told(page, "Moved to In progress: One")).to_be_visible()
    assert await stored(agency, project_id, "in_progress") == ["Three", "One"]
    await page.get_by_role("button", name="Undo").click()
    await column(page, "todo", "One", "Two")

    async def back() -> bool:
        return await stored(agency, project_id, "todo") == ["One", "Two"]

    await house.eventually(back)


async def test_escape_lets_a_dragged_card_go(house: House, visit: Visit) -> None:
    agency, project_id = await a_board(house, visit)
    await drag(visit.page, "One", "complete")
    await column(visit.page, "complete", "One")
    await visit.page.keyboard.press("Escape")
    await visit.page.mouse.up()
    await column(visit.page, "todo", "One", "Two")
    assert await stored(agency, project_id, "todo") == ["One", "Two"]


async def test_a_finger_drags_by_the_grip_and_scrolls_with_the_rest(house: House, phone: Visit) -> None:
    await a_board(house, phone)
    page = phone.page
    grip = await page.locator(".task-grip").first.bounding_box()
    second = await page.get_by_role("button", name="Two").bounding_box()
    assert grip
    assert second
    touch = await page.context.new_cdp_session(page)

    async def finger(kind: str, x: float, y: float) -> None:
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        await touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    x, y = grip["x"] + 10, grip["y"] + 20
    await finger("touchStart", x, y)
    for step in range(1, 7):
        await finger("touchMove", x, y + (second["y"] + second["height"] - y) * step / 6)
    await expect(page.locator(".task-ghost")).to_be_visible()
    await finger("touchEnd", 0, 0)
    await column(page, "todo", "Two", "One")


async def test_a_card_is_moved_with_keys_and_each_step_is_announced(house: House, visit: Visit) -> None:
    agency, project_id = await a_board(house, visit)
    page, said = visit.page, visit.page.locator("[role=status][aria-live=assertive]")
    await page.get_by_role("button", name="Two").focus()
    await page.keyboard.press("Space")
    await expect(said).to_contain_text("Picked up: Two. To do, place 2.")
    await page.keyboard.press("ArrowRight")
    await expect(said).to_have_text("In progress, place 2")
    await page.keyboard.press("ArrowUp")
    await expect(said).to_have_text("In progress, place 1")
    await page.keyboard.press("Space")
    await expect(said).to_contain_text("Put down: Two")
    await column(page, "in_progress", "Two", "Three")
    await expect(page.get_by_role("button", name="Two")).to_be_focused()
    await expect(told(page, "Moved to In progress: Two")).to_be_visible()
    assert await stored(agency, project_id, "in_progress") == ["Two", "Three"]

    await page.keyboard.press("Space")
    await page.keyboard.press("ArrowLeft")
    await column(page, "todo", "Two", "One")
    await page.keyboard.press("Escape")
    await expect(said).to_contain_text("Cancelled")
    await column(page, "in_progress", "Two", "Three")
    await page.keyboard.press("ArrowLeft")
    await expect(page.get_by_role("button", name="One")).to_be_focused()


async def test_a_move_that_is_refused_is_put_back_and_explained(house: House, visit: Visit) -> None:
    await a_board(house, visit)
    page = visit.page
    visit.expected = ("503",)

    async def refuse(route: Route) -> None:
        if route.request.method == "PATCH":
            await route.fulfill(status=503, content_type="application/problem+json", body="{}")
        else:
            await route.continue_()

    await page.route("**/api/tasks/*", refuse)
    await drag(page, "One", "query")
    await page.mouse.up()
    await expect(told(page, "One was put back")).to_be_visible()
    await column(page, "todo", "One", "Two")


async def test_cards_that_colleagues_add_and_move_arrive(house: House, visit: Visit) -> None:
    agency, project_id = await a_board(house, visit)
    (four,) = await tasks_of(agency, project_id, Four="query")
    await column(visit.page, "query", "Four")
    await agency.http.patch(f"/api/tasks/{four['id']}", json={"status": "todo", "position": 0})
    await column(visit.page, "todo", "Four", "One", "Two")


async def test_tasks_are_added_one_after_the_other(house: House, visit: Visit) -> None:
    agency, project_id = await a_board(house, visit)
    page = visit.page
    await page.get_by_role("button", name="New task in Query").click()
    field = page.get_by_label("Title of the new task in Query")
    await field.fill("Which domain?")
    await field.press("Enter")
    await column(page, "query", "Which domain?")
    await expect(field).to_have_value("")
    await field.fill("Which colour?")
    await field.press("Enter")
    await column(page, "query", "Which domain?", "Which colour?")
    await field.press("Escape")
    await expect(page.get_by_role("button", name="New task in Query")).to_be_focused()
    assert await stored(agency, project_id, "query") == ["Which domain?", "Which colour?"]


async def test_a_task_is_changed_in_its_drawer_and_what_is_typed_is_kept(house: House, visit: Visit) -> None:
    agency, project_id = await a_board(house, visit)
    page = visit.page
    await page.get_by_role("button", name="One").click()
    drawer = page.get_by_role("dialog")
    await drawer.get_by_label("Title").fill("One and a half")
    await page.keyboard.press("Escape")
    await expect(drawer).to_have_count(0)
    await page.get_by_role("button", name="One").click()
    await expect(drawer.get_by_label("Title")).to_have_value("One and a half")
    await expect(drawer.get_by_text("not saved yet")).to_be_visible()
    await drawer.get_by_label("Column").select_option("complete")
    await drawer.get_by_role("switch", name="Visible to the client").click()
    await drawer.get_by_label("Due").fill("2031-03-01")
    assert await wrong_with(page) == []
    await drawer.get_by_role("button", name="Save").click()
    await column(page, "complete", "One and a half")
    await expect(page.locator("[data-status=complete] .task-card")).to_contain_text("Hidden from the client")
    assert await stored(agency, project_id, "complete") == ["One and a half"]


async def test_what_colleagues_make_of_a_task_stays_while_its_drawer_is_open(house: House, visit: Visit) -> None:
    agency, project_id = await a_board(house, visit)
    page, drawer = visit.page, visit.page.get_by_role("dialog")
    (one,) = [row for row in await all_of(agency, project_id) if row["title"] == "One"]
    await page.get_by_role("button", name="One").click()
    await drawer.get_by_label("Title").fill("One and a half")
    await agency.http.patch(f"/api/tasks/{one['id']}", json={"status": "complete"})
    await expect(drawer.get_by_label("Column")).to_have_value("complete")
    await page.keyboard.press("Escape")
    await agency.http.patch(f"/api/tasks/{one['id']}", json={"dueDate": "2031-03-01"})
    await expect(page.locator("[data-status=complete] .task-card")).to_contain_text("2031")
    await page.get_by_role("button", name="One").click()
    await expect(drawer.get_by_label("Title")).to_have_value("One and a half")
    await drawer.get_by_role("button", name="Save").click()
    await column(page, "complete", "One and a half")
    (one,) = [row for row in await all_of(agency, project_id) if row["id"] == one["id"]]
    assert (one["title"], one["status"], one["dueDate"]) == ("One and a half", "complete", "2031-03-01")


async def test_the_focus_follows_a_task_from_its_drawer_or_goes_to_its_neighbour(house: House, visit: Visit) -> None:
    await a_board(house, visit)
    page, drawer = visit.page, visit.page.get_by_role("dialog")
    await page.get_by_role("button", name="One").focus()
    await page.keyboard.press("Enter")
    await drawer.get_by_label("Column").select_option("in_review")
    await page.keyboard.press("Tab")
    await drawer.get_by_label("Title").press("Enter")
    await column(page, "in_review", "One")
    await expect(page.get_by_role("button", name="One", exact=True)).to_be_focused()
    await page.get_by_role("button", name="Three").press("Enter")
    await drawer.get_by_role("button", name="Delete").press("Enter")
    await column(page, "in_progress")
    await expect(page.get_by_role("button", name="New task in In progress")).to_be_focused()


async def test_a_card_put_down_far_below_stays_on_show(house: House, visit: Visit) -> None:
    titles = [f"Task {number}" for number in range(33)]
    agency, _, project = await a_project(house)
    await tasks_of(agency, project["id"], **dict.fromkeys(titles, "todo"))
    await a_member_at(visit, agency, f"/app/projects/{project['id']}/board")
    page = visit.page
    await expect(page.locator(".task-card")).to_have_count(30)
    card = page.get_by_role("button", name="Task 29", exact=True)
    await card.focus()
    for key in ("Space", "ArrowDown", "ArrowDown", "Space"):
        await page.keyboard.press(key)
    await expect(told(page, "Moved to To do: Task 29")).to_be_visible()
    await column(page, "todo", *titles[:29], "Task 30", "Task 31", "Task 29", "Task 32")
    await expect(card).to_be_focused()


async def test_a_task_deleted_in_one_tab_leaves_the_other(house: House, visit: Visit) -> None:
    agency, project_id = await a_board(house, visit)
    page, other = visit.page, await visit.tab(f"/app/projects/{project_id}/board")
    visit.expected = ("404",)
    await column(other, "todo", "One", "Two")
    await page.get_by_role("button", name="One").click()
    await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    await page.get_by_role("button", name="Close this message").click()
    await column(other, "todo", "Two")
    (two,) = [row for row in await all_of(agency, project_id) if row["title"] == "Two"]
    await agency.http.delete(f"/api/tasks/{two['id']}")
    await other.get_by_role("button", name="Two").click()
    await other.get_by_role("dialog").get_by_label("Title").fill("Two and a half")
    await other.get_by_role("dialog").get_by_role("button", name="Save").click()
    await expect(told(other, "This task is no longer there.")).to_be_visible()
    await expect(other.get_by_role("dialog")).to_have_count(0)
    await column(other, "todo")


async def test_a_deleted_task_comes_back_with_undo_and_else_is_gone(house: House, visit: Visit) -> None:
    agency, project_id = await a_board(house, visit)
    page = visit.page
    for undone in (True, False):
        await page.get_by_role("button", name="One").click()
        await page.get_by_role("dialog").get_by_role("button", name="Delete").click()
        await column(page, "todo", "Two")
        if undone:
            await page.get_by_role("button", name="Undo").click()
            await column(page, "todo", "One", "Two")
    await page.get_by_role("button", name="Close this message").click()

    async def gone() -> bool:
        return await stored(agency, project_id, "todo") == ["Two"]

    await house.eventually(gone)
    await column(page, "todo", "Two")


async def test_the_board_can_be_read_by_all_in_both_schemes(house: House, visit: Visit) -> None:
    await a_board(house, visit, **{"A" * 200: "todo", "صفحة البداية": "query", "Wireframes": "complete"})
    assert await wrong_with(visit.page) == []
    await visit.page.set_viewport_size({"width": 390, "height": 844})
    assert await wrong_with(visit.page) == []
    assert await visit.overflow() == 0
