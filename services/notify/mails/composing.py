"""Composing: from an order's facts to the letter, with the names, addresses and links of this moment."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from chassis.errors import NotFound
from chassis.principals import Role
from chassis.storage import ObjectStore
from services.notify.clients import Agency, Directory, PortalSettings, SecretLink
from services.notify.mails.facts import Door, Facts, Money, News, Said
from services.notify.mails.kinds import kind_of
from services.notify.mails.letters import Branding, Catalogue, Chapter, Letter, Line, Words, one_line
from services.notify.mails.models import Audience, Mail
from services.notify.unsubscriptions.tokens import Subscription, UnsubscribeLinks

# Why somebody gets a mail: the words under it, by audience.
FOOTERS = {Audience.CLIENT: "sent_to_client", Audience.INVITEE: "sent_to_invitee"}
# Most mail servers refuse more than 25 MB, and base64 adds a third.
MAX_ATTACHMENT_BYTES = 15 * 1024 * 1024


class NobodyThere(NotFound):
    """The recipient is gone or has no address."""

    default = "The recipient is gone or has no e-mail address."


class LinkEnded(NotFound):
    """What the mail's link would open has ended."""

    default = "The link that the mail is about has ended."


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a letter goes to; `portal_url` is a client's own link, empty for a member."""

    name: str
    email: str
    portal_url: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter and its addresses; `reply_to` is empty where answers are not expected.

    `unsubscribe_url` turns mails of its kind off; empty where that cannot be done.
    """

    letter: Letter
    to: list[tuple[str, str]]
    reply_to: tuple[str, str] | None
    unsubscribe_url: str = ""


class Composer:
    """Knows where names, colours, links and bytes come from."""

    def __init__(
        self,
        directory: Directory,
        settings: PortalSettings,
        *,
        store: ObjectStore,
        catalogue: Catalogue,
        origin: str,
        unsubscribe_links: UnsubscribeLinks,
    ) -> None:
        self._directory, self._settings, self._store = directory, settings, store
        self._catalogue = catalogue
        self._origin, self._unsubscribe_links = origin, unsubscribe_links

    async def compose(self, mail: Mail, facts: Facts, *, now: datetime) -> Composed:
        """The letter; raises NobodyThere or LinkEnded when it can never be sent, Unavailable when it cannot be now."""
        recipient = await self._recipient(mail, facts)
        if not recipient.email:
            raise NobodyThere
        link = await self._link(mail, facts)
        agency = await self._directory.agency(mail.agency_id)
        branding, zone = await self._branding(agency), agency.zone
        attached, too_large = await self._attached(facts)
        unsubscribe_url = self._unsubscribe_url(mail)
        words = Words(
            key=mail.template,
            values=_values(facts, branding, zone) | _end_of(link, zone, now),
            quote=facts.quote,
            whole_quote=facts.whole_quote,
            button_url=link.url if link else self._door(facts, recipient),
            footer=FOOTERS.get(mail.audience, "sent_to_member"),
            variant="too_large" if too_large else facts.variant,
            unsubscribe_url=unsubscribe_url,
            chapters=_chapters(facts.news, branding, zone),
            more_news=facts.more_news,
        )
        letter = self._catalogue.letter(words, branding, name=recipient.name, address=recipient.email)
        letter.attachments.extend(attached)
        to = [(recipient.name, recipient.email)]
        if facts.also_to and facts.also_to.lower() != recipient.email.lower():
            to.append(("", facts.also_to))
        return Composed(letter, to, await self._reply_to(mail), unsubscribe_url)

    async def _recipient(self, mail: Mail, facts: Facts) -> Recipient:
        if mail.audience == Audience.CLIENT:
            contact = await self._directory.contact(mail.agency_id, mail.recipient_id)
            # Whoever has left the company meanwhile is not to get its link.
            if contact is None or (facts.of_company and contact.company_id != facts.of_company):
                raise NobodyThere
            return Recipient(contact.name, contact.email, contact.portal_url)
        if mail.audience == Audience.INVITEE:
            return Recipient("", facts.address)
        for member in await self._directory.members(mail.agency_id):
            if member.id == mail.recipient_id or (mail.audience == Audience.OWNER and member.role == Role.OWNER):
                return Recipient(member.name, member.email)
        raise NobodyThere

    async def _link(self, mail: Mail, facts: Facts) -> SecretLink | None:
        """The secret address of this moment; None for a mail that carries none."""
        if facts.secret is None:
            return None
        link = await self._directory.link(mail.agency_id, facts.secret.kind, facts.secret.id)
        if link is None:
            raise LinkEnded
        return link

    async def _branding(self, agency: Agency) -> Branding:
        appearance = await self._settings.appearance(agency.id)
        portal = appearance.portal_name or agency.name
        return Branding(
            agency=agency.name,
            portal=portal,
            sender=appearance.sender_name or portal,
            primary_color=appearance.primary_color,
            logo_url=appearance.logo_url,
        )

    async def _reply_to(self, mail: Mail) -> tuple[str, str] | None:
        if mail.audience != Audience.CLIENT:
            return None
        owner = await self._directory.owner(mail.agency_id)
        return owner.name, owner.email

    async def _attached(self, facts: Facts) -> tuple[list[tuple[str, bytes]], bool]:
        if facts.attachment is None:
            return [], False
        if await self._store.head(facts.attachment.key) > MAX_ATTACHMENT_BYTES:
            return [], True
        return [(facts.attachment.name, await self._store.get(facts.attachment.key))], False

    def _unsubscribe_url(self, mail: Mail) -> str:
        if mail.addressee is None or kind_of(mail.template).locked:
            return ""
        return self._unsubscribe_links.url(Subscription(mail.addressee, mail.template))

    def _door(self, facts: Facts, recipient: Recipient) -> str:
        if facts.door == Door.PAY:
            return facts.pay_url
        # The desk opens at the front page until there are pages of the dashboard to lead to.
        return recipient.portal_url if facts.door == Door.PORTAL else f"{self._origin}/"


def sender_of(mail_from: str) -> str:
    """The bare address of `PORTICO_MAIL_FROM`; raises ValueError when there is none in it."""
    address = parseaddr(mail_from)[1]
    if "@" not in address:
        raise ValueError("PORTICO_MAIL_FROM must hold an address, such as Portico <portico@example.com>")
    return address


def _chapters(news: Sequence[News], branding: Branding, zone: ZoneInfo) -> list[Chapter]:
    """News by project, each in the order in which it came; what belongs to no project comes last."""
    chapters: dict[str, list[Line]] = {}
    for one in news:
        line = Line(one.template, _values(one, branding, zone), excerpt=one.quote, url=one.pay_url)
        chapters.setdefault(one.project, []).append(line)
    return sorted((Chapter(*found) for found in chapters.items()), key=lambda chapter: not chapter.project)


def _values(said: Said, branding: Branding, zone: ZoneInfo) -> dict[str, str]:
    values = {"agency": branding.agency, "portal": branding.portal, **said.texts}
    values |= {name: _money(amount) for name, amount in said.money.items()}
    values |= {name: _date(day) for name, day in said.dates.items()}
    values |= {name: _date(_day_of(moment, zone)) for name, moment in said.days.items()}
    values |= {name: _moment(moment) for name, moment in said.moments.items()}
    return {name: one_line(value) for name, value in values.items()}


def _money(money: Money, locale: str = "en") -> str:
    from babel.numbers import format_currency  # large tables, needed for few mails

    return str(format_currency(money.amount, money.currency, locale=locale))


def _day_of(moment: datetime | None, zone: ZoneInfo) -> date | None:
    return moment.astimezone(zone).date() if moment else None


def _date(day: date | None, locale: str = "en") -> str:
    from babel.dates import format_date

    return str(format_date(day, "d MMMM y", locale=locale)) if day else "–"


def _moment(moment: datetime, locale: str = "en") -> str:
    from babel.dates import format_datetime

    return str(format_datetime(moment, "d MMMM y, HH:mm 'UTC'", tzinfo=UTC, locale=locale))


def _end_of(link: SecretLink | None, zone: ZoneInfo, now: datetime) -> dict[str, str]:
    """How long a link lives: in minutes, and until which day."""
    if link is None:
        return {}
    return {"minutes": _minutes(link.expires_at - now), "until": _date(_day_of(link.expires_at, zone))}


def _minutes(left: timedelta, locale: str = "en") -> str:
    from babel.dates import format_timedelta

    # A mail is written moments after its link was made: an hour is to be told as 60 minutes, not as 59.
    whole = timedelta(minutes=max(1, math.ceil(left / timedelta(minutes=1))))
    return str(format_timedelta(whole, granularity="minute", threshold=math.inf, locale=locale))
