"""The quote as a paper: all that is offered, and what the total holds of it."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from chassis.money import printed
from services.billing.days import Days
from services.billing.papers.sheets import breakable, fact, sheet_of, written_day
from services.billing.quotes.models import OPEN, Quote, QuoteStatus
from services.billing.replicas.models import Client

_STANDING = {
    QuoteStatus.DRAFT: "Draft",
    QuoteStatus.CHANGES_REQUESTED: "Changes requested",
    QuoteStatus.ACCEPTED: "Accepted",
    QuoteStatus.DECLINED: "Declined",
    QuoteStatus.EXPIRED: "Expired",
}


def paper_of(quote: Quote, client: Client, *, agency: str, days: Days, now: datetime) -> dict[str, Any]:
    """Everything on the paper as text, days as the agency has them; optional lines say whether the total holds them."""
    offer = quote.offer
    whole, taken = offer.content(offer.optional), offer.content(quote.chosen)
    all_lines = sheet_of(whole, whole.totals(), client=client, agency=agency, notes="")["lines"]
    return {
        **sheet_of(taken, taken.totals(), client=client, agency=agency, notes=quote.notes),
        "lines": [{**line, **_remark(index, quote, optional=offer.optional)} for index, line in enumerate(all_lines)],
        "title": f"Quote {quote.label or 'draft'}",
        "file_name": quote.label or f"draft-{quote.id}",
        "subject": breakable(quote.title),
        "standing": _standing(quote, days.today(now)),
        "facts": _facts(quote, days),
    }


def _facts(quote: Quote, days: Days) -> list[dict[str, Any]]:
    offered = quote.sent_at if quote.status is not QuoteStatus.DRAFT else None
    rows = [
        ("Revision", str(quote.revision) if quote.revision > 1 else ""),
        ("Offered", written_day(days.today(offered) if offered else None)),
        ("Valid through", written_day(quote.expires_on)),
        ("Accepted", written_day(days.today(quote.accepted_at) if quote.accepted_at else None)),
        ("Accepted by", breakable(quote.accepted_by or "")),
    ]
    total = fact("Total", printed(quote.amount_minor, quote.currency), is_strong=True)
    return [*(fact(label, value) for label, value in rows if value), total]


def _remark(index: int, quote: Quote, *, optional: Collection[int]) -> dict[str, Any]:
    if index not in optional:
        return {}
    if index in quote.chosen:
        return {"remark": "Optional, chosen"}
    answered = quote.status is QuoteStatus.ACCEPTED
    return {"remark": "Optional, not chosen" if answered else "Optional, not in the total", "is_left_out": True}


def _standing(quote: Quote, today: date) -> str:
    """Whoever reads a paper is told that its time is over, also before the status says so."""
    if quote.status in OPEN and quote.is_past(today):
        return _STANDING[QuoteStatus.EXPIRED]
    return _STANDING.get(quote.status, "")
