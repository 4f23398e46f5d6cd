"""Refunds through Stripe and by hand: asked for once, made once, and counted when the money has gone."""

import asyncio
from typing import Any

import pytest

from services.billing.refunds.lookouts import look_out
from services.billing.tests.conftest import Till
from services.billing.tests.refunding import ask, become, later, looked, paid, refund, refunds
from tests.fakes.stripe_server import REFUNDS, Mode

REFUND_KEYS = {
    *("id", "paymentId", "invoiceId", "clientId", "kind", "status", "amount", "currency", "reason", "provider"),
    *("providerId", "disputeId", "requestedBy", "failure", "refundedOn", "createdAt", "updatedAt"),
}


async def test_a_payment_goes_back_through_the_provider_that_took_it(till: Till) -> None:
    invoice, payment = await paid(till, 149.5)
    asked = await refund(till, payment, reason="Too much")
    assert (asked["status"], asked["amount"], asked["providerId"], set(asked)) == ("pending", 149.5, None, REFUND_KEYS)
    (made,) = await become(till, payment, "succeeded")
    (at_stripe,) = till.stripe.refunds_of(payment["providerId"])
    assert (made["providerId"], made["reason"], made["requestedBy"]["name"]) == (
        at_stripe["id"],
        "Too much",
        "Olivia Owner",
    )
    assert (at_stripe["amount"], at_stripe["metadata"]["refund_id"]) == (14950, asked["id"])
    unpaid = await till.reload(invoice)
    assert (unpaid["status"], unpaid["amountPaid"], unpaid["amountDue"], unpaid["paidAt"]) == ("sent", 0, 149.5, None)
    assert await till.announced("billing.payment.refunded") == 1


async def test_a_list_shows_a_refund_as_its_making_did(till: Till) -> None:
    invoice = await till.invoice()
    by_hand = (await till.agency.http.post(f"/api/invoices/{invoice['id']}/payments", json={"amount": 100})).json()
    made = [await refund(till, by_hand, amount=amount, reason="Because") for amount in (33.33, 20)]
    assert await refunds(till, by_hand) == made[::-1]
    first = await till.agency.http.get(f"/api/payments/{by_hand['id']}/refunds?limit=1")
    second = await till.agency.http.get(first.links["next"]["url"])
    assert first.json() + second.json() == made[::-1]


async def test_what_was_recorded_by_hand_goes_back_by_being_recorded(till: Till) -> None:
    invoice = await till.invoice(100)
    payment = (await till.agency.http.post(f"/api/invoices/{invoice['id']}/payments", json={"amount": 100})).json()
    before = len(till.stripe.requests)
    made = await refund(till, payment, amount=40)
    assert (made["status"], made["provider"], made["refundedOn"]) == ("succeeded", "manual", payment["receivedOn"])
    partly = await till.reload(invoice)
    assert (partly["status"], partly["amountPaid"], partly["amountDue"]) == ("partially_paid", 60, 40)
    await refund(till, payment)
    assert (await till.reload(invoice))["status"] == "sent"
    assert len(till.stripe.requests) == before


async def test_an_invoice_that_was_viewed_is_viewed_again_when_nothing_of_it_is_paid(till: Till) -> None:
    invoice, payment = await paid(till)
    await till.client.http.post(f"/api/invoices/{invoice['id']}/view")
    await refund(till, payment)
    await become(till, payment, "succeeded")
    assert (await till.reload(invoice))["status"] == "viewed"


async def test_a_payment_shows_what_of_it_has_gone_back_to_both_sides(till: Till) -> None:
    invoice, payment = await paid(till)
    assert (payment["refunded"], payment["refunds"]) == (0, [])
    await refund(till, payment, amount=30.5, reason="For the agency alone")
    (made,) = await become(till, payment, "succeeded")
    shown = {"id": made["id"], "kind": "refund", "amount": 30.5, "refundedOn": made["refundedOn"]}
    path = f"/api/invoices/{invoice['id']}/payments"
    for http in (till.agency.http, till.client.http):
        (seen,) = (await http.get(path)).json()
        assert (seen["refunded"], seen["refunds"]) == (30.5, [shown])
    assert "For the agency alone" not in (await till.client.http.get(path)).text


async def test_what_went_back_can_be_paid_again(till: Till) -> None:
    invoice, payment = await paid(till, 100)
    await refund(till, payment, amount=25)
    await become(till, payment, "succeeded")
    session = await till.checkout(invoice)
    assert session["amount_total"] == 2500
    await till.deliver(*till.stripe.signed(till.stripe.pay(session["id"])))
    again = await till.reload(invoice)
    assert (again["status"], again["amountPaid"], again["amountDue"]) == ("paid", 100, 0)


async def test_a_surplus_goes_back_and_the_invoice_stays_paid(till: Till) -> None:
    invoice = await till.invoice(100)
    sessions = [await till.checkout(invoice), await till.checkout(invoice)]
    for session in sessions:
        await till.deliver(*till.stripe.signed(till.stripe.pay(session["id"])))
    surplus = next(one for one in await till.payments(invoice) if one["note"])
    await refund(till, surplus)
    await become(till, surplus, "succeeded")
    still = await till.reload(invoice)
    assert (still["status"], still["amountPaid"], still["amountOverpaid"]) == ("paid", 100, 0)


@pytest.mark.parametrize("amount", [100.01, 70.01])
async def test_more_than_is_left_of_a_payment_is_refused(till: Till, amount: float) -> None:
    _, payment = await paid(till, 100)
    if amount < 100:
        await refund(till, payment, amount=30)
    answer = await ask(till, payment, amount=amount)
    assert (answer.status_code, answer.json()["code"]) == (409, "refund_exceeds_payment")


async def test_a_payment_that_has_gone_back_whole_is_not_refunded_again(till: Till) -> None:
    _, payment = await paid(till)
    await refund(till, payment)
    answer = await ask(till, payment)
    assert (answer.status_code, answer.json()["code"]) == (409, "payment_refunded")
    await become(till, payment, "succeeded")
    assert (await ask(till, payment, amount=1)).json()["code"] == "payment_refunded"


async def test_refunds_at_once_never_come_to_more_than_the_payment(till: Till) -> None:
    invoice, payment = await paid(till, 100)
    answers = await asyncio.gather(*(ask(till, payment, amount=30) for _ in range(12)))
    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [409] * 9
    await become(till, payment, *["succeeded"] * 3)
    assert (await till.reload(invoice))["amountPaid"] == 10
    assert sum(one["amount"] for one in till.stripe.refunds_of(payment["providerId"])) == 9000


async def test_one_idempotency_key_gives_back_once(till: Till) -> None:
    _, payment = await paid(till)
    path, headers = f"/api/payments/{payment['id']}/refunds", {"Idempotency-Key": "give-back-1"}
    answers = await asyncio.gather(
        *(till.agency.http.post(path, json={"amount": 10}, headers=headers) for _ in range(10))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    await become(till, payment, "succeeded")
    assert len(till.stripe.refunds_of(payment["providerId"])) == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"amount": 0}, "amount"),
        ({"amount": -1}, "amount"),
        ({"amount": 0.001}, "amount"),
        ({"amount": "1"}, "amount"),
        ({"reason": "x" * 501}, "reason"),
        ({"recordOnly": "perhaps"}, "recordOnly"),
        ({"status": "succeeded"}, "status"),
        ({"amount": 1, "provider": "manual"}, "provider"),
    ],
)
async def test_a_refund_that_makes_no_sense_is_refused(till: Till, body: dict[str, Any], field: str) -> None:
    _, payment = await paid(till)
    answer = await ask(till, payment, **body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)
    assert await refunds(till, payment) == []


@pytest.mark.parametrize("mode", [Mode.DROP, Mode.BREAK])
async def test_a_refund_whose_answer_was_lost_is_found_and_made_once(till: Till, mode: Mode) -> None:
    invoice, payment = await paid(till)
    await looked(till)
    # Listing refunds and disputes comes first; the library tries a broken connection twice.
    till.stripe.next(Mode.OK, Mode.OK, mode, mode)
    await refund(till, payment, amount=60)
    await looked(till)
    assert [one["status"] for one in await refunds(till, payment)] == ["pending"]
    assert (await till.reload(invoice))["amountPaid"] == 100
    await later(till)
    await become(till, payment, "succeeded")
    assert [one["amount"] for one in till.stripe.refunds_of(payment["providerId"])] == [6000]
    assert (await till.reload(invoice))["amountPaid"] == 40
    assert await till.announced("billing.payment.refunded") == 1


async def test_a_provider_that_is_away_is_asked_again(till: Till) -> None:
    _, payment = await paid(till)
    await looked(till)
    till.stripe.next(*[Mode.DROP] * 2)
    await refund(till, payment)
    await looked(till)
    assert till.stripe.refunds_of(payment["providerId"]) == []
    await later(till)
    await become(till, payment, "succeeded")


async def test_several_processes_that_look_at_once_make_a_refund_once(till: Till) -> None:
    _, payment = await paid(till)
    await refund(till, payment, amount=10)
    context = till.house.apps["billing"].state.context
    await asyncio.gather(*(look_out(context) for _ in range(6)))
    await become(till, payment, "succeeded")
    posts = [one for one in till.stripe.requests if (one.method, one.path) == ("POST", REFUNDS)]
    assert len([one for one in posts if one.form["payment_intent"] == payment["providerId"]]) == 1


async def test_a_refund_that_the_provider_refuses_fails_and_can_be_tried_again(till: Till) -> None:
    invoice, payment = await paid(till)
    await looked(till)
    till.stripe.next(Mode.OK, Mode.OK, Mode.REFUSE)
    await refund(till, payment)
    (failed,) = await become(till, payment, "failed")
    assert (failed["failure"], failed["refundedOn"]) == ("amount_too_small", None)
    assert (await till.reload(invoice))["status"] == "paid"
    assert await till.announced("billing.refund.failed") == 1
    await refund(till, payment)
    await become(till, payment, "succeeded", "failed")
    assert (await till.reload(invoice))["amountPaid"] == 0


async def test_a_refund_under_way_counts_when_it_has_arrived_and_not_when_it_comes_back(till: Till) -> None:
    invoice, payment = await paid(till)
    till.stripe.refund_status = "pending"
    await refund(till, payment)
    await looked(till)
    (at_stripe,) = till.stripe.refunds_of(payment["providerId"])
    assert (await refunds(till, payment))[0]["providerId"] == at_stripe["id"]
    assert (await till.reload(invoice))["status"] == "paid"
    at_stripe["status"] = "succeeded"
    await till.deliver(*till.stripe.signed(till.stripe.event("refund.updated", at_stripe)))
    await become(till, payment, "succeeded")
    assert (await till.reload(invoice))["status"] == "sent"
    at_stripe.update(status="failed", failure_reason="expired_or_canceled_card")
    await till.deliver(*till.stripe.signed(till.stripe.event("refund.failed", at_stripe)))
    (failed,) = await become(till, payment, "failed")
    assert failed["failure"] == "expired_or_canceled_card"
    restored = await till.reload(invoice)
    assert (restored["status"], restored["amountPaid"]) == ("paid", 100)
    assert await till.announced("billing.invoice.paid") == 1


async def test_a_refund_under_way_is_found_without_a_webhook(till: Till) -> None:
    _, payment = await paid(till)
    till.stripe.refund_status = "pending"
    await refund(till, payment)
    await looked(till)
    till.stripe.refunds_of(payment["providerId"])[0]["status"] = "succeeded"
    await later(till)
    await become(till, payment, "succeeded")


async def test_without_its_account_a_payment_goes_back_by_being_recorded_only(till: Till) -> None:
    account = {"secretKey": till.stripe.secret_key, "webhookSecret": "whsec_of_this_agency"}
    assert (await till.agency.http.put("/api/payment-account", json=account)).status_code == 200
    invoice = await till.invoice()
    session = await till.checkout(invoice)
    signed = till.stripe.signed(till.stripe.pay(session["id"]), secret="whsec_of_this_agency")
    assert await till.deliver(*signed, f"/api/webhooks/stripe/{till.agency.id}") == 200
    (payment,) = await till.payments(invoice)
    await till.agency.http.delete("/api/payment-account")
    answer = await ask(till, payment)
    assert (answer.status_code, answer.json()["code"]) == (409, "refund_not_possible")
    made = await refund(till, payment, recordOnly=True)
    assert (made["status"], made["provider"]) == ("succeeded", "manual")
    assert till.stripe.refunds_of(payment["providerId"]) == []


async def test_a_refund_under_way_fails_when_its_account_is_removed(till: Till) -> None:
    account = {"secretKey": till.stripe.secret_key, "webhookSecret": "whsec_of_this_agency"}
    assert (await till.agency.http.put("/api/payment-account", json=account)).status_code == 200
    invoice = await till.invoice()
    session = await till.checkout(invoice)
    signed = till.stripe.signed(till.stripe.pay(session["id"]), secret="whsec_of_this_agency")
    assert await till.deliver(*signed, f"/api/webhooks/stripe/{till.agency.id}") == 200
    (payment,) = await till.payments(invoice)
    till.stripe.refund_status = "pending"
    await refund(till, payment)
    await looked(till)
    await till.agency.http.delete("/api/payment-account")
    await later(till)
    (failed,) = await become(till, payment, "failed")
    assert failed["failure"] == "account_removed"
    assert (await ask(till, payment, recordOnly=True)).status_code == 201


async def test_what_was_made_at_the_provider_meanwhile_leaves_nothing_to_refund(till: Till) -> None:
    _, payment = await paid(till, 100)
    till.stripe.refund_status = "pending"
    await refund(till, payment, amount=60)
    await looked(till)
    made = till.stripe.refund(payment["providerId"], 6000)
    assert await till.deliver(*till.stripe.signed(till.stripe.event("refund.created", made))) == 200
    await become(till, payment, "succeeded", "pending")
    for body in ({}, {"amount": 1}):
        answer = await ask(till, payment, **body)
        assert (answer.status_code, answer.json()["code"]) == (409, "payment_refunded")


@pytest.mark.parametrize(
    ("amount", "currency", "part", "units"), [(5000, "JPY", 1000, 1000), (12.34, "KWD", 1.23, 1230)]
)
async def test_every_currency_goes_back_as_stripe_counts_it(
    till: Till, amount: float, currency: str, part: float, units: int
) -> None:
    _, payment = await paid(till, amount, currency=currency)
    await refund(till, payment, amount=part)
    (made,) = await become(till, payment, "succeeded")
    assert [one["amount"] for one in till.stripe.refunds_of(payment["providerId"])] == [units]
    assert made["amount"] == part


async def test_an_amount_that_stripe_cannot_count_is_refused_at_once(till: Till) -> None:
    _, payment = await paid(till, 12.34, currency="KWD")
    answer = await ask(till, payment, amount=1.234)
    assert (answer.status_code, answer.json()["code"]) == (409, "refund_refused")
    assert await refunds(till, payment) == []
