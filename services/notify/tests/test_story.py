"""The word about a whole collaboration, with all services in the house: who hears what, and what a webhook gets."""

import json
from typing import Any

import pytest

from tests.fakes.receiver import Receiver
from tests.house import Agency, Client, House

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj"
PDF += b" 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj trailer<</Root 1 0 R>>\n%%EOF\n"


async def mailed(house: House, address: str, subject: str) -> dict[str, Any]:
    async def arrived() -> dict[str, Any] | None:
        return next((mail for mail in await house.mails(address) if subject in mail["subject"]), None)

    try:
        mail = await house.eventually(arrived, 20)
    except AssertionError:
        subjects = [one["subject"] for one in await house.mails(address)]
        pytest.fail(f"no mail about {subject!r} to {address}, only {subjects}")
    return dict(mail)


async def upload(http: Any, project: dict[str, Any], name: str, **fields: str) -> dict[str, Any]:
    answer = await http.post(
        "/api/files", data={"projectId": project["id"], **fields}, files={"file": (name, PDF, "application/pdf")}
    )
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def ok(answer: Any) -> dict[str, Any]:
    assert answer.status_code in (200, 201), answer.text
    return dict(answer.json())


async def work_together(agency: Agency, client: Client) -> dict[str, Any]:
    """Everything that client and agency do, through REST; returns the nouns as REST answered."""
    project = await agency.project(client)
    shared = await upload(agency.http, project, "draft.pdf", notify="true")
    sent = await upload(client.http, project, "logo.pdf")
    said = await ok(
        await client.http.post("/api/portal/messages", json={"content": "Hello", "projectId": project["id"]})
    )
    await ok(await client.http.post(f"/api/files/{shared['id']}/request-changes", json={"comment": "Larger logo"}))
    approved = await ok(await client.http.post(f"/api/files/{shared['id']}/approve"))
    signed = await ok(
        await client.http.post(
            f"/api/portal/sign/{shared['id']}", json={"signatureData": "Ada Lovelace", "clientName": "Ada Lovelace"}
        )
    )
    invoice = await ok(
        await agency.http.post(
            "/api/invoices",
            json={
                "amount": 1499.5,
                "currency": "EUR",
                "dueDate": "2031-03-03",
                "clientId": client.id,
                "sendEmail": True,
            },
        )
    )
    await ok(await agency.http.post(f"/api/invoices/{invoice['id']}/payments", json={"amount": 1499.5}))
    done = await ok(await agency.http.post(f"/api/projects/{project['id']}/complete", json={"message": "A pleasure"}))
    return {
        "project.created": project,
        "message.created": said,
        "file.approved": approved,
        "file.signed": signed,
        "invoice.sent": invoice,
        "project.completed": done,
        "uploads": [shared, sent],
    }


async def test_both_sides_hear_of_a_collaboration_step_by_step(house: House, receiver: Receiver) -> None:
    agency = await house.agency("Studio North")
    webhook = await ok(await agency.http.post("/api/zapier", json={"url": receiver.url(), "events": ["*"]}))
    client = await agency.client("Ada Lovelace")

    nouns = await work_together(agency, client)

    portal_link = f"/client-portal/{client.token}"
    for subject in ("Welcome to Studio North", "Studio North shared draft.pdf", "Website is complete"):
        assert portal_link in (await mailed(house, client.email, subject))["text"]
    assert "A pleasure" in (await mailed(house, client.email, "Website is complete"))["text"]
    asked = await mailed(house, client.email, "from Studio North")
    assert nouns["invoice.sent"]["paymentUrl"] in asked["links"]
    assert "€1,499.50" in (await mailed(house, client.email, "Receipt for invoice"))["text"]
    assert "Hello" in (await mailed(house, agency.email, "New message from Ada Lovelace"))["text"]
    assert "Larger logo" in (await mailed(house, agency.email, "asks for changes to draft.pdf"))["text"]
    for subject in ("uploaded logo.pdf", "approved draft.pdf", "paid invoice"):
        assert portal_link not in (await mailed(house, agency.email, f"Ada Lovelace {subject}"))["text"]
    for address, subject in ((client.email, "Your signed copy"), (agency.email, "signed draft.pdf")):
        (sealed,) = (await mailed(house, address, subject))["attachments"]
        bytes_ = (await house.gateway.get(sealed["url"])).content
        assert bytes_.startswith(b"%PDF")
        assert b"/ByteRange" in bytes_

    expected = {
        *("client.created", "project.created", "project.completed", "file.uploaded", "file.approved", "file.signed"),
        *("file.changes_requested", "message.created", "invoice.created", "invoice.sent", "invoice.paid"),
        "payment.received",
    }

    async def heard_all() -> bool:
        return expected <= {json.loads(one.body)["type"] for one in receiver.received}

    await house.eventually(heard_all, 20)
    payloads = [one.verify(webhook["secret"]) for one in receiver.received]
    for type, noun in nouns.items():
        if type != "uploads":
            (payload,) = [one for one in payloads if one["type"] == type]
            assert {key: payload["data"][key] for key in noun if key in payload["data"]} == noun, type
            assert set(noun) == set(payload["data"]), type
    assert sorted(one["data"]["id"] for one in payloads if one["type"] == "file.uploaded") == sorted(
        one["id"] for one in nouns["uploads"]
    )
    assert client.token not in repr(payloads)


async def test_no_mail_goes_out_twice_over_the_whole_collaboration(house: House) -> None:
    agency = await house.agency("Studio South")
    client = await agency.client("Grace Hopper")
    await work_together(agency, client)
    await mailed(house, client.email, "Website is complete")
    await mailed(house, agency.email, "paid invoice")

    for address in (client.email, agency.email):
        subjects = [mail["subject"] for mail in await house.mails(address)]
        assert len(subjects) == len(set(subjects))
