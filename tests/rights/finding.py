"""Looking for a word everywhere: in every table of every database, in the object store, and in the stream."""

import asyncio
from pathlib import Path

from nats.js.errors import NotFoundError
from sqlalchemy import text

from chassis.bus import STREAM
from tests.house import SERVICES, House
from tests.rights.catalogue import columns, superuser


async def tables_with(postgres: str, word: str) -> list[str]:
    """Tables in which it stands, as text or as bytes, with how many rows."""
    found = []
    for service in SERVICES:
        async with superuser(postgres, service) as connection:
            for table in sorted({column.table for column in await columns(connection)}):
                count = await connection.fetchval(
                    f"SELECT count(*) FROM \"{table}\" t WHERE t::text ILIKE '%{word}%'"
                    f" OR strpos(t::text, '{word.encode().hex()}') > 0"
                )
                if count:
                    found.append(f"{service}.{table}: {count}")
    return found


async def objects_with(storage: Path, word: str) -> list[str]:
    """Objects whose name or bytes hold it."""

    def look() -> list[str]:
        files = [path for path in storage.rglob("*") if path.is_file()]
        return [str(path) for path in files if word in path.name or word.encode() in path.read_bytes()]

    return await asyncio.to_thread(look)


async def messages_with(house: House, word: str) -> list[str]:
    """Subjects of messages of the stream that hold it."""
    stream = house.chassis("auth").bus.stream
    state = (await stream.stream_info(STREAM)).state
    found = []
    for number in range(state.first_seq, state.last_seq + 1):
        try:
            message = await stream.get_msg(STREAM, seq=number)
        except NotFoundError:
            continue
        if message.data and word.encode() in message.data:
            found.append(str(message.subject))
    return found


async def everywhere(house: House, postgres: str, storage: Path, word: str) -> list[str]:
    """All places."""
    return [
        *await tables_with(postgres, word),
        *await objects_with(storage, word),
        *await messages_with(house, word),
    ]


async def settled(house: House) -> bool:
    """Whether every event has arrived at everybody."""
    stream = house.chassis("auth").bus.stream
    consumers = await stream.consumers_info(STREAM)
    if any(one.num_pending or one.num_ack_pending for one in consumers):
        return False
    for service in SERVICES:
        async with house.database(service).across_agencies() as session:
            if (await session.execute(text("SELECT count(*) FROM outbox WHERE published_at IS NULL"))).scalar_one():
                return False
    return True
