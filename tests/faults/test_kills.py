"""An acknowledged write survives: load on REST while processes are killed with -9, judged by an independent auditor.

The short run of `make test`; PORTICO_SOAK_SECONDS makes it longer.
"""

import asyncio
import json
import os
import random
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import psutil
import pytest

from cli.embedded.postgres import known_postgres_url
from tests.e2e.stack import Stack, portico_up
from tests.e2e.story import Story

SECONDS = float(os.environ.get("PORTICO_SOAK_SECONDS", "20"))
KILL_EVERY_S = 2.5
WRITERS = 4
VICTIMS = ("auth", "projects", "billing", "portal", "notify", "nats", "postgres backend")
SETTLE_S = 60


@dataclass
class History:
    """What the clients saw: the only thing the auditor believes beside the databases."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    kills: list[str] = field(default_factory=list)


def write(stack: Stack, headers: dict[str, str], client_id: str, history: History, until: float) -> None:
    """Create projects one after the other; an unclear outcome is asked again with the same Idempotency-Key."""
    number = 0
    with httpx.Client(base_url=stack.url, headers=headers, timeout=20) as http:
        while time.monotonic() < until:
            number += 1
            if number % 10 == 0:
                refused = f"refused-{secrets.token_hex(6)}"
                body = {"name": refused, "clientId": "01890a5d-ac96-774b-bcce-b302099a8057"}
                if attempt(http, body, secrets.token_hex(8)) in (400, 404):
                    history.refused.append(refused)
            name = f"project-{secrets.token_hex(6)}"
            key = secrets.token_hex(8)
            while (outcome := attempt(http, {"name": name, "clientId": client_id}, key)) is None:
                time.sleep(0.2)
            assert isinstance(outcome, str), outcome
            history.acknowledged[outcome] = name


def attempt(http: httpx.Client, body: dict[str, str], key: str) -> str | int | None:
    """The id of the project; a status when it was refused; None when nobody can say."""
    try:
        answer = http.post("/api/projects", json=body, headers={"Idempotency-Key": key})
    except httpx.HTTPError:
        return None
    if answer.status_code == 201:
        return str(answer.json()["id"])
    return None if answer.status_code >= 500 or answer.status_code in (409, 429) else answer.status_code


def kill(stack: Stack, victim: str) -> None:
    """kill -9 of one child, or of a process that serves one connection to Postgres."""
    pids: dict[str, int] = json.loads((stack.data / "processes.json").read_text())
    pid = pids.get(victim.split()[0])
    if pid is None:
        return
    try:
        process = psutil.Process(pid)
        if victim == "postgres backend":
            backends = [child for child in process.children() if "portico_" in " ".join(child.cmdline())]
            process = random.choice(backends) if backends else process
        process.kill()
    except psutil.Error:
        pass


@pytest.fixture(scope="module")
def broken(ground: Path) -> "tuple[Stack, History]":  # type: ignore[misc]
    """A deployment after load and kills, still running."""
    seed = random.randrange(2**32)
    print("seed", seed)
    dice = random.Random(seed)
    with portico_up(ground / "kills", PORTICO_RATE_LIMIT="1000000/minute") as stack:
        story = Story(stack.url)
        story.register()
        client = story.add_client()
        history = History()
        until = time.monotonic() + SECONDS
        headers = {"Authorization": f"Bearer {story.jwt}"}
        writers = [
            threading.Thread(target=write, args=(stack, headers, client["id"], history, until)) for _ in range(WRITERS)
        ]
        for writer in writers:
            writer.start()
        while time.monotonic() < until:
            time.sleep(KILL_EVERY_S)
            history.kills.append(dice.choice(VICTIMS))
            kill(stack, history.kills[-1])
        for writer in writers:
            writer.join(SETTLE_S)
            assert not writer.is_alive()
        print(f"{len(history.acknowledged)} acknowledged, {len(history.kills)} kills: {Counter(history.kills)}")
        yield stack, history


async def connect(url: str) -> "asyncpg.Connection[asyncpg.Record]":
    """A connection, once the server has recovered from the last kill."""
    deadline = time.monotonic() + SETTLE_S
    while True:
        try:
            return await asyncpg.connect(url)
        except (OSError, asyncpg.CannotConnectNowError):
            assert time.monotonic() < deadline
            await asyncio.sleep(0.2)


def ask(stack: Stack, service: str, sql: str) -> list[asyncpg.Record]:
    """What stands in a service's database, as its administrator sees it."""

    async def query() -> list[asyncpg.Record]:
        url = known_postgres_url(stack.data / "postgres").rsplit("/", 1)[0]
        connection = await connect(f"{url}/portico_{service}")
        try:
            return await connection.fetch(sql)
        finally:
            await connection.close()

    return asyncio.run(query())


def settle(stack: Stack, service: str, sql: str, expected: int) -> None:
    """Wait until a count is what it should be; it may only come near from below."""
    deadline = time.monotonic() + SETTLE_S
    while (count := ask(stack, service, sql)[0][0]) != expected:
        assert count < expected, f"{count} is more than {expected}: something was done twice"
        assert time.monotonic() < deadline, f"{count} of {expected} after {SETTLE_S} s"
        time.sleep(0.5)


def test_every_acknowledged_write_is_there_and_no_refused_one(broken: tuple[Stack, History]) -> None:
    stack, history = broken
    assert history.acknowledged
    names = {str(row["id"]): row["name"] for row in ask(stack, "projects", "SELECT id, name FROM projects")}
    assert {id: names.get(id) for id in history.acknowledged} == history.acknowledged
    assert set(names.values()) & set(history.refused) == set()


def test_no_write_took_effect_twice(broken: tuple[Stack, History]) -> None:
    stack, _ = broken
    twice = ask(stack, "projects", "SELECT name FROM projects GROUP BY name HAVING count(*) > 1")
    assert twice == []
    threads = ask(
        stack,
        "projects",
        "SELECT p.id FROM projects p LEFT JOIN threads t ON t.project_id = p.id GROUP BY p.id HAVING count(t.id) <> 1",
    )
    assert threads == []


def test_every_event_left_the_outbox_and_was_counted_once(broken: tuple[Stack, History]) -> None:
    stack, _ = broken
    projects = ask(stack, "projects", "SELECT count(*) FROM projects")[0][0]
    created = "subject = 'events.projects.project.created'"
    assert ask(stack, "projects", f"SELECT count(*) FROM outbox WHERE {created}")[0][0] == projects
    settle(stack, "projects", f"SELECT count(*) FROM outbox WHERE {created} AND published_at IS NOT NULL", projects)
    settle(stack, "auth", "SELECT count(*) FROM counted_records WHERE kind = 'project'", projects)


def patiently(step: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Take a step as soon as what was killed last is back; it has as long as a supervisor needs."""
    deadline = time.monotonic() + SETTLE_S
    while True:
        try:
            return step()
        except (AssertionError, httpx.HTTPError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


def test_the_deployment_is_well_afterwards(broken: tuple[Stack, History]) -> None:
    stack, _ = broken
    story = Story(stack.url)
    patiently(story.register)
    client = patiently(story.add_client)
    project = patiently(lambda: story.start_project(client["id"]))
    invoice = patiently(lambda: story.bill(client["id"], project["id"]))
    assert patiently(lambda: story.pay(invoice))["status"] == "paid"
    assert stack.process.poll() is None
