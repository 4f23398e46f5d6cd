"""NATS: reached, with JetStream; and the store of rate limits, where one is configured."""

import asyncio
from urllib.parse import urlsplit

from cli.checks.finding import Finding, good, wrong

SECONDS = 5


async def check_broker(url: str) -> Finding:
    """Connects and asks JetStream about itself."""
    import nats
    from nats.errors import Error
    from nats.js.errors import Error as JetStreamError

    where = urlsplit(url).netloc.rpartition("@")[2]
    try:
        # The library tries for two minutes unless it is told otherwise.
        once = {"allow_reconnect": False, "max_reconnect_attempts": 1, "connect_timeout": SECONDS}
        connection = await asyncio.wait_for(nats.connect(url, error_cb=_ignore, **once), SECONDS)
    except (Error, OSError, TimeoutError) as error:
        what = f"no connection to {where}: {str(error) or type(error).__name__}"
        return wrong("broker", what, "Is NATS running, and PORTICO_NATS_URL right, with user and password?")
    try:
        account = await connection.jetstream(timeout=SECONDS).account_info()
    except (Error, JetStreamError, TimeoutError):
        mend = "Enable it: a `jetstream` section in its configuration, as in deploy/nats/nats.conf."
        return wrong("broker", f"NATS on {where} has no JetStream", mend)
    finally:
        await connection.close()
    version = connection.connected_server_version
    return good("broker", f"NATS {version} with JetStream on {where}, {account.streams} streams")


async def check_rate_limits(url: str) -> Finding:
    """Memory needs nothing; a Redis or Valkey has to answer."""
    subject = "rate limits"
    if "memory" in urlsplit(url).scheme:
        return good(subject, "counted in each process's memory")
    from redis.asyncio import Redis
    from redis.exceptions import RedisError

    where = urlsplit(url).netloc.rpartition("@")[2]
    store = Redis.from_url(url.removeprefix("async+"), socket_connect_timeout=SECONDS, socket_timeout=SECONDS)
    try:
        await store.execute_command("PING")  # type: ignore[no-untyped-call]
    except (RedisError, OSError, TimeoutError) as error:
        return wrong(subject, f"no answer from {where}: {error}", "Is it running, and PORTICO_RATE_LIMIT_URL right?")
    finally:
        await store.aclose()
    return good(subject, f"counted in the store on {where}")


async def _ignore(_: Exception) -> None:
    """The failure is told by the call itself."""
