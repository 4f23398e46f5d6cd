"""Names of agencies in addresses."""

import pytest

from services.auth.agencies.models import MAX_SLUG, free_slug, slug_of


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
