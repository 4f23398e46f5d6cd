"""What the tests of access share."""

import pytest

from tests.house import House
from tests.trust.grounds import Grounds, lay_grounds


@pytest.fixture(scope="module")
async def grounds(running: House) -> Grounds:
    """Two agencies with one of everything; a module's tests share them, so they leave them as they are."""
    running.clock.reset()
    return await lay_grounds(running)
