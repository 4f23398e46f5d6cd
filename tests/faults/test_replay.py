"""The broker's store is lost and rebuilt on a whole deployment: nothing is told, and nothing paid, a second time."""

import asyncio
import shutil
from pathlib import Path

import nats

from cli.embedded.nats import known_nats_url
from tests.e2e.outside import Outside, outside
from tests.e2e.stack import Stack, portico_up
from tests.e2e.story import Story, eventually, ok
from tests.faults.workshop import storage_of
from tests.ports import free_ports


def waiting(stack: Stack) -> int:
    """How many events the consumers of all services have still before them."""

    async def count() -> int:
        client = await nats.connect(known_nats_url(stack.data / "nats"))
        try:
            stream = client.jetstream()
            infos = [await stream.consumer_info("EVENTS", info.name) for info in await stream.consumers_info("EVENTS")]
            assert len(infos) >= 4
            return sum((info.num_pending or 0) + (info.num_ack_pending or 0) for info in infos)
        finally:
            await client.close()

    return asyncio.run(count())


def in_stream(stack: Stack) -> int:
    """How many events the stream holds."""

    async def count() -> int:
        client = await nats.connect(known_nats_url(stack.data / "nats"))
        try:
            return int((await client.jetstream().stream_info("EVENTS")).state.messages)
        finally:
            await client.close()

    return asyncio.run(count())


def told(world: Outside) -> tuple[int, int]:
    """How many mails and webhooks have gone out."""
    return len(world.smtp.taken), len(world.receiver.received)


def test_a_full_replay_sends_no_mail_no_webhook_and_takes_no_payment(ground: Path) -> None:
    data, port = ground / "replay", free_ports(1)[0]
    with outside() as world:
        variables = {"PORTICO_SMTP_URL": world.smtp.url, "PORTICO_ALLOW_PRIVATE_WEBHOOKS": "true"}
        with portico_up(data, port=port, **variables) as stack:
            story = Story(stack.url)
            story.register()
            client = story.add_client()
            story.listen(world.receiver.url())
            project = story.start_project(client["id"])
            story.write(project["id"], "Hello")
            invoice = story.pay(story.bill(client["id"], project["id"]))
            eventually(lambda: told(world)[0] >= 5 and told(world)[1] >= 2, "the word of all that")
            eventually(lambda: waiting(stack) == 0, "rest")
            events = in_stream(stack)
        before = told(world)
        shutil.rmtree(storage_of(data / "nats"))

        with portico_up(data, port=port, **variables) as stack:
            eventually(lambda: in_stream(stack) >= events, "every event sent again")
            eventually(lambda: waiting(stack) == 0, "every event heard again")
            story.write(project["id"], "Hello again")
            eventually(lambda: told(world) == (before[0] + 1, before[1] + 1), "one mail and one webhook more")
            eventually(lambda: waiting(stack) == 0, "rest")
            assert told(world) == (before[0] + 1, before[1] + 1)
            payments = ok(story.staff.get(f"/api/invoices/{invoice['id']}/payments"))
            assert len(payments) == 1
            assert ok(story.staff.get(f"/api/clients/{client['id']}"))["_count"] == {"projects": 1, "invoices": 1}
