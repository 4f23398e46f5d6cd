"""JetStream's share of an erasure: messages that everybody has heard go, whomever they are about.

Which messages tell of a client is not known by subject, and looking through all of them would take the time that the
stream is long. What every consumer has handled serves for nothing but a rebuilding, and that is done from the outbox.
"""

from nats.js.api import ConsumerInfo

from chassis.bus import STREAM, Bus


async def last_message(bus: Bus) -> int:
    """The number of the newest message: what was told before this moment is not behind it."""
    await bus.ensure_stream()
    return int((await bus.stream.stream_info(STREAM)).state.last_seq)


async def purge(bus: Bus, wanted: int) -> int:
    """Remove what every consumer has handled, as far as `wanted`; returns how far that was."""
    # In this order: a message that comes in between is beyond the end that is assumed for idle consumers.
    last = await last_message(bus)
    if last < wanted:
        # Another stream than the one that was meant: it was rebuilt from the outbox, which holds nothing any more.
        return wanted
    heard = [_heard(consumer, last) for consumer in await bus.stream.consumers_info(STREAM)]
    upto = min([wanted, *heard])
    if upto > 0:
        # Everything below a number goes (https://docs.nats.io/reference/reference-protocols/nats_api_reference).
        await bus.stream.purge_stream(STREAM, seq=upto + 1)
    return upto


def _heard(consumer: ConsumerInfo, last: int) -> int:
    """How far a consumer has handled everything that is for it."""
    if not consumer.num_pending and not consumer.num_ack_pending:
        return last
    return int(consumer.ack_floor.stream_seq) if consumer.ack_floor else 0
