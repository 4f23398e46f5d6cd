"""API keys that end at a moment set beforehand."""

from datetime import timedelta
from typing import Any

import pytest

from services.auth.tests.doors import statuses
from services.auth.tests.team import join, wait_until
from tests.house import Agency, House


async def create(agency: Agency, **changes: Any) -> dict[str, Any]:
    answer = await agency.http.post("/api/api-keys", json={"name": "n", "scopes": ["read"]} | changes)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def test_a_key_is_refused_everywhere_from_its_end_on(house: House) -> None:
    agency = await house.agency()
    made = await create(agency, expiresAt="2099-03-01T14:00:00+02:00")
    assert made["expiresAt"] == "2099-03-01T12:00:00.000Z"
    machine = house.bearer(made["key"])
    assert await statuses(house, machine) == {200}
    end = (house.clock() + timedelta(minutes=10)).isoformat(timespec="milliseconds")
    short = await create(agency, expiresAt=end)
    other = house.bearer(short["key"])
    assert await statuses(house, other) == {200}
    wait_until(house, short["expiresAt"], seconds=-3)
    assert await statuses(house, other) == {200}, "every service has it in its memory now"
    wait_until(house, short["expiresAt"])
    assert await statuses(house, other) == {401}
    assert await statuses(house, machine) == {200}


async def test_a_key_without_an_end_lives_on(house: House) -> None:
    agency = await house.agency()
    made, explicit = await create(agency), await create(agency, expiresAt=None)
    assert made["expiresAt"] is explicit["expiresAt"] is None
    house.clock.advance(days=3650)
    assert await statuses(house, house.bearer(made["key"])) == {200}


async def test_a_key_that_has_run_out_is_listed_until_it_is_deleted(house: House) -> None:
    agency = await house.agency()
    end = (house.clock() + timedelta(minutes=1)).isoformat()
    made = await create(agency, expiresAt=end)
    wait_until(house, made["expiresAt"])
    listed = (await agency.http.get("/api/api-keys")).json()
    assert [(one["id"], one["expiresAt"]) for one in listed] == [(made["id"], made["expiresAt"])]
    assert (await agency.http.delete(f"/api/api-keys/{made['id']}")).status_code == 200
    assert (await agency.http.get("/api/api-keys")).json() == []


@pytest.mark.parametrize(
    "end",
    [
        "2020-01-01T00:00:00Z",
        "2099-01-01T00:00:00",
        "2099-01-01",
        "tomorrow",
        "",
        4070908800,
        True,
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
    ],
)
async def test_an_end_that_has_passed_or_is_no_moment_is_a_wrong_field(house: House, end: object) -> None:
    agency = await house.agency()
    answer = await agency.http.post("/api/api-keys", json={"name": "n", "scopes": ["read"], "expiresAt": end})
    assert answer.status_code == 400, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == ["expiresAt"]
    assert (await agency.http.get("/api/api-keys")).json() == []


async def test_an_end_that_is_now_has_passed(house: House) -> None:
    agency = await house.agency()
    body = {"name": "n", "scopes": ["read"], "expiresAt": house.clock().isoformat()}
    assert (await agency.http.post("/api/api-keys", json=body)).status_code == 400


async def test_members_make_no_keys_whatever_their_end(house: House) -> None:
    member = await join(await house.agency())
    body = {"name": "n", "scopes": ["read"], "expiresAt": "2099-01-01T00:00:00Z"}
    assert (await member.http.post("/api/api-keys", json=body)).status_code == 403
