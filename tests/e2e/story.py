"""The story of README, told through a gateway: an agency and its client, from registration to the paid invoice."""

import hashlib
import re
import secrets
import ssl
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx

from tests.fakes.stripe_server import StripeServer

PASSWORD = "correct horse battery staple"
CHUNK = 1 << 20
PATIENCE_S = 30
PAUSE_S = 0.1


def eventually(check: Callable[[], Any], what: str, *, patience: float = PATIENCE_S) -> Any:
    """Wait until `check` returns something true, and return it; at most `patience` seconds.

    On a machine so busy that a single look takes long, these are as many looks as fit into them otherwise.
    """
    deadline, looks = time.monotonic() + patience, 0
    while not (outcome := check()):
        looks += 1
        assert looks < patience / PAUSE_S or time.monotonic() < deadline, f"{what} did not happen"
        time.sleep(PAUSE_S)
    return outcome


def ok(answer: httpx.Response, status: int = 200) -> Any:
    """The body of an answer that must have this status."""
    assert answer.status_code == status, f"{answer.request.method} {answer.request.url}: {answer.text[:500]}"
    assert int(answer.headers["x-ratelimit-remaining"]) >= 0
    return answer.json() if "json" in answer.headers.get("content-type", "") else answer


class Story:
    """One agency, one client, step by step; each step returns what a test may want to look at."""

    def __init__(self, url: str, *, verify: bool | ssl.SSLContext = True) -> None:
        self.url = url
        self.anyone = httpx.Client(base_url=url, timeout=120, verify=verify)
        self.staff = httpx.Client(base_url=url, timeout=120, verify=verify)
        self.client = httpx.Client(base_url=url, timeout=120, verify=verify)
        self.mark = secrets.token_hex(4)
        self.owner_email = f"owner-{self.mark}@agency.test"
        self.client_email = f"ada-{self.mark}@client.test"
        self.jwt = self.token = ""

    def register(self) -> dict[str, Any]:
        """An agency with its owner; the token signs later requests."""
        body = {
            "name": "Olivia Owner",
            "email": self.owner_email,
            "password": PASSWORD,
            "agencyName": f"Studio {self.mark}",
        }
        registered: dict[str, Any] = ok(self.anyone.post("/api/auth/register", json=body), 201)
        self._carry(registered["token"])
        return registered

    def log_in(self) -> dict[str, Any]:
        """The owner comes back with the password."""
        body = {"email": self.owner_email, "password": PASSWORD}
        entered: dict[str, Any] = ok(self.anyone.post("/api/auth/login", json=body))
        self._carry(entered["token"])
        return entered

    def add_client(self) -> dict[str, Any]:
        """A client, who gets a mail with the portal link."""
        body = {"name": "Ada Lovelace", "email": self.client_email, "company": "Analytical Engines"}
        made: dict[str, Any] = ok(self.staff.post("/api/clients", json=body), 201)
        self.token = made["token"]
        return made

    def listen(self, receiver_url: str) -> dict[str, Any]:
        """A webhook endpoint for what the story raises."""
        events = ["invoice.paid", "file.signed", "message.created"]
        made: dict[str, Any] = ok(self.staff.post("/api/zapier", json={"url": receiver_url, "events": events}), 201)
        return made

    def start_project(self, client_id: str) -> dict[str, Any]:
        """A project of the client."""
        body = {"name": "Website", "description": "A new home page", "clientId": client_id, "dueDate": "2030-06-30"}
        made: dict[str, Any] = ok(self.staff.post("/api/projects", json=body), 201)
        return made

    def upload(self, project_id: str, path: Path) -> dict[str, Any]:
        """A file of the project, visible to the client, who gets a mail."""
        with path.open("rb") as file:
            answer = self.staff.post(
                "/api/files", data={"projectId": project_id, "notify": "true"}, files={"file": (path.name, file)}
            )
        made: dict[str, Any] = ok(answer, 201)
        return made

    def download_hash(self, http: httpx.Client, file_id: str, **params: str) -> str:
        """SHA-256 of a file's bytes, streamed."""
        digest = hashlib.sha256()
        with http.stream("GET", f"/api/files/{file_id}/content", params=params) as answer:
            assert answer.status_code == 200
            for chunk in answer.iter_bytes(CHUNK):
                digest.update(chunk)
        return digest.hexdigest()

    def bill(self, client_id: str, project_id: str) -> dict[str, Any]:
        """An invoice that is mailed to the client."""
        body = {
            "clientId": client_id,
            "projectId": project_id,
            "amount": 1499.5,
            "currency": "USD",
            "dueDate": "2030-03-31",
            "sendEmail": True,
        }
        made: dict[str, Any] = ok(self.staff.post("/api/invoices", json=body), 201)
        return made

    def open_portal(self) -> dict[str, Any]:
        """What the client sees."""
        page = self.anyone.get(f"/client-portal/{self.token}")
        assert page.status_code == 200
        assert "text/html" in page.headers["content-type"]
        snapshot: dict[str, Any] = ok(self.client.get("/api/portal", params={"token": self.token}))
        return snapshot

    def write(self, project_id: str, content: str) -> dict[str, Any]:
        """The client writes."""
        body = {"content": content, "projectId": project_id, "token": self.token}
        made: dict[str, Any] = ok(self.client.post("/api/portal/messages", json=body), 201)
        return made

    def approve(self, file_id: str) -> dict[str, Any]:
        """The client approves a file."""
        approved: dict[str, Any] = ok(self.client.post(f"/api/files/{file_id}/approve", json={"token": self.token}))
        return approved

    def sign(self, file_id: str, name: str = "Ada Lovelace") -> dict[str, Any]:
        """The client signs a file by typing the name."""
        body = {"token": self.token, "signatureData": name, "clientName": name}
        signed: dict[str, Any] = ok(self.client.post(f"/api/portal/sign/{file_id}", json=body))
        return signed

    def pay(self, invoice: dict[str, Any]) -> dict[str, Any]:
        """The client follows the payment link and approves in the sandbox."""
        page = self.anyone.get(invoice["paymentUrl"])
        assert page.status_code == 200, page.text
        checkout = self._submit(page)
        self._submit(checkout, button="approve")
        return self.invoice_once(invoice["id"], "paid")

    def pay_with_stripe(self, invoice: dict[str, Any], stripe: StripeServer) -> dict[str, Any]:
        """The client is led to Stripe and pays there; Stripe tells billing by a signed webhook."""
        answer = self.anyone.post(invoice["paymentUrl"], headers={"Origin": self.url})
        assert answer.status_code == 303, answer.text
        (session,) = (one for one in stripe.sessions.values() if one["url"] == answer.headers["location"])
        raw, signature = stripe.signed(stripe.pay(session["id"]))
        headers = {"Stripe-Signature": signature, "Content-Type": "application/json"}
        ok(self.anyone.post("/api/webhooks/stripe", content=raw, headers=headers))
        return self.invoice_once(invoice["id"], "paid")

    def invoice_once(self, invoice_id: str, status: str) -> dict[str, Any]:
        """The invoice as soon as it has a status."""

        def has_status() -> dict[str, Any] | None:
            invoice: dict[str, Any] = ok(self.staff.get(f"/api/invoices/{invoice_id}"))
            return invoice if invoice["status"] == status else None

        found: dict[str, Any] = eventually(has_status, f"invoice {status}")
        return found

    def complete(self, project_id: str) -> dict[str, Any]:
        """The project is done; the client is told."""
        done: dict[str, Any] = ok(
            self.staff.post(f"/api/projects/{project_id}/complete", json={"message": "It is live."})
        )
        return done

    def log_out(self) -> list[str]:
        """End the session; returns the paths, one per service, that refuse the token within a second or so."""
        ok(self.staff.post("/api/auth/logout"))
        paths = ["/api/clients", "/api/projects", "/api/invoices", "/api/zapier", "/api/v1/client-portal/config"]
        eventually(lambda: all(self.staff.get(path).status_code == 401 for path in paths), "logout everywhere")
        return paths

    def _carry(self, jwt: str) -> None:
        self.jwt = jwt
        self.staff.headers["Authorization"] = f"Bearer {jwt}"

    def _submit(self, page: httpx.Response, *, button: str | None = None) -> httpx.Response:
        """Press a button of a page's form, as a browser would."""
        forms = re.findall(r"<form\b([^>]*)>(.*?)</form>", page.text, re.DOTALL)
        form = next(f for f in forms if button is None or button in f[0].lower() + f[1].lower())
        action = re.search(r'action="([^"]+)"', form[0])
        fields = dict(_fields(form[1]))
        if button and (named := re.search(rf'name="([^"]+)"\s+value="({button}[^"]*)"', form[1], re.IGNORECASE)):
            fields[named.group(1)] = named.group(2)
        target = httpx.URL(str(page.url)).join(action.group(1).replace("&amp;", "&") if action else str(page.url))
        return self.anyone.post(target, data=fields, follow_redirects=True, headers={"Origin": self.url})


def _fields(form: str) -> Iterator[tuple[str, str]]:
    for tag in re.findall(r"<input\b[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and 'type="hidden"' in tag:
            yield name.group(1), value.group(1) if value else ""
