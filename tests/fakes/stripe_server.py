"""Stripe on a free port of this machine: real HTTP, forms, idempotency keys, error bodies and signed webhooks.

Shapes come from the fixtures that Stripe publishes (tests/data/stripe_objects.json). It misbehaves on demand: the next
request may be committed and its connection dropped, answered 500, left hanging, or refused.
"""

import asyncio
import copy
import hashlib
import hmac
import json
import secrets
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

FIXTURES = json.loads((Path(__file__).parent.parent / "data" / "stripe_objects.json").read_text())
SECRET_KEY = "sk_test_portico"
WEBHOOK_SECRET = "whsec_portico_test"
SESSIONS = "/v1/checkout/sessions"
REFUNDS, DISPUTES = "/v1/refunds", "/v1/disputes"


class Mode(StrEnum):
    """How the next request is treated; creating is committed in all modes but REFUSE and REFUSE_CARD."""

    OK = "ok"
    DROP = "drop"
    BREAK = "break"
    HANG = "hang"
    REFUSE = "refuse"
    REFUSE_CARD = "refuse_card"


@dataclass
class Request:
    """A request as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    form: dict[str, str]
    query: dict[str, str]


@dataclass
class StripeServer:
    """The server's state, for tests to read and to set."""

    url: str = ""
    secret_key: str = SECRET_KEY
    webhook_secret: str = WEBHOOK_SECRET
    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    refunds: dict[str, dict[str, Any]] = field(default_factory=dict)
    disputes: dict[str, dict[str, Any]] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    modes: deque[Mode] = field(default_factory=deque)
    # What a refund is when it has just been asked for.
    refund_status: str = "succeeded"
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    _answers: dict[str, tuple[dict[str, str], int, dict[str, Any]]] = field(default_factory=dict)

    def next(self, *modes: Mode) -> None:
        """Treat the next requests so, one mode each; later ones are well again."""
        self.modes.extend(modes)

    def sessions_of(self, invoice_id: str) -> list[dict[str, Any]]:
        """The checkouts that exist for an invoice, whether or not anybody was told."""
        return [session for session in self.sessions.values() if session["metadata"].get("invoice_id") == invoice_id]

    def pay(self, session_id: str) -> dict[str, Any]:
        """The client pays; the event that Stripe would send about it."""
        session = self.sessions[session_id]
        session.update(status="complete", payment_status="paid", payment_intent=f"pi_{secrets.token_hex(12)}")
        return self.event("checkout.session.completed", session)

    def event(self, type: str, about: dict[str, Any]) -> dict[str, Any]:
        """An event about a session, a refund or another object as it stands."""
        event: dict[str, Any] = copy.deepcopy(FIXTURES["event"])
        event.update(id=f"evt_{secrets.token_hex(12)}", type=type, created=int(time.time()))
        event["data"] = {"object": copy.deepcopy(about)}
        return event

    def refunds_of(self, intent: str) -> list[dict[str, Any]]:
        """The refunds that exist of a payment, newest first, whether or not anybody was told."""
        return [one for one in reversed(self.refunds.values()) if one["payment_intent"] == intent]

    def refund(self, intent: str, amount: int, *, status: str = "succeeded", **more: Any) -> dict[str, Any]:
        """A refund as somebody makes it in Stripe's dashboard."""
        session = self._paid(intent)
        refund: dict[str, Any] = copy.deepcopy(FIXTURES["refund"])
        refund.update(
            id=f"re_{secrets.token_hex(12)}", payment_intent=intent, amount=amount, status=status, metadata={}
        )
        refund.update(currency=session["currency"] if session else "eur", created=int(time.time()), **more)
        self.refunds[refund["id"]] = refund
        return refund

    def charge_refunded(self, intent: str) -> dict[str, Any]:
        """The event about the charge that has been refunded; it names no refund."""
        session = self._paid(intent)
        assert session
        charge: dict[str, Any] = copy.deepcopy(FIXTURES["charge"])
        refunded = sum(one["amount"] for one in self.refunds_of(intent))
        charge.update(payment_intent=intent, amount=session["amount_total"], amount_refunded=refunded)
        charge.update(currency=session["currency"], metadata=dict(session["metadata"]), refunded=True)
        return self.event("charge.refunded", charge)

    def dispute(self, intent: str, **more: Any) -> dict[str, Any]:
        """The payer's bank asks a payment back."""
        session = self._paid(intent)
        assert session
        dispute: dict[str, Any] = copy.deepcopy(FIXTURES["dispute"])
        dispute.update(id=f"dp_{secrets.token_hex(12)}", payment_intent=intent, amount=session["amount_total"])
        dispute.update(currency=session["currency"], status="needs_response", reason="product_not_received", **more)
        self.disputes[dispute["id"]] = dispute
        return dispute

    def signed(self, event: dict[str, Any], *, at: float | None = None, secret: str | None = None) -> tuple[bytes, str]:
        """The body of a webhook as Stripe writes it, and its Stripe-Signature header."""
        raw = json.dumps(event, indent=2).encode()
        timestamp = str(int(time.time() if at is None else at))
        key = (secret or self.webhook_secret).encode()
        mac = hmac.new(key, timestamp.encode() + b"." + raw, hashlib.sha256).hexdigest()
        return raw, f"t={timestamp},v1={mac}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, one request."""
        try:
            request = await _read(reader)
            self.requests.append(request)
            mode = self.modes.popleft() if self.modes else Mode.OK
            status, body = self._answer(request, mode)
            if mode is Mode.HANG:
                await self.closing.wait()
                return
            if mode is not Mode.DROP:
                raw = json.dumps(body).encode()
                head = (
                    f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {len(raw)}\r\n"
                    f"Request-Id: req_{secrets.token_hex(6)}\r\nConnection: close\r\n\r\n"
                )
                writer.write(head.encode() + raw)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def _answer(self, request: Request, mode: Mode) -> tuple[int, dict[str, Any]]:
        if request.headers.get("authorization") != f"Bearer {self.secret_key}":
            return 401, _error("invalid_request_error", "Invalid API Key provided")
        if mode is Mode.REFUSE_CARD:
            return 402, _error("card_error", "Your card was declined.", code="card_declined")
        if mode is Mode.REFUSE:
            return 400, _error("invalid_request_error", "The amount is too small.", code="amount_too_small")
        key = request.headers.get("idempotency-key")
        if request.method == "POST" and key in self._answers:
            form, status, body = self._answers[key]
            if form != request.form:
                return 400, _error(
                    "idempotency_error", "Keys for idempotent requests can only be used with the same parameters."
                )
            return status, body
        status, body = self._handle(request)
        if mode is Mode.BREAK:
            # Stripe keeps a 500 with its key as well: asking again gives the same answer.
            status, body = 500, _error("api_error", "An unknown error occurred")
        if request.method == "POST" and key:
            self._answers[key] = (request.form, status, copy.deepcopy(body))
        return status, body

    def _handle(self, request: Request) -> tuple[int, dict[str, Any]]:
        if (request.method, request.path) == ("POST", SESSIONS):
            return self._create(request.form)
        if request.path == REFUNDS and request.method == "POST":
            return self._refund(request.form)
        if request.path in (REFUNDS, DISPUTES):
            return self._list(self.refunds if request.path == REFUNDS else self.disputes, request)
        session = self.sessions.get(request.path.removeprefix(f"{SESSIONS}/").removesuffix("/expire"))
        if session is None:
            return 404, _error("invalid_request_error", "No such checkout session", code="resource_missing")
        if request.method == "POST":
            if session["status"] != "open":
                return 400, _error(
                    "invalid_request_error", "Only Checkout Sessions with a status in [open] can be expired."
                )
            session["status"] = "expired"
        return 200, session

    def _refund(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        intent, amount = form.get("payment_intent", ""), int(form.get("amount", "0"))
        session = self._paid(intent)
        if session is None:
            return 404, _error("invalid_request_error", "No such payment_intent", code="resource_missing")
        left = session["amount_total"] - sum(one["amount"] for one in self.refunds_of(intent))
        if not left:
            return 400, _error("invalid_request_error", "It has been refunded.", code="charge_already_refunded")
        if amount > left:
            return 400, _error("invalid_request_error", "Refund amount is greater than what is left.")
        metadata = {name[9:-1]: value for name, value in form.items() if name.startswith("metadata[")}
        return 200, self.refund(intent, amount, status=self.refund_status, metadata=metadata)

    def _list(self, kept: dict[str, dict[str, Any]], request: Request) -> tuple[int, dict[str, Any]]:
        wanted = request.query.get("payment_intent")
        data = [one for one in reversed(kept.values()) if one["payment_intent"] == wanted]
        return 200, {"object": "list", "url": request.path, "has_more": False, "data": data}

    def _paid(self, intent: str) -> dict[str, Any] | None:
        """The session that a payment came of."""
        return next((one for one in self.sessions.values() if one["payment_intent"] == intent), None)

    def _create(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        price = "line_items[0][price_data]"
        amount = form.get(f"{price}[unit_amount]", "")
        if form.get("mode") != "payment" or not amount.isdigit() or not form.get(f"{price}[product_data][name]"):
            return 400, _error("invalid_request_error", "Missing required param.", code="parameter_missing")
        id = f"cs_test_{secrets.token_hex(24)}"
        session: dict[str, Any] = copy.deepcopy(FIXTURES["checkout.session"])
        session.update(
            id=id,
            url=f"{self.url}/c/pay/{id}",
            status="open",
            payment_status="unpaid",
            payment_intent=None,
            livemode=False,
            created=int(time.time()),
            currency=form[f"{price}[currency]"],
            amount_total=int(amount) * int(form.get("line_items[0][quantity]", "1")),
            client_reference_id=form.get("client_reference_id"),
            metadata={name[9:-1]: value for name, value in form.items() if name.startswith("metadata[")},
            success_url=form.get("success_url"),
            cancel_url=form.get("cancel_url"),
        )
        self.sessions[id] = session
        return 200, session


@asynccontextmanager
async def stripe_server(*, host: str = "127.0.0.1") -> AsyncIterator[StripeServer]:
    """A running server."""
    stripe = StripeServer()
    server = await asyncio.start_server(stripe.serve, host, 0)
    stripe.url = f"http://{host}:{server.sockets[0].getsockname()[1]}"
    try:
        yield stripe
    finally:
        stripe.closing.set()
        server.close()


async def _read(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, target, _ = head[0].split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    path, _, query = target.partition("?")
    form = dict(parse_qsl(body.decode(), keep_blank_values=True))
    return Request(method, path, headers, form, dict(parse_qsl(query)))


def _error(type: str, message: str, **more: str) -> dict[str, Any]:
    return {"error": {"type": type, "message": message, **more}}
