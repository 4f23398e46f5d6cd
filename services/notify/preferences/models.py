"""Notification preferences: what one person wants to be mailed about, and how soon."""

from enum import StrEnum
from uuid import UUID

from chassis.errors import Conflict, Forbidden
from chassis.tables import Row, enum_column, json_column
from services.notify.addressees import Side


class Frequency(StrEnum):
    """How soon a mail comes: at once, in the next morning's digest, or not at all."""

    NOW = "now"
    DAILY = "daily"
    NEVER = "never"


class PeopleOnly(Forbidden):
    """An API key on a route that needs a member in person."""

    default = "An API key gets no mails; a member has to sign in."


class CompanyGetsNoMails(Conflict):
    """A company's portal token: mails go to the company's clients, each of whom decides alone."""

    default = "A company gets no mails. Its clients do, and each of them decides in a portal of their own."


class NotificationPreferences(Row, table=True):
    """One person's wishes: `frequencies` by kind of mail, `otherwise` for every kind that is not in it."""

    __tablename__ = "notification_preferences"

    side: Side = enum_column(Side)
    recipient_id: UUID
    otherwise: Frequency = enum_column(Frequency, Frequency.NOW)
    frequencies: dict[str, str] = json_column()

    def frequency_of(self, kind: str) -> Frequency:
        """How soon a mail of that kind is to come."""
        return Frequency(self.frequencies.get(kind, self.otherwise))

    def replace(self, *, otherwise: Frequency, frequencies: dict[str, Frequency]) -> None:
        """Wish for this and nothing else."""
        self.otherwise = otherwise
        self.frequencies = {str(kind): str(frequency) for kind, frequency in frequencies.items()}

    def turn_off(self, kind: str) -> None:
        """No more mails of that kind."""
        self.frequencies = self.frequencies | {str(kind): str(Frequency.NEVER)}

    def turn_on(self, kind: str) -> None:
        """Mails of that kind at once, as at first."""
        self.frequencies = self.frequencies | {str(kind): str(Frequency.NOW)}

    def turn_off_all(self) -> None:
        """No mails that can be turned off, of kinds that are yet to come neither."""
        self.replace(otherwise=Frequency.NEVER, frequencies={})

    def turn_off_digest(self) -> None:
        """No more digests, and what would have stood in them is not mailed in another way."""
        if self.otherwise == Frequency.DAILY:
            self.otherwise = Frequency.NEVER
        self.frequencies = {
            kind: str(Frequency.NEVER if frequency == Frequency.DAILY else frequency)
            for kind, frequency in self.frequencies.items()
        }
