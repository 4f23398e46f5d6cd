"""The client, and the records of other services that are counted for them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import Field

from chassis.erasing_documents import ERASED_CLIENT
from chassis.errors import Conflict, Invalid
from chassis.ids import new_id
from chassis.tables import Row, enum_column, timestamp
from services.auth.companies.models import Company


class ClientEmailTaken(Conflict):
    """The address is another client's of this agency."""

    default = "Another client of yours has this e-mail address already."


class ClientHasOpenInvoices(Conflict):
    """A client who owes money is not deleted."""

    default = "This client has open invoices. Void them or have them paid first."


class ClientErased(Conflict):
    """Nothing is known any more of whoever this was, and nothing new is to be."""

    default = "This client was erased at their request, and cannot be changed or given access again."


class Client(Row, table=True):
    """The agency's contact. `number` counts from 1 in each agency and is never given twice.

    `company` is free text, but of a client who belongs to a company it is that company's name.
    """

    __tablename__ = "clients"

    number: int
    name: str
    email: str | None = None
    company: str | None = None
    company_id: UUID | None = Field(default=None)
    erased_at: datetime | None = timestamp()

    def require_known(self) -> None:
        """Raise ClientErased for one who was erased."""
        if self.erased_at:
            raise ClientErased

    def is_called(self, name: str) -> bool:
        """Whether somebody means this client by a name or an e-mail address."""
        return name.strip().casefold() in {known.casefold() for known in (self.name, self.email) if known}

    def erase(self, now: datetime) -> None:
        """Become nobody in particular; the row stays, because papers and work point to it."""
        self.name, self.email = ERASED_CLIENT, None
        self.belong_to(None)
        self.erased_at = self.erased_at or now
        self.updated_at = now

    def belong_to(self, company: Company | None) -> None:
        """Join a company, or leave the one there is."""
        self.company_id = company.id if company else None
        self.company = company.name if company else None

    def change(self, changes: dict[str, str | None], now: datetime) -> None:
        """Take another name, address or company's name; ClientErased when there is nobody left to be called so."""
        self.require_known()
        if self.company_id and changes.get("company", self.company) != self.company:
            raise Invalid.field("company", f"is {self.company}, which this client belongs to by companyId")
        if self.email and not self.company_id and changes.get("email", self.email) is None:
            raise Invalid.field("email", "may be missing only for a client who belongs to a company")
        for name, value in changes.items():
            setattr(self, name, value)
        self.updated_at = now

    def delete(self, now: datetime, *, open_invoices: int) -> None:
        """Be about to go; refused while invoices are open.

        The change of `updated_at` raises the version, so that replicas see the deletion as news.
        """
        if open_invoices:
            raise ClientHasOpenInvoices
        self.updated_at = now


@dataclass(frozen=True, slots=True)
class ClientQuery:
    """Which clients are asked for: of a company, that match `search`, older than `after`, at most `limit`."""

    limit: int
    after: UUID | None = None
    search: str | None = None
    company_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewClient:
    """A client to be; one without a name is called `Client <number>`, one without `welcome` gets no e-mail.

    `id` is chosen by whoever may have to ask again.
    """

    name: str | None = None
    email: str | None = None
    company: str | None = None
    company_id: UUID | None = None
    welcome: bool = False
    id: UUID = field(default_factory=new_id)


class RecordKind(StrEnum):
    """What is counted for a client."""

    PROJECT = "project"
    INVOICE = "invoice"


class RecordState(StrEnum):
    """What counting has to know of a record: `open` is an invoice that waits for money."""

    OPEN = "open"
    CLOSED = "closed"
    GONE = "gone"


class CountedRecord(Row, table=True):
    """A project or an invoice as heard of by events; `source_version` tells news from old news."""

    __tablename__ = "counted_records"

    kind: RecordKind = enum_column(RecordKind)
    client_id: UUID
    state: RecordState = enum_column(RecordState)
    source_version: int
