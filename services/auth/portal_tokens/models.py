"""The portal token's row: whom it opens the portal for and until when; the token itself is never kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from chassis.tables import Row, timestamp


class HolderType(StrEnum):
    """Who may hold a portal token, in the words of the client-portal API: a contact is a client."""

    CONTACT = "contact"
    COMPANY = "company"


@dataclass(frozen=True, slots=True)
class TokenHolder:
    """The client or the company of an agency that a portal token is for."""

    type: HolderType
    agency_id: UUID
    id: UUID


class PortalToken(Row, table=True):
    """A long-lived credential of one client, or of a company: of all its clients.

    `generation` is part of what the token is derived from: raising it makes another token of the same row.
    """

    __tablename__ = "portal_tokens"

    client_id: UUID | None = None
    company_id: UUID | None = None
    generation: int = 1
    expires_at: datetime = timestamp(nullable=False)
    revoked_at: datetime | None = timestamp()

    @classmethod
    def for_holder(cls, holder: TokenHolder, *, lifetime: timedelta, now: datetime) -> "PortalToken":
        """A new row."""
        return cls(
            agency_id=holder.agency_id,
            client_id=holder.id if holder.type is HolderType.CONTACT else None,
            company_id=holder.id if holder.type is HolderType.COMPANY else None,
            expires_at=now + lifetime,
            created_at=now,
            updated_at=now,
        )

    @property
    def type(self) -> HolderType:
        """Whether it is a client's or a company's."""
        return HolderType.COMPANY if self.company_id else HolderType.CONTACT

    def is_live(self, now: datetime) -> bool:
        """True while the token opens the portal."""
        return self.revoked_at is None and now < self.expires_at

    def revoke(self, now: datetime) -> bool:
        """End it; False when it had ended already."""
        if not self.is_live(now):
            return False
        self.revoked_at = now
        return True
