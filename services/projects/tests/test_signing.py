"""Signing through the portal: one signature per file, bound to the version that was shown, sealed and recorded."""

import asyncio
import base64
import hashlib
import io

import pytest
from pypdf import PdfReader

from services.projects.tests import signing_papers as papers
from services.projects.tests.announced import announced
from services.projects.tests.signing_doors import content, drawing, problem, sign, upload
from tests.house import Agency, Client, House


@pytest.fixture
async def agency(house: House) -> Agency:
    return await house.agency(name="Studio North")


@pytest.fixture
async def client(agency: Agency) -> Client:
    return await agency.client(name="Zoë Client")


async def test_a_typed_signature_signs_the_version_that_was_shown(agency: Agency, client: Client) -> None:
    file = await upload(agency, client)
    answer = await sign(client, file, sha256=file["sha256"], version=1)
    assert answer.status_code == 200, answer.text
    signed = answer.json()
    assert signed["status"] == "signed"
    assert signed["signature"] | {"signedAt": "", "sealedFileId": ""} == {
        "name": "Zoë Client",
        "email": client.email,
        "kind": "typed",
        "signedAt": "",
        "sha256": file["sha256"],
        "sealedFileId": "",
    }
    assert (await agency.http.get(f"/api/files/{file['id']}")).json() == signed


async def test_the_sealed_pdf_is_a_file_that_the_client_sees(agency: Agency, client: Client) -> None:
    file = await upload(agency, client, papers.paper("We build it.", "You pay for it."))
    signature = (await sign(client, file)).json()["signature"]
    sealed = (await client.http.get(f"/api/files/{signature['sealedFileId']}")).json()
    assert (sealed["name"], sealed["mimeType"]) == ("contract (signed).pdf", "application/pdf")
    assert (sealed["projectId"], sealed["visibleToClient"]) == (file["projectId"], True)
    pdf = await content(client, sealed["id"])
    assert hashlib.sha256(pdf).hexdigest() == sealed["sha256"]
    first, second, certificate = papers.texts_of(pdf)
    assert (first.strip(), second.strip()) == ("We build it.", "You pay for it.")
    for fact in (file["sha256"], "Zoë Client", client.email, "Studio North", "Website", "Firefox/130", "Portal link"):
        assert fact in certificate


async def test_the_file_itself_stays_as_it_was_uploaded(agency: Agency, client: Client) -> None:
    original = papers.paper("Untouched")
    file = await upload(agency, client, original)
    assert (await sign(client, file)).status_code == 200
    assert await content(client, file["id"]) == original


async def test_a_drawn_signature_is_drawn_on_the_certificate(agency: Agency, client: Client) -> None:
    file = await upload(agency, client)
    answer = await sign(client, file, drawing())
    assert answer.json()["signature"]["kind"] == "drawn", answer.text
    pdf = await content(client, answer.json()["signature"]["sealedFileId"])
    (picture,) = PdfReader(io.BytesIO(pdf)).pages[-1].images
    assert picture.image is not None
    assert picture.image.width < 400 and picture.image.convert("L").getextrema()[0] < 60


async def test_white_ink_on_nothing_becomes_dark_on_paper(agency: Agency, client: Client) -> None:
    answer = await sign(client, await upload(agency, client), drawing(ink="white"))
    assert answer.status_code == 200, answer.text
    pdf = await content(client, answer.json()["signature"]["sealedFileId"])
    (picture,) = PdfReader(io.BytesIO(pdf)).pages[-1].images
    assert picture.image is not None and picture.image.convert("L").getextrema()[0] < 60


async def test_a_signer_may_give_another_name_and_address(agency: Agency, client: Client) -> None:
    answer = await sign(client, await upload(agency, client), clientName="Dr. Z. Client", clientEmail="z@office.test")
    signature = answer.json()["signature"]
    assert (signature["name"], signature["email"]) == ("Dr. Z. Client", "z@office.test")
    certificate = papers.texts_of(await content(client, signature["sealedFileId"]))[-1]
    assert "Dr. Z. Client" in certificate
    assert f"Zoë Client <{client.email}>" in certificate.replace("\n", " ")


async def test_a_file_that_is_no_pdf_is_signed_by_a_certificate(agency: Agency, client: Client) -> None:
    file = await upload(agency, client, b"The logo is approved.", name="logo notes.txt")
    signature = (await sign(client, file)).json()["signature"]
    (certificate,) = papers.texts_of(await content(client, signature["sealedFileId"]))
    assert file["sha256"] in certificate and "it is not a PDF" in certificate.replace("\n", " ")


async def test_a_hostile_pdf_is_signed_by_a_certificate(agency: Agency, client: Client) -> None:
    file = await upload(agency, client, papers.with_script())
    signature = (await sign(client, file)).json()["signature"]
    pdf = await content(client, signature["sealedFileId"])
    (certificate,) = papers.texts_of(pdf)
    assert "scripts" in certificate and b"/JavaScript" not in pdf


@pytest.mark.parametrize(
    "data",
    [
        "",
        "   ",
        "x" * 201,
        "two\nlines",
        "Zoë\u202eecalA",
        "\u200b\u200b",
        "data:image/svg+xml;base64,PHN2Zy8+",
        "data:image/png;base64,",
        "data:image/png;base64,!!!!",
        "data:image/png;base64," + base64.b64encode(b"GIF89a").decode(),
        "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"noise" * 90).decode(),
        drawing(ink=None),
        drawing(ink=None, ground="white"),
        drawing(ink="black", ground="black"),
        drawing((2001, 100)),
        drawing((100, 1001)),
        "data:image/png;base64," + "A" * 940_000,
    ],
    ids=lambda data: f"{data[:40]!r}-{len(data)}",
)
async def test_a_signature_that_is_none_is_refused_by_its_field(agency: Agency, client: Client, data: str) -> None:
    file = await upload(agency, client)
    body = problem(await sign(client, file, data), 400, "invalid")
    assert [error["field"] for error in body["errors"]] == ["signatureData"]
    assert (await client.http.get(f"/api/files/{file['id']}")).json()["status"] == "uploaded"


@pytest.mark.parametrize(
    "text", ["محمد", "张伟", "Z", "x" * 200, "क्षि", "👩‍🚀 Zoë", "\U0001fae8", "O'Neil & Søns <Ltd> #1 $2 *3*"]
)
async def test_a_name_in_any_script_is_a_signature(agency: Agency, client: Client, text: str) -> None:
    answer = await sign(client, await upload(agency, client), text, clientName=text)
    assert answer.status_code == 200, answer.text
    assert answer.json()["signature"]["name"] == text


async def test_a_file_swapped_between_looking_and_signing_is_a_conflict(agency: Agency, client: Client) -> None:
    shown = await upload(agency, client, papers.paper("We pay 100"))
    swapped = await upload(agency, client, papers.paper("We pay 900"), projectId=shown["projectId"])
    assert (swapped["id"], swapped["version"]) == (shown["id"], 2)
    problem(await sign(client, shown, sha256=shown["sha256"]), 409, "file_version_stale")
    problem(await sign(client, shown, version=1), 409, "file_version_stale")
    assert (await sign(client, swapped, sha256=swapped["sha256"])).status_code == 200


async def test_a_second_signature_is_a_conflict(agency: Agency, client: Client) -> None:
    file = await upload(agency, client)
    assert (await sign(client, file)).status_code == 200
    problem(await sign(client, file), 409, "file_already_signed")


async def test_of_signatures_given_at_once_one_counts(agency: Agency, client: Client) -> None:
    file = await upload(agency, client)
    answers = await asyncio.gather(*(sign(client, file, f"Signer {n}") for n in range(6)))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 5
    files = (await client.http.get("/api/files", params={"projectId": file["projectId"]})).json()
    assert sorted(one["name"] for one in files) == ["contract (signed).pdf", "contract.pdf"]


async def test_two_files_of_one_name_but_for_the_ending_can_be_signed_at_once(agency: Agency, client: Client) -> None:
    one = await upload(agency, client)
    other = await upload(agency, client, b"text", name="contract.txt", projectId=one["projectId"])
    answers = await asyncio.gather(sign(client, one), sign(client, other))
    assert [answer.status_code for answer in answers] == [200, 200]
    names = {
        one["name"] for one in (await client.http.get("/api/files", params={"projectId": one["projectId"]})).json()
    }
    assert len(names) == 4


async def test_a_sealed_pdf_cannot_be_signed_again(agency: Agency, client: Client) -> None:
    signature = (await sign(client, await upload(agency, client))).json()["signature"]
    problem(await sign(client, {"id": signature["sealedFileId"]}), 409, "file_already_signed")


async def test_an_approved_file_can_be_signed(agency: Agency, client: Client) -> None:
    file = await upload(agency, client)
    assert (await client.http.post(f"/api/files/{file['id']}/approve", json={})).status_code == 200
    signed = (await sign(client, file)).json()
    assert (signed["status"], signed["approval"]["name"]) == ("signed", "Zoë Client")


async def test_a_repeat_with_the_same_idempotency_key_gets_the_same_answer(agency: Agency, client: Client) -> None:
    file = await upload(agency, client)
    headers = {"Idempotency-Key": f"sign-{file['id']}"}
    first, second = [await sign(client, file, headers=headers) for _ in range(2)]
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.content == second.content


async def test_only_the_client_of_the_project_may_sign(house: House, agency: Agency, client: Client) -> None:
    file = await upload(agency, client)
    neighbour, stranger = await agency.client(name="Neighbour"), await (await house.agency()).client()
    random_id = {"id": "01999a3e-7a10-7c55-9d5e-2f6f3f1f0a11"}
    unknown = problem(await sign(client, random_id), 404, "not_found")
    for other in (neighbour, stranger):
        foreign = problem(await sign(other, file), 404, "not_found")
        assert foreign | {"time": ""} == unknown | {"time": ""}
    body = {"signatureData": "Olivia Owner"}
    assert (await agency.http.post(f"/api/portal/sign/{file['id']}", json=body)).status_code == 403
    assert (await house.gateway.post(f"/api/portal/sign/{file['id']}", json=body)).status_code == 401


async def test_a_hidden_file_cannot_be_signed(agency: Agency, client: Client) -> None:
    file = await upload(agency, client, visibleToClient="false")
    problem(await sign(client, file), 404, "not_found")


async def test_the_token_may_come_in_the_body(house: House, agency: Agency, client: Client) -> None:
    file = await upload(agency, client)
    body = {"token": client.token, "signatureData": "Zoë Client", "clientName": "Zoë Client"}
    answer = await house.gateway.post(f"/api/portal/sign/{file['id']}", json=body)
    assert answer.status_code == 200, answer.text


async def test_fields_that_nobody_asked_for_are_refused(agency: Agency, client: Client) -> None:
    file = await upload(agency, client)
    body = problem(await sign(client, file, signedAt="2020-01-01T00:00:00Z"), 400, "invalid")
    assert [error["field"] for error in body["errors"]] == ["signedAt"]


async def test_signing_announces_where_the_sealed_pdf_lies(house: House, agency: Agency, client: Client) -> None:
    file = await upload(agency, client)
    signed = (await sign(client, file, clientEmail="z@office.test")).json()
    [event] = await announced(house, agency, "projects.file.signed")
    assert event.data == signed
    assert (event.actor.kind, event.actor.name) == ("client", "Zoë Client")
    assert event.internal["clientEmail"] == "z@office.test"
    assert event.internal["sealedFileId"] == signed["signature"]["sealedFileId"]
    stored = await house.apps["projects"].state.context.store.get(event.internal["storageKey"])
    assert stored == await content(client, signed["signature"]["sealedFileId"])
