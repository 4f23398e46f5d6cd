"""What is mailed about contracts: the contract, its sealed copies to both sides, and a refusal."""

from typing import Any

from chassis.ids import new_id
from chassis.storage import ObjectStore
from services.notify.tests.office import Office
from tests.house import Client


def contract_of(client: Client, **changes: Any) -> dict[str, Any]:
    """A contract as the event tells it, in part."""
    return {
        "id": str(new_id()),
        "title": "Maintenance",
        "clientId": client.id,
        "declineReason": None,
        "signatures": [],
    } | changes


async def test_a_contract_is_sent_to_its_client_where_that_is_asked_for(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client("Grace Hopper")

    await office.tell("projects.contract.sent", agency, contract_of(client, title="Quiet"), internal={})
    await office.tell("projects.contract.sent", agency, contract_of(client), internal={"sendEmail": True})

    mail = await office.mail_to(client.email, about=": Maintenance")
    assert "You can read it in full and sign it in your portal." in mail.part("plain")
    assert f"/client-portal/{client.token}" in mail.part("plain")
    await office.settled()
    assert len(await office.mails_about("contract_sent", agency)) == 1


async def test_the_sealed_contract_goes_to_both_sides(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client("Grace Hopper")
    store = ObjectStore(office.house.environment["PORTICO_STORAGE_URL"])
    await store.put("sealed/contract.pdf", b"%PDF-1.7 sealed")
    signatures = [{"name": "Grace Hopper", "signedAt": "2027-03-01T10:00:00.000Z"}]
    internal = {
        "storageKey": "sealed/contract.pdf",
        "sealedName": "Maintenance (signed) 2.pdf",
        "clientEmail": "grace@elsewhere.test",
    }

    await office.tell(
        "projects.contract.signed", agency, contract_of(client, signatures=signatures), by=client, internal=internal
    )

    copy = await office.mail_to(client.email, about="Your signed copy of Maintenance")
    told = await office.mail_to(agency.email, about="Grace Hopper signed Maintenance")
    assert copy.recipients == [client.email, "grace@elsewhere.test"]
    assert told.recipients == [agency.email]
    for mail in (copy, told):
        (attached,) = mail.message.iter_attachments()
        assert attached.get_filename() == "Maintenance (signed) 2.pdf"
        assert attached.get_content() == b"%PDF-1.7 sealed"


async def test_the_agency_is_told_why_a_contract_was_declined(office: Office) -> None:
    agency = await office.house.agency()
    client = await agency.client("Grace Hopper")

    declined = contract_of(client, declineReason="We have found somebody else.")
    await office.tell("projects.contract.declined", agency, declined, by=client)

    mail = await office.mail_to(agency.email, about="Grace Hopper declined the contract Maintenance")
    assert "We have found somebody else." in mail.part("plain")
