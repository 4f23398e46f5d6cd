"""What is compared with a limit: B1, B2 and B3, each with the requests of both sides and a proof that they agree."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

import httpx

from bench.dataset.auth import PASSWORD
from bench.dataset.world import Agency
from bench.duels import Duel
from bench.loads import Load, request
from bench.report import Aims
from bench.settling import wait_until_consumed
from bench.stack import Stack
from chassis.credentials import portal_token

PAGE = 50


@dataclass(frozen=True)
class Work:
    """A duel, what it is held to, and what must hold before it makes sense."""

    duel: Duel
    aims: Aims
    check: Callable[[], None]


def list_of_invoices(stack: Stack, tokens: Sequence[str]) -> Work:
    """B1: every agency's staff asks for a page of its invoices."""
    target = f"/api/invoices?limit={PAGE}"
    ours = [(target, _bearer(token)) for token in tokens]
    origin = quote(stack.origin, safe="")
    limit = [f"/limit/invoices?agency={agency.id}&limit={PAGE}&origin={origin}" for agency in stack.world.agencies]

    def check() -> None:
        answers = _same_json(stack, ours[0], limit[0])
        assert len(answers) == PAGE

    duel = Duel(
        id="B1",
        work=f"GET {target} with a staff JWT",
        ours=Load(requests=[request("GET", target, headers=headers) for target, headers in ours]),
        limit=Load(requests=[request("GET", target) for target in limit]),
        count=3000,
    )
    return Work(duel, Aims(rate=0.7, p99=1.5), check)


def snapshot(stack: Stack) -> Work:
    """B2: the measured client of every agency opens the portal."""
    clients = [agency.clients[0] for agency in stack.world.agencies]
    ours = [f"/api/portal?token={portal_token(stack.secret_key, client.token_id, 1)}" for client in clients]
    origin = quote(stack.origin, safe="")
    limit = [f"/limit/portal?agency={c.agency_id}&client={c.id}&origin={origin}" for c in clients]

    def check() -> None:
        answer = _same_json(stack, (ours[0], {}), limit[0])
        counts = {name: len(answer[name]) for name in ("projects", "files", "invoices", "threads")}
        assert counts == {"projects": 5, "files": 50, "invoices": 20, "threads": 5}, counts
        assert sum(len(thread["messages"]) for thread in answer["threads"]) == 100

    duel = Duel(
        id="B2",
        work="GET /api/portal?token= (5 projects, 50 files, 20 invoices, 100 messages)",
        ours=Load(requests=[request("GET", target) for target in ours]),
        limit=Load(requests=[request("GET", target) for target in limit]),
        count=2000,
    )
    return Work(duel, Aims(rate=0.5), check)


def new_project(stack: Stack, tokens: Sequence[str]) -> Work:
    """B3: every agency's staff begins projects for its clients."""
    wanted = [_project_of(agency) for agency in stack.world.agencies]
    ours = [
        request("POST", "/api/projects", headers=_bearer(token), body=body)
        for token, body in zip(tokens, wanted, strict=True)
    ]
    limit = [
        request("POST", f"/limit/projects?agency={agency.id}", body=body)
        for agency, body in zip(stack.world.agencies, wanted, strict=True)
    ]

    def check() -> None:
        agency, json_type = stack.world.agencies[0], {"Content-Type": "application/json"}
        with httpx.Client(base_url=stack.origin, headers=json_type) as http:
            a = http.post("/api/projects", content=wanted[0], headers=_bearer(tokens[0]))
            b = http.post("/limit/projects", content=wanted[0], params={"agency": str(agency.id)})
        assert a.status_code == b.status_code == 201, (a.text, b.text)
        assert a.json().keys() == b.json().keys()

    duel = Duel(
        id="B3",
        work="POST /api/projects (row, outbox row, event)",
        ours=Load(requests=ours),
        limit=Load(requests=limit),
        count=1500,
        settle=lambda: wait_until_consumed(stack),
    )
    return Work(duel, Aims(rate=0.5), check)


def sign_in(stack: Stack) -> list[str]:
    """The owner of each agency, by REST: a staff JWT each."""
    with httpx.Client(base_url=stack.origin, timeout=30) as http:
        answers = [
            http.post("/api/auth/login", json={"email": agency.owner_email, "password": PASSWORD})
            for agency in stack.world.agencies
        ]
    return [answer.raise_for_status().json()["token"] for answer in answers]


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _project_of(agency: Agency) -> bytes:
    wanted = {"name": "Website relaunch", "description": "New pages and a shop.", "clientId": str(agency.clients[5].id)}
    return json.dumps(wanted).encode()


def _same_json(stack: Stack, ours: tuple[str, dict[str, str]], limit: str):
    target, headers = ours
    with httpx.Client(base_url=stack.origin, timeout=30) as http:
        a, b = http.get(target, headers=headers), http.get(limit)
    a.raise_for_status()
    b.raise_for_status()
    assert a.json() == b.json(), f"the limit answers something else than we do:\n{a.text[:2000]}\n{b.text[:2000]}"
    return a.json()
