"""The lead, where it stands in the pipeline, and the files that came with it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from chassis.errors import Conflict
from chassis.ids import new_id
from chassis.tables import Row, enum_column, json_column, timestamp

# All objects of this service are below it.
PREFIX = "portal"
MAX_NAME = 200


class LeadStatus(StrEnum):
    """Where a lead stands."""

    NEW = "new"
    CONTACTED = "contacted"
    WON = "won"
    LOST = "lost"


class LeadAlreadyConverted(Conflict):
    """What has become a client stays won."""

    default = "This lead has become a client and a project already."


class LeadIsSpam(Conflict):
    """Spam does not become a client."""

    default = "This lead is marked as spam. Say first that it is none."


@dataclass(frozen=True, slots=True)
class LeadFilter:
    """Which leads are asked for; `spam` shows nothing but spam, and without it none."""

    status: LeadStatus | None = None
    q: str | None = None
    form_id: UUID | None = None
    spam: bool = False


class Lead(Row, table=True):
    """What somebody sent by an intake form, with the questions as they were asked.

    `client_id` and `project_id` are chosen before anybody is asked to make what they name; until `converted_at` they
    are no more than a plan. `announced_at` is missing while the agency has been told nothing of it.
    """

    __tablename__ = "leads"

    form_id: UUID | None = None
    form_name: str
    name: str
    email: str
    message: str = ""
    questions: list[dict[str, Any]] = json_column(default_factory=list)
    answers: dict[str, Any] = json_column()
    status: LeadStatus = enum_column(LeadStatus, LeadStatus.NEW)
    note: str = ""
    spam: bool = False
    announced_at: datetime | None = timestamp()
    client_id: UUID | None = None
    project_id: UUID | None = None
    converted_at: datetime | None = timestamp()

    @property
    def usual_project_name(self) -> str:
        """What its project is called where nobody says otherwise."""
        return f"{self.form_name} · {self.name}"[:MAX_NAME]

    def is_news(self, now: datetime) -> bool:
        """Whether the agency is to be told of it now: once, and never of spam."""
        if self.spam or self.announced_at:
            return False
        self.announced_at = now
        return True

    def change(self, changes: dict[str, Any], now: datetime) -> None:
        """Move it in the pipeline, note something, or say whether it is spam."""
        still = changes.get("status", LeadStatus.WON) is LeadStatus.WON and not changes.get("spam", False)
        if self.converted_at and not still:
            raise LeadAlreadyConverted
        for name, value in changes.items():
            setattr(self, name, value)
        self.updated_at = now

    def plan_conversion(self, now: datetime) -> None:
        """Choose the ids of client and project, once: whoever comes back after a failure goes on with the same."""
        if self.spam:
            raise LeadIsSpam
        if self.client_id is None:
            self.client_id, self.project_id = new_id(), new_id()
            self.updated_at = now

    def replan_project(self, gone: UUID, now: datetime) -> None:
        """The project of an earlier try that broke off was deleted since: the next one is another."""
        if self.project_id == gone and self.converted_at is None:
            self.project_id, self.updated_at = new_id(), now

    def convert(self, client_id: UUID, now: datetime) -> bool:
        """Client and project are there; False when that was known. The client may be one that there was already."""
        if self.converted_at:
            return False
        self.client_id, self.converted_at, self.updated_at = client_id, now, now
        self.status, self.spam = LeadStatus.WON, False
        return True

    def forget_plan(self, now: datetime) -> None:
        """The client that was made for it is gone before all was done: the next try begins anew."""
        if self.converted_at is None:
            self.client_id, self.project_id, self.updated_at = None, None, now


class LeadFile(Row, table=True):
    """A file that came with a lead, as an answer to one field; its bytes are in the object store under `key`.

    The row is there before the bytes, with a moment at which both are removed; belonging to a lead ends that.
    """

    __tablename__ = "lead_files"

    lead_id: UUID | None = None
    field: str
    name: str
    mime_type: str
    size: int = 0
    sha256: str = ""
    expires_at: datetime | None = timestamp()

    @property
    def key(self) -> str:
        """Where its bytes are."""
        return f"{PREFIX}/{self.agency_id}/{self.id}"

    def belong_to(self, lead: Lead) -> None:
        """It is whole, and kept for as long as the lead is."""
        self.lead_id, self.expires_at = lead.id, None

    def end(self, now: datetime) -> None:
        """It belongs to nothing any longer, and is removed soon."""
        self.lead_id, self.expires_at = None, now
