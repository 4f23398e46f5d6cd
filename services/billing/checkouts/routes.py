"""The public doors of payments: the page on which an invoice is paid, and providers' webhooks."""

from pathlib import Path
from typing import Annotated

from fastapi import Header, Query, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse

from chassis.errors import NotFound, PorticoError
from chassis.http.dependencies import Budgets, Now, PathId
from chassis.http.problems import problems, status_of
from chassis.http.unit import Router
from services.billing.checkouts import pages, webhooks
from services.billing.checkouts.opening import open_checkout
from services.billing.checkouts.schemas import WebhookReceived
from services.billing.checkouts.webhooks import Webhook
from services.billing.dependencies import Ctx
from services.billing.providers.protocol import BadSignature
from services.billing.web import PAGE_HEADERS, STYLE_SHEETS

router = Router()

# Each opens a checkout at the provider; nobody pays one invoice more often.
CHECKOUTS_PER_INVOICE = "20/10minutes"

_EVENT = {
    "requestBody": {
        "required": True,
        "description": "An event of Stripe's API, byte for byte as Stripe signed it.",
        "content": {
            "application/json": {
                "schema": {"type": "object"},
                "example": {
                    "id": "evt_1Oy2",
                    "type": "checkout.session.completed",
                    "data": {"object": {"id": "cs_1Oy1"}},
                },
            }
        },
    }
}

Key = Annotated[str, Query(max_length=100)]
Signature = Annotated[str | None, Header(alias="Stripe-Signature", max_length=4096)]


@router.get("/pay/assets/{name}", include_in_schema=False)
async def get_style_sheet(name: str) -> Response:
    """A style sheet of billing's pages."""
    path: Path | None = STYLE_SHEETS.get(name)
    if path is None:
        raise NotFound
    return FileResponse(path, media_type="text/css", headers={"Cache-Control": "public, max-age=3600"})


@router.get("/pay/{invoice_id}", include_in_schema=False)
async def get_payment_page(
    invoice_id: str, context: Ctx, now: Now, k: Key = "", returned: Annotated[str, Query(max_length=10)] = ""
) -> Response:
    """Show what is due on an invoice, with a button that pays it."""
    page = await pages.find_page(context, invoice_id, key=k, now=now)
    if page is None:
        return _html(pages.gone_page(), 404)
    return _html(page.html(is_returned=bool(returned)))


@router.post("/pay/{invoice_id}", include_in_schema=False)
async def pay_invoice(invoice_id: str, context: Ctx, now: Now, budgets: Budgets, k: Key = "") -> Response:
    """Open a fresh checkout at the provider and lead on to it."""
    page = await pages.find_page(context, invoice_id, key=k, now=now)
    if page is None:
        return _html(pages.gone_page(), 404)
    await budgets.hit("pay", str(page.invoice.id), CHECKOUTS_PER_INVOICE)
    try:
        url = await open_checkout(context, agency_id=page.invoice.agency_id, invoice_id=page.invoice.id, now=now)
    except PorticoError as error:
        return _html(page.html(notice=error.detail), status_of(type(error)))
    return RedirectResponse(url, 303, headers=PAGE_HEADERS)


@router.get("/pay/sandbox/{checkout_id}", include_in_schema=False)
async def get_sandbox_page(checkout_id: str, context: Ctx, k: Key = "") -> Response:
    """Show the sandbox's two buttons; development only."""
    attempt = await pages.find_sandbox_attempt(context, checkout_id, key=k)
    if attempt is None:
        return _html(pages.gone_page(), 404)
    return _html(pages.sandbox_page(attempt, key=k))


@router.post("/pay/sandbox/{checkout_id}/approve", include_in_schema=False)
async def approve_in_sandbox(checkout_id: str, context: Ctx, now: Now, k: Key = "") -> Response:
    """Have the sandbox send the webhook of a payment."""
    return await _decide(context, checkout_id, k, is_approved=True, now=now)


@router.post("/pay/sandbox/{checkout_id}/decline", include_in_schema=False)
async def decline_in_sandbox(checkout_id: str, context: Ctx, now: Now, k: Key = "") -> Response:
    """Have the sandbox send the webhook of a refusal."""
    return await _decide(context, checkout_id, k, is_approved=False, now=now)


@router.post(
    "/api/webhooks/stripe",
    response_model=WebhookReceived,
    responses=problems(BadSignature),
    tags=["Payments"],
    openapi_extra=_EVENT,
)
async def receive_stripe_webhook(
    request: Request, context: Ctx, now: Now, stripe_signature: Signature = None
) -> WebhookReceived:
    """Take an event of the deployment's Stripe account.

    The body is checked byte for byte against `Stripe-Signature`, whose time may be five minutes old and not in the
    future. A rightly signed event is answered 200 even when nothing follows from it.
    """
    webhook = Webhook(await request.body(), stripe_signature)
    await webhooks.receive_from_deployment(context, webhook=webhook, now=now)
    return WebhookReceived()


@router.post(
    "/api/webhooks/stripe/{agency_id}",
    response_model=WebhookReceived,
    responses=problems(BadSignature),
    tags=["Payments"],
    openapi_extra=_EVENT,
)
async def receive_agencys_stripe_webhook(
    agency_id: PathId, request: Request, context: Ctx, now: Now, stripe_signature: Signature = None
) -> WebhookReceived:
    """Take an event of an agency's own Stripe account; the same rules."""
    webhook = Webhook(await request.body(), stripe_signature)
    await webhooks.receive_from_agency(context, agency_id, webhook=webhook, now=now)
    return WebhookReceived()


async def _decide(context: Ctx, checkout_id: str, key: str, *, is_approved: bool, now: Now) -> Response:
    attempt = await pages.find_sandbox_attempt(context, checkout_id, key=key)
    if attempt is None:
        return _html(pages.gone_page(), 404)
    await webhooks.send_from_sandbox(context, attempt, is_approved=is_approved, now=now)
    return RedirectResponse(attempt.back_url, 303, headers=PAGE_HEADERS)


def _html(page: str, status: int = 200) -> Response:
    return HTMLResponse(page, status, headers=PAGE_HEADERS)
