"""Registering webhooks: who may, what is taken, what is answered."""

import asyncio
from typing import Any

import pytest

from services.notify.tests.office import Office
from services.notify.webhook_endpoints.event_types import NAMES
from tests.house import Agency

RANDOM_ID = "0198f7a1-88d0-7c10-8a55-91c7d2e4f603"


async def register(agency: Agency, **body: Any) -> dict[str, Any]:
    body.setdefault("url", "https://hooks.example.com/portico")
    answer = await agency.http.post("/api/zapier", json={"events": ["invoice.paid"]} | body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def test_a_new_webhook_shows_its_secret_this_once(office: Office) -> None:
    agency = await office.house.agency()

    made = await register(agency, url="https://Hooks.Example.com:443/portico?a=1")

    assert made["url"] == "https://hooks.example.com/portico?a=1"
    assert made["events"] == ["invoice.paid"]
    assert made["active"] is True
    assert made["secret"].startswith("whsec_")
    listed = (await agency.http.get("/api/zapier")).json()
    assert [one["id"] for one in listed] == [made["id"]]
    assert "secret" not in listed[0]
    assert made["secret"] not in repr(await office.rows("SELECT * FROM webhook_endpoints"))


@pytest.mark.parametrize(
    "body",
    [
        {"targetUrl": "https://hooks.example.com/a", "event": "invoice.paid"},
        {"target_url": "https://hooks.example.com/a", "events": ["invoice.paid"]},
        {"hookUrl": "https://hooks.example.com/a", "event": ["invoice.paid"]},
        {"url": "https://hooks.example.com/a", "events": ["invoice.paid", "invoice.paid"]},
    ],
)
async def test_the_spellings_of_rest_hook_clients_are_taken(office: Office, body: dict[str, Any]) -> None:
    agency = await office.house.agency()

    answer = await agency.http.post("/api/zapier", json=body)

    assert answer.status_code == 201, answer.text
    assert answer.json()["url"] == "https://hooks.example.com/a"
    assert answer.json()["events"] == ["invoice.paid"]


async def test_an_unknown_event_is_refused_with_the_list_of_events(office: Office) -> None:
    agency = await office.house.agency()

    answer = await agency.http.post(
        "/api/zapier", json={"url": "https://hooks.example.com/", "events": ["invoice.eaten"]}
    )

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "events"
    assert all(name in answer.json()["detail"] for name in NAMES)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"url": "https://hooks.example.com/"},
        {"url": "https://hooks.example.com/", "events": []},
        {"url": "https://hooks.example.com/", "events": [1]},
        {"url": "https://hooks.example.com/", "events": None},
        {"url": 5, "events": ["invoice.paid"]},
        {"url": "", "events": ["invoice.paid"]},
        {"url": "https://hooks.example.com/", "events": ["invoice.paid"], "secret": "whsec_mine"},
        {"url": "https://hooks.example.com/", "events": ["invoice.paid"], "agencyId": RANDOM_ID},
    ],
)
async def test_a_body_that_is_not_right_is_a_400(office: Office, body: dict[str, Any]) -> None:
    agency = await office.house.agency()

    answer = await agency.http.post("/api/zapier", json=body)

    assert answer.status_code == 400
    assert answer.json()["errors"]


async def test_a_removed_webhook_is_gone_from_the_list(office: Office) -> None:
    agency = await office.house.agency()
    first, second = await register(agency), await register(agency)

    by_query = await agency.http.delete("/api/zapier", params={"id": first["id"]})
    by_path = await agency.http.delete(f"/api/zapier/{second['id']}")

    assert (by_query.status_code, by_path.status_code) == (200, 200)
    assert by_query.json()["active"] is False
    assert (await agency.http.get("/api/zapier")).json() == []
    again = await agency.http.delete("/api/zapier", params={"id": first["id"]})
    assert again.status_code == 404


async def test_a_foreign_webhook_answers_like_a_random_id(office: Office) -> None:
    agency, other = await office.house.agency(), await office.house.agency()
    theirs = await register(other)

    def body(answer: Any) -> dict[str, Any]:
        return {key: value for key, value in answer.json().items() if key != "time"}

    for foreign, random in [
        (await agency.http.delete(f"/api/zapier/{theirs['id']}"), await agency.http.delete(f"/api/zapier/{RANDOM_ID}")),
        (await agency.http.delete(f"/api/zapier?id={theirs['id']}"), await agency.http.delete("/api/zapier/nonsense")),
        (
            await agency.http.post("/api/zapier/test", json={"id": theirs["id"]}),
            await agency.http.post("/api/zapier/test", json={"id": RANDOM_ID}),
        ),
    ]:
        assert foreign.status_code == random.status_code == 404
        assert body(foreign) == body(random)
    assert (await other.http.get("/api/zapier")).json()[0]["active"] is True


async def test_an_agency_has_twenty_webhooks_at_most_even_when_asked_at_once(office: Office) -> None:
    agency = await office.house.agency()

    answers = await asyncio.gather(
        *(
            agency.http.post("/api/zapier", json={"url": f"https://hooks.example.com/{n}", "events": ["*"]})
            for n in range(40)
        )
    )

    assert sorted(answer.status_code for answer in answers) == [201] * 20 + [409] * 20
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert refused.json()["code"] == "too_many_endpoints"
    assert len((await agency.http.get("/api/zapier")).json()) == 20


async def test_lists_come_in_pages(office: Office) -> None:
    agency = await office.house.agency()
    made = [(await register(agency))["id"] for _ in range(3)]

    first = await agency.http.get("/api/zapier", params={"limit": 2})
    rest = await agency.http.get(first.links["next"]["url"])

    assert [one["id"] for one in first.json() + rest.json()] == made[::-1]
    assert "next" not in rest.links


async def test_a_client_of_the_portal_has_no_business_with_webhooks(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client()

    for answer in (
        await client.http.get("/api/zapier"),
        await client.http.post("/api/zapier", json={"url": "https://hooks.example.com/", "events": ["*"]}),
        await client.http.get("/api/webhook-deliveries"),
    ):
        assert answer.status_code == 403
    assert (await office.house.gateway.get("/api/zapier")).status_code == 401


async def test_an_api_key_needs_the_scope_write_to_register(office: Office) -> None:
    agency = await office.house.agency()

    async def with_scopes(*scopes: str) -> Any:
        made = await agency.http.post("/api/api-keys", json={"name": "Zapier", "scopes": scopes})
        assert made.status_code == 201, made.text
        return office.house.http_with({"Authorization": f"Bearer {made.json()['key']}"})

    reading, writing = await with_scopes("read"), await with_scopes("read", "write")
    body = {"url": "https://hooks.example.com/", "events": ["*"]}

    assert (await reading.get("/api/zapier")).status_code == 200
    assert (await reading.post("/api/zapier", json=body)).status_code == 403
    assert (await writing.post("/api/zapier", json=body)).status_code == 201


async def test_every_event_has_a_description_and_a_sample(office: Office) -> None:
    agency = await office.house.agency()

    listed = (await agency.http.get("/api/zapier/events")).json()

    assert [one["type"] for one in listed] == list(NAMES)
    for one in listed:
        assert one["description"]
        sample = (await agency.http.get(f"/api/zapier/samples/{one['type']}")).json()
        assert set(sample) == {"id", "type", "time", "agencyId", "data"}
        assert sample["type"] == one["type"]
        assert sample["agencyId"] == agency.id
        assert sample["data"]["id"]
    assert (await agency.http.get("/api/zapier/samples/invoice.eaten")).status_code == 404
