"""What a thief of the database, a listener on the wire or a reader of logs gets of clients' credentials: nothing."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import httpx
import nats
import pytest

from services.auth.tests.entrances import (
    LOGOUT,
    REFRESH,
    SESSIONS,
    VALIDATE,
    ask,
    link_token,
    newcomer,
    nobody,
    refresh,
    sign_in,
    use,
)
from services.auth.tests.test_secrecy import dump
from tests.house import House
from tests.ports import free_ports

ROOT = Path(__file__).resolve().parents[3]
READY_S = 60


def secret_parts(*tokens: str) -> set[str]:
    """The tokens, and of each what nobody could know without it."""
    return set(tokens) | {token.rsplit(".", 1)[1] for token in tokens}


async def story(house: House) -> tuple[set[str], set[str]]:
    """Everything that may happen to credentials of a client: their secrets, and what may well be seen."""
    client = await newcomer(house, "Canary of the client sessions")
    spare, token = await link_token(house, client), await link_token(house, client)
    keyed = {"Idempotency-Key": f"canary-{client.id}"}
    signed_in = (await use(house, token, **keyed)).json()
    first = (await refresh(house, signed_in["refreshToken"], **{"Idempotency-Key": f"refreshed-{client.id}"})).json()
    assert (await refresh(house, signed_in["refreshToken"])).status_code == 401, "ends the session"
    other = await sign_in(house, client)
    assert (await other.http.post(LOGOUT)).status_code == 200
    made = [spare, token, other.token, str(other.body["refreshToken"])]
    made += [body[name] for body in (signed_in, first) for name in ("accessToken", "refreshToken")]
    return secret_parts(*made), {client.id, f"canary-{client.id}"}


async def test_no_token_of_a_client_is_stored(house: House, postgres: str) -> None:
    secrets, seen = await story(house)
    for service in house.apps:
        url = urlunsplit(urlsplit(postgres)._replace(path=f"/portico_{service}"))
        connection = await asyncpg.connect(url)
        try:
            stored = await dump(connection)
        finally:
            await connection.close()
        assert service != "auth" or all(word in stored for word in seen), "the dump shows what is readable"
        assert [secret for secret in secrets if secret in stored] == []


async def test_an_address_that_is_nobodys_is_not_kept(house: House, postgres: str) -> None:
    client, email = await newcomer(house), nobody()
    assert (await ask(house, email, client.agency.slug)).status_code == 204
    connection = await asyncpg.connect(urlunsplit(urlsplit(postgres)._replace(path="/portico_auth")))
    try:
        assert email.partition("@")[0] not in await dump(connection)
    finally:
        await connection.close()


async def test_no_token_of_a_client_is_in_any_stream(house: House, nats: str) -> None:
    secrets, seen = await story(house)
    client_id = next(word for word in seen if not word.startswith("canary"))

    async def announced() -> bytes | None:
        stored = await streams(nats)
        return stored if stored.count(client_id.encode()) >= 4 and b"auth.session.revoked" in stored else None

    stored = await house.eventually(announced)
    assert b"Canary of the client sessions" in stored
    assert [secret for secret in secrets if secret.encode() in stored] == []


async def streams(url: str) -> bytes:
    """Every message that JetStream keeps, one after the other."""
    client = await asyncio.wait_for(nats.connect(url), 5)
    try:
        jetstream, found = client.jetstream(), []
        for info in await jetstream.streams_info():
            for sequence in range(info.state.first_seq, info.state.last_seq + 1):
                try:
                    message = await jetstream.get_msg(str(info.config.name), sequence)
                except nats.js.errors.NotFoundError:
                    continue
                found.append((message.subject or "").encode() + b"\n" + (message.data or b""))
        return b"\n".join(found)
    finally:
        await client.close()


@asynccontextmanager
async def served(variables: dict[str, str], log: Path) -> AsyncIterator[httpx.AsyncClient]:
    """auth as a process of its own that logs all it can."""
    http, rpc = free_ports(2)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PORTICO_")}
    environment |= variables | {"PORTICO_HTTP_PORT": str(http), "PORTICO_RPC_PORT": str(rpc)}
    environment |= {"PORTICO_AUTH_RPC": f"127.0.0.1:{rpc}", "PORTICO_LOG_LEVEL": "DEBUG"}
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "cli", "serve", "auth"], cwd=ROOT, env=environment, stdout=file, stderr=file
        )
    limits = httpx.Limits(max_connections=200)
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{http}", timeout=60, limits=limits) as client:
            async with asyncio.timeout(READY_S):
                while not await ready(client):
                    assert process.poll() is None, log.read_text()
                    await asyncio.sleep(0.1)
            yield client
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    finally:
        process.kill()


async def ready(client: httpx.AsyncClient) -> bool:
    try:
        return (await client.get("/readyz")).status_code == 200
    except httpx.HTTPError:
        return False


@pytest.fixture
async def links(house: House) -> list[str]:
    client = await newcomer(house)
    return [await link_token(house, client) for _ in range(2)]


async def test_no_token_of_a_client_is_logged_and_over_the_network_one_refresh_wins(
    house: House, variables: dict[str, str], tmp_path: Path, links: list[str]
) -> None:
    log = tmp_path / "auth.log"
    async with served(variables, log) as http:
        first = (await http.post(VALIDATE, params={"token": links[0]})).json()
        body = {"refreshToken": first["refreshToken"]}
        answers = await asyncio.gather(*(http.post(REFRESH, json=body) for _ in range(100)))
        assert sorted(answer.status_code for answer in answers) == [200] + [401] * 99
        second = next(answer.json() for answer in answers if answer.status_code == 200)
        headers = {"Authorization": f"Bearer {second['accessToken']}"}
        assert (await http.get(SESSIONS, headers=headers)).status_code == 200
        third = (await http.post(REFRESH, json={"refreshToken": second["refreshToken"]})).json()
        assert (await http.post(REFRESH, json=body)).status_code == 401
        assert (await http.post(REFRESH, json={"refreshToken": third["refreshToken"]})).status_code == 401
        assert (await http.get(VALIDATE, params={"token": links[1]})).status_code == 405
        assert (await http.post(VALIDATE, content=f'{{"token": "{links[1]}"')).status_code == 400
        assert (await http.post(VALIDATE, json={"token": links[1], "x": 1})).status_code == 400
    logged = log.read_text()
    assert "refresh_token_used_again" in logged, "the log shows what happened"
    made = [body[name] for body in (first, second, third) for name in ("accessToken", "refreshToken")]
    assert [secret for secret in secret_parts(*links, *made) if secret in logged] == []
