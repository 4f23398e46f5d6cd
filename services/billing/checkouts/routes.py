"""The pages on which an invoice is paid."""

from typing import Annotated
from urllib.parse import parse_qs

from fastapi import Depends, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from chassis.errors import NotFound, PorticoError
from chassis.http.dependencies import Budgets, Now
from chassis.http.languages import language_for
from chassis.http.problems import status_of
from chassis.http.unit import Router
from services.billing.checkouts import pages, webhooks
from services.billing.checkouts.opening import open_checkout
from services.billing.checkouts.words import LANGUAGES
from services.billing.dependencies import Ctx
from services.billing.web import PAGE_HEADERS, STYLE_SHEETS, dressed

router = Router()

# Each opens a checkout at the provider; nobody pays one invoice more often.
CHECKOUTS_PER_INVOICE = "20/10minutes"
LONGEST_AMOUNT = 40

Key = Annotated[str, Query(max_length=100)]
Colour = Annotated[str | None, Query(pattern="^[0-9a-fA-F]{6}$")]


async def _chosen_amount(request: Request) -> str:
    """The `amount` of the page's form, as it was sent; "" where none was."""
    try:
        fields = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=10)
    except ValueError:
        return ""
    return fields.get("amount", [""])[0][:LONGEST_AMOUNT]


async def _language(request: Request) -> str:
    return language_for(request, LANGUAGES)


Chosen = Annotated[str, Depends(_chosen_amount)]
Language = Annotated[str, Depends(_language)]


@router.get("/pay/assets/{name}", include_in_schema=False)
async def get_style_sheet(name: str, brand: Colour = None) -> Response:
    """A style sheet of billing's pages; `brand` is an agency's colour, as RRGGBB."""
    if name not in STYLE_SHEETS:
        raise NotFound
    sheet = STYLE_SHEETS[name]
    headers = {"Cache-Control": "public, max-age=3600"}
    return Response(dressed(sheet, f"#{brand}") if brand else sheet, media_type="text/css", headers=headers)


@router.get("/pay/{invoice_id}", include_in_schema=False)
async def get_payment_page(
    invoice_id: str,
    context: Ctx,
    now: Now,
    language: Language,
    k: Key = "",
    returned: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """Show what is due on an invoice, with a button that pays it."""
    page = await pages.find_page(context, invoice_id, key=k, now=now, language=language)
    if page is None:
        return _html(pages.gone_page(language), 404)
    return _html(page.html(is_returned=bool(returned)))


@router.post("/pay/{invoice_id}", include_in_schema=False)
async def pay_invoice(
    invoice_id: str, context: Ctx, now: Now, budgets: Budgets, amount: Chosen, language: Language, k: Key = ""
) -> Response:
    """Open a fresh checkout at the provider, for what is asked for or a part that was chosen, and lead on to it."""
    page = await pages.find_page(context, invoice_id, key=k, now=now, language=language)
    if page is None:
        return _html(pages.gone_page(language), 404)
    await budgets.hit("pay", str(page.invoice.id), CHECKOUTS_PER_INVOICE)
    try:
        url = await open_checkout(
            context,
            agency_id=page.invoice.agency_id,
            invoice_id=page.invoice.id,
            chosen_minor=page.read_amount(amount),
            now=now,
        )
    except PorticoError as error:
        return _html(page.html(notice=page.why(type(error), error.detail)), status_of(type(error)))
    return RedirectResponse(url, 303, headers=PAGE_HEADERS)


@router.get("/pay/sandbox/{checkout_id}", include_in_schema=False)
async def get_sandbox_page(checkout_id: str, context: Ctx, language: Language, k: Key = "") -> Response:
    """Show the sandbox's two buttons; development only."""
    attempt = await pages.find_sandbox_attempt(context, checkout_id, key=k)
    if attempt is None:
        return _html(pages.gone_page(language), 404)
    return _html(pages.sandbox_page(attempt, key=k))


@router.post("/pay/sandbox/{checkout_id}/approve", include_in_schema=False)
async def approve_in_sandbox(checkout_id: str, context: Ctx, now: Now, language: Language, k: Key = "") -> Response:
    """Have the sandbox send the webhook of a payment."""
    return await _decide(context, checkout_id, k, is_approved=True, now=now, language=language)


@router.post("/pay/sandbox/{checkout_id}/decline", include_in_schema=False)
async def decline_in_sandbox(checkout_id: str, context: Ctx, now: Now, language: Language, k: Key = "") -> Response:
    """Have the sandbox send the webhook of a refusal."""
    return await _decide(context, checkout_id, k, is_approved=False, now=now, language=language)


async def _decide(context: Ctx, checkout_id: str, key: str, *, is_approved: bool, now: Now, language: str) -> Response:
    attempt = await pages.find_sandbox_attempt(context, checkout_id, key=key)
    if attempt is None:
        return _html(pages.gone_page(language), 404)
    await webhooks.send_from_sandbox(context, attempt, is_approved=is_approved, now=now)
    return RedirectResponse(attempt.back_url, 303, headers=PAGE_HEADERS)


def _html(page: str, status: int = 200) -> Response:
    return HTMLResponse(page, status, headers={**PAGE_HEADERS, "Vary": "Accept-Language, Cookie"})
