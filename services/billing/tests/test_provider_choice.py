"""Who takes a payment: the agency's choice, else Stripe, else Paystack, else the sandbox; and in which currency."""

import asyncio
from collections.abc import AsyncIterator
from itertools import combinations
from typing import Any

import pytest

from services.billing.config import Settings
from services.billing.main import providers_of
from services.billing.providers.paystack import PaystackProvider
from services.billing.providers.paystack_api import PaystackApi
from services.billing.providers.registry import DEPLOYMENT, Providers
from services.billing.providers.stripe import StripeProvider
from services.billing.tests.conftest import PaystackTill
from tests.fakes.paystack_server import SECRET_KEY as PAYSTACK_KEY
from tests.fakes.paystack_server import PaystackServer
from tests.fakes.stripe_server import SECRET_KEY as STRIPE_KEY
from tests.fakes.stripe_server import WEBHOOK_SECRET, StripeServer
from tests.house import House, running_house

OWN_PAYSTACK = {"provider": "paystack", "secretKey": "sk_test_of_the_agency_9xQ2"}
OWN_STRIPE = {"provider": "stripe", "secretKey": "sk_test_of_the_agency_4eC3", "webhookSecret": "whsec_of_the_agency"}
ORIGIN = "http://localhost:8080"


@pytest.fixture(scope="module")
async def both_house(variables: dict[str, str], stripe: StripeServer, paystack: PaystackServer) -> AsyncIterator[House]:
    """auth and billing, with the deployment's accounts at Stripe and at Paystack."""
    api = PaystackApi(paystack.url)
    providers = Providers(
        stripe=StripeProvider(
            secret_key=STRIPE_KEY, webhook_secret=WEBHOOK_SECRET, api_base=stripe.url, account=DEPLOYMENT
        ),
        paystack=PaystackProvider(secret_key=PAYSTACK_KEY, api=api, account=DEPLOYMENT),
        stripe_api_base=stripe.url,
        paystack_api=api,
    )
    async with running_house(variables, ("auth", "billing"), overrides={"billing": {"providers": providers}}) as house:
        yield house


@pytest.fixture
async def shop(both_house: House, stripe: StripeServer, paystack: PaystackServer) -> AsyncIterator[PaystackTill]:
    """A fresh agency with a client, where both providers know the agency's own keys."""
    agency = await both_house.agency()
    yield PaystackTill(both_house, stripe, agency, await agency.client(), paystack)
    stripe.secret_key, paystack.secret_key = STRIPE_KEY, PAYSTACK_KEY


async def paid_through(till: PaystackTill, currency: str = "NGN", *, own: bool = False) -> str:
    """Press Pay on a new invoice; to whom the payer is led, "nobody" when told that it cannot be."""
    till.stripe.secret_key = OWN_STRIPE["secretKey"] if own else STRIPE_KEY
    till.paystack.secret_key = OWN_PAYSTACK["secretKey"] if own else PAYSTACK_KEY
    invoice = await till.invoice(100, currency)
    page = await till.house.gateway.get(invoice["paymentUrl"])
    answer = await till.press(invoice)
    assert (answer.status_code == 303) == ("<button" in page.text), answer.text
    if answer.status_code != 303:
        assert (answer.status_code, "another way to pay" in answer.text) == (409, True), answer.text
        return "nobody"
    return "stripe" if answer.headers["location"].startswith(till.stripe.url) else "paystack"


async def test_stripe_takes_payments_where_the_deployment_has_both(shop: PaystackTill) -> None:
    assert await paid_through(shop, "NGN") == await paid_through(shop, "EUR") == "stripe"
    shown = (await shop.agency.http.get("/api/payment-account")).json()
    assert shown == {
        "provider": "stripe",
        "owner": "deployment",
        "secretHint": None,
        "webhookUrl": f"{ORIGIN}/api/webhooks/stripe",
        "accounts": [],
    }


async def test_paystack_takes_payments_where_the_deployment_has_no_stripe(counter: PaystackTill) -> None:
    shown = (await counter.agency.http.get("/api/payment-account")).json()
    assert (shown["provider"], shown["owner"]) == ("paystack", "deployment")
    assert shown["webhookUrl"] == f"{ORIGIN}/api/webhooks/paystack"
    assert await paid_through(counter) == "paystack"


KEYS = {"stripe": "STRIPE_SECRET_KEY", "paystack": "PAYSTACK_SECRET_KEY"}


@pytest.mark.parametrize("env", ["development", "production"])
@pytest.mark.parametrize("set_up", [(), *combinations(KEYS, 1), tuple(KEYS)])
def test_the_deployments_order_is_stripe_paystack_and_the_sandbox_in_development(
    monkeypatch: pytest.MonkeyPatch, set_up: tuple[str, ...], env: str
) -> None:
    for name, variable in KEYS.items():
        monkeypatch.setenv(variable, "sk_test_something" if name in set_up else "")
    settings = Settings(
        env=env,
        secret_key="f3b1c0d9e8a7264510aa99bb88cc77dd66ee55ff",
        database_url="postgresql://localhost",
        nats_url="nats://localhost",
    )
    expected = [*set_up, *(["sandbox"] if env == "development" else [])]
    assert [provider.name for provider in providers_of(settings).in_order] == expected


async def test_the_agencys_choice_wins(shop: PaystackTill) -> None:
    await shop.set_account(**OWN_PAYSTACK)
    assert await paid_through(shop, own=True) == "paystack"


async def test_accounts_are_kept_per_provider_and_the_one_set_last_is_chosen(shop: PaystackTill) -> None:
    await shop.set_account(**OWN_STRIPE)
    await shop.set_account(**OWN_PAYSTACK)
    shown = (await shop.agency.http.get("/api/payment-account")).json()
    webhooks = f"{ORIGIN}/api/webhooks"
    assert shown == {
        "provider": "paystack",
        "owner": "agency",
        "secretHint": "...9xQ2",
        "webhookUrl": f"{webhooks}/paystack/{shop.agency.id}",
        "accounts": [
            {
                "provider": "paystack",
                "isChosen": True,
                "secretHint": "...9xQ2",
                "webhookUrl": f"{webhooks}/paystack/{shop.agency.id}",
            },
            {
                "provider": "stripe",
                "isChosen": False,
                "secretHint": "...4eC3",
                "webhookUrl": f"{webhooks}/stripe/{shop.agency.id}",
            },
        ],
    }
    async with shop.house.database("billing").reader(shop.agency.id) as reader:
        rows = str([dict(row) for row in await reader.fetch("SELECT * FROM payment_accounts")])
    for body in (OWN_STRIPE, OWN_PAYSTACK):
        assert body["secretKey"] not in rows
    assert OWN_STRIPE["webhookSecret"] not in rows


async def test_a_kept_account_is_chosen_again_by_its_name(shop: PaystackTill) -> None:
    await shop.set_account(**OWN_STRIPE)
    await shop.set_account(**OWN_PAYSTACK)
    assert (await shop.set_account(provider="stripe"))["provider"] == "stripe"
    assert await paid_through(shop, own=True) == "stripe"
    assert (await shop.set_account(provider="paystack"))["provider"] == "paystack"
    assert await paid_through(shop, own=True) == "paystack"


async def test_what_the_chosen_account_does_not_take_goes_through_the_agencys_other_one(shop: PaystackTill) -> None:
    await shop.set_account(**OWN_STRIPE)
    await shop.set_account(**OWN_PAYSTACK)
    assert await paid_through(shop, "EUR", own=True) == "stripe"
    assert await paid_through(shop, "GHS", own=True) == "paystack"


async def test_an_agency_with_an_account_of_its_own_is_never_paid_into_the_deployments(shop: PaystackTill) -> None:
    await shop.set_account(**OWN_PAYSTACK)
    assert await paid_through(shop, "EUR", own=True) == "nobody"


@pytest.mark.parametrize("currency", ["NGN", "GHS", "ZAR", "KES", "USD", "XOF"])
async def test_paystack_takes_its_currencies(counter: PaystackTill, currency: str) -> None:
    assert await paid_through(counter, currency) == "paystack"


async def test_a_removed_account_hands_over_to_the_one_chosen_before_it(shop: PaystackTill) -> None:
    await shop.set_account(**OWN_STRIPE)
    await shop.set_account(**OWN_PAYSTACK)
    http = shop.agency.http
    assert (await http.delete("/api/payment-account")).json()["provider"] == "stripe"
    assert (await http.delete("/api/payment-account?provider=paystack")).status_code == 404
    assert (await http.delete("/api/payment-account?provider=sandbox")).status_code == 400
    assert (await http.delete("/api/payment-account?provider=stripe")).json()["owner"] == "deployment"
    assert (await http.delete("/api/payment-account")).status_code == 404
    assert await paid_through(shop) == "stripe"


async def test_an_account_that_is_not_chosen_can_be_removed_by_its_provider(shop: PaystackTill) -> None:
    await shop.set_account(**OWN_STRIPE)
    await shop.set_account(**OWN_PAYSTACK)
    shown = (await shop.agency.http.delete("/api/payment-account?provider=stripe")).json()
    assert [account["provider"] for account in shown["accounts"]] == [shown["provider"]] == ["paystack"]


async def test_a_checkout_stays_with_the_account_that_opened_it(shop: PaystackTill) -> None:
    await shop.set_account(**OWN_PAYSTACK)
    shop.paystack.secret_key = OWN_PAYSTACK["secretKey"]
    invoice = await shop.naira()
    transaction = await shop.transaction(invoice)
    await shop.set_account(**OWN_STRIPE)
    raw, mac = shop.paystack.signed(shop.paystack.pay(transaction["reference"]))
    assert await shop.tell(raw, mac, f"/api/webhooks/paystack/{shop.agency.id}") == 200
    assert (await shop.reload(invoice))["status"] == "paid"


async def test_a_changed_key_is_used_at_once(shop: PaystackTill) -> None:
    await shop.set_account(**OWN_PAYSTACK)
    await shop.set_account(provider="paystack", secretKey="sk_test_the_new_one")
    path = f"/api/webhooks/paystack/{shop.agency.id}"
    event = {"event": "transfer.success", "data": {}}
    assert await shop.tell(*shop.paystack.signed(event, secret=OWN_PAYSTACK["secretKey"]), path) == 400
    assert await shop.tell(*shop.paystack.signed(event, secret="sk_test_the_new_one"), path) == 200


async def test_two_accounts_set_at_once_are_both_kept(shop: PaystackTill) -> None:
    bodies = [OWN_STRIPE, OWN_PAYSTACK] * 3
    answers = await asyncio.gather(*(shop.agency.http.put("/api/payment-account", json=body) for body in bodies))
    assert {answer.status_code for answer in answers} == {200}
    shown = (await shop.agency.http.get("/api/payment-account")).json()
    assert {account["provider"] for account in shown["accounts"]} == {"stripe", "paystack"}
    assert [account["isChosen"] for account in shown["accounts"]] == [True, False]


WRONG: dict[str, dict[str, Any]] = {
    "nothing kept to be chosen": {"provider": "paystack"},
    "a webhook secret at Paystack": {**OWN_PAYSTACK, "webhookSecret": "whsec_of_the_agency"},
    "Stripe without its webhook secret": {"provider": "stripe", "secretKey": OWN_STRIPE["secretKey"]},
    "a webhook secret alone": {"webhookSecret": "whsec_of_the_agency"},
    "a key that is too short": {"provider": "paystack", "secretKey": "sk"},
    "a key that fits no header": {"provider": "paystack", "secretKey": "sk_test_\n_schlüssel"},
    "a provider that is none": {**OWN_PAYSTACK, "provider": "manual"},
    "a field that is none": {**OWN_PAYSTACK, "publicKey": "pk_test_12345678"},
}


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_wrong_account_is_refused_and_its_secrets_are_not_repeated(shop: PaystackTill, wrong: str) -> None:
    answer = await shop.agency.http.put("/api/payment-account", json=WRONG[wrong])
    assert answer.status_code == 400
    for secret in (WRONG[wrong].get("secretKey"), WRONG[wrong].get("webhookSecret")):
        assert secret is None or len(secret) < 3 or secret not in answer.text
    assert (await shop.agency.http.get("/api/payment-account")).json()["owner"] == "deployment"


async def test_another_agency_sees_nothing_of_an_account(shop: PaystackTill) -> None:
    await shop.set_account(**OWN_PAYSTACK)
    other = await shop.house.agency()
    shown = (await other.http.get("/api/payment-account")).json()
    assert (shown["owner"], shown["accounts"]) == ("deployment", [])
    assert (await other.http.delete("/api/payment-account?provider=paystack")).status_code == 404
