"""The deployment's sealing key: made once, kept sealed in the vault, replaced before its certificate ends."""

import base64
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from chassis.ids import new_id
from services.projects.context import Context
from services.projects.signatures import repository
from services.projects.signatures.models import SealingKey

MAKE_DEADLINE_SECONDS = 15.0
# The certificate begins a little in the past, for validators whose clock is behind ours.
_BACKDATED = timedelta(days=1)


async def current_key(context: Context, now: datetime) -> SealingKey:
    """The key that seals today, made at first use; two processes that make one at once end up with the same."""
    async with context.database.across_agencies() as session:
        key = await repository.newest_key(session)
    if key and key.is_fresh(now):
        return key
    made = await _make(context, generation=key.generation + 1 if key else 1, now=now)
    async with context.database.across_agencies() as session:
        await repository.add_key(session, made, now)
    async with context.database.across_agencies() as session:
        kept = await repository.newest_key(session)
    assert kept, "a key was just saved"
    return kept


def open_key(context: Context, key: SealingKey) -> bytes:
    """The private key, DER (PKCS #8)."""
    return context.vault.open(key.private_key, _place(key.generation))


async def _make(context: Context, *, generation: int, now: datetime) -> SealingKey:
    name = f"Portico at {urlsplit(context.settings.public_url).hostname}"
    job: dict[str, object] = {"name": name, "notBefore": (now - _BACKDATED).isoformat()}
    made = await context.typesetter.worker.run(
        "services.projects.signatures.sealing:make_key", job, deadline=MAKE_DEADLINE_SECONDS
    )
    return SealingKey(
        id=new_id(),
        generation=generation,
        certificate=base64.b64decode(str(made.data["certificate"])),
        private_key=context.vault.seal(made.blob, _place(generation)),
        not_after=datetime.fromisoformat(str(made.data["notAfter"])),
    )


def _place(generation: int) -> str:
    return f"sealing_keys/{generation}"
