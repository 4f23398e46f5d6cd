"""What the tests of this service share."""

import pytest

from services.projects.tests.office import Office, open_office
from tests.house import House


@pytest.fixture
async def office(house: House) -> Office:
    """An agency with a client and a project."""
    return await open_office(house)
