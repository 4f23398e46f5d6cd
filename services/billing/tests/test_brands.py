"""Papers in the agency's dress: the portal's name, colour and logo, heard of once and never in a paper's way."""

import io
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import httpx
import pytest
from PIL import Image

from chassis.colours import DARK, READABLE, WHITE, contrast
from chassis.events import Event
from chassis.ids import new_id
from chassis.logos import MAX_KEPT_BYTES, Logos
from chassis.storage import ObjectStore
from services.billing.tests.factories import Desk, open_desk
from services.billing.tests.quoting import LINES
from services.billing.tests.test_papers import reader_of, text_of
from tests.house import House

CONFIG = "/api/v1/client-portal/config"


@pytest.fixture
async def desk(house: House) -> Desk:
    return await open_desk(house)


@pytest.fixture
async def store(tmp_path: Any) -> AsyncIterator[ObjectStore]:
    opened = ObjectStore(tmp_path.as_uri())
    yield opened
    opened.close()


def png(width: int = 400, height: int = 100, colour: str = "#0F766E") -> bytes:
    """A logo."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "PNG")
    return out.getvalue()


async def dressed(desk: Desk, **settings: str) -> None:
    """Change the portal's settings, and wait until billing has heard of it."""
    answer = await desk.http.patch(CONFIG, json=settings)
    assert answer.status_code == 200, answer.text
    await heard(desk, answer)


async def with_logo(desk: Desk, data: bytes | None = None) -> str:
    """Give the portal a logo; its address."""
    files = {"file": ("logo.png", data or png(), "image/png")}
    answer = await desk.http.post(f"{CONFIG}/logo", files=files)
    assert answer.status_code == 200, answer.text
    await heard(desk, answer)
    return str(answer.json()["data"]["portal_logo"])


async def heard(desk: Desk, answer: httpx.Response) -> None:
    """Wait until billing and projects know the version that was answered."""
    version = int(answer.headers["etag"].strip('"'))

    async def known() -> bool:
        versions = []
        for service in ("billing", "projects"):
            async with desk.house.database(service).reader(UUID(desk.agency.id)) as reader:
                versions.append(await reader.fetchval("SELECT source_version FROM brands") or 0)
        return min(versions) >= version

    await desk.house.eventually(known)


async def papers_of(desk: Desk) -> dict[str, str]:
    """An invoice, a credit note, a quote, a statement and a contract, by the addresses of their PDFs."""
    invoice = await desk.invoice()
    note = await desk.agency.made(f"/api/invoices/{invoice['id']}/credit-notes", {"amount": 10})
    body = {"clientId": desk.client.id, "title": "Website", "currency": "EUR", "lines": LINES}
    quote = await desk.agency.made("/api/quotes", body)
    contract = await desk.agency.made(
        "/api/contracts", {"clientId": desk.client.id, "title": "Terms", "body": "We build it."}
    )
    return {
        "invoice": f"/api/invoices/{invoice['id']}/pdf?format=pdf",
        "credit note": f"/api/credit-notes/{note['id']}/pdf?format=pdf",
        "quote": f"/api/quotes/{quote['id']}/pdf?format=pdf",
        "statement": f"/api/invoices/statement?clientId={desk.client.id}&currency=EUR&format=pdf",
        "contract": f"/api/contracts/{contract['id']}/pdf",
    }


async def pdf(desk: Desk, path: str) -> bytes:
    answer = await desk.http.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf"), answer.text
    return answer.content


def pictures_in(data: bytes) -> list[tuple[int, int]]:
    """The sizes of the pictures on the first page."""
    return [image.image.size for image in reader_of(data).pages[0].images if image.image]


async def test_every_paper_shows_logo_and_names_the_portal_and_the_agency(desk: Desk) -> None:
    await dressed(desk, portal_name="North Rooms", primary_color="#0F766E")
    await with_logo(desk)
    for kind, path in (await papers_of(desk)).items():
        data = await pdf(desk, path)
        assert pictures_in(data) == [(400, 100)], kind
        text = text_of(reader_of(data))
        assert "North Rooms" in text, kind
        assert "Studio North" in text, kind


async def test_the_page_shows_the_logo_and_a_colour_that_can_be_read(desk: Desk) -> None:
    await dressed(desk, primary_color="#FDE68A")
    logo = await with_logo(desk)
    page = await desk.http.get(f"/api/invoices/{(await desk.invoice())['id']}/pdf")
    assert f'src="/{logo}"' in page.text
    colour = page.text.split("--brand:")[1][:7]
    assert colour != "#FDE68A"
    assert contrast(colour, WHITE) >= READABLE
    policy = page.headers["content-security-policy"]
    assert "img-src 'self'" in policy
    assert "'sha256-" in policy
    assert "unsafe-inline" not in policy


async def test_the_payment_page_wears_the_dress_and_leads_to_the_portal(desk: Desk) -> None:
    await dressed(desk, portal_name="North Rooms", primary_color="#FDE68A")
    logo = await with_logo(desk)
    page = await desk.house.gateway.get((await desk.invoice())["paymentUrl"])
    assert f'src="/{logo}"' in page.text
    assert "North Rooms" in page.text
    assert "Studio North" in page.text
    (slug,) = re.findall(r'href="/portal/([^"]+)"', page.text)
    assert (await desk.house.gateway.get(f"/portal/{slug}")).status_code == 200
    (address,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page.text)
    sheet = (await desk.house.gateway.get(address)).text
    assert contrast(sheet.rpartition("--brand: ")[2][:7], WHITE) >= READABLE
    assert contrast(sheet.rpartition("--brand-on-dark: ")[2][:7], DARK) >= READABLE
    assert (await desk.house.gateway.get(address.replace("FDE68A", "};*{}"))).status_code == 400


async def test_a_removed_logo_is_on_no_paper(desk: Desk) -> None:
    logo = await with_logo(desk)
    path = f"/api/invoices/{(await desk.invoice())['id']}/pdf"
    assert pictures_in(await pdf(desk, f"{path}?format=pdf")) == [(400, 100)]
    await heard(desk, await desk.http.delete(f"{CONFIG}/logo"))
    assert pictures_in(await pdf(desk, f"{path}?format=pdf")) == []
    assert logo not in (await desk.http.get(path)).text


async def test_a_logo_that_is_gone_or_broken_breaks_no_paper(desk: Desk) -> None:
    await with_logo(desk)
    store: ObjectStore = desk.house.apps["projects"].state.context.store
    async with desk.house.database("billing").reader(UUID(desk.agency.id)) as reader:
        key = await reader.fetchval("SELECT logo_key FROM brands")
    await store.put(key, png()[:60] + b"\0" * 40)
    papers = await papers_of(desk)
    for kind, path in papers.items():
        assert pictures_in(await pdf(desk, path)) == [], kind
    await store.delete(key)
    for service in ("billing", "projects"):
        desk.house.apps[service].state.context.logos._kept.clear()
    for kind, path in papers.items():
        assert pictures_in(await pdf(desk, path)) == [], kind


async def test_an_agency_without_settings_and_its_neighbours_dress_stay_apart(desk: Desk, house: House) -> None:
    await dressed(desk, portal_name="North Rooms")
    await with_logo(desk)
    other = await open_desk(house)
    data = await pdf(other, f"/api/invoices/{(await other.invoice())['id']}/pdf?format=pdf")
    assert pictures_in(data) == []
    assert "North Rooms" not in text_of(reader_of(data))


async def test_what_arrives_late_changes_nothing(desk: Desk) -> None:
    await dressed(desk, portal_name="First")
    await dressed(desk, portal_name="Second")
    async with desk.house.database("portal").reader(UUID(desk.agency.id)) as reader:
        envelope = await reader.fetchval(
            "SELECT envelope FROM outbox WHERE subject LIKE '%settings.updated' ORDER BY id"
        )
    late = replace(Event.decode(bytes(envelope)), id=new_id())
    assert late.data["portal_name"] == "First"
    await desk.house.chassis("portal").bus.client.publish(late.subject, late.encode())

    async def handled() -> bool:
        async with desk.house.database("billing").reader(UUID(desk.agency.id)) as reader:
            return bool(await reader.fetchval("SELECT count(*) FROM inbox WHERE event_id = $1", late.id))

    await desk.house.eventually(handled)
    page = await desk.http.get(f"/api/invoices/{(await desk.invoice())['id']}/pdf")
    assert "Second" in page.text
    assert "First" not in page.text


async def test_a_signed_contract_is_sealed_with_its_logo(desk: Desk) -> None:
    await with_logo(desk)
    contract = await desk.agency.made(
        "/api/contracts", {"clientId": desk.client.id, "title": "Terms", "body": "We build it."}
    )
    assert (await desk.http.post(f"/api/contracts/{contract['id']}/send", json={"sendEmail": False})).status_code == 200
    body = {"signatureData": "Ada", "clientName": "Ada", "consent": True}
    signed = await desk.client.http.post(f"/api/contracts/{contract['id']}/sign", json=body)
    assert signed.status_code == 200, signed.text
    sealed = await pdf(desk, f"/api/contracts/{contract['id']}/pdf")
    assert pictures_in(sealed) == [(400, 100)]
    files = {"file": ("a.pdf", sealed, "application/pdf")}
    assert (await desk.house.gateway.post("/api/contracts/verify", files=files)).json()["valid"] is True


async def test_logos_are_kept_in_bounded_memory(store: ObjectStore) -> None:
    logos, large = Logos(store), png() + b"\0" * (3 * 1024**2)
    for number in range(8):
        await store.put(f"portal/a/{number}", large)
        assert await logos.read(f"portal/a/{number}") == large
    assert sum(map(len, logos._kept.values())) <= MAX_KEPT_BYTES
    await store.delete("portal/a/7")
    assert await logos.read("portal/a/7") == large, "it was kept"
    assert await logos.read("portal/a/nothing") == b""
    assert await logos.read(None) == b""


async def test_what_is_too_large_or_no_png_is_no_logo(store: ObjectStore) -> None:
    logos = Logos(store)
    await store.put("large", png() + b"\0" * 5 * 1024**2)
    await store.put("text", b"<svg/>")
    assert (await logos.read("large"), await logos.read("text")) == (b"", b"")
