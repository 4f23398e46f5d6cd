"""The quote as a paper: what is offered, what is optional, and who may have it."""

import re
from typing import Any

import httpx
import pytest

from services.billing.tests.quoting import Studio, open_studio
from services.billing.tests.test_papers import reader_of, text_of
from tests.house import House


@pytest.fixture
async def studio(house: House) -> Studio:
    return await open_studio(house)


async def paper(http: httpx.AsyncClient, quote: dict[str, Any], format: str = "html") -> httpx.Response:
    """The quote's paper."""
    return await http.get(f"/api/quotes/{quote['id']}/pdf?format={format}")


async def texts_of(http: httpx.AsyncClient, quote: dict[str, Any]) -> tuple[str, str]:
    """What the page and the PDF say."""
    page, pdf = await paper(http, quote), await paper(http, quote, "pdf")
    assert (page.status_code, pdf.status_code) == (200, 200)
    assert pdf.headers["content-type"] == "application/pdf"
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text)), text_of(reader_of(pdf.content))


async def test_page_and_pdf_show_what_is_offered_and_that_optional_lines_are_not_in_the_total(studio: Studio) -> None:
    quote = await studio.quote(expiresOn="2030-03-31", notes="We start in May.")
    for text in await texts_of(studio.staff, quote):
        for said in ("Quote QUO-0001", "Website", "Ada Lovelace", "Studio North", "31 March 2030", "We start in May."):
            assert said in text
        assert text.count("Optional, not in the total") == 2
        assert "360.00 EUR" in text
        assert "50.00 EUR" in text


async def test_an_accepted_quote_says_what_was_chosen_when_and_by_whom(studio: Studio) -> None:
    quote = await studio.quote()
    assert (await studio.accept(quote, optionalLines=[1], name="Ada L.")).status_code == 200
    for text in await texts_of(studio.visitor, quote):
        for said in ("Accepted", "Ada L.", "Optional, chosen", "Optional, not chosen", "420.00 EUR"):
            assert said in text
        assert "not in the total" not in text


async def test_a_quote_whose_last_day_is_over_says_so(studio: Studio) -> None:
    quote = await studio.quote(expiresOn=str((studio.house.clock()).date()))
    assert "Expired" not in (await texts_of(studio.visitor, quote))[0]
    studio.house.clock.advance(days=1)
    try:
        assert "Expired" in (await texts_of(studio.staff, quote))[0]
    finally:
        studio.house.clock.reset()


async def test_a_draft_on_paper_is_the_agencys_own(studio: Studio) -> None:
    draft = await studio.draft()
    assert "Draft" in (await texts_of(studio.staff, draft))[1]
    assert (await paper(studio.visitor, draft)).status_code == 404
    sent = await studio.sent(draft)
    assert (await paper(studio.visitor, sent)).status_code == 200
    await studio.change(sent, title="Another")
    assert (await paper(studio.visitor, sent)).status_code == 404


async def test_nobody_elses_quote_is_had_on_paper(studio: Studio, house: House) -> None:
    quote = await studio.quote()
    stranger = await studio.agency.client("Eve")
    assert (await paper(stranger.http, quote)).status_code == 404
    assert (await paper((await house.agency()).http, quote)).status_code == 404
    assert (await paper(house.gateway, quote)).status_code == 401


async def test_looking_at_the_paper_is_no_view(studio: Studio) -> None:
    quote = await studio.quote()
    await paper(studio.visitor, quote)
    assert (await studio.reload(quote))["viewCount"] == 0


async def test_the_paper_is_the_page_or_the_pdf_as_it_is_asked_for(studio: Studio) -> None:
    quote = await studio.quote()
    path = f"/api/quotes/{quote['id']}/pdf"
    asked = await studio.visitor.get(path, headers={"Accept": "application/pdf"})
    assert asked.headers["content-type"] == "application/pdf"
    assert 'filename="QUO-0001.pdf"' in asked.headers["content-disposition"]
    assert (await studio.visitor.get(path)).headers["content-type"].startswith("text/html")
    assert (await studio.visitor.get(f"{path}?format=docx")).status_code == 400
