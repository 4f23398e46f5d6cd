"""How often one address may register."""

import secrets
from collections.abc import AsyncIterator
from typing import Any

import pytest

from services.auth.config import REGISTRATIONS, Settings
from tests.house import House, running_house


@pytest.fixture(scope="module")
async def tight(variables: dict[str, str]) -> AsyncIterator[House]:
    """auth with the smallest of budgets."""
    async with running_house(variables | {"PORTICO_REGISTRATION_LIMIT": "2/15minutes"}, ("auth",)) as house:
        yield house


def body(**changes: Any) -> dict[str, Any]:
    email = f"owner-{secrets.token_hex(6)}@agency.test"
    return {"name": "A", "email": email, "password": "a quiet place by the sea", "agencyName": "B"} | changes


async def test_the_address_of_the_caller_has_a_budget(tight: House) -> None:
    codes = [
        (await tight.gateway.post("/api/auth/register", json=body(), headers={"X-Forwarded-For": address})).status_code
        for address in ("203.0.113.1", "203.0.113.1", "203.0.113.1", "203.0.113.2")
    ]
    assert codes == [201, 201, 429, 201]


async def test_one_e_mail_address_is_asked_about_ten_times(house: House) -> None:
    agency = await house.agency()
    codes = [
        (await house.gateway.post("/api/auth/register", json=body(email=agency.email))).status_code for _ in range(10)
    ]
    assert codes == [409] * 9 + [429], "the registration itself was the first"


def test_production_is_tight_unless_told_otherwise(variables: dict[str, str]) -> None:
    values = {name.removeprefix("PORTICO_").lower(): value for name, value in variables.items()}
    strict = Settings(**values | {"env": "production"})
    assert strict.registrations_per_address == REGISTRATIONS
    assert Settings(**values | {"registration_limit": "5/minute"}).registrations_per_address == "5/minute"
