"""The whole story told once, and what must be true at each step, for whatever deployment stands behind it."""

import hashlib
import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from tests.e2e.outside import Outside
from tests.e2e.story import Story, eventually, ok

BIG_BYTES = 200 * 1024**2


@dataclass(frozen=True)
class Papers:
    """What is uploaded: 200 MB, and a contract to sign."""

    film: Path
    contract: Path

    @classmethod
    def made_in(cls, directory: Path) -> "Papers":
        """Both files, written."""
        papers = cls(directory / "film.bin", directory / "contract.pdf")
        dice = random.Random(7)
        with papers.film.open("wb") as file:
            for _ in range(BIG_BYTES // (1 << 20)):
                file.write(dice.randbytes(1 << 20))
        write_contract(papers.contract)
        return papers


@dataclass(frozen=True)
class Told:
    """What is left behind at the end, as REST showed it: the film, the paid invoice and the sealed PDF's bytes."""

    film: dict[str, Any]
    invoice: dict[str, Any]
    sealed: bytes


def write_contract(path: Path) -> None:
    """A PDF of one page."""
    canvas = Canvas(str(path))
    canvas.drawString(72, 720, "We build the website, you pay for it.")
    canvas.save()


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


def tell(story: Story, world: Outside, papers: Papers, *, pay: Callable[[dict[str, Any]], dict[str, Any]]) -> Told:
    """From registration to the log-out; `pay` has the client pay an invoice and returns it once it is paid."""
    story.register()
    client = story.add_client()
    endpoint = story.listen(world.receiver.url(f"/{story.mark}", world.host))

    welcome = mail_to(world, story.client_email, "Welcome")
    assert f"{story.url}/client-portal/{story.token}" in welcome.part("plain")
    assert story.token in welcome.part("html")

    project = story.start_project(client["id"])
    film = story.upload(project["id"], papers.film)
    assert film["size"] == papers.film.stat().st_size
    assert film["sha256"] == sha256(papers.film)
    assert story.download_hash(story.staff, film["id"]) == sha256(papers.film)
    paper = story.upload(project["id"], papers.contract)
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
    assert_sealed(sealed, name="Ada Lovelace", sha=sha256(papers.contract))
    for address in (story.owner_email, story.client_email):
        copy = mail_to(world, address, "sign" if address == story.owner_email else "signed copy")
        attached = [part.get_content() for part in copy.message.iter_attachments()]
        assert attached == [sealed]

    paid = pay(invoice)
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
    return Told(film, paid, sealed)
