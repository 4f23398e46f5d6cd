"""Tables of the replicas: the few fields that the portal shows."""

from datetime import datetime
from uuid import UUID

from chassis.tables import Row, timestamp


class Agency(Row, table=True):
    """An agency as auth last told of it; `id` equals `agency_id`."""

    __tablename__ = "agencies"

    name: str
    slug: str
    source_version: int


class Client(Row, table=True):
    """A client as auth last told of it; a deleted one stays, so that a late event cannot bring it back."""

    __tablename__ = "clients"

    number: int
    name: str
    email: str | None = None
    company: str | None = None
    company_id: UUID | None = None
    deleted_at: datetime | None = timestamp()
    source_version: int


class Company(Row, table=True):
    """A company as auth last told of it; a deleted one stays, as a deleted client does."""

    __tablename__ = "companies"

    number: int
    name: str
    deleted_at: datetime | None = timestamp()
    source_version: int
