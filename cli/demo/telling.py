"""Makes what the story says, in the order in which it would have happened."""

import secrets
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from cli.demo.documents import MEDIA_TYPES, make
from cli.demo.door import Door
from cli.demo.story import FORM, LEAD, PATRONS, PORTAL, Answer, Bill, Document, Job, Offer, Pact, Patron, State

RATE = 95


def tell(door: Door, today: date) -> str:
    """Fills the agency whose owner is signed in; returns the portal token of its first client."""
    door.patch("/api/v1/client-portal/config", **PORTAL)
    tokens = [_patron(door, f"p{number}", patron, today) for number, patron in enumerate(PATRONS)]
    form = door.post("/api/intake-forms", "form", **FORM)
    door.post(urlsplit(form["url"]).path.replace("/intake/", "/api/portal/intake/", 1), "lead", **LEAD)
    return tokens[0]


def renew(door: Door) -> str:
    """The live portal token of the first client, made where there is none; empty when all clients are gone."""
    clients = door.get("/api/clients", limit="200")
    if not clients:
        return ""
    first = min(clients, key=lambda client: int(client["number"]))
    # A step of its own with each call: the answer of an earlier one may show what has ended since.
    token = (
        first["token"]
        or door.post("/api/v1/client-portal/token", f"link-{secrets.token_hex(8)}", type="contact", id=first["id"])[
            "token"
        ]
    )
    return str(token)


def _patron(door: Door, step: str, patron: Patron, today: date) -> str:
    client = door.post("/api/clients", step, name=patron.name, email=patron.email, company=patron.company)
    projects = [_job(door, f"{step}-j{number}", job, client, today) for number, job in enumerate(patron.jobs)]
    for number, bill in enumerate(patron.bills):
        _bill(door, f"{step}-b{number}", bill, clientId=client["id"], projectId=projects[bill.job], today=today)
    for number, offer in enumerate(patron.offers):
        _offer(door, f"{step}-o{number}", offer, str(client["id"]), today)
    for number, pact in enumerate(patron.pacts):
        _pact(door, f"{step}-c{number}", pact, clientId=client["id"], projectId=projects[pact.job])
    return str(client["token"])


def _offer(door: Door, step: str, offer: Offer, client_id: str, today: date) -> None:
    vat = {"taxRate": offer.tax, "taxName": "VAT"}
    lines = [
        {"description": about, "quantity": quantity, "unitPrice": price, "optional": optional, **vat}
        for about, quantity, price, optional in offer.lines
    ]
    more: dict[str, Any] = {"title": offer.title, "currency": offer.currency, "notes": offer.notes, "lines": lines}
    quote = door.post("/api/quotes", step, clientId=client_id, expiresOn=_day(today, offer.open_for), **more)
    door.post(f"/api/quotes/{quote['id']}/send", f"{step}-send")


def _pact(door: Door, step: str, pact: Pact, **about: str) -> None:
    contract = door.post("/api/contracts", step, title=pact.title, body=pact.text, **about)
    door.post(f"/api/contracts/{contract['id']}/send", f"{step}-send")


def _job(door: Door, step: str, job: Job, client: dict[str, Any], today: date) -> str:
    project = door.post(
        "/api/projects",
        step,
        name=job.name,
        description=job.description,
        clientId=client["id"],
        dueDate=_day(today, job.due_in),
    )
    project_id = str(project["id"])
    for number, document in enumerate(job.documents):
        _document(door, f"{step}-d{number}", document, project_id, client)
    for number, (title, status) in enumerate(job.tasks):
        door.post(f"/api/projects/{project_id}/tasks", f"{step}-t{number}", title=title, status=status)
    for number, (about, minutes) in enumerate(job.hours):
        entry: dict[str, Any] = {"description": about, "minutes": minutes, "billable": True, "rate": RATE}
        door.post(f"/api/projects/{project_id}/time-entries", f"{step}-h{number}", **entry)
    _talk(door, step, job, project_id, str(client["token"]))
    if job.update:
        update = door.post("/api/ai", f"{step}-update", projectId=project_id)
        door.post(f"/api/ai/{update['id']}/publish", f"{step}-publish")
    if job.ending:
        door.post(f"/api/projects/{project_id}/complete", f"{step}-complete", message=job.ending)
    elif job.status != "active":
        door.patch(f"/api/projects/{project_id}", status=job.status)
    return project_id


def _document(door: Door, step: str, document: Document, project_id: str, client: dict[str, Any]) -> None:
    visible = str(document.visible).lower()
    content = (document.name, make(document), MEDIA_TYPES[document.paper])
    file = door.upload(step, content, projectId=project_id, visibleToClient=visible)
    token = str(client["token"])
    match document.answer:
        case Answer.APPROVED:
            door.post(f"/api/files/{file['id']}/approve", f"{step}-approve", token=token)
        case Answer.CHANGES:
            path = f"/api/files/{file['id']}/request-changes"
            door.post(path, f"{step}-changes", token=token, comment=document.comment)
        case Answer.SIGNED:
            path = f"/api/portal/sign/{file['id']}"
            door.post(path, f"{step}-sign", token=token, signatureData=client["name"], clientName=client["name"])


def _talk(door: Door, step: str, job: Job, project_id: str, token: str) -> None:
    if not job.words:
        return
    thread = door.get(f"/api/projects/{project_id}/threads")[0]
    for number, word in enumerate(job.words):
        said = f"{step}-w{number}"
        if word.by_client:
            door.post("/api/portal/messages", said, token=token, projectId=project_id, content=word.text)
        else:
            door.post(f"/api/threads/{thread['id']}/messages", said, content=word.text)


def _bill(door: Door, step: str, bill: Bill, *, clientId: str, projectId: str, today: date) -> None:  # noqa: N803
    lines = [
        {"description": about, "quantity": quantity, "unitPrice": price, "taxRate": bill.tax, "taxName": "VAT"}
        for about, quantity, price in bill.lines
    ]
    invoice = door.post(
        "/api/invoices",
        step,
        clientId=clientId,
        projectId=projectId,
        currency=bill.currency,
        lines=lines,
        issueDate=_day(today, -bill.issued_before),
        dueDate=_day(today, bill.due_in),
        draft=bill.state is State.DRAFT,
        sendEmail=bill.state is State.SENT,
    )
    path = f"/api/invoices/{invoice['id']}"
    match bill.state:
        case State.PAID:
            door.post(f"{path}/payments", f"{step}-pay", amount=invoice["amount"], method="bank_transfer")
        case State.PARTIALLY_PAID:
            half = round(invoice["amount"] / 2, 2)
            door.post(f"{path}/payments", f"{step}-pay", amount=half, method="bank_transfer", note="First half")
        case State.VOID:
            door.post(f"{path}/void", f"{step}-void")


def _day(today: date, days: int) -> str:
    return (today + timedelta(days=days)).isoformat()
