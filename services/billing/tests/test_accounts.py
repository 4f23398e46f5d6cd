"""Payment accounts: an agency's own Stripe account is used for its clients, and its events for nobody else."""

from services.billing.tests.conftest import Till
from tests.house import House

OWN_KEY, OWN_SECRET = "sk_test_of_the_agency_4eC3", "whsec_of_the_agency"


async def set_up(till: Till) -> str:
    """Give the agency its own account; the path of its webhook."""
    answer = await till.agency.http.put(
        "/api/payment-account", json={"secretKey": OWN_KEY, "webhookSecret": OWN_SECRET}
    )
    assert answer.status_code == 200, answer.text
    return f"/api/webhooks/stripe/{till.agency.id}"


async def test_secrets_go_in_and_never_out(till: Till) -> None:
    await set_up(till)
    answer = await till.agency.http.get("/api/payment-account")
    assert answer.json() == {
        "provider": "stripe",
        "owner": "agency",
        "secretHint": "...4eC3",
        "webhookUrl": f"http://localhost:8080/api/webhooks/stripe/{till.agency.id}",
        "accounts": [
            {
                "provider": "stripe",
                "isChosen": True,
                "secretHint": "...4eC3",
                "webhookUrl": f"http://localhost:8080/api/webhooks/stripe/{till.agency.id}",
            }
        ],
    }
    async with till.house.database("billing").reader(till.agency.id) as reader:
        row = str(dict(await reader.fetchrow("SELECT * FROM payment_accounts")))
    assert OWN_KEY not in row
    assert OWN_SECRET not in row


async def test_clients_pay_through_the_agencys_own_account(till: Till) -> None:
    path = await set_up(till)
    till.stripe.secret_key, before = OWN_KEY, till.stripe.secret_key
    try:
        invoice = await till.invoice()
        session = await till.checkout(invoice)
    finally:
        till.stripe.secret_key = before
    event = till.stripe.pay(session["id"])
    # Signed by the deployment's secret it is of another account, wherever it is sent.
    assert await till.deliver(*till.stripe.signed(event)) == 200
    assert await till.deliver(*till.stripe.signed(event), path=path) == 400
    assert (await till.reload(invoice))["status"] == "sent"
    assert await till.deliver(*till.stripe.signed(event, secret=OWN_SECRET), path=path) == 200
    assert (await till.reload(invoice))["status"] == "paid"
    assert await till.verdicts() == ["wrong_account", "paid"]


async def test_an_agency_cannot_pay_anothers_invoice_with_events_of_its_own(till: Till) -> None:
    victims_invoice = await till.invoice()
    session = await till.checkout(victims_invoice)
    attacker = Till(till.house, till.stripe, await till.house.agency(), till.client)
    path = await set_up(attacker)
    event = till.stripe.pay(session["id"])
    assert await till.deliver(*till.stripe.signed(event, secret=OWN_SECRET), path=path) == 200
    event["data"]["object"]["metadata"]["agency_id"] = attacker.agency.id
    assert await till.deliver(*till.stripe.signed(event, secret=OWN_SECRET), path=path) == 200
    assert (await till.reload(victims_invoice))["status"] == "sent"
    assert await attacker.verdicts() == ["not_ours"]
    assert await till.verdicts() == []


async def test_the_agencys_path_takes_the_deployments_events_about_that_agency_only(till: Till) -> None:
    invoice = await till.invoice()
    event = till.stripe.pay((await till.checkout(invoice))["id"])
    other = await till.house.agency()
    assert await till.deliver(*till.stripe.signed(event), path=f"/api/webhooks/stripe/{other.id}") == 200
    assert (await till.reload(invoice))["status"] == "sent"
    assert await till.deliver(*till.stripe.signed(event), path=f"/api/webhooks/stripe/{till.agency.id}") == 200
    assert (await till.reload(invoice))["status"] == "paid"


async def test_a_removed_account_is_used_no_more(till: Till) -> None:
    await set_up(till)
    assert (await till.agency.http.delete("/api/payment-account")).json()["owner"] == "deployment"
    assert (await till.agency.http.delete("/api/payment-account")).status_code == 404
    session = await till.checkout(await till.invoice())
    assert till.stripe.requests[-1].headers["authorization"] == f"Bearer {till.stripe.secret_key}"
    assert session["id"] in till.stripe.sessions


async def test_a_changed_account_is_used_at_once(till: Till) -> None:
    path = await set_up(till)
    await till.agency.http.put(
        "/api/payment-account", json={"secretKey": OWN_KEY, "webhookSecret": "whsec_the_new_one"}
    )
    event = till.stripe.event("charge.succeeded", {"id": "ch_1"})
    assert await till.deliver(*till.stripe.signed(event, secret=OWN_SECRET), path=path) == 400
    assert await till.deliver(*till.stripe.signed(event, secret="whsec_the_new_one"), path=path) == 200


async def test_a_wrong_account_is_refused_by_field(till: Till) -> None:
    for body in ({}, {"secretKey": OWN_KEY}, {"secretKey": "x", "webhookSecret": OWN_SECRET}, {"provider": "sandbox"}):
        assert (await till.agency.http.put("/api/payment-account", json=body)).status_code == 400


async def test_in_development_the_sandbox_takes_payments_where_there_is_no_stripe(house: House) -> None:
    agency = await house.agency()
    shown = (await agency.http.get("/api/payment-account")).json()
    assert shown == {
        "provider": "sandbox",
        "owner": "deployment",
        "secretHint": None,
        "webhookUrl": None,
        "accounts": [],
    }
