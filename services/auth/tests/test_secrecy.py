"""What a thief of the database or a listener on the wire gets: nothing that opens anything."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import nats
import pytest

from tests.house import PASSWORD, House


@pytest.fixture
async def superuser(house: House, postgres: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """The database of auth, past every policy."""
    url = urlunsplit(urlsplit(postgres)._replace(path="/portico_auth"))
    connection = await asyncpg.connect(url)
    yield connection
    await connection.close()


async def tables(connection: "asyncpg.Connection[asyncpg.Record]") -> list[str]:
    rows = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return [row["tablename"] for row in rows]


async def dump(connection: "asyncpg.Connection[asyncpg.Record]") -> str:
    """Every row as text; bytes are shown as what they spell, where they spell anything."""
    await connection.execute("SET bytea_output = 'escape'")
    lines = []
    for table in await tables(connection):
        rows = await connection.fetch(f'SELECT t::text AS line FROM "{table}" t')
        lines += [row["line"] for row in rows]
    return "\n".join(lines)


async def test_no_credential_is_stored_in_readable_form(
    house: House, superuser: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    agency = await house.agency("Canary Studio")
    key = {"Idempotency-Key": "of-the-secrecy-test"}
    client = await agency.http.post(
        "/api/clients", json={"name": "Canary Client", "email": "canary@client.test"}, headers=key
    )
    made = await agency.http.post(
        "/api/api-keys", json={"name": "Canary key", "scopes": ["read"]}, headers=key | {"Idempotency-Key": "two"}
    )
    login = await house.gateway.post("/api/auth/login", json={"email": agency.email, "password": PASSWORD}, headers=key)
    assert (client.status_code, made.status_code, login.status_code) == (201, 201, 200)
    stored = await dump(superuser)
    assert "Canary Client" in stored, "the dump shows what is readable"
    assert "of-the-secrecy-test" in stored
    for secret in (
        client.json()["token"],
        client.json()["token"].split(".")[1],
        made.json()["key"],
        made.json()["key"].split("_", 2)[2],
        agency.token,
        login.json()["token"],
        login.json()["token"].split(".")[2],
        PASSWORD,
    ):
        assert secret not in stored


async def test_no_credential_travels_in_an_event(house: House, nats: str) -> None:
    heard = await _listen(nats)
    agency = await house.agency()
    client = await agency.client(name="Canary of the wire")
    made = (await agency.http.post("/api/api-keys", json={"name": "n", "scopes": ["read"]})).json()
    await agency.http.delete(f"/api/api-keys/{made['id']}")
    await agency.http.patch(f"/api/clients/{client.id}", json={"name": "Canary, renamed"})
    await agency.http.delete(f"/api/clients/{client.id}")

    async def all_heard() -> bool:
        subjects = {subject for subject, _ in heard.messages}
        return {
            "events.auth.agency.registered",
            "events.auth.client.created",
            "events.auth.client.updated",
            "events.auth.client.deleted",
            "events.auth.credential.revoked",
        } <= subjects

    await house.eventually(all_heard)
    await heard.close()
    wire = b"\n".join(payload for _, payload in heard.messages)
    assert b"Canary of the wire" in wire
    for secret in (client.token, client.token.split(".")[1], made["key"], agency.token, PASSWORD):
        assert secret.encode() not in wire


async def test_every_table_is_behind_row_level_security_and_owned_by_another_role(
    house: House, superuser: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    rows = await superuser.fetch(
        "SELECT relname, relrowsecurity, relforcerowsecurity, pg_get_userbyid(relowner) AS owner FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'alembic_version'"
    )
    assert len(rows) > 10
    for row in rows:
        assert row["relrowsecurity"], row["relname"]
        assert row["relforcerowsecurity"], row["relname"]
        assert row["owner"] == "portico_auth_owner"
    role = await superuser.fetchrow("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = 'portico_auth_app'")
    assert not role["rolsuper"]
    assert not role["rolbypassrls"]


async def test_without_a_tenant_nothing_is_seen_and_nothing_written(
    house: House, superuser: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    agency = await house.agency()
    await agency.client()
    connection = await asyncpg.connect(house.database("auth").dsn)
    try:
        for table in await tables(superuser):
            if table in ("alembic_version", "relay_state"):
                continue
            assert await connection.fetchval(f'SELECT count(*) FROM "{table}"') == 0, table
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(
                "INSERT INTO number_series (agency_id, series, last) VALUES ($1, 'client', 9)", agency.id
            )
        assert await connection.execute("UPDATE clients SET name = 'x'") == "UPDATE 0"
        assert await connection.execute("DELETE FROM sessions") == "DELETE 0"
    finally:
        await connection.close()


class _Listener:
    """Everything that is published, as anybody on the wire would hear it."""

    def __init__(self, client: "nats.aio.client.Client") -> None:
        self._client = client
        self.messages: list[tuple[str, bytes]] = []

    async def hear(self, message: "nats.aio.msg.Msg") -> None:
        self.messages.append((message.subject, message.data))

    async def close(self) -> None:
        await self._client.close()


async def _listen(url: str) -> _Listener:
    client = await asyncio.wait_for(nats.connect(url), 5)
    listener = _Listener(client)
    await client.subscribe("events.auth.>", cb=listener.hear)
    await client.flush()
    return listener
