"""What billing hears of clients and projects, and what it answers the portal over gRPC."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import grpc
import pytest
from portico.billing.v1 import papers_pb2, papers_pb2_grpc

from chassis.consuming import Consuming
from chassis.events import Event
from chassis.ids import new_id
from chassis.principals import SYSTEM
from chassis.rpc import Peers, ServiceToken
from services.billing.consumers import consumers
from services.billing.tests.factories import Desk, open_desk
from services.billing.tests.quoting import Studio
from tests.house import House


@pytest.fixture
async def desk(house: House) -> Desk:
    return await open_desk(house)


async def hear(desk: Desk, type: str, id: str, version: int, **data: Any) -> Event:
    """Hand an event to billing as the bus would."""
    event = Event(
        id=uuid4(),
        type=type,
        agency_id=UUID(desk.agency.id),
        aggregate=type.split(".")[1],
        aggregate_id=UUID(id),
        aggregate_version=version,
        actor=SYSTEM,
        occurred_at=datetime.now(UTC),
        data=data,
    )
    await _handle(desk.house, event)
    return event


async def _handle(house: House, event: Event) -> None:
    chassis = house.chassis("billing")
    consuming = Consuming("billing", consumers, chassis.database, chassis.bus, house.apps["billing"].state.context)
    await consuming.handle(event.encode())


async def names(desk: Desk, invoice: dict[str, Any]) -> str:
    """The client's name on an invoice."""
    return str((await desk.reload(invoice))["client"]["name"])


async def test_a_client_made_a_moment_ago_can_be_billed(desk: Desk) -> None:
    for _ in range(5):
        client = await desk.agency.client()
        assert (await desk.create(clientId=client.id)).status_code == 201


async def test_a_renamed_client_is_renamed_on_its_invoices(desk: Desk) -> None:
    invoice = await desk.invoice()
    await desk.http.patch(f"/api/clients/{desk.client.id}", json={"name": "Ada King"})
    await desk.house.eventually(lambda: _is_named(desk, invoice, "Ada King"))


async def _is_named(desk: Desk, invoice: dict[str, Any], name: str) -> bool:
    return await names(desk, invoice) == name


async def test_news_that_arrive_late_or_twice_change_nothing(desk: Desk) -> None:
    invoice = await desk.invoice()
    newest = await hear(desk, "auth.client.updated", desk.client.id, 9, name="Nine", email=None, company="Co")
    await hear(desk, "auth.client.updated", desk.client.id, 8, name="Eight")
    await _handle(desk.house, newest)
    await _handle(desk.house, replace(newest, data={"name": "Replayed"}))
    assert await names(desk, invoice) == "Nine"


async def test_a_deleted_client_keeps_its_invoices_and_gets_no_new_ones(desk: Desk) -> None:
    invoice = await desk.invoice()
    await hear(desk, "auth.client.deleted", desk.client.id, 9, name="Ada Lovelace")
    assert (await desk.create()).status_code == 400
    assert await names(desk, invoice) == "Ada Lovelace"


async def test_an_invoice_names_a_project_of_its_client_only(desk: Desk) -> None:
    project, other = str(uuid4()), str(uuid4())
    await hear(desk, "projects.project.created", project, 1, clientId=desk.client.id)
    await hear(desk, "projects.project.created", other, 1, clientId=str(uuid4()))
    assert (await desk.create(projectId=project)).json()["projectId"] == project
    refused = await desk.create(projectId=other)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "projectId")
    assert [one["projectId"] for one in (await desk.http.get(f"/api/invoices?projectId={project}")).json()] == [project]


async def test_a_project_that_is_still_on_its_way_is_waited_for(desk: Desk) -> None:
    project = str(new_id())
    creating = asyncio.create_task(desk.create(projectId=project))
    await asyncio.sleep(0.2)
    await hear(desk, "projects.project.created", project, 1, clientId=desk.client.id)
    assert (await creating).status_code == 201


async def test_a_deleted_or_foreign_project_is_refused_like_one_that_does_not_exist(desk: Desk, house: House) -> None:
    stranger = await open_desk(house)
    deleted, foreign = str(uuid4()), str(uuid4())
    await hear(desk, "projects.project.deleted", deleted, 2, clientId=desk.client.id)
    await hear(desk, "projects.project.created", deleted, 1, clientId=desk.client.id)
    await hear(stranger, "projects.project.created", foreign, 1, clientId=desk.client.id)
    answers = [await desk.create(projectId=id) for id in (deleted, foreign, str(uuid4()))]
    assert {answer.status_code for answer in answers} == {400}
    assert len({json.dumps(answer.json()["errors"]) for answer in answers}) == 1


async def ask_papers(house: House, agency_id: str, *client_ids: str, service: str = "portal") -> Any:
    """Ask billing what some clients may see, as the portal does."""
    settings = house.chassis("billing").settings
    peers = Peers(settings, service)
    try:
        stub = papers_pb2_grpc.PapersServiceStub(peers.channel("billing"))
        request = papers_pb2.GetClientPapersRequest(agency_id=agency_id, client_ids=client_ids)
        return await peers.ask(stub.GetClientPapers, request)
    finally:
        await peers.close()


async def test_the_portal_gets_what_rest_shows_the_client(desk: Desk) -> None:
    other = await desk.agency.client()
    for more in ({}, {"draft": True}, {"amount": 5}, {"clientId": other.id}):
        await desk.invoice(**more)
    papers = await ask_papers(desk.house, desk.agency.id, desk.client.id)
    assert json.loads(papers.invoices) == (await desk.client.http.get("/api/invoices")).json()
    assert len(json.loads(papers.invoices)) == 2
    assert json.loads(papers.quotes) == []
    both = await ask_papers(desk.house, desk.agency.id, desk.client.id, other.id)
    assert len(json.loads(both.invoices)) == 3


async def test_every_section_of_the_snapshot_is_a_list_of_rest(desk: Desk) -> None:
    other = await desk.agency.client()
    for client in (desk.client, other):
        studio = Studio(desk.house, desk.agency, client)
        await studio.draft()
        for title in ("Website", "Shop"):
            await studio.quote(title=title)
            invoice = await desk.invoice(clientId=client.id)
            noted = await desk.http.post(f"/api/invoices/{invoice['id']}/credit-notes", json={"amount": 5})
            assert noted.status_code == 201, noted.text
    sections = {"invoices": "invoices", "quotes": "quotes", "credit_notes": "credit-notes"}
    of_one = await ask_papers(desk.house, desk.agency.id, desk.client.id)
    of_both = await ask_papers(desk.house, desk.agency.id, other.id, desk.client.id)
    for section, name in sections.items():
        lists = [(await client.http.get(f"/api/{name}")).json() for client in (other, desk.client)]
        assert [len(rows) for rows in lists] == [2, 2]
        assert json.loads(getattr(of_one, section)) == lists[1]
        assert json.loads(getattr(of_both, section)) == lists[0] + lists[1]


async def test_papers_of_another_agencys_client_are_empty(desk: Desk, house: House) -> None:
    stranger = await open_desk(house)
    await desk.invoice()
    papers = await ask_papers(house, stranger.agency.id, desk.client.id)
    assert json.loads(papers.invoices) == []


async def test_papers_are_for_services_with_a_token_only(desk: Desk) -> None:
    settings = desk.house.chassis("billing").settings
    forged = ServiceToken(settings.model_copy(update={"secret_key": type(settings.secret_key)("x" * 40)}), "portal")
    async with grpc.aio.insecure_channel(settings.billing_rpc) as channel:
        stub = papers_pb2_grpc.PapersServiceStub(channel)
        for metadata in ((), (("portico-service", forged.current()),)):
            with pytest.raises(grpc.aio.AioRpcError) as refusal:
                await stub.GetClientPapers(papers_pb2.GetClientPapersRequest(), metadata=metadata, timeout=5)
            assert refusal.value.code() is grpc.StatusCode.UNAUTHENTICATED
