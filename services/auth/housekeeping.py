"""What auth does by the clock: keys are rotated, and what has ended is forgotten."""

import asyncio
from collections.abc import Awaitable, Callable

from services.auth.client_session_tokens import service as client_session_tokens
from services.auth.client_sessions import service as client_sessions
from services.auth.context import Context
from services.auth.invitations import service as invitations
from services.auth.magic_links import service as magic_links
from services.auth.one_time_passwords import service as one_time_passwords
from services.auth.password_resets import service as password_resets
from services.auth.portal_tokens import service as portal_tokens
from services.auth.sessions import service as sessions
from services.auth.signing_keys import service as signing_keys
from services.auth.signing_keys.models import DEPLOYMENT

INTERVAL_S = 3600


def housekeeping(context: Context) -> Callable[[], Awaitable[None]]:
    """The loop."""

    async def keep_house() -> None:
        while True:
            await tidy(context)
            await asyncio.sleep(INTERVAL_S)

    return keep_house


async def tidy(context: Context) -> None:
    """One round; two processes may do it at once."""
    now = context.clock()
    async with context.database.unit(DEPLOYMENT) as session:
        await signing_keys.tend(session, vault=context.vault, now=now)
    async with context.database.across_agencies() as session:
        await sessions.forget_ended(session, now=now)
        await invitations.forget_old(session, now=now)
        await password_resets.forget_old(session, now=now)
        await portal_tokens.forget_ended(session, now=now)
        await magic_links.forget_ended(session, now=now)
        await client_sessions.forget_ended(session, now=now)
        await client_session_tokens.forget_ended(session, now=now)
        await one_time_passwords.forget_ended(session, now=now)
