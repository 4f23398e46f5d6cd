"""What a mail is to say: the facts of its event, kept sealed until the mail is sent."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel

from services.notify.clients import LinkKind
from services.notify.mails.models import Audience, Template


class Door(StrEnum):
    """Where the button of a mail leads."""

    PORTAL = "portal"
    DESK = "desk"
    PAY = "pay"
    SECRET = "secret"  # noqa: S105 (a kind of door)


class Money(BaseModel):
    """An amount in the currency's major unit, with the ISO 4217 code."""

    amount: Decimal
    currency: str


class Attachment(BaseModel):
    """A file to attach: its key in the object store and the name it gets."""

    key: str
    name: str


class SecretDoor(BaseModel):
    """A door that only a secret link opens: what for, and of which row auth makes the link when the mail is sent."""

    kind: LinkKind
    id: UUID


class Said(BaseModel):
    """Values of the catalogue's placeholders by kind, so that they are written in the recipient's language.

    Of `days` a mail tells the date that each moment has where the agency is; `moments` are told to the minute.
    """

    texts: dict[str, str] = {}
    money: dict[str, Money] = {}
    dates: dict[str, date | None] = {}
    days: dict[str, datetime | None] = {}
    moments: dict[str, datetime] = {}
    quote: str = ""
    pay_url: str = ""


class News(Said):
    """What one mail would have said, as a digest says it; `project` is a project's name, empty where there is none."""

    template: Template
    project: str = ""


class Facts(Said):
    """What a mail says.

    `variant` picks other paragraphs of the same mail. `of_company`: only for clients who belong to it when the mail is
    sent. `address` is an invitee's. `whole_quote`: the quote stands nowhere else, so it is not shortened. `news` is
    what a digest gathers, oldest first, and `more_news` how many did not fit.
    """

    whole_quote: bool = False
    variant: str = ""
    of_company: UUID | None = None
    door: Door = Door.DESK
    secret: SecretDoor | None = None
    address: str = ""
    attachment: Attachment | None = None
    also_to: str = ""
    news: list[News] = []
    more_news: int = 0

    @property
    def can_wait(self) -> bool:
        """Whether a digest can say it: it carries no link that ends, no document, and is for one person alone."""
        return not (self.secret or self.attachment or self.also_to or self.address)


class Order(BaseModel):
    """One mail to be sent; the nil UUID as recipient where the audience says it all."""

    template: Template
    audience: Audience
    recipient_id: UUID = UUID(int=0)
    facts: Facts = Facts()


@dataclass(frozen=True, slots=True)
class Occasion:
    """What mails are about: an event of an agency, heard of at a moment, and the project that it is of, if any."""

    agency_id: UUID
    event_id: UUID
    at: datetime
    project_id: UUID | None = None
