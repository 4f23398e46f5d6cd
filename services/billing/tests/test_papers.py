"""The invoice as a paper: the printable page and the PDF say the same, and nothing in them is taken for code."""

import io
import re

import pytest
from pypdf import PdfReader

from services.billing.tests.factories import Desk, open_desk
from tests.house import House

HOSTILE = '<script>alert(1)</script> #read("/etc/passwd") $x$ *bold* {{ 7*7 }} \\ "quoted" @ref'


@pytest.fixture
async def desk(house: House) -> Desk:
    return await open_desk(house)


async def pdf_of(desk: Desk, invoice: dict[str, str]) -> PdfReader:
    """The invoice's PDF."""
    answer = await desk.http.get(f"/api/invoices/{invoice['id']}/pdf?format=pdf")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    return reader_of(answer.content)


def reader_of(pdf: bytes) -> PdfReader:
    """A PDF, opened."""
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: PdfReader) -> str:
    """All its text, in one line, ligatures and breaks undone."""
    text = " ".join(page.extract_text() for page in pdf.pages)
    for ligature, letters in (("\ufb01", "fi"), ("\ufb00", "ff"), ("\u200b", "")):
        text = text.replace(ligature, letters)
    return re.sub(r"\s+", " ", text)


async def test_page_and_pdf_show_number_client_lines_taxes_and_total(desk: Desk) -> None:
    invoice = await desk.invoice(
        lines=[{"description": "Design", "quantity": 2.5, "unitPrice": 1000, "taxRate": 19, "taxName": "VAT"}],
        discount={"type": "percent", "value": 10},
        notes="Thank you",
        issueDate="2026-03-01",
        dueDate="2030-03-31",
    )
    await desk.act(invoice, "payments", amount=77.5)
    page = await desk.http.get(f"/api/invoices/{invoice['id']}/pdf")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    printed = re.sub(r"<[^>]+>", " ", page.text)
    shown = [
        *("INV-0001", "Studio North", "Ada Lovelace", "Design", "2.5", "1,000.00", "2,500.00 EUR"),
        *("-250.00 EUR", "VAT 19 % on 2,250.00 EUR", "427.50 EUR", "2,677.50 EUR", "77.50 EUR", "2,600.00 EUR"),
        *("1 March 2026", "31 March 2030", "Partly paid", "Thank you"),
    ]
    pdf_text = text_of(await pdf_of(desk, invoice))
    for text in shown:
        assert text in printed
        assert text in pdf_text


async def test_the_pdf_comes_by_query_or_by_accept(desk: Desk) -> None:
    invoice = await desk.invoice()
    path = f"/api/invoices/{invoice['id']}/pdf"
    asked = await desk.http.get(path, headers={"Accept": "application/pdf"})
    assert asked.headers["content-type"] == "application/pdf"
    assert 'filename="INV-0001.pdf"' in asked.headers["content-disposition"]
    browser = await desk.http.get(path, headers={"Accept": "text/html,application/xhtml+xml,application/pdf,*/*;q=0.8"})
    assert browser.headers["content-type"].startswith("text/html")
    forced = await desk.http.get(f"{path}?format=html", headers={"Accept": "application/pdf"})
    assert forced.headers["content-type"].startswith("text/html")
    assert (await desk.http.get(f"{path}?format=docx")).status_code == 400


async def test_a_client_reads_its_own_paper_with_the_token_in_the_link(desk: Desk) -> None:
    invoice = await desk.invoice()
    answer = await desk.house.gateway.get(f"/api/invoices/{invoice['id']}/pdf?token={desk.client.token}")
    assert answer.status_code == 200
    assert desk.client.token not in answer.text


async def test_text_is_never_taken_for_code(desk: Desk) -> None:
    invoice = await desk.invoice(
        lines=[{"description": HOSTILE, "unitPrice": 1, "taxRate": 1, "taxName": "<b>VAT</b>"}], notes=HOSTILE
    )
    page = await desk.http.get(f"/api/invoices/{invoice['id']}/pdf")
    assert "<script" not in page.text
    assert "<b>" not in page.text
    assert "{{ 7*7 }}" in page.text
    assert "script-src" not in page.headers["content-security-policy"]
    assert "default-src 'none'" in page.headers["content-security-policy"]
    text = text_of(await pdf_of(desk, invoice))
    assert '#read("/etc/passwd") $x$ *bold* {{ 7*7 }}' in text
    assert "root:" not in text


async def test_a_long_invoice_runs_over_pages_with_its_head_repeated(desk: Desk) -> None:
    invoice = await desk.invoice(lines=[{"description": f"Line number {n}", "unitPrice": 1} for n in range(120)])
    pdf = await pdf_of(desk, invoice)
    assert len(pdf.pages) > 2
    for page in pdf.pages[:-1]:
        assert "Description" in page.extract_text()
    assert f"page {len(pdf.pages)} of {len(pdf.pages)}" in text_of(pdf)
    assert "Line number 119" in text_of(pdf)


async def test_endless_words_and_names_stay_on_the_sheet(desk: Desk) -> None:
    client = await desk.agency.client("Ж" * 200)
    lines = [{"description": "Щ" * 1000, "unitPrice": 9_999_999_999.99}]
    invoice = await desk.invoice(clientId=client.id, lines=lines, notes="Ю" * 10_000)
    text = text_of(await pdf_of(desk, invoice))
    # Broken into lines that fit, and nothing is cut off.
    assert [text.count(letter) for letter in "ЖЩЮ"] == [200, 1000, 10_000]
    assert max(len(word) for word in text.split()) <= 120
    assert "9,999,999,999.99 EUR" in text


@pytest.mark.parametrize(("state", "word"), [("void", "VOID"), ("draft", "Draft"), ("paid", "Paid")])
async def test_the_paper_says_how_the_invoice_stands(desk: Desk, state: str, word: str) -> None:
    invoice = await desk.invoice(draft=state == "draft")
    if state == "void":
        await desk.act(invoice, "void")
    if state == "paid":
        await desk.act(invoice, "payments", amount=100)
    assert word in text_of(await pdf_of(desk, invoice))


async def test_the_agencys_preview_of_a_draft_is_its_own(desk: Desk) -> None:
    draft = await desk.invoice(draft=True)
    assert (await desk.http.get(f"/api/invoices/{draft['id']}/pdf")).status_code == 200
    assert (await desk.client.http.get(f"/api/invoices/{draft['id']}/pdf")).status_code == 404
