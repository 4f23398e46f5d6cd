"""Projects and invoices are counted for their client, from events that arrive in any order and number."""

import random
from typing import Any
from uuid import UUID

import pytest

from chassis.clock import system_clock
from chassis.events import Event
from chassis.ids import new_id
from chassis.principals import SYSTEM
from tests.house import Agency, Client, House


class Peer:
    """Announces as projects and billing would, on the wire itself."""

    def __init__(self, house: House, agency: Agency, client: Client) -> None:
        self.house, self.agency, self.client = house, agency, client

    def event(self, type: str, noun: UUID, version: int, **data: Any) -> Event:
        return Event(
            id=new_id(),
            type=type,
            agency_id=UUID(self.agency.id),
            aggregate=type.split(".")[1],
            aggregate_id=noun,
            aggregate_version=version,
            actor=SYSTEM,
            occurred_at=system_clock(),
            data={"id": str(noun), "clientId": self.client.id, "name": "fields that auth does not read"} | data,
        )

    async def publish(self, *events: Event) -> None:
        for event in events:
            await self.house.chassis("auth").bus.stream.publish(event.subject, event.encode())

    async def shown(self) -> dict[str, int]:
        answer = await self.agency.http.get(f"/api/clients/{self.client.id}")
        return dict(answer.json()["_count"])

    async def counts_become(self, projects: int, invoices: int) -> None:
        async def equal() -> bool:
            return await self.shown() == {"projects": projects, "invoices": invoices}

        await self.house.eventually(equal)

    async def settled(self) -> None:
        """Wait until auth has taken in everything published so far: a last project of another client tells."""
        other = await self.agency.client()
        marker = Peer(self.house, self.agency, other)
        await marker.publish(marker.event("projects.project.created", new_id(), 1))
        await marker.counts_become(1, 0)


@pytest.fixture
async def peer(house: House) -> Peer:
    agency = await house.agency()
    return Peer(house, agency, await agency.client())


async def test_counts_follow_projects_and_invoices(peer: Peer) -> None:
    project, invoice = new_id(), new_id()
    await peer.publish(
        peer.event("projects.project.created", project, 1),
        peer.event("projects.project.created", new_id(), 1),
        peer.event("billing.invoice.created", invoice, 1, status="draft"),
    )
    await peer.counts_become(2, 1)
    listed = (await peer.agency.http.get("/api/clients")).json()
    assert listed[0]["_count"] == {"projects": 2, "invoices": 1}
    await peer.publish(
        peer.event("projects.project.deleted", project, 2),
        peer.event("billing.invoice.deleted", invoice, 2, status="draft"),
    )
    await peer.counts_become(1, 0)
    changed = await peer.agency.http.patch(f"/api/clients/{peer.client.id}", json={"name": "New"})
    assert changed.json()["_count"] == {"projects": 1, "invoices": 0}


async def test_what_is_heard_twice_or_late_counts_once(peer: Peer) -> None:
    invoice, gone = new_id(), new_id()
    history = [
        peer.event("billing.invoice.created", invoice, 1, status="draft"),
        peer.event("billing.invoice.sent", invoice, 2, status="sent"),
        peer.event("billing.invoice.viewed", invoice, 3, status="viewed"),
        peer.event("billing.invoice.created", gone, 1, status="draft"),
        peer.event("billing.invoice.deleted", gone, 1, status="draft"),
        peer.event("projects.project.deleted", gone_project := new_id(), 2),
        peer.event("projects.project.created", gone_project, 1),
    ]
    seed = random.randrange(2**32)
    shuffled = history * 3
    random.Random(seed).shuffle(shuffled)
    await peer.publish(*shuffled)
    await peer.counts_become(0, 1)
    await peer.settled()
    assert await peer.shown() == {"projects": 0, "invoices": 1}, f"seed {seed}"


@pytest.mark.parametrize(
    ("history", "status"),
    [
        ([("created", "draft")], 200),
        ([("created", "sent")], 409),
        ([("created", "draft"), ("sent", "sent")], 409),
        ([("created", "sent"), ("viewed", "viewed")], 409),
        ([("created", "sent"), ("viewed", "partially_paid")], 409),
        ([("created", "sent"), ("paid", "paid")], 200),
        ([("created", "sent"), ("voided", "void")], 200),
        ([("created", "draft"), ("deleted", "draft")], 200),
    ],
)
async def test_a_client_with_open_invoices_is_not_deleted(
    peer: Peer, history: list[tuple[str, str]], status: int
) -> None:
    invoice = new_id()
    await peer.publish(
        *(
            peer.event(f"billing.invoice.{verb}", invoice, version, status=state)
            for version, (verb, state) in enumerate(history, start=1)
        )
    )
    await peer.settled()
    answer = await peer.agency.http.delete(f"/api/clients/{peer.client.id}")
    assert answer.status_code == status, answer.text
    if status == 409:
        assert answer.json()["code"] == "client_has_open_invoices"
        assert (await peer.agency.http.get(f"/api/clients/{peer.client.id}")).json()["token"] == peer.client.token


async def test_another_agencys_events_count_for_none_of_ours(peer: Peer) -> None:
    stranger = Peer(peer.house, await peer.house.agency(), peer.client)
    await stranger.publish(stranger.event("projects.project.created", new_id(), 1))
    await peer.settled()
    assert await peer.shown() == {"projects": 0, "invoices": 0}
