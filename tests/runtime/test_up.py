"""`portico up`: the real servers and the real services, started, hurt and stopped."""

import ipaddress
import os
import secrets
import signal
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import psutil
import pytest

from cli.demo.keeping import fill
from cli.embedded.port_book import first_free_from
from tests.runtime.upping import CHILDREN, Up

PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="module")
def port() -> int:
    return first_free_from(30_100, "127.0.0.1")


@pytest.fixture(scope="module")
def up(workspace: Path, port: int) -> Iterator[Up]:
    running = Up(workspace / "up", port, "--no-demo")
    try:
        yield running.until_ready()
    finally:
        running.send(signal.SIGTERM)
        running.until_ended()


@pytest.fixture
def http(port: int) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
        yield client


def register(http: httpx.Client) -> dict[str, str]:
    body = {
        "name": "Ada",
        "email": f"{secrets.token_hex(6)}@agency.test",
        "password": PASSWORD,
        "agencyName": "Ada & Co",
    }
    answer = http.post("/api/auth/register", json=body)
    assert answer.status_code == 201, answer.text
    http.headers["Authorization"] = f"Bearer {answer.json()['token']}"
    return body


def test_all_services_work_together_behind_the_gateway(up: Up, http: httpx.Client) -> None:
    register(http)
    client = http.post("/api/clients", json={"name": "Bo", "email": f"{secrets.token_hex(6)}@client.test"}).json()
    project = http.post("/api/projects", json={"name": "Website", "clientId": client["id"]}).json()
    invoice = {"clientId": client["id"], "amount": 100, "currency": "EUR", "dueDate": "2099-01-01"}
    assert http.post("/api/invoices", json=invoice).status_code == 201
    snapshot = http.get("/api/portal", params={"token": client["token"]}).json()
    assert snapshot["unavailable"] == []
    assert [one["id"] for one in snapshot["projects"]] == [project["id"]]
    assert [one["amount"] for one in snapshot["invoices"]] == [100]
    assert http.get("/api/zapier").json() == []
    assert set(up.pids()) == CHILDREN


def test_a_second_one_on_the_same_directory_says_so_and_stops(up: Up, port: int) -> None:
    second = Up(up.data, port + 1)
    assert second.until_ended() == 1
    assert f"Portico is already running on {up.data}" in second.output
    assert f"process {up.process.pid}" in second.output
    assert up.process.poll() is None


@pytest.mark.parametrize("name", sorted(CHILDREN))
def test_a_child_that_is_killed_is_back_and_nothing_acknowledged_is_lost(up: Up, http: httpx.Client, name: str) -> None:
    register(http)
    made = http.post("/api/clients", json={"name": "Bo", "email": f"{secrets.token_hex(6)}@client.test"}).json()
    old = up.pids()[name]
    os.kill(old, signal.SIGKILL)
    up.until_replaced(name, old)
    # Dependents reconnect by themselves: each is ready again, without having been restarted.
    others = {other: pid for other, pid in up.pids().items() if other != name}
    _until_ready(http)
    assert http.get(f"/api/clients/{made['id']}").json()["id"] == made["id"]
    project = http.post("/api/projects", json={"name": "After", "clientId": made["id"]})
    assert project.status_code == 201, project.text
    assert {other: pid for other, pid in up.pids().items() if other != name} == others


NOUNS_OF_THE_DEMO = ("clients", "projects", "invoices", "quotes", "contracts", "leads", "intake-forms", "time-entries")


def test_the_demo_agency_is_filled_once_and_its_login_and_link_work(up: Up, http: httpx.Client, port: int) -> None:
    file = up.data / "demo.json"
    first = fill(file, f"http://127.0.0.1:{port}")
    assert file.stat().st_mode & 0o077 == 0
    answer = http.post("/api/auth/login", json={"email": first.email, "password": first.password})
    http.headers["Authorization"] = f"Bearer {answer.json()['token']}"
    before = {noun: http.get(f"/api/{noun}").json() for noun in NOUNS_OF_THE_DEMO}
    assert len(before["clients"]) == 3
    assert [len(before[noun]) for noun in ("quotes", "contracts", "leads", "intake-forms")] == [1, 1, 1, 1]
    assert {one["status"] for one in before["projects"]} == {"active", "on_hold", "completed", "archived"}
    states = {one["status"] for one in before["invoices"]}
    assert states == {"draft", "sent", "partially_paid", "paid", "void"}
    assert any(one["overdue"] for one in before["invoices"])
    snapshot = http.get("/api/portal", params={"token": first.portal_token}, headers={"Authorization": ""}).json()
    assert {one["status"] for one in snapshot["files"]} >= {"approved", "changes_requested", "signed"}
    assert "Interview notes.md" not in {one["name"] for one in snapshot["files"]}
    assert snapshot["updates"]

    # Again, and again as if the first call had been cut off before its end: nothing is made twice.
    assert fill(file, f"http://127.0.0.1:{port}") == first
    file.write_text(file.read_text().replace('"complete": true', '"complete": false'))
    assert fill(file, f"http://127.0.0.1:{port}") == first
    for noun, known in before.items():
        assert [one["id"] for one in http.get(f"/api/{noun}").json()] == [one["id"] for one in known]


def test_the_link_of_the_demo_agency_is_made_again_once_it_has_ended(up: Up, http: httpx.Client, port: int) -> None:
    file, url = up.data / "demo.json", f"http://127.0.0.1:{port}"
    before = fill(file, url)
    answer = http.post("/api/auth/login", json={"email": before.email, "password": before.password})
    staff = {"Authorization": f"Bearer {answer.json()['token']}"}
    ended = http.post("/api/v1/client-portal/token/revoke", json={"type": "contact", "id": 1}, headers=staff)
    assert ended.json()["revoked"] == 1
    after = fill(file, url)
    assert after == replace(before, portal_token=after.portal_token)
    assert after.portal_token != before.portal_token
    assert fill(file, url) == after
    http.cookies.clear()
    assert http.get("/api/portal", params={"token": after.portal_token}).status_code == 200


def test_secrets_and_files_are_for_their_owner_alone(up: Up) -> None:
    for private in ("secret.key", "postgres/password", "nats/password"):
        assert (up.data / private).stat().st_mode & 0o077 == 0
    for directory in ("storage", "log", "nats"):
        assert (up.data / directory).stat().st_mode & 0o077 == 0


def test_services_are_not_given_the_administrator_of_the_database(up: Up) -> None:
    password = (up.data / "postgres" / "password").read_text().strip()
    for name in ("auth", "projects", "billing", "portal", "notify"):
        environment = psutil.Process(up.pids()[name]).environ()
        assert password not in " ".join(environment.values())


def test_what_listens_listens_on_loopback_only(up: Up) -> None:
    for pid in up.pids().values():
        for connection in psutil.Process(pid).net_connections():
            if connection.status == psutil.CONN_LISTEN:
                address = ipaddress.ip_address(connection.laddr.ip)
                assert (getattr(address, "ipv4_mapped", None) or address).is_loopback, connection


def test_being_killed_itself_leaves_nothing_in_the_way_of_the_next_start(workspace: Path) -> None:
    data = workspace / "killed"
    port = first_free_from(30_300, "127.0.0.1")
    first = Up(data, port, "--no-demo").until_ready()
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as http:
        owner = register(http)
    children = set(first.pids().values())
    first.send(signal.SIGKILL)
    first.until_ended()

    # Somebody else has the port by now.
    with socket.create_server(("127.0.0.1", port)):
        second = Up(data, port, "--no-demo").until_ready()
        assert f"Port {port} is taken: using {port + 1}." in second.output
        assert not children & {process.pid for process in second.alive()}
        with httpx.Client(base_url=f"http://127.0.0.1:{port + 1}", timeout=30) as http:
            login = {"email": owner["email"], "password": owner["password"]}
            assert http.post("/api/auth/login", json=login).status_code == 200

        # Ctrl-C: an end without a trace.
        second.send(signal.SIGINT)
        assert second.until_ended() == 0
    assert second.lines[-1] == "Stopped."
    assert second.alive() == []
    assert not (data / "processes.json").exists()


def test_a_service_that_cannot_start_is_named_with_its_reason(workspace: Path) -> None:
    failed = Up(workspace / "failed", first_free_from(30_500, "127.0.0.1"), "--no-demo", PORTICO_SECRET_KEY="short")
    assert failed.until_ended() == 1
    assert "ended with exit code 1, 3 times in a row" in failed.output
    assert "PORTICO_SECRET_KEY must have 32 bytes or more" in failed.output
    assert failed.alive() == []


def _until_ready(http: httpx.Client) -> None:
    for _ in range(600):
        answers = [http.get(path) for path in ("/api/auth/me", "/api/projects", "/api/invoices", "/api/zapier", "/")]
        if all(answer.status_code == 200 for answer in answers):
            return
        time.sleep(0.05)
    raise AssertionError([answer.text for answer in answers])
