"""Paystack on a free port of this machine: real HTTP, its `{status, message, data}` envelope, and signed webhooks.

It keeps transactions by reference and refuses a reference that it knows. It misbehaves on demand: the next request may
be committed and its connection dropped, answered 500, left hanging, sent elsewhere, or refused.
"""

import asyncio
import copy
import hashlib
import hmac
import json
import secrets
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, unquote

SECRET_KEY = "sk_test_portico_paystack"
INITIALIZE = "/transaction/initialize"
VERIFY = "/transaction/verify/"
REFUNDS, DISPUTES = "/refund", "/dispute"
CURRENCIES = {"NGN", "GHS", "ZAR", "KES", "USD", "XOF"}

Answer = tuple[int, dict[str, Any]]


class Mode(StrEnum):
    """How the next request is treated; initializing is committed in all modes but REFUSE, BUSY and LOSE."""

    OK = "ok"
    DROP = "drop"
    BREAK = "break"
    HANG = "hang"
    GARBAGE = "garbage"
    REDIRECT = "redirect"
    LOSE = "lose"
    BUSY = "busy"
    REFUSE = "refuse"


@dataclass
class Request:
    """A request as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    query: dict[str, str]


@dataclass
class PaystackServer:
    """The server's state, for tests to read and to set."""

    url: str = ""
    secret_key: str = SECRET_KEY
    transactions: dict[str, dict[str, Any]] = field(default_factory=dict)
    refunds: list[dict[str, Any]] = field(default_factory=list)
    disputes: list[dict[str, Any]] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    modes: deque[Mode] = field(default_factory=deque)
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    # Paystack gives each id once for all of its merchants: two servers on one database must not give the same.
    last_id: int = field(default_factory=lambda: 4_000_000_000 + secrets.randbelow(1_000_000_000))

    def next(self, *modes: Mode) -> None:
        """Treat the next requests so, one mode each; later ones are well again."""
        self.modes.extend(modes)

    def transactions_of(self, invoice_id: str) -> list[dict[str, Any]]:
        """The transactions that exist for an invoice, whether or not anybody was told."""
        return [one for one in self.transactions.values() if one["metadata"].get("invoice_id") == invoice_id]

    def pay(self, reference: str) -> dict[str, Any]:
        """The client pays; the event that Paystack would send about it."""
        transaction = self.transactions[reference]
        transaction.update(
            status="success",
            gateway_response="Successful",
            paid_at="2026-03-12T09:14:24.000Z",
            channel="card",
            fees=transaction["amount"] * 15 // 1000,
        )
        return self.event("charge.success", transaction)

    def event(self, name: str, about: dict[str, Any]) -> dict[str, Any]:
        """An event about a transaction or another object as it stands."""
        return {"event": name, "data": copy.deepcopy(about)}

    def refunds_of(self, reference: str) -> list[dict[str, Any]]:
        """The refunds that exist of a transaction, whether or not anybody was told."""
        id = self.transactions[reference]["id"]
        return [one for one in self.refunds if one["transaction"] == id]

    def refund(self, reference: str, amount: int, **more: Any) -> dict[str, Any]:
        """A refund as somebody makes it in Paystack's dashboard; it is queued there."""
        transaction = self.transactions[reference]
        self.last_id += 1
        refund: dict[str, Any] = {
            "integration": 412829,
            "transaction": transaction["id"],
            "dispute": None,
            "settlement": None,
            "id": self.last_id,
            "domain": "test",
            "currency": transaction["currency"],
            "amount": amount,
            "status": "pending",
            "refunded_at": None,
            "refunded_by": "jen@agency.test",
            "customer_note": f"Refund for transaction {reference}",
            "merchant_note": f"Refund for transaction {reference} by jen@agency.test",
            "deducted_amount": 0,
            "fully_deducted": False,
            "createdAt": "2026-03-13T09:21:17.000Z",
            **more,
        }
        self.refunds.append(refund)
        return refund

    def refund_event(self, name: str, reference: str, refund: dict[str, Any]) -> dict[str, Any]:
        """An event about a refund: Paystack names the transaction in it, and writes the amount as text."""
        data = {
            "status": refund["status"],
            "transaction_reference": reference,
            "refund_reference": "132013318360",
            "amount": str(refund["amount"]),
            "currency": refund["currency"],
            "processor": "mpgs_zen",
            "customer": {"first_name": None, "last_name": None, "email": "payer@client.test"},
            "integration": 412829,
            "domain": "test",
        }
        return {"event": name, "data": data}

    def dispute(self, reference: str, **more: Any) -> dict[str, Any]:
        """The payer's bank asks a transaction back."""
        transaction = self.transactions[reference]
        self.last_id += 1
        dispute: dict[str, Any] = {
            "id": self.last_id,
            "refund_amount": transaction["amount"],
            "currency": transaction["currency"],
            "status": "awaiting-merchant-feedback",
            "resolution": None,
            "domain": "test",
            "transaction": {name: transaction[name] for name in ("id", "reference", "amount", "currency")},
            "category": "chargeback",
            "dueAt": "2026-04-01T18:00:00.000Z",
            "resolvedAt": None,
            "created_at": "2026-03-20T09:21:17.000Z",
            **more,
        }
        self.disputes.append(dispute)
        return dispute

    def signed(self, event: Any, *, secret: str | None = None) -> tuple[bytes, str]:
        """The body of a webhook as Paystack writes it, and its x-paystack-signature header."""
        raw = json.dumps(event, separators=(",", ":")).encode()
        return raw, hmac.new((secret or self.secret_key).encode(), raw, hashlib.sha512).hexdigest()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, one request."""
        try:
            request = await _read(reader)
            self.requests.append(request)
            mode = self.modes.popleft() if self.modes else Mode.OK
            status, body = self._answer(request, mode)
            if mode is Mode.HANG:
                await self.closing.wait()
            elif mode not in (Mode.DROP, Mode.LOSE):
                raw = b"<html>" if mode is Mode.GARBAGE else json.dumps(body).encode()
                head = (
                    f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {len(raw)}\r\n"
                    f"Location: {self.url}{VERIFY}elsewhere\r\nConnection: close\r\n\r\n"
                )
                writer.write(head.encode() + raw)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def _answer(self, request: Request, mode: Mode) -> Answer:
        if request.headers.get("authorization") != f"Bearer {self.secret_key}":
            return _error(401, "Invalid key", "invalid_Key")
        if mode is Mode.REFUSE:
            return _error(400, "Amount is below the minimum", "invalid_amount")
        if mode is Mode.BUSY:
            return _error(429, "Too many requests", "rate_limited")
        if mode is Mode.LOSE:
            return 0, {}
        answer = self._handle(request)
        if mode is Mode.BREAK:
            return _error(500, "An error occurred", "unknown", type="api_error")
        return (302, {}) if mode is Mode.REDIRECT else answer

    def _handle(self, request: Request) -> Answer:
        if (request.method, request.path) == ("POST", INITIALIZE):
            return self._initialize(request.body)
        if request.path in (REFUNDS, DISPUTES):
            return self._refund(request.body) if request.method == "POST" else self._list(request)
        transaction = self.transactions.get(unquote(request.path.removeprefix(VERIFY)))
        if request.method != "GET" or not request.path.startswith(VERIFY) or transaction is None:
            return _error(400, "Transaction reference not found.", "transaction_not_found")
        return 200, {"status": True, "message": "Verification successful", "data": transaction}

    def _refund(self, body: dict[str, Any]) -> Answer:
        found = [one for one in self.transactions.values() if str(one["id"]) == body.get("transaction")]
        if not found or found[0]["status"] != "success":
            return _error(404, "Transaction not found", "transaction_not_found")
        reference, amount = found[0]["reference"], body["amount"]
        left = found[0]["amount"] - sum(one["amount"] for one in self.refunds_of(reference))
        if not left:
            return _error(400, "Transaction has been fully reversed", "transaction_reversed")
        if not isinstance(amount, int) or amount > left or body.get("currency") != found[0]["currency"]:
            return _error(400, "Refund amount cannot be more than what is left", "invalid_refund_amount")
        refund = self.refund(reference, amount, merchant_note=body["merchant_note"])
        data = {**refund, "transaction": {"id": found[0]["id"], "reference": reference}}
        return 200, {"status": True, "message": "Refund has been queued for processing", "data": data}

    def _list(self, request: Request) -> Answer:
        wanted = request.query.get("transaction")
        if request.path == REFUNDS:
            data = [one for one in self.refunds if str(one["transaction"]) == wanted]
        else:
            data = [one for one in self.disputes if str(one["transaction"]["id"]) == wanted]
        return 200, {"status": True, "message": "Retrieved", "data": data, "meta": {"total": len(data)}}

    def _initialize(self, body: dict[str, Any]) -> Answer:
        reference, amount, currency = body.get("reference", ""), str(body.get("amount", "")), body.get("currency")
        if "@" not in str(body.get("email", "")):
            return _error(400, "Invalid Email Address Passed", "invalid_email_address")
        if not amount.isdigit() or not int(amount):
            return _error(400, "Invalid Amount Sent", "invalid_amount")
        if currency not in CURRENCIES:
            return _error(403, "Currency not supported by merchant", "unsupported_currency")
        if reference in self.transactions:
            return _error(400, "Duplicate Transaction Reference", "duplicate_reference")
        self.last_id += 1
        code = secrets.token_hex(8)
        self.transactions[reference] = {
            "id": self.last_id,
            "domain": "test",
            # So Paystack calls a transaction that nobody has paid yet.
            "status": "abandoned",
            "reference": reference,
            "amount": int(amount),
            "message": None,
            "gateway_response": "The transaction was not completed",
            "paid_at": None,
            "created_at": "2026-03-12T09:11:51.000Z",
            "channel": "card",
            "currency": currency,
            "ip_address": "127.0.0.1",
            "metadata": body.get("metadata", ""),
            "fees": None,
            "authorization": {},
            "customer": {"id": 181873746, "email": body["email"], "customer_code": "CUS_1rkzaqsv4rrhqo6"},
            "requested_amount": int(amount),
            "callback_url": body.get("callback_url"),
            "authorization_url": f"{self.url}/{code}",
        }
        data = {"authorization_url": f"{self.url}/{code}", "access_code": code, "reference": reference}
        return 200, {"status": True, "message": "Authorization URL created", "data": data}


@asynccontextmanager
async def paystack_server(*, host: str = "127.0.0.1") -> AsyncIterator[PaystackServer]:
    """A running server."""
    paystack = PaystackServer()
    server = await asyncio.start_server(paystack.serve, host, 0)
    paystack.url = f"http://{host}:{server.sockets[0].getsockname()[1]}"
    try:
        yield paystack
    finally:
        paystack.closing.set()
        server.close()


async def _read(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, target, _ = head[0].split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
    raw = await reader.readexactly(int(headers.get("content-length", 0)))
    path, _, query = target.partition("?")
    return Request(method, path, headers, json.loads(raw) if raw else {}, dict(parse_qsl(query)))


def _error(status: int, message: str, code: str, *, type: str = "validation_error") -> Answer:
    return status, {"status": False, "message": message, "meta": {"nextStep": "Try again"}, "type": type, "code": code}
