"""The loop that sends mails: claims what is due, a few at a time, and survives a mail server that does not.

A mail is marked sent after the server has taken it. Should the process die in the moment between, it is sent again with
the same Message-ID, by which receivers know the twin: a second copy of an invoice is better than none.
"""

import asyncio
from dataclasses import dataclass, field

from prometheus_client import Counter

from chassis.bell import Bell
from chassis.clock import Clock
from chassis.database import Database
from chassis.errors import PorticoError
from chassis.secrets import Vault
from chassis.telemetry import log
from services.notify.clients import Directory
from services.notify.digests import service as digests
from services.notify.mails import service
from services.notify.mails.composing import Composer, LinkEnded, NobodyThere
from services.notify.mails.facts import Facts
from services.notify.mails.kinds import kind_of
from services.notify.mails.mailbox import keep
from services.notify.mails.mime import AddressUnusable, build, without_links
from services.notify.mails.models import Audience, Mail
from services.notify.mails.smtp import MailRefused, MailServer
from services.notify.preferences import service as preferences
from services.notify.preferences.models import Frequency

CONCURRENCY = 8
POLL_S = 1.0
# A mail under way at shutdown may finish for this long, so that it is not sent a second time after the restart.
FINISH_S = 8.0

_MAILS = Counter("portico_mails", "Mails by outcome.", ["outcome"])


@dataclass
class MailSender:
    """One loop per process; several share the work by SKIP LOCKED. Without a server, mails go to the mailbox page."""

    database: Database
    vault: Vault
    clock: Clock
    composer: Composer
    directory: Directory
    bell: Bell[None]
    server: MailServer | None
    sender: str
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)

    async def run(self) -> None:
        """Send for ever."""
        try:
            while True:
                if not await self._take():
                    await self.bell.wait(POLL_S)
        finally:
            await self._finish()

    async def _take(self) -> bool:
        """Claim and start what there is room for; False when there was nothing, or no room."""
        free = CONCURRENCY - len(self._under_way)
        if free <= 0:
            return False
        async with self.database.across_agencies() as session:
            mails = await service.claim_due(session, limit=free, now=self.clock())
        for mail in mails:
            task = asyncio.create_task(self._send(mail))
            self._under_way.add(task)
            task.add_done_callback(self._done)
        return bool(mails)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self.bell.ring()
        if not task.cancelled() and (error := task.exception()):
            # The claim ends by itself, and the mail is tried again.
            log.error("mail_not_noted", exc_info=error)

    async def _send(self, mail: Mail) -> None:
        try:
            if mail.audience == Audience.MEMBERS:
                await self._split(mail)
            else:
                await self._do_as_wished(mail)
        except (MailRefused, NobodyThere, LinkEnded, AddressUnusable) as refusal:
            reason = without_links(refusal.detail)
            _MAILS.labels("failed").inc()
            log.error("mail_failed", mail_id=str(mail.id), template=mail.template, reason=reason)
            async with self.database.unit(mail.agency_id) as session:
                await service.note_refused(session, mail_id=mail.id, reason=reason)
        except Exception as failure:
            # Whatever it was: the schedule goes on and ends some day, so that no mail is tried for ever.
            reason = without_links(failure.detail if isinstance(failure, PorticoError) else repr(failure))
            _MAILS.labels("deferred").inc()
            log.warning("mail_deferred", mail_id=str(mail.id), template=mail.template, reason=reason)
            async with self.database.unit(mail.agency_id) as session:
                await service.note_deferred(session, mail_id=mail.id, reason=reason, now=self.clock())

    async def _do_as_wished(self, mail: Mail) -> None:
        """Send it, have it wait for a digest, or let it be: as whom it is for wants it at this moment."""
        facts = service.facts_of(mail, self.vault)
        frequency = await self._frequency(mail)
        if frequency == Frequency.NEVER:
            async with self.database.unit(mail.agency_id) as session:
                await service.note_unwanted(session, mail_id=mail.id)
            _MAILS.labels("unwanted").inc()
        elif frequency == Frequency.DAILY and facts.can_wait:
            await self._hold(mail)
        else:
            await self._write_to_one(mail, facts)

    async def _frequency(self, mail: Mail) -> Frequency:
        if mail.addressee is None:
            return Frequency.NOW
        async with self.database.unit(mail.agency_id) as session:
            wished = await preferences.frequencies_of(session, mail.addressee, [mail.template])
        return wished[mail.template]

    async def _hold(self, mail: Mail) -> None:
        assert mail.addressee, "somebody wants a digest"
        agency = await self.directory.agency(mail.agency_id)
        async with self.database.unit(mail.agency_id) as session:
            await digests.hold(session, mail.addressee, mail_id=mail.id, zone=agency.zone, now=self.clock())
        _MAILS.labels("held").inc()

    async def _write_to_one(self, mail: Mail, facts: Facts) -> None:
        composed = await self.composer.compose(mail, facts, now=self.clock())
        message = build(composed, id=mail.id, sender=self.sender, now=self.clock())
        if self.server:
            await self.server.send(message)
            kept = None
        else:
            kept = self.vault.seal(keep(message), str(mail.id))
        async with self.database.unit(mail.agency_id) as session:
            await service.note_sent(session, mail_id=mail.id, kept=kept, now=self.clock())
        _MAILS.labels("sent").inc()
        log.info("mail_sent", mail_id=str(mail.id), template=mail.template)

    async def _split(self, mail: Mail) -> None:
        roles = kind_of(mail.template).roles
        members = [member.id for member in await self.directory.members(mail.agency_id) if member.role in roles]
        async with self.database.unit(mail.agency_id) as session:
            await service.split_for_members(session, self.vault, mail_id=mail.id, members=members, now=self.clock())

    async def _finish(self) -> None:
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=FINISH_S)
            for task in late:
                task.cancel()
