"""Client session tokens: 24 hours after the last use, 7 days in any case, and at once when they are ended."""

from datetime import UTC, datetime, timedelta

import pytest
from portico.auth.v1 import credentials_pb2, credentials_pb2_grpc

from chassis.errors import Unauthenticated
from services.auth.housekeeping import tidy
from services.auth.tests.custodians import (
    CLIENTS,
    PORTAL_ROUTES,
    backend,
    is_known_everywhere,
    is_refused_within_a_second,
)
from tests.house import House

DAY = timedelta(days=1)


async def introspect(house: House, credential: str) -> credentials_pb2.IntrospectResponse:
    peers = house.chassis("auth").peers
    stub = credentials_pb2_grpc.CredentialServiceStub(peers.channel("auth"))
    request = credentials_pb2.IntrospectRequest(kind=credentials_pb2.CREDENTIAL_KIND_CLIENT_KEY, credential=credential)
    return await peers.ask(stub.Introspect, request)


def end(holder: credentials_pb2.IntrospectResponse) -> datetime:
    return holder.expires_at.ToDatetime(tzinfo=UTC)


async def status(house: House, credential: str, path: str = "/api/projects") -> int:
    return (await house.bearer(credential).get(path)).status_code


async def test_a_new_token_has_just_the_fields_of_the_document_and_the_older_one_goes_on(house: House) -> None:
    custodian = await backend(house)
    made = await custodian.create(isAccountAbstracted=True)
    renewed = await custodian.call("POST", f"/{made['id']}/session")
    assert set(renewed) == {"id", "clientSessionToken", "isAccountAbstracted"}
    assert (renewed["id"], renewed["isAccountAbstracted"]) == (made["id"], True)
    assert renewed["clientSessionToken"] not in (made["clientSessionToken"], made["clientApiKey"])
    for token in (made["clientSessionToken"], renewed["clientSessionToken"]):
        assert [await status(house, token, path) for path in PORTAL_ROUTES] == [200, 200, 200]


async def test_a_token_is_its_clients_and_nobody_elses(house: House) -> None:
    custodian = await backend(house)
    made = await custodian.create(name="Grace Hopper", email=f"{id(custodian)}@client.test")
    holder = await introspect(house, made["clientSessionToken"])
    assert holder.holder == credentials_pb2.HOLDER_KIND_CLIENT
    assert (holder.agency_id, holder.id, holder.name) == (custodian.agency.id, made["id"], "Grace Hopper")
    assert list(holder.client_ids) == [made["id"]]
    assert not holder.is_company


async def test_each_use_moves_the_end_to_24_hours_later(house: House) -> None:
    custodian = await backend(house)
    token = (await custodian.create())["clientSessionToken"]
    for hours in (0, 1, 20):
        house.clock.advance(hours=hours)
        before = house.clock()
        ends = end(await introspect(house, token))
        assert before + DAY <= ends <= house.clock() + DAY


async def test_uses_a_few_seconds_apart_count_each(house: House) -> None:
    custodian = await backend(house)
    token = (await custodian.create())["clientSessionToken"]
    first = end(await introspect(house, token))
    house.clock.advance(seconds=10)
    assert end(await introspect(house, token)) - first >= timedelta(seconds=10)


async def test_a_token_ends_after_24_hours_without_use(house: House) -> None:
    custodian = await backend(house)
    token = (await custodian.create())["clientSessionToken"]
    house.clock.advance(hours=24, seconds=-10)
    assert await status(house, token) == 200
    house.clock.advance(hours=24, seconds=-10)
    assert await status(house, token) == 200
    house.clock.advance(hours=24)
    assert await status(house, token) == 401
    with pytest.raises(Unauthenticated):
        await introspect(house, token)


async def test_a_use_in_one_service_is_one_for_all(house: House) -> None:
    custodian = await backend(house)
    token = (await custodian.create())["clientSessionToken"]
    for _ in range(2):
        for path in PORTAL_ROUTES:
            house.clock.advance(hours=20)
            assert await status(house, token, path) == 200


async def test_a_token_ends_after_7_days_however_often_it_is_used(house: House) -> None:
    custodian = await backend(house)
    token = (await custodian.create())["clientSessionToken"]
    for _ in range(8):
        house.clock.advance(hours=20)
        assert await status(house, token) == 200
    house.clock.advance(hours=8, seconds=-10)
    ends = end(await introspect(house, token))
    assert house.clock() < ends <= house.clock() + timedelta(seconds=10)
    for path in PORTAL_ROUTES:
        assert await status(house, token, path) == 200
    house.clock.advance(seconds=10)
    # Each service has it in its memory, and yet none lets it in.
    for path in PORTAL_ROUTES:
        assert await status(house, token, path) == 401


async def test_a_client_key_has_no_end(house: House) -> None:
    custodian = await backend(house)
    key = (await custodian.create())["clientApiKey"]
    house.clock.advance(days=400)
    assert await status(house, key) == 200
    assert not (await introspect(house, key)).HasField("expires_at")


async def test_ended_tokens_are_refused_everywhere_and_the_key_lives_on(house: House) -> None:
    custodian = await backend(house)
    made = await custodian.create()
    later = (await custodian.call("POST", f"/{made['id']}/session"))["clientSessionToken"]
    neighbour = await custodian.create()
    for credential in (made["clientSessionToken"], later, made["clientApiKey"], neighbour["clientSessionToken"]):
        await is_known_everywhere(house, credential)
    answer = await custodian.http.delete(f"{CLIENTS}/{made['id']}/sessions")
    assert (answer.status_code, answer.json()) == (200, {"id": made["id"], "ended": 2})
    for token in (made["clientSessionToken"], later):
        await is_refused_within_a_second(house, token)
    for credential in (made["clientApiKey"], neighbour["clientSessionToken"]):
        await is_known_everywhere(house, credential)
    fresh = await custodian.call("POST", f"/{made['id']}/session")
    await is_known_everywhere(house, fresh["clientSessionToken"])


async def test_tokens_that_had_run_out_are_not_counted_as_ended(house: House) -> None:
    custodian = await backend(house)
    made = await custodian.create()
    house.clock.advance(hours=24)
    await custodian.call("POST", f"/{made['id']}/session")
    assert (await custodian.call("DELETE", f"/{made['id']}/sessions"))["ended"] == 1
    assert (await custodian.call("DELETE", f"/{made['id']}/sessions"))["ended"] == 0


@pytest.mark.parametrize("token", ["cst_", "cst_x", "cst_" + "A" * 43, "cst_" + "é" * 10])
async def test_a_made_up_token_opens_nothing(house: House, token: str) -> None:
    with pytest.raises(Unauthenticated):
        await introspect(house, token)


async def test_tokens_and_passwords_that_are_over_are_forgotten_and_live_ones_kept(house: House) -> None:
    custodian = await backend(house)
    idle, used = await custodian.create(), await custodian.create()
    await custodian.one_time_password(idle["id"])
    house.clock.advance(hours=23)
    await introspect(house, used["clientSessionToken"])
    password = await custodian.one_time_password(used["id"])
    house.clock.advance(hours=1)
    await custodian.one_time_password(used["id"])
    await tidy(house.apps["auth"].state.context)
    counted = "SELECT count(*) FROM {table} WHERE client_id::text = $1"
    async with house.database("auth").reader(custodian.agency.id) as reader:  # type: ignore[arg-type]
        kept = {
            (table, name): await reader.fetchval(counted.format(table=table), client["id"])
            for table in ("client_session_tokens", "one_time_passwords")
            for name, client in (("idle", idle), ("used", used))
        }
    assert set(kept.values()) == {0, 1}
    assert [key for key, number in kept.items() if number] == [
        ("client_session_tokens", "used"),
        ("one_time_passwords", "used"),
    ]
    assert await status(house, used["clientSessionToken"]) == 200
    assert password
