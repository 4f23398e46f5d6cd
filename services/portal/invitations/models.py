"""Invitations: who was asked to open which portal, with which words, and when."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.tables import Row, json_column, timestamp
from services.portal.holders import HolderKind


class Invitation(Row, table=True):
    """One call to invite: a mail to a contact, or to each contact of a company that has an e-mail address.

    One of `contact_id` and `company_id` is set; `holder_number` is its number. The portal token that the mails carry
    is not kept, and neither is its address.
    """

    __tablename__ = "invitations"

    contact_id: UUID | None = None
    company_id: UUID | None = None
    holder_number: int
    recipients: list[dict[str, Any]] = json_column(default_factory=list)
    custom_message: str = ""
    sent_at: datetime = timestamp(nullable=False)

    @property
    def type(self) -> HolderKind:
        """Whether a contact was invited or a company."""
        return HolderKind.CONTACT if self.contact_id else HolderKind.COMPANY

    def invite(self, people: Iterable[tuple[UUID, str, str]], now: datetime) -> None:
        """Write to these people: id, name and e-mail address of each."""
        self.recipients = [{"id": str(id), "name": name, "email": email} for id, name, email in people]
        self.sent_at = self.created_at = self.updated_at = now
