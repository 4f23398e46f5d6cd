"""The sheet of a contract holds whatever it is given: endless names, and text that runs from the right."""

import io

import pytest
from pypdf import PdfReader

from services.projects.tests.contract_doors import Desk, open_desk
from tests.house import House

HEBREW, ARABIC = "הסכם שירות", "اتفاقية"
A4_WIDTH = 595.3


@pytest.fixture
async def desk(house: House) -> Desk:
    return await open_desk(house)


def places_of(pdf: bytes) -> list[tuple[str, float]]:
    """What is written on the first page, and how far from the left it begins."""
    found: list[tuple[str, float]] = []

    def note(text: str, sheet: list[float], line: list[float], *_: object) -> None:
        if text.strip():
            found.append((text.strip(), sheet[4] + line[4]))

    PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=note)
    return found


async def test_endless_names_stay_on_the_sheet(house: House) -> None:
    agency = await house.agency("Ж" * 200)
    client = await agency.client("Ю" * 200)
    desk = Desk(house, agency, client, {})
    draft = await desk.draft(title="Щ" * 200)
    text = "\n".join(text for text, _ in places_of(await desk.pdf(draft, by=agency.http)))
    assert max(len(word.replace("\u200b", "")) for word in text.split()) <= 30
    assert (text.count("Ж"), text.count("Ю")) == (200, 200)
    # Whole in the title, cut in the foot.
    assert 200 < text.count("Щ") <= 260


async def test_hebrew_and_arabic_run_from_the_right_and_the_rest_from_the_left(desk: Desk) -> None:
    draft = await desk.draft(f"{HEBREW}\n\nEnglish\n\n- {ARABIC}", title="Terms")
    places = places_of(await desk.pdf(draft, by=desk.agency.http))
    (english,) = [at for text, at in places if text == "English"]
    assert english < A4_WIDTH / 2
    foreign = [at for text, at in places if any("\u0590" <= letter <= "\u06ff" for letter in text)]
    assert len(foreign) >= 2
    assert all(at > A4_WIDTH / 2 for at in foreign)
