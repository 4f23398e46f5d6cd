"""Event streams through the real gateway: nothing is missed, a client hears its own, and they end when they must."""

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import psutil

from tests.e2e.stack import Stack
from tests.e2e.story import Story, eventually, ok


class Stream:
    """An open stream and what it tells."""

    def __init__(self, answer: httpx.Response) -> None:
        self.headers = answer.headers
        self._lines = answer.iter_lines()
        self.last = ""

    def next(self) -> dict[str, Any] | None:
        """The payload of the next event; None when the stream has ended as it should."""
        for line in self._lines:
            name, _, value = line.partition(": ")
            if name == "id":
                self.last = value
            if name == "data":
                return dict(json.loads(value))
        return None

    def until(self, type: str) -> dict[str, Any]:
        """The next event of a type."""
        while event := self.next():
            if event["type"] == type:
                return event
        raise AssertionError(f"the stream ended before {type}")


@contextmanager
def stream(http: httpx.Client, path: str, *, after: str | None = None, **params: str) -> Iterator[Stream]:
    """A stream that has caught up."""
    headers = {"Last-Event-ID": after} if after else {}
    with http.stream("GET", path, headers=headers, params=params, timeout=30) as answer:
        assert answer.status_code == 200, answer.read()
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield Stream(answer)


def test_who_drops_out_and_comes_back_misses_nothing(stack: Stack) -> None:
    story = Story(stack.url)
    story.register()
    client = story.add_client()
    with stream(story.staff, "/api/events") as live:
        first = story.start_project(client["id"])
        assert live.until("project.created")["data"] == first
        last = live.last
    missed = [story.start_project(client["id"])["id"] for _ in range(3)]
    with stream(story.staff, "/api/events", after=last) as live:
        assert [live.until("project.created")["data"]["id"] for _ in missed] == missed
        now = story.start_project(client["id"])["id"]
        assert live.until("project.created")["data"]["id"] == now


def test_a_client_hears_its_own_and_not_anothers(stack: Stack) -> None:
    story, other = Story(stack.url), Story(stack.url)
    story.register()
    other.register()
    client, stranger = story.add_client(), other.add_client()
    neighbour = ok(story.staff.post("/api/clients", json={"name": "Mary", "email": "mary@client.test"}), 201)
    with stream(story.anyone, "/api/portal/events", token=story.token) as live:
        other.start_project(stranger["id"])
        story.start_project(neighbour["id"])
        own = story.start_project(client["id"])
        story.bill(client["id"], own["id"])
        heard = [live.next(), live.next()]
    assert {event["type"] for event in heard if event} == {"project.created", "invoice.sent"}
    assert {event["data"]["clientId"] for event in heard if event} == {client["id"]}


def test_logging_out_ends_the_stream(stack: Stack) -> None:
    story = Story(stack.url)
    story.register()
    with stream(story.staff, "/api/events") as live:
        story.log_out()
        assert live.next() is None
    assert story.staff.get("/api/events").status_code == 401


def test_a_restart_of_the_service_ends_streams_cleanly_and_loses_nothing(stack: Stack) -> None:
    story = Story(stack.url)
    story.register()
    client = story.add_client()
    with stream(story.staff, "/api/events") as live:
        live.until("client.created")
        os.kill(notify_of(stack), signal.SIGTERM)
        # Not a connection that breaks, which httpx would raise: the answer has its end.
        while live.next():
            pass
        last = live.last
    project = story.start_project(client["id"])
    eventually(lambda: story.staff.get("/api/zapier").status_code == 200, "notify back")
    with stream(story.staff, "/api/events", after=last) as live:
        assert live.until("project.created")["data"] == project


def notify_of(stack: Stack) -> int:
    """The process id of the service that streams."""
    children = psutil.Process(stack.process.pid).children(recursive=True)
    (found,) = [one.pid for one in children if "notify" in one.cmdline()]
    return found
