"""The doors at which payment providers tell what has happened: signed webhooks, believed byte for byte."""

from typing import Annotated, Any

from fastapi import Header, Request

from chassis.http.dependencies import Now, PathId
from chassis.http.problems import problems
from chassis.http.unit import Router
from services.billing.checkouts import webhooks
from services.billing.checkouts.schemas import WebhookReceived
from services.billing.checkouts.webhooks import Webhook
from services.billing.dependencies import Ctx
from services.billing.providers.protocol import BadSignature, ProviderName

router = Router(prefix="/api/webhooks", tags=["Payments"])


def _event(description: str, example: dict[str, Any]) -> dict[str, Any]:
    """How a webhook's body stands in the OpenAPI document: it is read raw, because its bytes are what is signed."""
    media = {"application/json": {"schema": {"type": "object"}, "example": example}}
    return {"requestBody": {"required": True, "description": description, "content": media}}


_STRIPE_EVENT = _event(
    "An event of Stripe's API, byte for byte as Stripe signed it.",
    {"id": "evt_1Oy2", "type": "checkout.session.completed", "data": {"object": {"id": "cs_1Oy1"}}},
)
_PAYSTACK_EVENT = _event(
    "An event of Paystack's API, byte for byte as Paystack signed it.",
    {
        "event": "charge.success",
        "data": {
            "id": 302961,
            "reference": "01990c9e-6c1f-7cc2-9d9d-4d1c0a9f2b11",
            "status": "success",
            "amount": 149950,
            "currency": "NGN",
        },
    },
)

StripeSignature = Annotated[str | None, Header(alias="Stripe-Signature", max_length=4096)]
PaystackSignature = Annotated[str | None, Header(alias="X-Paystack-Signature", max_length=4096)]


@router.post("/stripe", response_model=WebhookReceived, responses=problems(BadSignature), openapi_extra=_STRIPE_EVENT)
async def receive_stripe_webhook(
    request: Request, context: Ctx, now: Now, stripe_signature: StripeSignature = None
) -> WebhookReceived:
    """Take an event of the deployment's Stripe account.

    The body is checked byte for byte against `Stripe-Signature`, whose time may be five minutes old and not in the
    future. A rightly signed event is answered 200 even when nothing follows from it.
    """
    webhook = Webhook(await request.body(), stripe_signature)
    await webhooks.receive_from_deployment(context, ProviderName.STRIPE, webhook=webhook, now=now)
    return WebhookReceived()


@router.post(
    "/stripe/{agency_id}",
    response_model=WebhookReceived,
    responses=problems(BadSignature),
    openapi_extra=_STRIPE_EVENT,
)
async def receive_agencys_stripe_webhook(
    agency_id: PathId, request: Request, context: Ctx, now: Now, stripe_signature: StripeSignature = None
) -> WebhookReceived:
    """Take an event of an agency's own Stripe account; the same rules."""
    webhook = Webhook(await request.body(), stripe_signature)
    await webhooks.receive_from_agency(context, ProviderName.STRIPE, agency_id=agency_id, webhook=webhook, now=now)
    return WebhookReceived()


@router.post(
    "/paystack", response_model=WebhookReceived, responses=problems(BadSignature), openapi_extra=_PAYSTACK_EVENT
)
async def receive_paystack_webhook(
    request: Request, context: Ctx, now: Now, x_paystack_signature: PaystackSignature = None
) -> WebhookReceived:
    """Take an event of the deployment's Paystack account.

    The body is checked byte for byte against `X-Paystack-Signature`, its HMAC-SHA512 under the secret key. The
    signature holds no time; an event that comes again changes nothing. A rightly signed event is answered 200 even
    when nothing follows from it.
    """
    webhook = Webhook(await request.body(), x_paystack_signature)
    await webhooks.receive_from_deployment(context, ProviderName.PAYSTACK, webhook=webhook, now=now)
    return WebhookReceived()


@router.post(
    "/paystack/{agency_id}",
    response_model=WebhookReceived,
    responses=problems(BadSignature),
    openapi_extra=_PAYSTACK_EVENT,
)
async def receive_agencys_paystack_webhook(
    agency_id: PathId, request: Request, context: Ctx, now: Now, x_paystack_signature: PaystackSignature = None
) -> WebhookReceived:
    """Take an event of an agency's own Paystack account; the same rules."""
    webhook = Webhook(await request.body(), x_paystack_signature)
    await webhooks.receive_from_agency(context, ProviderName.PAYSTACK, agency_id=agency_id, webhook=webhook, now=now)
    return WebhookReceived()
