"""The public check of a PDF: true for what was sealed here, byte for byte, and for nothing else."""

import hashlib
import io
import random
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from pypdf import PdfReader, PdfWriter

from services.projects.config import VERIFICATIONS, VERIFICATIONS_IN_DEVELOPMENT
from services.projects.signatures import verifying
from services.projects.tests import signing_papers as papers
from services.projects.tests.contract_doors import Desk, open_desk
from services.projects.tests.signing_doors import content, problem, sign, upload
from tests.house import House, running_house


@pytest.fixture
async def desk(house: House) -> Desk:
    return await open_desk(house)


async def check(house: House, pdf: bytes) -> httpx.Response:
    """What a stranger is told of a PDF."""
    return await house.gateway.post("/api/contracts/verify", files={"file": ("x.pdf", pdf, "application/pdf")})


async def verdict(house: House, pdf: bytes) -> dict[str, Any]:
    answer = await check(house, pdf)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_a_sealed_contract_is_ours(house: House, desk: Desk) -> None:
    signed = await desk.signed(await desk.sent())
    sealed = (await desk.client.http.get(f"/api/files/{signed['fileId']}")).json()
    assert await verdict(house, await desk.pdf(signed)) == {
        "valid": True,
        "reason": None,
        "contractId": signed["id"],
        "fileId": None,
        "signedAt": signed["signedAt"],
        "sha256": sealed["sha256"],
    }


async def test_a_sealed_file_is_ours(house: House, desk: Desk) -> None:
    file = await upload(desk.agency, desk.client)
    signature = (await sign(desk.client, file)).json()["signature"]
    told = await verdict(house, await content(desk.client, signature["sealedFileId"]))
    assert (told["valid"], told["fileId"], told["contractId"]) == (True, file["id"], None)
    assert told["signedAt"] == signature["signedAt"]


async def test_one_flipped_bit_anywhere_is_refused(house: House, desk: Desk) -> None:
    pdf = await desk.pdf(await desk.signed(await desk.sent()))
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    for place in chance.sample(range(5, len(pdf)), 20):
        flipped = bytearray(pdf)
        flipped[place] ^= 1 << chance.randrange(8)
        told = await verdict(house, bytes(flipped))
        assert (told["valid"], told["reason"], told["contractId"]) == (False, "unknown", None), f"byte {place}"


async def test_an_appended_update_is_refused(house: House, desk: Desk) -> None:
    pdf = await desk.pdf(await desk.signed(await desk.sent()))
    writer = PdfWriter(io.BytesIO(pdf), incremental=True)
    writer.pages[0].rotate(90)
    out = io.BytesIO()
    writer.write(out)
    for updated in (out.getvalue(), pdf + b"\n", pdf[:-1]):
        assert (await verdict(house, updated))["reason"] == "unknown"


async def test_a_swapped_page_is_refused(house: House, desk: Desk) -> None:
    pdf = await desk.pdf(await desk.signed(await desk.sent("We pay 100")))
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    writer.insert_page(PdfReader(io.BytesIO(papers.paper("We pay 900"))).pages[0], 0)
    writer.remove_page(1)
    out = io.BytesIO()
    writer.write(out)
    assert (await verdict(house, out.getvalue()))["valid"] is False


async def test_what_was_only_sent_or_uploaded_is_not_sealed(house: House, desk: Desk) -> None:
    assert (await verdict(house, await desk.pdf(await desk.sent())))["reason"] == "unknown"
    original = papers.paper("Unsigned")
    await upload(desk.agency, desk.client, original)
    assert (await verdict(house, original))["reason"] == "unknown"


@pytest.mark.parametrize("other", [b"", b"hello", b"%PDF", b"\x00%PDF-1.7", b"PK\x03\x04"], ids=repr)
async def test_what_is_no_pdf_is_told_to_be_none(house: House, other: bytes) -> None:
    told = await verdict(house, other)
    assert (told["valid"], told["reason"]) == (False, "not_a_pdf")


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE signatures SET sealed_sha256 = $1 WHERE contract_id = $2",
        "UPDATE signatures SET signed_at = signed_at - interval '1 year', sealed_sha256 = $1 WHERE contract_id = $2",
    ],
    ids=["another paper", "another paper and day"],
)
async def test_a_record_that_was_tampered_with_vouches_for_nothing(
    house: House, desk: Desk, postgres: str, tampering: str
) -> None:
    signed = await desk.signed(await desk.sent())
    forged = papers.paper("You pay twice", str(signed["id"]), tampering)
    # Whoever may write to the database has not the key of the trail.
    admin = await asyncpg.connect(postgres.rsplit("/", 1)[0] + "/portico_projects")
    try:
        await admin.execute(tampering, hashlib.sha256(forged).hexdigest(), UUID(signed["id"]))
    finally:
        await admin.close()
    told = await verdict(house, forged)
    assert (told["valid"], told["reason"], told["contractId"]) == (False, "record_damaged", None)


async def test_a_form_with_anything_else_is_refused(house: House) -> None:
    pdf = ("x.pdf", b"%PDF-1.7", "application/pdf")
    send = house.gateway.post
    for answer, field in (
        (await send("/api/contracts/verify", files={"other": pdf}), "other"),
        (await send("/api/contracts/verify", files=[("file", pdf), ("file", pdf)]), "file"),
        (await send("/api/contracts/verify", data={"file": "text"}, files={"file": pdf}), "file"),
    ):
        assert problem(answer, 400, "invalid")["errors"][0]["field"] == field
    empty = b"--x--\r\n"
    answer = await send(
        "/api/contracts/verify", content=empty, headers={"Content-Type": "multipart/form-data; boundary=x"}
    )
    problem(answer, 400, "invalid")
    problem(await send("/api/contracts/verify", json={}), 415, "unsupported_media")


async def test_a_pdf_over_the_limit_is_refused_whether_it_says_so_or_not(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "MAX_BYTES", 1000)
    assert (await check(house, b"%PDF-" + b"x" * 995)).status_code == 200
    problem(await check(house, b"%PDF-" + b"x" * 996), 413, "too_large")
    problem(await check(house, b"%PDF-" + b"x" * 100_000), 413, "too_large")


async def test_an_address_has_a_budget(variables: dict[str, str]) -> None:
    settings = variables | {"PORTICO_VERIFICATION_LIMIT": "2/10minutes"}
    async with running_house(settings, ("auth", "projects")) as strict:
        answers = [(await check(strict, b"%PDF-1.7")).status_code for _ in range(3)]
    assert answers == [200, 200, 429]


async def test_in_production_the_budget_is_tight(house: House) -> None:
    settings = house.apps["projects"].state.context.settings
    assert settings.verifications_per_address == VERIFICATIONS_IN_DEVELOPMENT
    assert settings.model_copy(update={"env": "production"}).verifications_per_address == VERIFICATIONS
