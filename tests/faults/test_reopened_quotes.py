"""Quotes that are reopened: quote and project end up agreeing, wherever things break off and whenever it is heard."""

import asyncio
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from chassis.consuming import Consuming
from chassis.events import Event
from chassis.ids import new_id
from chassis.principals import Actor, ActorKind, Role, Staff
from services.billing.quotes.reopening import reopen_quote
from services.billing.tests.quoting import Studio, open_studio
from services.projects.consumers import consumers
from services.projects.projects.withdrawing import Returning
from services.projects.tasks.schemas import TaskCreate
from services.projects.tasks.service import create_task
from services.projects.tests.announced import announced
from tests.house import House

OWNER = Actor(ActorKind.MEMBER, uuid4(), "Olivia Owner")


class Crash(Exception):
    """The process ends here."""


@dataclass
class Undoing:
    """A quote that was accepted, and its project."""

    studio: Studio
    quote: dict[str, Any]

    @property
    def house(self) -> House:
        return self.studio.house

    @property
    def agency_id(self) -> UUID:
        return UUID(self.studio.agency.id)

    @property
    def project_id(self) -> str:
        return str(self.quote["projectId"])

    async def reopen(self) -> int:
        return (await self.studio.staff.post(f"/api/quotes/{self.quote['id']}/reopen")).status_code

    @property
    def staff(self) -> Staff:
        scopes = frozenset({"read", "write"})
        return Staff(self.agency_id, uuid4(), "Olivia", "", Role.OWNER, scopes, uuid4(), "session")

    async def crash(self) -> None:
        """Reopen it as the route would, in a process that ends just before its commit."""
        with pytest.raises(Crash):
            async with self.house.database("billing").unit(self.agency_id) as session:
                await reopen_quote(
                    session,
                    self.staff,
                    quote_id=UUID(self.quote["id"]),
                    context=self.house.apps["billing"].state.context,
                    now=self.house.clock(),
                )
                raise Crash

    async def later(self, **by: float) -> None:
        """Let time pass, and projects have a look."""
        self.house.clock.advance(**by)
        await Returning(self.house.database("projects"), self.house.clock).bring_back()

    async def projects(self) -> list[str]:
        return [project["id"] for project in (await self.studio.staff.get("/api/projects")).json()]

    async def event(self, verb: str) -> Event:
        """What billing has announced of the quote."""
        (found,) = [e for e in await self.studio.announced(self.quote) if e.type == f"billing.quote.{verb}"]
        return found

    async def word(self) -> Event:
        """That the quote was reopened, as billing would have told it if it had not crashed."""
        accepted = await self.event("accepted")
        return replace(
            accepted,
            id=new_id(),
            type="billing.quote.reopened",
            data={**accepted.data, "projectId": None},
            internal={"projectId": self.project_id},
        )

    async def hear(self, *events: Event) -> None:
        """Hand events to projects as the bus would."""
        chassis, context = self.house.chassis("projects"), self.house.apps["projects"].state.context
        consuming = Consuming("projects", consumers, chassis.database, chassis.bus, context)
        for event in events:
            await consuming.handle(event.encode())

    async def withdraw(self, project_id: str, agency_id: str) -> bool:
        work = self.house.apps["billing"].state.context.work
        client_id = UUID(self.studio.client.id)
        has_begun: bool = await work.withdraw_project(
            UUID(agency_id), UUID(project_id), client_id=client_id, title="Website", number="QUO-0001", by=OWNER
        )
        return has_begun

    async def begin(self) -> None:
        await self.studio.agency.made(f"/api/projects/{self.project_id}/tasks", {"title": "Design"})

    async def deletions(self) -> int:
        return len(await announced(self.house, self.studio.agency, "projects.project.deleted"))


@pytest.fixture
async def undoing(house: House) -> Undoing:
    studio = await open_studio(house)
    answer = await studio.accept(await studio.quote())
    assert answer.status_code == 200, answer.text
    undoing = Undoing(studio, answer.json())
    await house.eventually(undoing.projects)
    return undoing


async def test_the_project_of_a_quote_that_was_never_saved_as_reopened_comes_back(undoing: Undoing) -> None:
    await undoing.crash()
    assert (await undoing.projects(), await undoing.deletions()) == ([], 0)
    assert (await undoing.studio.reload(undoing.quote))["status"] == "accepted"
    await undoing.later(minutes=4, seconds=50)
    assert await undoing.projects() == []
    await undoing.later(seconds=11)
    assert (await undoing.projects(), await undoing.deletions()) == ([undoing.project_id], 0)
    await undoing.begin()


async def test_whoever_asks_again_after_a_crash_is_served(undoing: Undoing) -> None:
    await undoing.crash()
    await undoing.crash()
    assert await undoing.reopen() == 200

    async def deleted() -> bool:
        return await undoing.deletions() == 1

    await undoing.house.eventually(deleted)
    await undoing.later(minutes=6)
    assert await undoing.projects() == []


async def test_asking_again_keeps_it_out_of_sight_for_longer(undoing: Undoing) -> None:
    await undoing.crash()
    await undoing.later(minutes=4)
    await undoing.crash()
    await undoing.later(minutes=2)
    assert await undoing.projects() == []
    await undoing.later(minutes=4)
    assert await undoing.projects() == [undoing.project_id]


async def test_a_project_that_was_not_made_yet_is_never_seen(undoing: Undoing) -> None:
    project_id = str(new_id())
    assert not await undoing.withdraw(project_id, undoing.studio.agency.id)
    accepted = await undoing.event("accepted")
    late = replace(accepted, id=new_id(), data={**accepted.data, "projectId": project_id})
    await undoing.hear(late)
    assert await undoing.projects() == [undoing.project_id]
    await undoing.hear(replace(await undoing.word(), internal={"projectId": project_id}))
    await undoing.later(minutes=6)
    assert await undoing.projects() == [undoing.project_id]


async def test_one_that_was_made_for_it_is_whole_when_it_comes_back(undoing: Undoing) -> None:
    project_id = str(new_id())
    await undoing.withdraw(project_id, undoing.studio.agency.id)
    await undoing.later(minutes=6)
    assert set(await undoing.projects()) == {project_id, undoing.project_id}
    (thread,) = (await undoing.studio.visitor.get(f"/api/projects/{project_id}/threads")).json()
    assert thread["name"] == "General"


async def test_what_is_heard_again_deletes_once(undoing: Undoing) -> None:
    assert await undoing.reopen() == 200

    async def deleted() -> bool:
        return await undoing.deletions() == 1

    await undoing.house.eventually(deleted)
    event = await undoing.event("reopened")
    await undoing.hear(event, replace(event, id=new_id()), replace(await undoing.event("accepted"), id=new_id()))
    assert (await undoing.projects(), await undoing.deletions()) == ([], 1)


async def test_word_that_comes_after_the_project_is_back_deletes_it_still(undoing: Undoing) -> None:
    await undoing.crash()
    await undoing.later(minutes=6)
    assert await undoing.projects() == [undoing.project_id]
    await undoing.hear(await undoing.word())
    assert (await undoing.projects(), await undoing.deletions()) == ([], 1)


async def test_word_that_comes_after_work_has_begun_deletes_nothing(undoing: Undoing) -> None:
    await undoing.crash()
    await undoing.later(minutes=6)
    await undoing.begin()
    await undoing.hear(await undoing.word())
    assert (await undoing.projects(), await undoing.deletions()) == ([undoing.project_id], 0)


async def test_work_that_slipped_in_while_it_was_withdrawn_brings_the_project_back(undoing: Undoing) -> None:
    await undoing.begin()
    async with undoing.house.database("projects").unit(undoing.agency_id) as session:
        away = "UPDATE projects SET deleted_at = now(), withdrawn_until = now() + interval '5 minutes'"
        await session.execute(text(away))
    assert await undoing.projects() == []
    await undoing.hear(await undoing.word())
    assert (await undoing.projects(), await undoing.deletions()) == ([undoing.project_id], 0)


async def test_work_that_is_being_saved_is_waited_for(undoing: Undoing) -> None:
    projects = undoing.house.database("projects")
    async with projects.unit(undoing.agency_id) as session:
        await create_task(
            session,
            undoing.staff,
            project_id=UUID(undoing.project_id),
            wanted=TaskCreate(title="Design"),
            directory=undoing.house.apps["projects"].state.context.directory,
            now=undoing.house.clock(),
        )
        reopening = asyncio.create_task(undoing.reopen())

        async def waits() -> bool:
            async with projects.reader(undoing.agency_id) as reader:
                return bool(await reader.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"))

        await undoing.house.eventually(waits, 4)
    assert await reopening == 409
    assert (await undoing.projects(), await undoing.deletions()) == ([undoing.project_id], 0)


async def test_a_project_that_the_agency_deleted_stays_deleted(undoing: Undoing) -> None:
    assert (await undoing.studio.staff.delete(f"/api/projects/{undoing.project_id}")).status_code == 200
    await undoing.crash()
    await undoing.later(minutes=6)
    assert (await undoing.projects(), await undoing.deletions()) == ([], 1)
    undoing.house.clock.reset()
    assert await undoing.reopen() == 200
    await undoing.hear(await undoing.event("reopened"))
    assert (await undoing.projects(), await undoing.deletions()) == ([], 1)


async def test_one_agency_withdraws_nothing_of_another(undoing: Undoing) -> None:
    other = await undoing.house.agency("Other")
    assert not await undoing.withdraw(undoing.project_id, other.id)
    assert await undoing.projects() == [undoing.project_id]
    assert (await other.http.get("/api/projects")).json() == []
