"""The world outside of a deployment, in a thread of its own: a mail server, a webhook receiver and Stripe."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass

from tests.fakes.receiver import Receiver, receiving
from tests.fakes.smtp_server import SmtpServer, taking_mail
from tests.fakes.stripe_server import StripeServer, stripe_server


@dataclass
class Outside:
    """What the deployment can reach."""

    host: str
    smtp: SmtpServer
    receiver: Receiver
    stripe: StripeServer


@contextmanager
def outside(host: str = "127.0.0.1") -> Iterator[Outside]:
    """All three, listening on one address of this machine while the block runs."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="outside", daemon=True)
    thread.start()
    stack = AsyncExitStack()

    async def open_all() -> Outside:
        return Outside(
            host,
            await stack.enter_async_context(taking_mail(host=host)),
            await stack.enter_async_context(receiving(host=host)),
            await stack.enter_async_context(stripe_server(host=host)),
        )

    world = asyncio.run_coroutine_threadsafe(open_all(), loop).result(10)
    try:
        yield world
    finally:
        asyncio.run_coroutine_threadsafe(stack.aclose(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
