"""Projects of accepted quotes: each is made once, whenever and however often this service hears of it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from chassis.consuming import Consuming
from chassis.events import Event
from chassis.ids import new_id
from chassis.migrations import migrate
from chassis.principals import ActorKind
from cli.embedded.nats import start_nats
from cli.embedded.postgres import start_postgres
from services.projects.consumers import consumers
from services.projects.tests.announced import announced
from tests.house import Agency, Client, House, environment, running_house

QUOTE = {"title": "Website", "currency": "EUR", "lines": [{"description": "Design", "unitPrice": 100}]}


async def accept(agency: Agency, client: Client) -> dict[str, str]:
    """A quote that the client has accepted."""
    quote = await agency.made("/api/quotes", {**QUOTE, "clientId": client.id})
    sent = await agency.http.post(f"/api/quotes/{quote['id']}/send", json={"sendEmail": False})
    assert sent.status_code == 200, sent.text
    accepted = await client.http.post(f"/api/quotes/{quote['id']}/accept", json={"revision": 1})
    assert accepted.status_code == 200, accepted.text
    return dict(accepted.json())


async def projects_of(agency: Agency) -> list[dict[str, str]]:
    answer = await agency.http.get("/api/projects")
    assert answer.status_code == 200, answer.text
    return list(answer.json())


async def acceptance(house: House, agency: Agency) -> Event:
    """What billing has announced."""
    async with house.database("billing").unit(UUID(agency.id)) as session:
        found = await session.scalars(
            text("SELECT envelope FROM outbox WHERE subject = 'events.billing.quote.accepted'")
        )
        return Event.decode(bytes(found.one()))


async def hear(house: House, *events: Event) -> None:
    """Hand events to this service as the bus would."""
    chassis = house.chassis("projects")
    consuming = Consuming("projects", consumers, chassis.database, chassis.bus, house.apps["projects"].state.context)
    for event in events:
        await consuming.handle(event.encode())


async def test_an_accepted_quote_becomes_a_project_of_the_client(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    quote = await accept(agency, client)
    (project,) = await house.eventually(lambda: projects_of(agency))
    assert (project["id"], project["name"], project["clientId"]) == (quote["projectId"], "Website", client.id)
    assert (project["status"], project["description"]) == ("active", "Quote QUO-0001")
    (thread,) = (await client.http.get(f"/api/projects/{project['id']}/threads")).json()
    assert thread["name"] == "General"
    (event,) = await announced(house, agency, "projects.project.created")
    assert (str(event.aggregate_id), event.actor.kind) == (project["id"], ActorKind.CLIENT)


async def test_the_project_can_be_billed_at_once(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    quote = await accept(agency, client)
    body = {"amount": 100, "currency": "EUR", "dueDate": "2030-01-31"}
    invoice = await agency.made("/api/invoices", {**body, "clientId": client.id, "projectId": quote["projectId"]})
    assert invoice["projectId"] == quote["projectId"]


async def test_a_quote_heard_of_again_makes_no_second_project(house: House) -> None:
    agency = await house.agency()
    quote = await accept(agency, await agency.client())
    await house.eventually(lambda: projects_of(agency))
    event = await acceptance(house, agency)
    # Once more as it was, and as if the inbox had forgotten it.
    await hear(house, event, replace(event, id=new_id()), replace(event, id=new_id()))
    assert [project["id"] for project in await projects_of(agency)] == [quote["projectId"]]
    assert len(await announced(house, agency, "projects.project.created")) == 1


async def test_a_project_that_was_deleted_does_not_come_back(house: House) -> None:
    agency = await house.agency()
    quote = await accept(agency, await agency.client())
    await house.eventually(lambda: projects_of(agency))
    assert (await agency.http.delete(f"/api/projects/{quote['projectId']}")).status_code == 200
    await hear(house, replace(await acceptance(house, agency), id=new_id()))
    assert await projects_of(agency) == []


async def test_a_client_that_is_gone_gets_no_project_and_holds_nothing_up(house: House) -> None:
    agency = await house.agency()
    await accept(agency, await agency.client())
    await house.eventually(lambda: projects_of(agency))
    event = await acceptance(house, agency)
    nobodys = {**event.data, "clientId": str(uuid4()), "projectId": str(new_id())}
    await hear(house, replace(event, id=new_id(), data=nobodys))
    assert len(await projects_of(agency)) == 1


@pytest.fixture
async def apart(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[dict[str, str]]:
    """Servers of their own: where other tests run this service, it would hear what is said while it is down here."""
    place = tmp_path_factory.mktemp("apart")
    place.chmod(0o755)
    place.parent.chmod(0o755)
    postgres, nats = start_postgres(place / "postgres", durable=False), start_nats(place / "nats")
    made = environment(postgres.url, nats.url, place / "storage")
    for service in ("auth", "billing", "projects"):
        await asyncio.to_thread(migrate, service, postgres.url, made["PORTICO_SECRET_KEY"])
    yield made
    nats.discard()
    postgres.discard()


async def test_what_is_accepted_while_this_service_is_down_becomes_a_project_later(apart: dict[str, str]) -> None:
    async with running_house(apart, ("auth", "billing")) as house:
        agency = await house.agency()
        quotes = [await accept(agency, await agency.client()) for _ in range(3)]
    async with running_house(apart, ("auth", "projects", "billing")) as later:
        http = later.bearer(agency.token)

        async def begun() -> set[str]:
            found = {project["id"] for project in (await http.get("/api/projects")).json()}
            return found if len(found) == len(quotes) else set()

        assert await later.eventually(begun) == {quote["projectId"] for quote in quotes}
