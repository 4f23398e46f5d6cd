"""The payment page in its payer's language."""

import re

from services.billing.tests.conftest import Till

GERMAN = {"Accept-Language": "de-DE,de;q=0.9"}


async def test_the_page_speaks_its_payers_language(till: Till) -> None:
    invoice = await till.invoice(1499.5)
    page = await till.house.gateway.get(invoice["paymentUrl"], headers=GERMAN)
    assert '<html lang="de">' in page.text
    assert "1.499,50 EUR zahlen" in page.text
    assert "Fällig am" in page.text
    assert not re.search(r"\b(Pay|Due|Invoice)\b", page.text)
    assert {"Accept-Language", "Cookie"} <= set(page.headers["vary"].split(", "))
    chosen = await till.house.gateway.get(invoice["paymentUrl"], headers=GERMAN | {"Cookie": "portico-language=en"})
    assert "Pay 1,499.50 EUR" in chosen.text


async def test_a_refusal_is_told_in_the_payers_language(till: Till) -> None:
    terms = {"allowPartialPayments": True, "minimumPayment": 50}
    invoice = await till.invoice(100, **terms)
    path = invoice["paymentUrl"]
    little = await till.house.gateway.post(path, data={"amount": "1"}, headers=GERMAN)
    assert little.status_code == 409
    assert "Geben Sie einen Betrag von 50,00 EUR bis 100,00 EUR ein." in little.text
    english = await till.house.gateway.post(path, data={"amount": "1"})
    assert "Enter an amount from 50.00 EUR to 100.00 EUR." in english.text
    wrong = await till.house.gateway.get("/pay/nothing", headers=GERMAN)
    assert "Dieser Zahlungslink geht nicht" in wrong.text
