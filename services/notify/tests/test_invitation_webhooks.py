"""The three events of the client-portal API at a receiver: verified, shaped as their samples, without a token."""

import json
from typing import Any

import pytest

from services.notify.tests.office import Office
from services.notify.tests.test_invitation_mails import company_of, invite
from tests.fakes.receiver import Receiver
from tests.people import Agency

NAMES = ("client_portal.invitation_sent", "client_portal.token_created", "client_portal.token_accessed")


async def listening(office: Office, agency: Agency, receiver: Receiver, *names: str) -> dict[str, Any]:
    return await agency.made("/api/zapier", {"url": receiver.url(), "events": list(names)})


async def heard(office: Office, receiver: Receiver, secret: str, count: int) -> list[dict[str, Any]]:
    async def enough() -> bool:
        return len(receiver.received) >= count

    await office.house.eventually(enough)
    await office.settled()
    return sorted((one.verify(secret) for one in receiver.received), key=lambda event: str(event["id"]))


def shape(value: Any) -> Any:
    """A payload with the kind of each value in its place; what is null in one may be a text in another."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shape(inner) for inner in value[:1]]
    return "text" if value is None else {str: "text", int: "number", bool: "truth"}[type(value)]


async def test_the_three_events_of_the_portal_are_received_and_verified(office: Office, receiver: Receiver) -> None:
    agency = await office.house.agency()
    endpoint = await listening(office, agency, receiver, *NAMES)
    client = await agency.client("Ada Lovelace")

    token = await invite(agency, f"contacts/{client.id}", "Welcome!")
    assert (await client.http.post("/api/portal/opened", json={})).status_code == 204

    events = await heard(office, receiver, endpoint["secret"], 3)
    assert sorted(event["type"] for event in events) == sorted(NAMES)
    by_type = {event["type"]: event["data"] for event in events}
    sent, created = by_type["client_portal.invitation_sent"], by_type["client_portal.token_created"]
    assert sent["contact_id"] == created["contactId"] == client.id
    assert sent["recipients"] == [{"id": client.id, "name": "Ada Lovelace", "email": client.email}]
    assert sent["custom_message"] == "Welcome!"
    assert (created["type"], created["companyId"]) == ("contact", None)
    assert by_type["client_portal.token_accessed"]["clientId"] == client.id
    bodies = b"".join(one.body for one in receiver.received).decode()
    assert token not in bodies
    assert token.partition(".")[2] not in bodies


async def test_a_company_is_told_of_with_all_its_recipients(office: Office, receiver: Receiver) -> None:
    agency = await office.house.agency()
    endpoint = await listening(office, agency, receiver, "client_portal.invitation_sent")
    company, people = await company_of(agency, "Mary", "Grace")

    await invite(agency, f"companies/{company.id}")

    (event,) = await heard(office, receiver, endpoint["secret"], 1)
    assert (event["data"]["type"], event["data"]["company_id"]) == ("company", company.id)
    assert {one["email"] for one in event["data"]["recipients"]} == {client.email for client in people}
    assert company.token not in json.dumps(event)


@pytest.mark.parametrize("name", NAMES)
async def test_the_sample_is_of_the_shape_that_arrives(office: Office, receiver: Receiver, name: str) -> None:
    agency = await office.house.agency()
    endpoint = await listening(office, agency, receiver, name)
    client = await agency.client()
    await invite(agency, f"contacts/{client.id}", "Welcome!")
    await client.http.post("/api/portal/opened", json={})

    (event,) = await heard(office, receiver, endpoint["secret"], 1)

    sample = (await agency.http.get(f"/api/zapier/samples/{name}")).json()
    assert shape(event) == shape(sample)


async def test_a_live_token_that_is_asked_for_again_is_no_news(office: Office, receiver: Receiver) -> None:
    agency = await office.house.agency()
    endpoint = await listening(office, agency, receiver, "client_portal.token_created")
    client = await agency.client()
    body = {"type": "contact", "id": client.id}
    for _ in range(3):
        assert (await agency.http.post("/api/v1/client-portal/token", json=body)).status_code == 200
    assert len(await heard(office, receiver, endpoint["secret"], 1)) == 1

    await agency.http.post("/api/v1/client-portal/token/revoke", json=body)
    assert (await agency.http.post("/api/v1/client-portal/token", json=body)).status_code == 200

    first, second = await heard(office, receiver, endpoint["secret"], 2)
    assert first["data"]["id"] != second["data"]["id"]
