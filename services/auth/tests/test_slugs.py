"""Names of agencies in addresses."""

import asyncio
import secrets

import pytest

from services.auth.agencies import service as agencies
from services.auth.agencies.models import MAX_SLUG, Agency, free_slug, slug_of
from tests.house import House


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Northlight Studio", "northlight-studio"),
        ("  Søren & Søn, ApS ", "soren-son-aps"),
        ("Müller Straße 5", "muller-strasse-5"),
        ("ŁÓDŹ", "lodz"),
        ("--A--", "a"),
        ("日本", "agency"),
        ("!!!", "agency"),
        ("x" * 60, "x" * MAX_SLUG),
        ("x" * (MAX_SLUG - 1) + " y", "x" * (MAX_SLUG - 1)),
    ],
)
def test_a_name_becomes_plain_letters_and_hyphens(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_a_reserved_or_taken_slug_gets_the_first_free_number() -> None:
    assert free_slug("north", set()) == "north"
    assert free_slug("north", {"north", "north-2", "north-4"}) == "north-3"
    assert free_slug("api", set()) == "api-2"


@pytest.mark.parametrize("second_name", ["{0}", "{0} 2"])
async def test_whoever_is_named_at_the_same_moment_waits_and_gets_the_next(house: House, second_name: str) -> None:
    name = f"North {secrets.token_hex(4)}"
    database = house.database("auth")

    async def found(name: str) -> Agency:
        async with database.across_agencies() as session:
            return await agencies.found_agency(session, name, now=house.clock())

    await found(name)
    async with database.across_agencies() as session:
        first = await agencies.found_agency(session, name, now=house.clock())
        task = asyncio.create_task(found(second_name.format(name)))
        done, _ = await asyncio.wait([task], timeout=0.2)
        assert not done
    second = await task
    assert first.slug == f"{slug_of(name)}-2"
    assert second.slug in (f"{slug_of(name)}-3", f"{slug_of(name)}-2-2")
