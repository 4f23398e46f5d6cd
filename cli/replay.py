"""`portico replay [SERVICE]`: sends parked events again, once what they failed at is mended."""

import asyncio
import os

from cli.embedded.nats import known_nats_url
from cli.embedded.postgres import known_postgres_url
from cli.home import Home


def replay(home: Home, services: tuple[str, ...]) -> None:
    """Prints how many events of each service were sent again."""
    database_url = os.environ.get("PORTICO_DATABASE_URL") or known_postgres_url(home.path / "postgres")
    nats_url = os.environ.get("PORTICO_NATS_URL") or known_nats_url(home.path / "nats")
    secret_key = os.environ.get("PORTICO_SECRET_KEY") or home.secret_key()
    for service in services:
        sent = asyncio.run(_replay(service, database_url, nats_url, secret_key))
        print(f"{service}: {sent} sent again", flush=True)


async def _replay(service: str, database_url: str, nats_url: str, secret_key: str) -> int:
    from chassis.bus import Bus
    from chassis.database import Database
    from chassis.parking import replay_parked

    database = Database(service=service, url=database_url, secret_key=secret_key, units=1, readers=1)
    bus = Bus(nats_url, "replay")
    await bus.open()
    try:
        return await replay_parked(database, bus)
    finally:
        await bus.close()
        await database.close()
