"""The custodian API: the agency's own backend makes clients, reads them, and holds their keys."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from services.auth.tests.custodians import (
    CLIENTS,
    backend,
    calls,
    calls_about,
)
from tests.house import House

CREATED = {"id", "clientApiKey", "clientSessionToken", "isAccountAbstracted"}


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        (b"", {}),
        (b"{}", {}),
        (b"", {"Content-Type": "application/json"}),
        (b"{}", {"Content-Type": "application/json"}),
        (b"", {"Content-Type": "text/plain"}),
    ],
)
async def test_a_client_is_made_without_a_word_about_them(
    house: House, content: bytes, headers: dict[str, str]
) -> None:
    custodian = await backend(house)
    answer = await custodian.http.post(CLIENTS, content=content, headers=headers)
    assert answer.status_code == 201, answer.text
    body = answer.json()
    assert set(body) == CREATED
    assert str(UUID(body["id"])) == body["id"]
    assert body["isAccountAbstracted"] is False
    assert body["clientApiKey"].startswith("cak_")
    assert body["clientSessionToken"].startswith("cst_")
    shown = (await custodian.agency.http.get(f"/api/clients/{body['id']}")).json()
    assert (shown["number"], shown["name"], shown["email"]) == (1, "Client 1", None)


async def test_a_client_is_made_as_asked_and_is_one_like_any_other(house: House) -> None:
    custodian = await backend(house)
    email = f"{uuid4().hex}@client.test"
    body = await custodian.create(isAccountAbstracted=True, name="Grace Hopper", email=email)
    assert body["isAccountAbstracted"] is True
    shown = (await custodian.agency.http.get(f"/api/clients/{body['id']}")).json()
    assert (shown["name"], shown["email"], shown["number"]) == ("Grace Hopper", email, 1)
    project = await custodian.agency.http.post("/api/projects", json={"name": "App", "clientId": body["id"]})
    assert project.status_code == 201, project.text
    seen = await house.bearer(body["clientSessionToken"]).get("/api/projects")
    assert [item["id"] for item in seen.json()] == [project.json()["id"]]


async def test_no_mail_welcomes_a_client_of_the_product(house: House) -> None:
    custodian = await backend(house)
    email, ordinary = f"{uuid4().hex}@client.test", f"{uuid4().hex}@client.test"
    await custodian.create(email=email)
    await custodian.agency.client(email=ordinary)

    async def welcomed() -> bool:
        return bool(await house.mails(ordinary))

    await house.eventually(welcomed)
    assert await house.mails(email) == []


async def test_an_address_that_is_another_clients_is_refused(house: House) -> None:
    custodian = await backend(house)
    client = await custodian.agency.client()
    answer = await custodian.http.post(CLIENTS, json={"email": client.email.upper()})
    assert (answer.status_code, answer.json()["code"]) == (409, "client_email_taken")
    assert (await custodian.http.get(CLIENTS)).json() == []


async def test_a_client_is_shown_with_just_the_fields_of_the_document(house: House) -> None:
    custodian = await backend(house)
    made = await custodian.create(isAccountAbstracted=True)
    shown = await custodian.call("GET", f"/{made['id']}")
    assert shown == {
        "id": made["id"],
        "address": None,
        "clientApiKey": made["clientApiKey"],
        "isAccountAbstracted": True,
    }


async def test_clients_are_listed_newest_first_and_a_page_at_a_time(house: House) -> None:
    custodian = await backend(house)
    made = [await custodian.create() for _ in range(5)]
    await custodian.agency.client()
    expected = [
        {
            "id": client["id"],
            "address": None,
            "backupStatus": None,
            "clientApiKey": client["clientApiKey"],
            "signingStatus": None,
        }
        for client in reversed(made)
    ]
    assert (await custodian.http.get(CLIENTS)).json() == expected
    first = await custodian.http.get(f"{CLIENTS}?limit=3")
    assert first.json() == expected[:3]
    second = await custodian.http.get(first.links["next"]["url"])
    assert second.json() == expected[3:]
    assert "next" not in second.links


async def test_an_idempotency_key_makes_one_client(house: House) -> None:
    custodian = await backend(house)
    answers = [await custodian.http.post(CLIENTS, headers={"Idempotency-Key": "once"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert len((await custodian.http.get(CLIENTS)).json()) == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"isAccountAbstracted": "perhaps"}, "isAccountAbstracted"),
        ({"isAccountAbstracted": None}, "isAccountAbstracted"),
        ({"name": ""}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"email": "nobody"}, "email"),
        ({"id": str(uuid4())}, "id"),
        ({"clientApiKey": "cak_mine"}, "clientApiKey"),
        ({"address": "0x52908400098527886E0F7030069857D2E4169EE7"}, "address"),
        ({"agencyId": str(uuid4())}, "agencyId"),
        ({"welcome": True}, "welcome"),
    ],
)
async def test_a_wrong_field_is_named(house: House, body: dict[str, Any], field: str) -> None:
    custodian = await backend(house)
    answer = await custodian.http.post(CLIENTS, json=body)
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert answer.json()["error"] == answer.json()["detail"]


async def test_no_credential_is_told_so(house: House) -> None:
    custodian = await backend(house)
    made = await custodian.create()
    for method, path in calls(made["id"]):
        for http in (house.gateway, house.bearer("pk_00000000_" + "a" * 43), house.bearer("nonsense")):
            answer = await http.request(method, path)
            assert answer.status_code == 401, (method, path, answer.text)
            assert answer.json()["error"]


async def test_every_other_kind_of_credential_is_refused(house: House) -> None:
    custodian = await backend(house)
    made = await custodian.create()
    client = await custodian.agency.client()
    others = {
        "staff session": (custodian.agency.http, "custodian_only"),
        "staff cookie": (house.http_with({"Cookie": f"portico={custodian.agency.token}"}), "custodian_only"),
        "reading and writing key": (await custodian.agency.api_key("read", "write"), "custodian_only"),
        "portal token": (client.http, "staff_only"),
        "portal token as bearer": (house.bearer(client.token), "staff_only"),
        "client key": (house.bearer(made["clientApiKey"]), "staff_only"),
        "session token": (house.bearer(made["clientSessionToken"]), "staff_only"),
    }
    for name, (http, code) in others.items():
        for method, path in calls(made["id"]):
            headers = {"Origin": "http://localhost:8080"}
            answer = await http.request(method, path, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (403, code), (name, method, path)


async def test_a_custodians_key_opens_nothing_else(house: House) -> None:
    custodian = await backend(house)
    client = await custodian.agency.client()
    for method, path in (
        ("GET", "/api/clients"),
        ("POST", "/api/clients"),
        ("DELETE", f"/api/clients/{client.id}"),
        ("GET", "/api/projects"),
        ("GET", "/api/invoices"),
        ("GET", "/api/zapier"),
        ("POST", "/api/api-keys"),
    ):
        assert (await custodian.http.request(method, path, json={})).status_code == 403, (method, path)


async def test_anothers_client_and_an_ordinary_one_answer_like_a_random_id(house: House) -> None:
    ours, theirs = await backend(house), await backend(house)
    foreign = (await theirs.create())["id"]
    ordinary = (await ours.agency.client()).id
    for method, path in calls_about(f"{CLIENTS}/{{id}}"):
        random = await ours.http.request(method, path.format(id=uuid4()))
        for id in (foreign, ordinary, "not-an-id", "1"):
            answer = await ours.http.request(method, path.format(id=id))
            assert answer.status_code == random.status_code == 404, (method, path, id)
            assert {**answer.json(), "time": ""} == {**random.json(), "time": ""}
    assert (await ours.http.get(CLIENTS)).json() == []
    assert (await theirs.call("GET", f"/{foreign}"))["id"] == foreign
