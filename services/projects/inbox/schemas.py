"""What the API gives about the inbox."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from chassis.schemas import Output, Timestamp
from services.projects.messages.schemas import EXAMPLE as MESSAGE
from services.projects.messages.schemas import AuthorPublic
from services.projects.threads.schemas import EXAMPLE as THREAD
from services.projects.threads.schemas import ThreadPublic

EXAMPLE: dict[str, Any] = {
    **THREAD,
    "lastMessageAt": MESSAGE["createdAt"],
    "clientId": MESSAGE["clientId"],
    "project": {"id": THREAD["projectId"], "name": "Website"},
    "client": {"id": MESSAGE["clientId"], "name": "Ada Byron", "company": "Analytical Engines"},
    "lastMessage": {
        "id": MESSAGE["id"],
        "excerpt": "Could the headline be larger?",
        "author": {"kind": "client", "id": MESSAGE["clientId"], "name": "Ada Byron"},
        "createdAt": MESSAGE["createdAt"],
    },
    "waiting": "agency",
    "messageCount": 12,
    "unanswered": 2,
}


class Waiting(StrEnum):
    """Who waits for an answer: the one who did not write last. Internal threads wait for nobody."""

    AGENCY = "agency"
    CLIENT = "client"


class InboxProject(Output):
    """The project that is talked about."""

    id: UUID
    name: str


class InboxClient(Output):
    """Whose project it is."""

    id: UUID
    name: str
    company: str | None


class LastMessage(Output):
    """The beginning of a message, and who wrote it."""

    id: UUID
    excerpt: str = Field(description="Its first 200 characters, on one line.")
    author: AuthorPublic
    created_at: Timestamp


class InboxThread(ThreadPublic):
    """A thread in which somebody has written, with its last message."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    client_id: UUID
    project: InboxProject
    client: InboxClient
    last_message: LastMessage
    waiting: Waiting | None = Field(description="Whose turn it is to answer; null in internal threads.")
    message_count: int
    unanswered: int = Field(description="What the client has written since the agency's last message.")


class WaitingCounts(Output):
    """In how many threads an answer is due, by who is to give it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"agency": 3, "client": 12}]})

    agency: int
    client: int
