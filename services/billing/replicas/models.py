"""Agencies, clients and projects as billing remembers them; newer facts win, however late older ones arrive."""

from datetime import datetime
from uuid import UUID

from chassis.errors import Invalid
from chassis.tables import Row, json_column, timestamp


class Agency(Row, table=True):
    """Where an agency's days begin: its IANA time zone. Its `id` is its `agency_id`."""

    __tablename__ = "agencies"

    time_zone: str
    source_version: int = 0


class Client(Row, table=True):
    """A client by name; `source_version` is that of auth's row. A deleted one keeps its name on old invoices.

    `billed_as` is whom papers were made out to, once the client was erased.
    """

    __tablename__ = "clients"

    name: str
    email: str | None = None
    company: str | None = None
    source_version: int = 0
    deleted_at: datetime | None = timestamp()
    billed_as: dict[str, str | None] | None = json_column(lambda: None)

    @property
    def on_papers(self) -> tuple[str | None, ...]:
        """Name, company and e-mail address as they stand on issued papers."""
        if self.billed_as:
            return self.billed_as["name"], self.billed_as["company"], self.billed_as["email"]
        return self.name, self.company, self.email


class Project(Row, table=True):
    """Whose project it is."""

    __tablename__ = "projects"

    client_id: UUID
    source_version: int = 0
    deleted_at: datetime | None = timestamp()

    def require_client(self, client_id: UUID) -> None:
        """Raise Invalid when an invoice of one client names another's project."""
        if self.client_id != client_id:
            raise Invalid.field("projectId", "is a project of another client")
