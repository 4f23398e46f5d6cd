"""The story of README, end to end: registration to the paid invoice, with real mail, webhooks and a sealed PDF."""

import hashlib
import io
import random
from pathlib import Path
from typing import Any

import httpx
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from tests.e2e.outside import Outside
from tests.e2e.stack import Stack
from tests.e2e.story import Story, eventually, ok

BIG_BYTES = 200 * 1024**2


@pytest.fixture(scope="module")
def big_file(ground: Path) -> Path:
    path = ground / "film.bin"
    dice = random.Random(7)
    with path.open("wb") as file:
        for _ in range(BIG_BYTES // (1 << 20)):
            file.write(dice.randbytes(1 << 20))
    return path


@pytest.fixture(scope="module")
def contract(ground: Path) -> Path:
    path = ground / "contract.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(72, 720, "We build the website, you pay for it.")
    canvas.save()
    return path


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def mail_to(world: Outside, address: str, words: str) -> Any:
    """The one mail to an address whose subject has these words."""

    def find() -> Any:
        return next((mail for mail in world.smtp.to(address) if words in str(mail.message["subject"])), None)

    return eventually(find, f"a mail to {address} about {words}")


def assert_sealed(pdf: bytes, *, name: str, sha: str) -> None:
    """The PDF is signed as a whole, untouched, and its last page certifies who signed what."""
    reader = PdfFileReader(io.BytesIO(pdf))
    (embedded,) = reader.embedded_signatures
    trust = ValidationContext(trust_roots=[embedded.signer_cert], allow_fetching=False)
    status = validate_pdf_signature(embedded, signer_validation_context=trust)
    assert status.intact
    assert status.valid
    assert status.trusted
    assert status.bottom_line
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == 2
    certificate = pages[-1].extract_text().replace("\n", "").replace(" ", "")
    assert name.replace(" ", "") in certificate
    assert sha in certificate


def test_the_story(stack: Stack, world: Outside, big_file: Path, contract: Path) -> None:
    story = Story(stack.url)
    story.register()
    client = story.add_client()
    endpoint = story.listen(world.receiver.url(f"/{story.mark}"))

    welcome = mail_to(world, story.client_email, "Welcome")
    assert f"{stack.url}/client-portal/{story.token}" in welcome.part("plain")
    assert story.token in welcome.part("html")

    project = story.start_project(client["id"])
    film = story.upload(project["id"], big_file)
    assert film["size"] == BIG_BYTES
    assert film["sha256"] == sha256(big_file)
    assert story.download_hash(story.staff, film["id"]) == sha256(big_file)
    paper = story.upload(project["id"], contract)
    mail_to(world, story.client_email, "contract.pdf")

    invoice = story.bill(client["id"], project["id"])
    assert invoice["status"] == "sent"
    bill = mail_to(world, story.client_email, invoice["number"])
    assert invoice["paymentUrl"] in bill.part("plain")

    snapshot = story.open_portal()
    assert [one["id"] for one in snapshot["projects"]] == [project["id"]]
    assert {one["id"] for one in snapshot["files"]} == {film["id"], paper["id"]}
    assert [one["id"] for one in snapshot["invoices"]] == [invoice["id"]]
    assert snapshot["unavailable"] == []

    message = story.write(project["id"], "When do we start?")
    mail_to(world, story.owner_email, "essage")
    assert story.approve(paper["id"])["status"] == "approved"

    signed = story.sign(paper["id"])
    sealed_id = signed["signature"]["sealedFileId"]
    sealed = story.client.get(f"/api/files/{sealed_id}/content", params={"token": story.token}).content
    assert_sealed(sealed, name="Ada Lovelace", sha=sha256(contract))
    for address in (story.owner_email, story.client_email):
        copy = mail_to(world, address, "sign" if address == story.owner_email else "signed copy")
        attached = [part.get_content() for part in copy.message.iter_attachments()]
        assert attached == [sealed]

    paid = story.pay(invoice)
    assert paid["amountDue"] == 0
    payments = ok(story.staff.get(f"/api/invoices/{invoice['id']}/payments"))
    assert [payment["amount"] for payment in payments] == [1499.5]

    events = {
        "invoice.paid": invoice["id"],
        "file.signed": paper["id"],
        "message.created": message["id"],
    }
    eventually(lambda: len(world.receiver.at(f"/{story.mark}")) >= len(events), "three webhooks")
    received = [one.verify(endpoint["secret"]) for one in world.receiver.at(f"/{story.mark}")]
    assert {event["type"]: event["data"]["id"] for event in received} == events
    assert len(received) == len(events)

    assert story.complete(project["id"])["status"] == "completed"
    assert "It is live." in mail_to(world, story.client_email, "complete").part("plain")
    assert len(story.log_out()) == 5


def test_an_invoice_is_paid_once_however_often_the_button_is_pressed(stack: Stack) -> None:
    story = Story(stack.url)
    story.register()
    client = story.add_client()
    project = story.start_project(client["id"])
    invoice = story.bill(client["id"], project["id"])
    story.pay(invoice)
    again = story.anyone.get(invoice["paymentUrl"])
    assert again.status_code == 200
    assert "<button" not in again.text
    payments = ok(story.staff.get(f"/api/invoices/{invoice['id']}/payments"))
    assert len(payments) == 1


def test_the_gateway_shows_no_server_and_no_metrics(stack: Stack) -> None:
    for path in ("/", "/api/projects", "/docs", "/metrics", "/dashboard/", "/api/rawdata"):
        answer = httpx.get(stack.url + path)
        assert not {"server", "x-powered-by"} & set(answer.headers), path
        assert "portico_http_requests" not in answer.text
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_made_up_forwarded_address_buys_no_fresh_budget(stack: Stack) -> None:
    left = [
        int(
            httpx.get(f"{stack.url}/api/projects", headers={"X-Forwarded-For": f"9.9.9.{n}"}).headers[
                "x-ratelimit-remaining"
            ]
        )
        for n in range(4)
    ]
    assert left == sorted(left, reverse=True)
    assert len(set(left)) == len(left)
