"""What custodian clients hold: it opens their portal alone, and nothing once it is rotated or they are deleted."""

import httpx
import pytest

from services.auth.tests.custodians import (
    CLIENTS,
    PORTAL_ROUTES,
    backend,
    is_known_everywhere,
    is_refused_within_a_second,
)
from tests.house import House


@pytest.mark.parametrize("credential", ["clientApiKey", "clientSessionToken"])
async def test_both_credentials_open_the_portal_of_their_client_alone(house: House, credential: str) -> None:
    custodian = await backend(house)
    made, other = await custodian.create(name="Grace Hopper"), await custodian.create(name="Ada Lovelace")
    await is_known_everywhere(house, made[credential])
    http = house.bearer(made[credential])
    for path in PORTAL_ROUTES:
        assert (await http.get(path)).status_code == 200, path
    shown = (await http.get("/api/portal")).json()
    assert (shown["client"]["id"], shown["client"]["name"]) == (made["id"], "Grace Hopper")
    foreign = await http.get(f"/api/clients/{other['id']}")
    assert foreign.status_code == 403


@pytest.mark.parametrize("header", ["Cookie", "X-Portal-Token"])
async def test_a_client_key_is_taken_as_bearer_and_nowhere_else_by_mistake(house: House, header: str) -> None:
    custodian = await backend(house)
    key = (await custodian.create())["clientApiKey"]
    value = f"portico={key}" if header == "Cookie" else key
    answer = await house.http_with({header: value}).get("/api/clients")
    assert answer.status_code in (401, 403)


async def test_a_key_that_was_tampered_with_opens_nothing(house: House) -> None:
    custodian = await backend(house)
    key = (await custodian.create())["clientApiKey"]
    other = (await custodian.create())["clientApiKey"]
    head, _, mac = key.rpartition(".")
    id, _, _ = head.partition(".")
    forged = [
        f"{id}.2.{mac}",
        f"{id}.01.{mac}",
        f"{other.rpartition('.')[0]}.{mac}",
        key[:-2] + ("A" if key[-2] != "A" else "B") + key[-1],
        key + "A",
        key[:-1],
        key.replace("cak_", "crt_"),
        key.upper(),
    ]
    for credential in forged:
        assert (await house.bearer(credential).get("/api/projects")).status_code == 401, credential


async def test_a_rotated_key_is_refused_everywhere_and_the_rest_lives_on(house: House) -> None:
    custodian = await backend(house)
    made = await custodian.create()
    for credential in ("clientApiKey", "clientSessionToken"):
        await is_known_everywhere(house, made[credential])
    rotated = await custodian.call("POST", f"/{made['id']}/rotate")
    assert set(rotated) == {"id", "clientApiKey"}
    assert rotated["id"] == made["id"]
    assert rotated["clientApiKey"] != made["clientApiKey"]
    await is_refused_within_a_second(house, made["clientApiKey"])
    await is_known_everywhere(house, rotated["clientApiKey"])
    await is_known_everywhere(house, made["clientSessionToken"])
    assert (await custodian.call("GET", f"/{made['id']}"))["clientApiKey"] == rotated["clientApiKey"]


async def test_a_deleted_client_is_refused_with_all_they_hold(house: House) -> None:
    custodian = await backend(house)
    made = await custodian.create()
    later = (await custodian.call("POST", f"/{made['id']}/session"))["clientSessionToken"]
    password = await custodian.one_time_password(made["id"])
    held = [made["clientApiKey"], made["clientSessionToken"], later]
    for credential in held:
        await is_known_everywhere(house, credential)
    assert (await custodian.agency.http.delete(f"/api/clients/{made['id']}")).status_code == 200
    for credential in held:
        await is_refused_within_a_second(house, credential)
    exchanged = await house.gateway.post("/api/v1/portal/auth/otp", json={"otp": password})
    assert exchanged.status_code == 401
    assert (await custodian.http.get(f"{CLIENTS}/{made['id']}")).status_code == 404
    assert (await custodian.http.get(CLIENTS)).json() == []


async def test_a_shut_portal_is_shut_for_clients_and_not_for_their_custodian(house: House) -> None:
    custodian = await backend(house)
    made = await custodian.create()
    await custodian.agency.http.patch("/api/v1/client-portal/config", json={"is_active": False})

    async def shut() -> bool:
        answers = [
            await house.bearer(made[name]).get("/api/projects") for name in ("clientApiKey", "clientSessionToken")
        ]
        return [answer.status_code for answer in answers] == [403, 403]

    await house.eventually(shut)
    await custodian.call("POST", f"/{made['id']}/session")
    await custodian.create()


async def test_custodian_calls_count_against_the_keys_budget(house: House) -> None:
    custodian = await backend(house)
    made = await custodian.create()
    for http, path in (
        (custodian.http, CLIENTS),
        (house.bearer(made["clientApiKey"]), "/api/projects"),
        (house.bearer(made["clientSessionToken"]), "/api/projects"),
    ):
        await http.get(path)
        left = [await _remaining(http, path) for _ in range(3)]
        assert left == [left[0], left[0] - 1, left[0] - 2]


async def _remaining(http: httpx.AsyncClient, path: str) -> int:
    return int((await http.get(path)).headers["x-ratelimit-remaining"])
