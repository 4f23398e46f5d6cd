"""Each mail arrives: at the right person, in text and HTML, with words and links that fit."""

import re
from datetime import timedelta
from typing import Any

from chassis.ids import new_id
from chassis.storage import ObjectStore
from services.notify.tests.office import Office
from tests.house import Client

FILE = {"name": "homepage.pdf", "version": 2, "signature": None}


def file_of(client: Client, **more: Any) -> dict[str, Any]:
    return {"id": str(new_id()), "clientId": client.id, **FILE, **more}


def invoice_of(client: Client, **more: Any) -> dict[str, Any]:
    return {
        "id": str(new_id()),
        "number": "INV-0042",
        "clientId": client.id,
        "client": {"id": client.id, "name": client.body["name"], "email": client.email},
        "currency": "EUR",
        "amount": 1499.5,
        "amountPaid": 0,
        "amountDue": 1499.5,
        "dueDate": "2027-03-03",
        "paymentUrl": "http://localhost:8080/pay/abc?k=def",
        "paidAt": None,
        **more,
    }


async def test_a_new_client_is_welcomed_with_the_portal_link(office: Office) -> None:
    agency = await office.house.agency("Studio North")
    client = await agency.client("Ada Lovelace")

    mail = await office.mail_to(client.email)

    assert mail.recipients == [client.email]
    assert mail.sender == "post@portico.test"
    assert str(mail.message["Subject"]) == "Welcome to Studio North"
    assert str(mail.message["From"]) == "Studio North <post@portico.test>"
    assert str(mail.message["To"]) == f"Ada Lovelace <{client.email}>"
    assert agency.email in str(mail.message["Reply-To"])
    assert mail.message["Auto-Submitted"] == "auto-generated"
    link = f"/client-portal/{client.token}"
    assert link in mail.part("plain")
    assert link in mail.part("html")
    assert "Hello Ada Lovelace," in mail.part("plain")


async def test_a_shared_file_is_announced_to_the_client_alone(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client()

    await office.tell("projects.file.uploaded", agency, file_of(client), internal={"notify": True})

    mail = await office.mail_to(client.email, about="shared homepage.pdf")
    assert client.token in mail.part("plain")
    assert not [other for other in office.smtp.to(agency.email) if "homepage" in str(other.message["Subject"])]


async def test_an_upload_without_notify_stays_quiet(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client()
    await office.mail_to(client.email, about="Welcome")

    await office.tell("projects.file.uploaded", agency, file_of(client), internal={"notify": False})
    await office.settled()

    assert await office.mails_about("file_shared", agency) == []


async def test_a_clients_upload_is_announced_to_the_agency(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client("Grace Hopper")

    await office.tell("projects.file.uploaded", agency, file_of(client), by=client, internal={"notify": False})

    mail = await office.mail_to(agency.email, about="Grace Hopper uploaded homepage.pdf")
    assert mail.recipients == [agency.email]
    assert mail.message["Reply-To"] is None
    assert client.token not in mail.raw.decode()


async def test_a_clients_verdict_is_told_to_the_agency_with_the_comment(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client("Grace Hopper")

    await office.tell("projects.file.approved", agency, file_of(client), by=client)
    await office.tell(
        "projects.file.changes_requested",
        agency,
        file_of(client),
        by=client,
        internal={"comment": "Larger logo, please"},
    )

    await office.mail_to(agency.email, about="approved homepage.pdf")
    asked = await office.mail_to(agency.email, about="asks for changes")
    assert "Larger logo, please" in asked.part("plain")
    assert "version 2" in asked.part("plain")


async def test_the_agencys_own_verdict_is_no_news_to_it(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client()

    await office.tell("projects.file.approved", agency, file_of(client))
    await office.settled()

    assert await office.mails_about("file_approved", agency) == []


async def test_a_clients_message_reaches_the_agency_with_its_words(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client("Grace Hopper")
    message = {
        "id": str(new_id()),
        "clientId": client.id,
        "content": "First line\nsecond <b>line</b>",
        "author": {"kind": "client", "id": client.id, "name": "Grace Hopper"},
    }

    await office.tell("projects.message.created", agency, message, by=client)

    mail = await office.mail_to(agency.email, about="New message from Grace Hopper")
    assert "> First line\n> second <b>line</b>" in mail.part("plain").replace("\r", "")
    assert "second &lt;b&gt;line&lt;/b&gt;" in mail.part("html")


async def test_a_members_message_is_not_mailed_to_the_agency(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client()
    message = {
        "clientId": client.id,
        "content": "x",
        "author": {"kind": "member", "id": str(new_id()), "name": "Olivia"},
    }

    await office.tell("projects.message.created", agency, message)
    await office.settled()

    found = await office.mails_about("message_received", agency)
    assert found == []


async def test_a_completed_project_is_told_to_the_client_with_the_message(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client()
    project = {"id": str(new_id()), "name": "Website", "clientId": client.id}

    await office.tell("projects.project.completed", agency, project, internal={"message": "It was a pleasure"})

    mail = await office.mail_to(client.email, about="Website is complete")
    assert "It was a pleasure" in mail.part("plain")


async def test_an_invoice_is_mailed_with_amount_due_date_and_pay_link(office: Office) -> None:
    agency = await office.house.agency("Studio North")
    client = await agency.client()

    await office.tell("billing.invoice.sent", agency, invoice_of(client), internal={"sendEmail": True})

    mail = await office.mail_to(client.email, about="Invoice INV-0042 from Studio North")
    assert "€1,499.50" in mail.part("plain")
    assert "3 March 2027" in mail.part("plain")
    assert "http://localhost:8080/pay/abc?k=def" in mail.part("plain")


async def test_an_invoice_with_a_deposit_tells_what_is_due_first(office: Office) -> None:
    agency = await office.house.agency("Studio North")
    client = await agency.client()
    deposit = {"type": "percent", "value": 20, "dueDate": "2027-02-01"}

    asked = invoice_of(client, deposit=deposit, depositAmount=299.9, depositDue=299.9)
    await office.tell("billing.invoice.sent", agency, asked, internal={"sendEmail": True})

    mail = await office.mail_to(client.email, about="Invoice INV-0042 from Studio North")
    said = " ".join(mail.part("plain").split())
    assert "A deposit of €299.90 is due on 1 February 2027, the rest on 3 March 2027." in said


async def test_a_credit_note_is_mailed_with_its_invoice_and_reason_when_that_is_wanted(office: Office) -> None:
    agency = await office.house.agency("Studio North")
    client = await agency.client()
    note = {
        **{"id": str(new_id()), "clientId": client.id, "number": "CN-0007", "invoiceNumber": "INV-0042"},
        **{"amount": 149.5, "currency": "EUR", "reason": "The photos <b>were</b> late."},
    }

    await office.tell("billing.credit_note.created", agency, note, internal={"sendEmail": False})
    await office.tell("billing.credit_note.created", agency, note, internal={"sendEmail": True})

    mail = await office.mail_to(client.email, about="Credit note CN-0007 from Studio North")
    for shown in ("€149.50", "INV-0042", "The photos <b>were</b> late."):
        assert shown in mail.part("plain")
    assert "<b>were" not in mail.part("html")
    assert len(await office.mails_about("credit_note_issued", agency)) == 1


async def test_an_invoice_sent_without_mail_stays_quiet(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client()

    await office.tell("billing.invoice.sent", agency, invoice_of(client), internal={"sendEmail": False})
    await office.settled()

    assert await office.mails_about("invoice_sent", agency) == []


async def test_a_paid_invoice_brings_a_receipt_and_tells_the_agency(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client("Grace Hopper")
    paid = invoice_of(client, amountPaid=1500, amountDue=0, currency="JPY", paidAt="2027-03-01T10:00:00.000Z")

    await office.tell("billing.invoice.paid", agency, paid)

    receipt = await office.mail_to(client.email, about="Receipt for invoice INV-0042")
    assert "¥1,500" in receipt.part("plain")
    told = await office.mail_to(agency.email, about="Grace Hopper paid invoice INV-0042")
    assert "1 March 2027" in told.part("plain")


async def test_the_sealed_document_goes_to_both_sides(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client("Grace Hopper")
    store = ObjectStore(office.house.environment["PORTICO_STORAGE_URL"])
    await store.put("sealed/one.pdf", b"%PDF-1.7 sealed")
    signature = {"name": "Grace Hopper", "signedAt": "2027-03-01T10:00:00.000Z"}

    await office.tell(
        "projects.file.signed",
        agency,
        file_of(client, signature=signature),
        by=client,
        internal={"storageKey": "sealed/one.pdf", "clientEmail": "grace@elsewhere.test"},
    )

    copy = await office.mail_to(client.email, about="Your signed copy of homepage.pdf")
    told = await office.mail_to(agency.email, about="Grace Hopper signed homepage.pdf")
    assert copy.recipients == [client.email, "grace@elsewhere.test"]
    assert told.recipients == [agency.email]
    for mail in (copy, told):
        (attached,) = mail.message.iter_attachments()
        assert attached.get_filename() == "homepage (signed).pdf"
        assert attached.get_content_type() == "application/pdf"
        assert attached.get_content() == b"%PDF-1.7 sealed"


async def test_names_cannot_break_out_of_subject_header_or_html(office: Office) -> None:
    agency = await office.house.agency('Evil <img src=x onerror=alert(1)> "Studio"')
    client = await agency.client("Ada <b>" + "x" * 150)

    mail = await office.mail_to(client.email)
    name = "a\r\nBcc: spy@evil.test\r\n\r\n<script>alert(1)</script>\u202e{agency}{0}"
    await office.tell("projects.file.uploaded", agency, file_of(client, name=name), internal={"notify": True})
    shared = await office.mail_to(client.email, about="shared")

    assert "<img" not in mail.part("html")
    assert "<b>" not in mail.part("html")
    assert "\u202e" not in shared.part("plain") + shared.part("html") + str(shared.message["Subject"])
    assert shared.message["Bcc"] is None
    assert shared.recipients == [client.email]
    assert "<script" not in shared.part("html")
    assert "{agency}" in shared.part("plain")


async def test_mails_wear_the_agencys_name_and_colours(office: Office) -> None:
    agency = await office.house.agency()
    changed = await agency.http.patch(
        "/api/v1/client-portal/config", json={"portal_name": "Nordlicht", "primary_color": "#FFEE88"}
    )
    assert changed.status_code == 200, changed.text
    client = await agency.client()

    mail = await office.mail_to(client.email)

    assert str(mail.message["Subject"]) == "Welcome to Nordlicht"
    html = mail.part("html")
    assert "background-color: #FFEE88" in html
    # Pale yellow carries dark text on the button, and is darkened where it is text itself.
    assert re.search(r"color: #1C1917; text-decoration: none", html)
    assert 'style="color: #FFEE88' not in html


async def test_new_colours_show_in_the_mails_that_follow(office: Office) -> None:
    agency = await office.house.agency()
    await office.mail_to((await agency.client()).email)
    changed = await agency.http.patch("/api/v1/client-portal/config", json={"primary_color": "#7A1F5C"})
    assert changed.status_code == 200, changed.text

    async def wears_it() -> bool:
        return "#7A1F5C" in (await office.mail_to((await agency.client()).email)).part("html")

    await office.house.eventually(wears_it)


async def test_a_mail_goes_out_once_however_often_its_event_arrives(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client()
    event = await office.tell("projects.file.uploaded", agency, file_of(client), internal={"notify": True})
    await office.mail_to(client.email, about="shared")

    for _ in range(4):
        await office.publish(event, deduplicate=False)
    await office.settled()
    await office.rows("DELETE FROM inbox WHERE event_id = :id RETURNING 1", id=event.id)
    await office.publish(event, deduplicate=False)
    await office.settled()

    rows = await office.rows("SELECT status FROM mails WHERE event_id = :id", id=event.id)
    assert [row.status for row in rows] == ["sent"]
    assert len([one for one in office.smtp.to(client.email) if "shared" in str(one.message["Subject"])]) == 1


async def test_history_that_is_rebuilt_is_told_to_nobody(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client()
    long_ago = office.house.clock() - timedelta(days=8)

    await office.tell("projects.file.uploaded", agency, file_of(client), internal={"notify": True}, at=long_ago)
    await office.settled()

    assert await office.mails_about("file_shared", agency) == []


async def test_what_a_mail_said_is_wiped_once_it_is_sent(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client()
    await office.mail_to(client.email)

    (row,) = await office.until(
        "SELECT * FROM mails WHERE agency_id = :id AND template = 'welcome'",
        lambda rows: bool(rows) and rows[0].status == "sent",
        id=agency.id,
    )

    assert row.facts is None
    assert row.message is None
    assert client.token not in repr(row)
