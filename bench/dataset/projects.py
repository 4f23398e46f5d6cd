"""Rows of projects: the replica of clients, projects with a thread each, messages and files.

The measured client of an agency has 5 projects, 50 files and 100 messages, the next one so much less that the sums
come out even; every other has 4 projects of 10 messages and one file each.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bench.dataset.copying import Table
from bench.dataset.world import MESSAGES_EACH, PROJECTS, PROJECTS_EACH, Agency, Client, Ids, World

MEASURED_PROJECTS = 5
MEASURED_MESSAGES = 20
MEASURED_FILES = 10

_ROW = ("agency_id", "id", "version", "created_at", "updated_at")
_TEXT = "The new draft is ready: we moved the prices up, cut the third paragraph and added the photographs you sent."


@dataclass(frozen=True)
class Project:
    """A project with its thread, and how much hangs on it."""

    client: Client
    agency: Agency
    id: UUID
    thread_id: UUID
    made_at: datetime
    messages: int
    files: int


def tables(world: World) -> Iterator[Table]:
    """All tables, in the order of their foreign keys."""
    began = world.began
    ids = Ids(2)
    projects = list(_projects(world, ids))
    yield Table(
        "clients",
        (*_ROW, "name", "email", "company", "source_version"),
        ((c.agency_id, c.id, 1, began, began, c.name, c.email, c.company, 1) for c in world.clients),
    )
    yield Table(
        "projects",
        (*_ROW, "client_id", "name", "description", "status"),
        (
            (*_row(p.agency, p.id, p.made_at), p.client.id, "Website relaunch", "New pages and a shop.", "active")
            for p in projects
        ),
    )
    yield Table(
        "threads",
        (*_ROW, "project_id", "client_id", "name", "visibility", "last_message_at"),
        (
            (*_row(p.agency, p.thread_id, p.made_at), p.id, p.client.id, "General", "client", p.made_at)
            for p in projects
        ),
    )
    yield Table(
        "messages",
        (
            *(*_ROW, "thread_id", "project_id", "client_id", "content", "attachments"),
            *("author_kind", "author_id", "author_name"),
        ),
        (row for project in projects for row in _messages(project, ids)),
    )
    yield Table(
        "files",
        (
            *(*_ROW, "project_id", "client_id", "name", "status", "content_version", "size", "mime_type"),
            *("sha256", "storage_key", "visible_to_client", "sealed", "uploaded_by"),
        ),
        (row for project in projects for row in _files(project, ids)),
    )


def _projects(world: World, ids: Ids) -> Iterator[Project]:
    made = 0
    for agency in world.agencies:
        spare = 0
        for client in agency.clients:
            count = MEASURED_PROJECTS if client.is_measured else PROJECTS_EACH
            if client.number == 2:
                count -= MEASURED_PROJECTS - PROJECTS_EACH
            for _ in range(count):
                made_at = world.moment(made, PROJECTS)
                made += 1
                messages = MEASURED_MESSAGES if client.is_measured else MESSAGES_EACH
                spare += messages - MESSAGES_EACH
                if not client.is_measured and spare > 0:
                    messages, spare = messages - 1, spare - 1
                files = MEASURED_FILES if client.is_measured else 1
                yield Project(client, agency, ids.at(made_at), ids.at(made_at), made_at, messages, files)


def _messages(project: Project, ids: Ids) -> Iterator[tuple[object, ...]]:
    people = (("member", project.agency.owner_id, project.agency.owner_name),)
    people += (("client", project.client.id, project.client.name),)
    for number in range(project.messages):
        row = _row(project.agency, ids.at(project.made_at), project.made_at)
        yield *row, project.thread_id, project.id, project.client.id, f"{_TEXT} ({number})", "[]", *people[number % 2]


def _files(project: Project, ids: Ids) -> Iterator[tuple[object, ...]]:
    by = {"kind": "member", "id": str(project.agency.owner_id), "name": project.agency.owner_name}
    for number in range(project.files):
        id = ids.at(project.made_at)
        content = (1, 48_213 + number, "application/pdf", hashlib.sha256(id.bytes).hexdigest(), f"files/{id}/1")
        yield (
            *(*_row(project.agency, id, project.made_at), project.id, project.client.id, f"Draft {number}.pdf"),
            *("uploaded", *content, True, False, json.dumps(by)),
        )


def _row(agency: Agency, id: UUID, made_at: datetime) -> tuple[object, ...]:
    return agency.id, id, 1, made_at, made_at
