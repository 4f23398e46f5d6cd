"""The wallet of a client: the address they have proved to be theirs, and what their device reports."""

from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from chassis.errors import Conflict, Invalid
from chassis.tables import Row, enum_column, timestamp


class CompanyHasNoWallet(Conflict):
    """A company's portal token is nobody in person."""

    default = "A wallet belongs to one client. This is the portal of a company; use a client's own credential."


class ChallengeNotOurs(Invalid):
    """The message is not, to the letter, one that was made for this client."""

    default = "This message was not made for you here. Ask for a challenge and sign it as it is."


class ChallengeOver(Conflict):
    """The challenge has expired, or it or a later one has been used."""

    default = "This challenge has expired or was used. Ask for a new one."


class SignatureNotValid(Invalid):
    """The signature is malformed, or it is not the wallet's under this message."""

    default = "This signature is not that of the wallet under this message."


class StatusNotForward(Conflict):
    """A report that would take the status back, or leave it where it is."""

    default = "The status has come as far as that already; it only moves forward."


class SigningStatus(StrEnum):
    """Where the device keeps the shares that it signs with, from first to last."""

    STORED_DATABASE = "STORED_DATABASE"
    STORED_CLIENT = "STORED_CLIENT"


class BackupStatus(StrEnum):
    """How far the device has come with the backup of its shares, from first to last."""

    STORED_CUSTODIAN_BACKUP_SHARE = "STORED_CUSTODIAN_BACKUP_SHARE"
    STORED_CLIENT_BACKUP_SHARE_KEY = "STORED_CLIENT_BACKUP_SHARE_KEY"
    STORED_CLIENT_BACKUP_SHARE = "STORED_CLIENT_BACKUP_SHARE"


S = TypeVar("S", bound=StrEnum)


class Wallet(Row, table=True):
    """What is known of a client's wallet; Portico holds no key of it.

    `challenged_at` is when the challenge was made that the address was proved with.
    """

    __tablename__ = "wallets"

    client_id: UUID
    address: str | None = None
    challenged_at: datetime | None = timestamp()
    signing_status: SigningStatus | None = enum_column(SigningStatus, nullable=True)
    backup_status: BackupStatus | None = enum_column(BackupStatus, nullable=True)

    def prove(self, address: str, *, challenged_at: datetime, now: datetime) -> None:
        """Take an address whose owner has signed the challenge made at `challenged_at`.

        A proof uses up its challenge and all earlier ones, so that a message seen once is of no use again.
        """
        if self.challenged_at is not None and challenged_at <= self.challenged_at:
            raise ChallengeOver
        self.address, self.challenged_at, self.updated_at = address, challenged_at, now

    def report_signing(self, status: SigningStatus, now: datetime) -> None:
        """Move on to where the signing shares are now."""
        _require_forward(self.signing_status, status)
        self.signing_status, self.updated_at = status, now

    def report_backup(self, status: BackupStatus, now: datetime) -> None:
        """Move on to how far the backup has come."""
        _require_forward(self.backup_status, status)
        self.backup_status, self.updated_at = status, now


def _require_forward(current: S | None, following: S) -> None:
    order = list(type(following))
    if current is not None and order.index(following) <= order.index(current):
        raise StatusNotForward
