"""The team: who may change whom, the owner who stays, and how soon a change is felt."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import uuid4

import httpx
import pytest

from services.auth.tests.announced import announced
from services.auth.tests.doors import statuses
from services.auth.tests.team import Person, invite, join, log_in, said
from tests.house import Agency, House

KEYS = {"id", "name", "email", "role", "createdAt", "twoFactor"}


async def owner_of(agency: Agency) -> Person:
    """The agency's first owner."""
    me = (await agency.http.get("/api/auth/me")).json()["user"]
    return Person(me["id"], me["email"], agency.token, agency.http)


async def roles(agency: Agency, http: httpx.AsyncClient | None = None) -> dict[str, str]:
    """Member id -> role."""
    listed = (await (http or agency.http).get("/api/members")).json()
    return {member["id"]: member["role"] for member in listed}


async def set_role(by: httpx.AsyncClient, member: Person, role: str) -> httpx.Response:
    return await by.patch(f"/api/members/{member.id}", json={"role": role})


async def test_the_team_is_listed_newest_first_a_page_at_a_time(house: House) -> None:
    agency = await house.agency()
    owner, admin, member = await owner_of(agency), await join(agency, "admin"), await join(agency)
    listed = (await member.http.get("/api/members")).json()
    assert [(one["id"], one["role"]) for one in listed] == [
        (member.id, "member"),
        (admin.id, "admin"),
        (owner.id, "owner"),
    ]
    assert all(set(one) == KEYS and one["twoFactor"] is False for one in listed)
    first = await agency.http.get("/api/members?limit=2")
    assert first.json() == listed[:2]
    second = await agency.http.get(first.links["next"]["url"])
    assert second.json() == listed[2:]
    assert "next" not in second.links


async def test_an_owner_gives_and_takes_every_role(house: House) -> None:
    agency = await house.agency()
    member = await join(agency)
    for role in ("admin", "owner", "member"):
        answer = await set_role(agency.http, member, role)
        assert (answer.status_code, answer.json()["role"]) == (200, role)
        assert set(answer.json()) == KEYS
        assert (await roles(agency))[member.id] == role


async def test_an_admin_gives_and_takes_roles_but_the_owners(house: House) -> None:
    agency = await house.agency()
    owner, admin, member = await owner_of(agency), await join(agency, "admin"), await join(agency)
    assert (await set_role(admin.http, member, "admin")).status_code == 200
    assert (await set_role(admin.http, member, "member")).status_code == 200
    refused = [
        await set_role(admin.http, member, "owner"),
        await set_role(admin.http, admin, "owner"),
        await set_role(admin.http, owner, "member"),
        await admin.http.delete(f"/api/members/{owner.id}"),
    ]
    assert [(one.status_code, one.json()["code"]) for one in refused] == [(403, "owners_only")] * 4
    assert await roles(agency) == {owner.id: "owner", admin.id: "admin", member.id: "member"}


async def test_a_member_changes_their_own_name_and_nothing_else(house: House) -> None:
    agency = await house.agency()
    owner, member, other = await owner_of(agency), await join(agency), await join(agency)
    renamed = await member.http.patch(f"/api/members/{member.id}", json={"name": "Maxine"})
    assert (renamed.status_code, renamed.json()["name"]) == (200, "Maxine")
    refused = [
        await member.http.patch(f"/api/members/{other.id}", json={"name": "Nobody"}),
        await member.http.patch(f"/api/members/{other.id}", json={"role": "member"}),
        await set_role(member.http, member, "admin"),
        await member.http.patch(f"/api/members/{member.id}", json={"name": "Boss", "role": "owner"}),
        await set_role(member.http, owner, "member"),
        await member.http.delete(f"/api/members/{other.id}"),
    ]
    assert [(one.status_code, one.json()["code"]) for one in refused] == [
        (403, "forbidden"),
        (403, "forbidden"),
        (403, "forbidden"),
        (403, "forbidden"),
        (403, "forbidden"),
        (403, "forbidden"),
    ]
    listed = (await agency.http.get("/api/members")).json()
    assert {one["name"] for one in listed} == {"Olivia Owner", "Maxine", "Max Member"}


async def test_a_key_renames_members_but_gives_no_roles_and_removes_nobody(house: House) -> None:
    agency = await house.agency()
    member = await join(agency)
    writer, reader = await agency.api_key("read", "write"), await agency.api_key("read")
    assert (await writer.patch(f"/api/members/{member.id}", json={"name": "Renamed"})).status_code == 200
    refused = [
        await writer.patch(f"/api/members/{member.id}", json={"role": "admin"}),
        await writer.patch(f"/api/members/{member.id}", json={"name": "Both", "role": "owner"}),
        await writer.delete(f"/api/members/{member.id}"),
    ]
    assert [(one.status_code, one.json()["code"]) for one in refused] == [(403, "people_only")] * 3
    assert (await reader.patch(f"/api/members/{member.id}", json={"name": "No"})).status_code == 403
    assert len((await reader.get("/api/members")).json()) == 2


async def test_the_last_owner_stays(house: House) -> None:
    agency = await house.agency()
    owner, admin = await owner_of(agency), await join(agency, "admin")
    for refused in (await set_role(agency.http, owner, "admin"), await agency.http.delete(f"/api/members/{owner.id}")):
        assert (refused.status_code, refused.json()["code"]) == (409, "last_owner")
    assert (await set_role(agency.http, owner, "owner")).status_code == 200, "nothing would change"
    assert (await set_role(agency.http, admin, "owner")).status_code == 200
    assert (await agency.http.delete(f"/api/members/{owner.id}")).status_code == 200
    assert await roles(agency, admin.http) == {admin.id: "owner"}


Act = Callable[[Person, Person], Awaitable[httpx.Response]]


async def demotes_the_other(one: Person, other: Person) -> httpx.Response:
    return await set_role(one.http, other, "member")


async def demotes_themselves(one: Person, other: Person) -> httpx.Response:
    return await set_role(one.http, one, "member")


async def removes_the_other(one: Person, other: Person) -> httpx.Response:
    return await one.http.delete(f"/api/members/{other.id}")


async def leaves(one: Person, other: Person) -> httpx.Response:
    return await one.http.delete(f"/api/members/{one.id}")


@pytest.mark.parametrize("act", [demotes_the_other, demotes_themselves, removes_the_other, leaves])
async def test_of_the_last_two_owners_one_is_left_whatever_both_do_at_once(house: House, act: Act) -> None:
    for _ in range(5):
        agency = await house.agency()
        one, other = await owner_of(agency), await join(agency, "owner")
        answers = await asyncio.gather(act(one, other), act(other, one))
        assert sorted(answer.status_code for answer in answers)[0] == 200
        assert {answer.status_code for answer in answers} & {401, 403, 409}, [answer.text for answer in answers]
        async with house.database("auth").reader(agency.id) as reader:
            owners = await reader.fetchval("SELECT count(*) FROM members WHERE role = 'owner'")
        assert owners == 1


async def test_a_removed_member_is_refused_everywhere_within_a_second_and_may_come_back(house: House) -> None:
    agency = await house.agency()
    member = await join(agency)
    assert await statuses(house, member.http) == {200}, "every service has the session in its memory now"
    removed = await agency.http.delete(f"/api/members/{member.id}")
    assert removed.json() == {"id": member.id, "deleted": True}

    async def refused() -> bool:
        return await statuses(house, member.http) == {401}

    await house.eventually(refused, timeout=1)
    assert (await log_in(house, member.email)).json()["code"] == "wrong_credentials"
    assert (await agency.http.delete(f"/api/members/{member.id}")).status_code == 404
    assert (await invite(agency, "member", member.email))["email"] == member.email


async def test_one_may_leave(house: House) -> None:
    agency = await house.agency()
    member = await join(agency)
    left = await member.http.delete(f"/api/members/{member.id}")
    assert left.status_code == 200
    assert left.headers["set-cookie"].startswith('portico="";'), "the browser is signed out too"
    assert member.id not in await roles(agency)


async def test_another_role_is_felt_everywhere_within_a_second_in_the_same_session(house: House) -> None:
    agency = await house.agency()
    member = await join(agency)

    async def managing() -> set[int]:
        codes = {(await member.http.get("/api/api-keys")).status_code}
        if "portal" in house.apps:
            changed = {"welcome_message": "Welcome."}
            codes.add((await member.http.patch("/api/v1/client-portal/config", json=changed)).status_code)
        if "notify" in house.apps:
            codes.add((await member.http.post("/api/zapier/test", json={"id": str(uuid4())})).status_code)
        return codes

    assert await managing() == {403}
    await set_role(agency.http, member, "admin")

    async def may() -> bool:
        return 403 not in await managing()

    await house.eventually(may, timeout=1)
    await set_role(agency.http, member, "member")

    async def may_not() -> bool:
        return await managing() == {403}

    await house.eventually(may_not, timeout=1)
    assert await statuses(house, member.http) == {200}, "the session itself goes on"


async def test_members_of_another_agency_are_as_unknown_as_nobody(house: House) -> None:
    agency, other = await house.agency(), await house.agency()
    member = await join(agency)
    for method, body in (("PATCH", {"name": "Mine"}), ("PATCH", {"role": "owner"}), ("DELETE", None)):
        foreign = await other.http.request(method, f"/api/members/{member.id}", json=body)
        random = await other.http.request(method, f"/api/members/{uuid4()}", json=body)
        assert foreign.status_code == 404
        assert said(foreign) == said(random)
    assert member.id not in await roles(other)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, ""),
        ({"role": "boss"}, "role"),
        ({"role": None}, "role"),
        ({"name": None}, "name"),
        ({"name": ""}, "name"),
        ({"email": "new@agency.test"}, "email"),
        ({"name": "A", "twoFactor": True}, "twoFactor"),
    ],
)
async def test_a_wrong_change_names_the_field(house: House, body: dict[str, object], field: str) -> None:
    agency = await house.agency()
    owner = await owner_of(agency)
    answer = await agency.http.patch(f"/api/members/{owner.id}", json=body)
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_changes_are_announced_once_and_only_when_something_changed(house: House) -> None:
    agency = await house.agency()
    member = await join(agency)
    await set_role(agency.http, member, "admin")
    await set_role(agency.http, member, "admin")
    await agency.http.delete(f"/api/members/{member.id}")
    joined, updated, removed = [
        await announced(house, agency, f"auth.member.{verb}") for verb in ("joined", "updated", "removed")
    ]
    assert [event.data["role"] for event in joined + updated + removed] == ["member", "admin", "admin"]
    assert {str(event.aggregate_id) for event in joined + updated + removed} == {member.id}
    versions = [event.aggregate_version for event in joined + updated + removed]
    assert versions == sorted(set(versions))
    assert set(removed[0].data) == {"id", "name", "email", "role", "createdAt"}
