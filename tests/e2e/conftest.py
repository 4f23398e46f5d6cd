"""One deployment for all end-to-end tests that do not break it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.outside import Outside, outside
from tests.e2e.stack import Stack, portico_up


@pytest.fixture(scope="session")
def world() -> Iterator[Outside]:
    """A mail server and a webhook receiver."""
    with outside() as made:
        yield made


@pytest.fixture(scope="session")
def stack(ground: Path, world: Outside) -> Iterator[Stack]:
    """`portico up` with high budgets, a real mail server, and webhooks to this machine allowed."""
    with portico_up(
        ground / "data",
        PORTICO_RATE_LIMIT="1000000/minute",
        PORTICO_ALLOW_PRIVATE_WEBHOOKS="true",
        PORTICO_SMTP_URL=world.smtp.url,
    ) as running:
        yield running


@pytest.fixture(scope="session")
def story_url(stack: Stack) -> str:
    """Where the gateway is."""
    return stack.url
