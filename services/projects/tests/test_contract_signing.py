"""Signing contracts: with consent, once, bound to the text that was sent; sealed, kept and put on record."""

import asyncio
import hashlib
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from chassis.worker import Worker
from services.projects.contracts.models import CONSENT
from services.projects.signatures.recording import verify_trail
from services.projects.tests import signing_papers as papers
from services.projects.tests.announced import announced
from services.projects.tests.contract_doors import PLAIN, Desk, open_desk
from services.projects.tests.signing_doors import content, drawing, problem, sign, upload
from tests.house import House


@pytest.fixture
async def desk(house: House) -> Desk:
    return await open_desk(house)


async def test_a_signature_seals_the_text_that_was_sent(desk: Desk) -> None:
    sent = await desk.sent(projectId=desk.project["id"])
    signed = await desk.signed(sent, textSha256=sent["textSha256"].upper())
    assert (signed["status"], signed["body"], signed["textSha256"]) == ("signed", PLAIN, sent["textSha256"])
    (signature,) = signed["signatures"]
    assert signature == {
        "name": "Zoë Client",
        "email": desk.client.email,
        "kind": "typed",
        "signedAt": signed["signedAt"],
        "sha256": sent["textSha256"],
        "sealedFileId": signed["fileId"],
    }
    staff = await desk.read(sent)
    assert {name: staff[name] for name in signed} == signed


async def test_the_certificate_tells_who_agreed_to_what_and_how(desk: Desk) -> None:
    sent = await desk.sent(projectId=desk.project["id"])
    await desk.signed(sent, clientName="Dr. Z. Client", clientEmail="z@office.test")
    first, certificate = papers.texts_of(await desk.pdf(sent))
    assert PLAIN in first and "Studio North" in first
    words = " ".join(certificate.replace("\u200b", "").split())
    facts = ("Maintenance", "Studio North and Zoë Client", "Website", "Dr. Z. Client", "z@office.test", "Firefox/130")
    for fact in (*facts, "Portal link", f"Zoë Client <{desk.client.email}>", CONSENT):
        assert fact in words, fact
    for code in (sent["id"], sent["textSha256"]):
        assert code in certificate.replace("\n", "")


async def test_the_sealed_pdf_is_a_file_of_the_project(desk: Desk) -> None:
    signed = await desk.signed(await desk.sent(projectId=desk.project["id"], title="Terms 1/2"))
    file = (await desk.client.http.get(f"/api/files/{signed['fileId']}")).json()
    assert (file["name"], file["projectId"], file["status"]) == ("Terms 1-2 (signed).pdf", desk.project["id"], "signed")
    pdf = await content(desk.client, signed["fileId"])
    assert pdf == await desk.pdf(signed) == await desk.pdf(signed, by=desk.agency.http)
    assert hashlib.sha256(pdf).hexdigest() == file["sha256"]
    problem(await desk.agency.http.delete(f"/api/files/{file['id']}"), 409, "file_already_signed")


async def test_the_sealed_pdf_of_a_contract_for_no_project_is_a_file_too(desk: Desk) -> None:
    signed = await desk.signed(await desk.sent())
    file = (await desk.client.http.get(f"/api/files/{signed['fileId']}")).json()
    assert (file["projectId"], file["clientId"], file["visibleToClient"]) == (None, desk.client.id, True)
    assert await content(desk.client, signed["fileId"]) == await desk.pdf(signed)
    neighbour = await desk.agency.client(name="Neighbour")
    problem(await neighbour.http.get(f"/api/files/{signed['fileId']}"), 404, "not_found")
    said = await desk.client.http.post(f"/api/files/{signed['fileId']}/comments", json={"content": "Thank you."})
    assert said.status_code == 201, said.text
    for reader in (desk.client.http, desk.agency.http):
        listed = (await reader.get("/api/files")).json()
        assert [one["id"] for one in listed] == [signed["fileId"]]


async def test_a_contract_outlives_its_project(desk: Desk) -> None:
    signed = await desk.signed(await desk.sent(projectId=desk.project["id"]))
    waiting = await desk.sent(projectId=desk.project["id"])
    assert (await desk.agency.http.delete(f"/api/projects/{desk.project['id']}")).status_code == 200
    assert len(papers.texts_of(await desk.pdf(signed))) == 2
    late = await desk.signed(waiting)
    assert len(papers.texts_of(await desk.pdf(late))) == 2


async def test_a_drawn_signature_is_taken_too(desk: Desk) -> None:
    signed = await desk.signed(await desk.sent(), signatureData=drawing())
    assert signed["signatures"][0]["kind"] == "drawn"


@pytest.mark.parametrize(
    "wrong",
    [
        {"consent": False},
        {"consent": None},
        {"consent": "true"},
        {"consent": 1},
        {"clientName": ""},
        {"clientName": None},
        {"signatureData": "two\nlines"},
        {"signatureData": drawing(ink=None)},
        {"clientEmail": "nobody"},
        {"textSha256": "abc"},
        {"unknown": "field"},
    ],
    ids=lambda wrong: str(wrong)[:40],
)
async def test_a_signature_without_consent_or_name_is_none(desk: Desk, wrong: dict[str, Any]) -> None:
    sent = await desk.sent()
    problem(await desk.sign(sent, **wrong), 400, "invalid")
    assert (await desk.read(sent))["status"] == "sent"


@pytest.mark.parametrize("left_out", ["consent", "clientName", "signatureData"])
async def test_a_signature_names_signer_and_consent(desk: Desk, left_out: str) -> None:
    sent = await desk.sent()
    body = {"signatureData": "Zoë", "clientName": "Zoë", "consent": True}
    body.pop(left_out)
    refused = problem(await desk.answer(sent, "sign", body), 400, "invalid")
    assert [error["field"] for error in refused["errors"]] == [left_out]


async def test_the_consent_is_on_record(house: House, desk: Desk) -> None:
    sent = await desk.sent()
    assert sent["consentText"] == CONSENT
    await desk.signed(sent)
    async with house.database("projects").unit(UUID(desk.agency.id)) as session:
        ours = {"id": sent["id"]}
        consent = await session.scalar(text("SELECT consent FROM signatures WHERE contract_id = :id"), ours)
        told = await session.scalar(text("SELECT facts FROM signature_trail ORDER BY position DESC LIMIT 1"))
    assert consent == CONSENT and told is not None
    assert (told["consent"], told["contract"], told["sha256"]) == (CONSENT, sent["id"], sent["textSha256"])


async def test_the_evidence_is_for_staff_alone(house: House, desk: Desk) -> None:
    sent = await desk.sent()
    path = f"/api/contracts/{sent['id']}/signature"
    problem(await desk.agency.http.get(path), 404, "not_found")
    signed = await desk.signed(sent)
    evidence = (await desk.agency.http.get(path)).json()
    assert evidence["trail"] == {"entries": 1, "intact": True, "firstBad": None}
    record = evidence["signature"]
    assert (record["contractId"], record["fileId"], record["version"]) == (sent["id"], None, None)
    assert (record["sha256"], record["consent"], record["via"]) == (sent["textSha256"], CONSENT, "portal_token")
    assert (record["sealedFileId"], record["userAgent"]) == (signed["fileId"], "Firefox/130")
    assert (await desk.client.http.get(path)).status_code == 403
    problem(await (await open_desk(house)).agency.http.get(path), 404, "not_found")


async def test_both_sides_get_the_sealed_pdf_by_mail(house: House, desk: Desk) -> None:
    sent = await desk.sent(email=True)
    signed = await desk.signed(sent, clientEmail="z@office.test")
    size = (await desk.client.http.get(f"/api/files/{signed['fileId']}")).json()["size"]

    for address, subject in (
        (desk.client.email, "Contract from Studio North: Maintenance"),
        (desk.client.email, "Your signed copy of Maintenance"),
        (desk.agency.email, "Zoë Client signed Maintenance"),
    ):

        async def arrived(address: str = address, subject: str = subject) -> dict[str, Any] | None:
            return next((one for one in await house.mails(address) if one["subject"] == subject), None)

        mail = await house.eventually(arrived)
        attached = [(one["name"], one["size"]) for one in mail["attachments"]]
        assert attached == ([] if subject.startswith("Contract") else [("Maintenance (signed).pdf", size)])
    assert await house.mails("z@office.test")


async def test_another_text_than_the_one_that_was_sent_is_a_conflict(desk: Desk) -> None:
    first = await desk.sent("We pay 100")
    await desk.act(first, "void")
    second = await desk.sent("We pay 900")
    problem(await desk.sign(second, textSha256=first["textSha256"]), 409, "contract_changed")
    problem(await desk.sign(first, textSha256=first["textSha256"]), 409, "contract_void")
    assert (await desk.sign(second, textSha256=second["textSha256"])).status_code == 200


async def test_of_signatures_given_at_once_one_counts(desk: Desk) -> None:
    sent = await desk.sent(projectId=desk.project["id"])
    answers = await asyncio.gather(*(desk.sign(sent, signatureData=f"Signer {n}") for n in range(6)))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 5
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"contract_already_signed"}
    files = (await desk.client.http.get("/api/files")).json()
    assert [one["name"] for one in files] == ["Maintenance (signed).pdf"]
    assert len(await announced(desk.house, desk.agency, "projects.contract.signed")) == 1
    store = desk.house.apps["projects"].state.context.store
    assert len([one async for batch in store.list(f"projects/{desk.agency.id}") for one in batch]) == 1


@pytest.mark.parametrize("rival", ["decline", "void"])
async def test_of_a_signature_and_a_refusal_at_once_one_counts(desk: Desk, rival: str) -> None:
    sent = await desk.sent()
    other = desk.answer(sent, rival) if rival == "decline" else desk.act(sent, rival)
    answers = await asyncio.gather(desk.sign(sent), other)
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    status = {"decline": "declined", "void": "void"}[rival] if answers[1].status_code == 200 else "signed"
    assert (await desk.read(sent))["status"] == status


async def test_two_contracts_of_one_title_are_signed_at_once(desk: Desk) -> None:
    sent = [await desk.sent(projectId=desk.project["id"]) for _ in range(2)]
    answers = await asyncio.gather(*(desk.sign(one) for one in sent))
    assert [answer.status_code for answer in answers] == [200, 200]
    names = {one["name"] for one in (await desk.client.http.get("/api/files")).json()}
    assert names == {"Maintenance (signed).pdf", "Maintenance (signed) 2.pdf"}


async def test_a_signed_contract_stays_signed(desk: Desk) -> None:
    signed = await desk.signed(await desk.sent())
    for answer in (
        await desk.sign(signed),
        await desk.answer(signed, "decline"),
        await desk.act(signed, "void"),
        await desk.act(signed, "send"),
    ):
        problem(answer, 409, "contract_already_signed")
    assert (await desk.answer(signed, "view")).json()["status"] == "signed"


async def test_only_its_client_signs_a_contract(house: House, desk: Desk) -> None:
    sent = await desk.sent()
    neighbour = await desk.agency.client(name="Neighbour")
    stranger = await open_desk(house)
    nowhere = {"id": "01999a3e-7a10-7c55-9d5e-2f6f3f1f0a11"}
    for other in (neighbour, stranger.client):
        foreign = problem(await desk.sign(sent, by=other), 404, "not_found")
        assert foreign | {"time": ""} == problem(await desk.sign(nowhere, by=other), 404, "not_found") | {"time": ""}
    body = {"signatureData": "Olivia", "clientName": "Olivia", "consent": True}
    assert (await desk.act(sent, "sign", body)).status_code == 403
    assert (await house.gateway.post(f"/api/contracts/{sent['id']}/sign", json=body)).status_code == 401


async def test_the_token_may_come_in_the_body(house: House, desk: Desk) -> None:
    sent = await desk.sent()
    body = {"signatureData": "Z", "clientName": "Z", "consent": True, "token": desk.client.token}
    answer = await house.gateway.post(f"/api/contracts/{sent['id']}/sign", json=body)
    assert answer.json()["status"] == "signed"


async def test_a_repeat_with_the_same_idempotency_key_gets_the_same_answer(desk: Desk) -> None:
    sent = await desk.sent()
    headers = {"Idempotency-Key": f"sign-{sent['id']}"}
    first, second = [await desk.sign(sent, headers=headers) for _ in range(2)]
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.content == second.content


async def test_signatures_on_contracts_and_files_make_one_unbroken_trail(house: House, desk: Desk) -> None:
    file = await upload(desk.agency, desk.client, projectId=desk.project["id"])
    await sign(desk.client, file)
    await desk.signed(await desk.sent())
    await sign(desk.client, await upload(desk.agency, desk.client, name="b.pdf", projectId=desk.project["id"]))
    verdict = await verify_trail(house.apps["projects"].state.context, UUID(desk.agency.id))
    assert (verdict.entries, verdict.intact) == (3, True)
    evidence = (await desk.agency.http.get(f"/api/files/{file['id']}/signature")).json()
    assert evidence["trail"] == {"entries": 3, "intact": True, "firstBad": None}


async def test_two_validators_accept_the_seal(desk: Desk, tmp_path: Any) -> None:
    from services.projects.tests.test_signing_seal import pdfsig

    pdf = await desk.pdf(
        await desk.signed(await desk.sent("# Terms\n\n1. One\n2. Two\n\n| a | b |\n|---|---|\n| 1 | 2 |"))
    )
    async with desk.house.database("projects").across_agencies() as session:
        found = await session.scalar(text("SELECT certificate FROM sealing_keys ORDER BY generation DESC LIMIT 1"))
    verdict = await asyncio.to_thread(pdfsig, pdf, tmp_path)
    assert "Signature is Valid" in verdict and "Total document signed" in verdict
    worker = Worker()
    try:
        assert await _is_ours(worker, pdf, bytes(found or b""))
        for altered in (pdf + b"\n%", _flipped(pdf)):
            assert not await _is_ours(worker, altered, bytes(found or b""))
    finally:
        await worker.close()


async def _is_ours(worker: Worker, pdf: bytes, certificate: bytes) -> bool:
    import base64

    job: dict[str, object] = {"certificates": [base64.b64encode(certificate).decode()]}
    result = await worker.run("services.projects.signatures.sealing:verify", job, pdf, deadline=20)
    return result.data["intact"] is True


def _flipped(pdf: bytes) -> bytes:
    place = pdf.index(b"stream\n") + 40
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
