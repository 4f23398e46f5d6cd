"""Use cases of mails: queue what an event asks for, hand out what is due, note what became of it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.errors import NotFound
from chassis.secrets import Vault
from services.notify.addressees import Addressee
from services.notify.mails import repository
from services.notify.mails.facts import Facts, Occasion, Order
from services.notify.mails.models import Audience, Mail

MAILBOX_SIZE = 200


async def queue(session: AsyncSession, vault: Vault, *, about: Occasion, orders: Sequence[Order]) -> None:
    """Queue mails about an event; each template goes to each recipient once, however often this is called."""
    mails = []
    for order in orders:
        mail = Mail(
            agency_id=about.agency_id,
            event_id=about.event_id,
            template=order.template,
            audience=order.audience,
            recipient_id=order.recipient_id,
            project_id=about.project_id,
            next_attempt_at=about.at,
        )
        mail.facts = vault.seal(order.facts.model_dump_json().encode(), str(mail.id))
        mails.append(mail)
    await repository.add_all(session, mails)


async def claim_due(session: AsyncSession, *, limit: int, now: datetime) -> Sequence[Mail]:
    """Mails to be sent now, claimed for this process."""
    return await repository.claim_due(session, limit=limit, now=now)


def facts_of(mail: Mail, vault: Vault) -> Facts:
    """What a mail is to say."""
    assert mail.facts is not None, "a mail that is due has its facts"
    return Facts.model_validate_json(vault.open(mail.facts, str(mail.id)))


async def split_for_members(
    session: AsyncSession, vault: Vault, *, mail_id: UUID, members: Sequence[UUID], now: datetime
) -> None:
    """Replace a mail to all members by one to each."""
    mail = await repository.lock(session, mail_id)
    if mail is None or mail.next_attempt_at is None:
        return
    facts = facts_of(mail, vault)
    orders = [
        Order(template=mail.template, audience=Audience.MEMBER, recipient_id=member, facts=facts) for member in members
    ]
    await queue(session, vault, about=Occasion(mail.agency_id, mail.event_id, now, mail.project_id), orders=orders)
    mail.split()


async def note_sent(session: AsyncSession, *, mail_id: UUID, kept: bytes | None, now: datetime) -> None:
    """The mail has left; `kept` is the sealed message where the development mailbox wants it."""
    if mail := await repository.lock(session, mail_id):
        mail.sent(now, kept=kept)


async def note_refused(session: AsyncSession, *, mail_id: UUID, reason: str) -> None:
    """The mail can never be sent."""
    if mail := await repository.lock(session, mail_id):
        mail.fail(reason)


async def note_deferred(session: AsyncSession, *, mail_id: UUID, reason: str, now: datetime) -> None:
    """The mail could not be sent this time."""
    if mail := await repository.lock(session, mail_id):
        mail.retry(reason, now)


async def note_unwanted(session: AsyncSession, *, mail_id: UUID) -> None:
    """Whom the mail was for has turned mails of its kind off."""
    if mail := await repository.lock(session, mail_id):
        mail.unwanted()


async def hold(session: AsyncSession, *, mail_id: UUID) -> None:
    """The mail waits for a digest."""
    if mail := await repository.lock(session, mail_id):
        mail.hold()


async def held_for(session: AsyncSession, addressee: Addressee) -> Sequence[Mail]:
    """Mails that wait for somebody's digest, oldest first, held until the transaction ends."""
    return await repository.lock_held(session, addressee)


async def mailbox(session: AsyncSession) -> Sequence[Mail]:
    """The newest mails that the development mailbox keeps."""
    return await repository.newest_kept(session, limit=MAILBOX_SIZE)


async def mail_in_mailbox(session: AsyncSession, mail_id: UUID) -> Mail:
    """One of them; raises NotFound."""
    mail = await repository.kept(session, mail_id)
    if mail is None:
        raise NotFound
    return mail


async def count_open(session: AsyncSession) -> int:
    """How many mails wait to be sent, across all agencies."""
    return await repository.count_open(session)


async def forget_before(session: AsyncSession, moment: datetime) -> None:
    """Forget mails that ended before a moment, across all agencies."""
    await repository.forget_before(session, moment)
