"""Use cases of digests: have a mail wait for one, gather what waits, and know the projects by name."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.events import Event
from chassis.secrets import Vault
from services.notify.addressees import Addressee, Side
from services.notify.digests import repository
from services.notify.digests.models import Digest, next_morning
from services.notify.mails import service as mails
from services.notify.mails.facts import Door, Facts, News, Occasion, Order
from services.notify.mails.models import Audience, Mail, Template
from services.notify.preferences import service as preferences
from services.notify.preferences.models import Frequency

# A mail that goes on for ever is not read; the rest is counted, and is to be seen in the portal.
MAX_NEWS = 100
MAX_QUOTE = 300
PROJECTS = "projects.project."


class _Project(BaseModel):
    name: str


async def hold(session: AsyncSession, addressee: Addressee, *, mail_id: UUID, zone: ZoneInfo, now: datetime) -> None:
    """Have a mail wait for its recipient's digest of the next morning where the agency is."""
    morning = next_morning(now, zone)
    # First the digest, then the mail: whoever gathers takes them in this order too.
    await repository.ensure(session, addressee, due_at=morning, due_on=morning.date())
    await mails.hold(session, mail_id=mail_id)


async def find_due(
    session: AsyncSession, now: datetime, *, after: repository.Key | None, limit: int
) -> list[repository.Key]:
    """Agency and id of digests that are due, across all agencies, behind one of them."""
    return await repository.due(session, now, after=after, limit=limit)


async def gather(session: AsyncSession, vault: Vault, *, key: repository.Key, now: datetime) -> bool:
    """End a digest, and queue its mail; False when there is nothing to be said, or when it has ended already.

    What its recipient has turned off meanwhile is left out.
    """
    digest = await repository.lock(session, key)
    if digest is None:
        return False
    wanted = await _wanted(session, digest)
    if wanted:
        projects = {mail.project_id for mail in wanted if mail.project_id}
        names = await repository.names_of(session, digest.agency_id, projects)
        facts = _facts(digest, [_news(mail, vault, names) for mail in wanted[:MAX_NEWS]], len(wanted))
        order = Order(
            template=Template.DIGEST, audience=Audience(digest.side), recipient_id=digest.recipient_id, facts=facts
        )
        about = Occasion(digest.agency_id, digest.id, now)
        await mails.queue(session, vault, about=about, orders=[order])
        for mail in wanted:
            mail.gathered()
    await session.delete(digest)
    return bool(wanted)


async def note_project(session: AsyncSession, event: Event) -> None:
    """Know a project by the name that an event about it tells; any other event tells none."""
    if event.type.startswith(PROJECTS):
        name = _Project.model_validate(event.data).name
        await repository.note_name(
            session,
            agency_id=event.agency_id,
            project_id=event.aggregate_id,
            name=name,
            as_of=event.aggregate_version,
        )


async def _wanted(session: AsyncSession, digest: Digest) -> list[Mail]:
    """The mails that wait, without those that their recipient has turned off since."""
    waiting = await mails.held_for(session, digest.addressee)
    kinds = {mail.template for mail in waiting}
    frequencies = await preferences.frequencies_of(session, digest.addressee, kinds)
    wanted = []
    for mail in waiting:
        if frequencies[mail.template] == Frequency.NEVER:
            mail.unwanted()
        else:
            wanted.append(mail)
    return wanted


def _facts(digest: Digest, news: Sequence[News], count: int) -> Facts:
    return Facts(
        dates={"day": digest.due_on},
        door=Door.PORTAL if digest.side == Side.CLIENT else Door.DESK,
        news=list(news),
        more_news=count - len(news),
    )


def _news(mail: Mail, vault: Vault, names: Mapping[UUID, str]) -> News:
    facts = mails.facts_of(mail, vault)
    return News(
        template=mail.template,
        project=names.get(mail.project_id, "") if mail.project_id else "",
        texts=facts.texts,
        money=facts.money,
        dates=facts.dates,
        days=facts.days,
        moments=facts.moments,
        quote=facts.quote[:MAX_QUOTE],
        pay_url=facts.pay_url,
    )
