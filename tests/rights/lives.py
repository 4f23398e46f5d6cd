"""A client's whole life with an agency, and a word that stands in everything they or others have said of them."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import text

from services.portal.tests.drawing import encoded, plain
from services.portal.tests.intake import a_form, submit_files
from services.projects.tests.office import Office
from tests.house import SERVICES, House
from tests.people import Agency, Client, ClientSession

_PASSES = text("SELECT passes FROM erasures WHERE client_id = :client")
MESSAGE_KEY = "a message that is sent once"
CLIENT_KEY = "a client who is made once"


@dataclass
class Life:
    """A client with their credentials, what was made for them, and the word."""

    word: str
    agency: Agency
    client: Client
    session: ClientSession
    project: dict[str, Any]
    made: dict[str, Any] = field(default_factory=dict)

    @property
    def house(self) -> House:
        return self.agency.house

    @property
    def office(self) -> Office:
        return Office(self.house, self.agency, self.client, self.project)


async def born(house: House, word: str) -> Life:
    """A client whose name, e-mail address and company hold the word, with a project."""
    agency = await house.agency()
    receiver = {"url": "http://127.0.0.1:9/x", "events": ["*"]}
    await sent(agency.http.post("/api/zapier", json=receiver))
    client = await agency.client(f"Ada {word}", f"{word}@client.test", company=f"{word} and Sons")
    session = await client.session()
    project = await agency.project(client, f"Website for Ada {word}")
    return Life(word, agency, client, session, project)


async def sent(answering: Any) -> Any:
    """The body of an answer that must be a success."""
    answer: httpx.Response = await answering
    assert answer.is_success, f"{answer.request.url}: {answer.status_code} {answer.text}"
    return answer.json() if answer.content else None


async def work(life: Life) -> None:
    """Everything that a client can say about the work."""
    visitor, staff, project = life.session.http, life.agency.http, life.project["id"]
    word = life.word
    kept = {"Idempotency-Key": MESSAGE_KEY}
    hello = {"content": f"Hello from {word}", "projectId": project}
    life.made["message"] = await sent(visitor.post("/api/portal/messages", json=hello, headers=kept))
    thread = await sent(visitor.post(f"/api/projects/{project}/threads", json={"name": f"About {word}"}))
    await sent(visitor.post(f"/api/threads/{thread['id']}/messages", json={"content": f"More of {word}"}))
    dear = {"content": f"Dear Ada {word}, thank you."}
    await sent(staff.post(f"/api/threads/{thread['id']}/messages", json=dear))
    task = {"title": f"Call Ada {word}", "description": f"at {word}@client.test", "visibleToClient": True}
    await sent(staff.post(f"/api/projects/{project}/tasks", json=task))
    spent = {"description": f"Talked to Ada {word}", "minutes": 30, "note": f"{word}@client.test was late"}
    await sent(staff.post(f"/api/projects/{project}/time-entries", json=spent))
    await files(life)
    await sent(staff.post(f"/api/projects/{project}/complete", json={"message": f"Done, Ada {word}."}))
    await sent(visitor.post(f"/api/projects/{project}/feedback", json={"rating": 4, "comment": f"Good, {word}"}))


async def files(life: Life) -> None:
    """Files of both sides, and what the client says about them."""
    visitor, office, word = life.session.http, life.office, life.word
    await sent(office.upload(f"{word}.txt", f"my {word}".encode(), by=visitor))
    await sent(office.upload(f"{word}.txt", f"my other {word}".encode(), by=visitor))
    shown = [await office.file(f"{name} of Ada {word}.txt", f"for {word}".encode()) for name in ("draft", "logo")]
    comment = {"comment": f"Not yet, {word}"}
    await sent(visitor.post(f"/api/files/{shown[0]['id']}/request-changes", json=comment))
    await sent(visitor.post(f"/api/files/{shown[1]['id']}/approve", json={}))
    await sent(visitor.post(f"/api/files/{shown[1]['id']}/comments", json={"content": f"Nice, {word}"}))
    life.made["file"] = shown[0]
    # A picture, which is looked at: what is drawn from it is kept beside it.
    picture = await office.file(f"Ada {word}.png", encoded(plain()))
    assert (await visitor.get(f"/api/files/{picture['id']}/preview")).status_code == 200


async def papers(life: Life) -> None:
    """Quotes that the client answers in each way, a contract that they decline, and a draft."""
    visitor, staff, word = life.session.http, life.agency.http, life.word
    answers = {
        "request-changes": {"comment": f"Cheaper, {word}"},
        "decline": {"reason": f"Too dear for {word}"},
        "accept": {"revision": 1, "name": f"Ada {word}"},
    }
    for verb, body in answers.items():
        line = {"description": f"Work for Ada {word}", "unitPrice": 10}
        quote = {"clientId": life.client.id, "title": f"For Ada {word}", "currency": "EUR", "lines": [line]}
        made = await sent(staff.post("/api/quotes", json=quote | {"notes": f"Dear Ada {word}"}))
        await sent(staff.post(f"/api/quotes/{made['id']}/send", json={}))
        await sent(visitor.post(f"/api/quotes/{made['id']}/{verb}", json=body))
    # What was accepted last is taken back, and accepted once more.
    await sent(staff.post(f"/api/quotes/{made['id']}/reopen"))
    await sent(visitor.post(f"/api/quotes/{made['id']}/accept", json=answers["accept"]))
    draft = {"amount": 5, "currency": "EUR", "dueDate": "2030-01-31", "clientId": life.client.id, "draft": True}
    await sent(staff.post("/api/invoices", json=draft | {"notes": f"Dear Ada {word}"}))
    contract = {"clientId": life.client.id, "title": f"With Ada {word}", "body": "For {{client.name}}."}
    made = await sent(staff.post("/api/contracts", json=contract))
    await sent(staff.post(f"/api/contracts/{made['id']}/send", json={}))
    await sent(visitor.post(f"/api/contracts/{made['id']}/decline", json={"reason": f"Not me, {word}"}))


async def asking(life: Life) -> None:
    """What they had asked by a form before, with a file."""
    word = life.word
    fields = [{"key": "sketch", "label": "Sketch", "type": "file"}, {"key": "idea", "label": "Idea", "type": "text"}]
    await a_form(life.agency, fields=fields)
    said = {"name": f"Ada {word}", "email": life.client.email.upper(), "message": f"I am {word}"}
    file = ("sketch", (f"{word}.txt", f"a sketch by {word}".encode()))
    answer = await submit_files(life.house, life.agency, [file], **said, answers={"idea": f"status-{word}"})
    assert answer.status_code == 201, answer.text


async def themselves(life: Life) -> None:
    """What a client says of themselves, and how they are let in."""
    visitor, staff, word = life.session.http, life.agency.http, life.word
    address = {"street": f"{word} Street", "city": word, "country": "Portugal"}
    await sent(visitor.patch("/api/v1/portal/client", json={"phone": f"+1 {word}", "billingAddress": address}))
    life.made["picture"] = encoded(plain())
    picture = {"file": ("me.png", life.made["picture"], "image/png")}
    await sent(visitor.post("/api/v1/portal/client/avatar", files=picture))
    await sent(life.client.http.post("/api/portal/opened", json={}))
    invitation = {"custom_message": f"Come in, Ada {word}"}
    await sent(staff.post(f"/api/v1/client-portal/contacts/{life.client.id}/invite", json=invitation))
    link = {"email": life.client.email, "tenantCode": life.agency.slug}
    await sent(life.house.gateway.post("/api/v1/portal/auth/request-magic-link", json=link))
    wishes = {"otherwise": "now", "preferences": [{"kind": "file_shared", "frequency": "daily"}]}
    await sent(visitor.put("/api/notification-preferences", json=wishes))
    kept = {"Idempotency-Key": CLIENT_KEY}
    another = {"name": f"Second {word}", "email": f"second-{word}@client.test"}
    life.made["second"] = await sent(staff.post("/api/clients", json=another, headers=kept))


async def erase(life: Life) -> dict[str, Any]:
    """Ask for it; the answer."""
    asked = {"confirm": life.client.email}
    return dict(await sent(life.agency.http.post(f"/api/clients/{life.client.id}/erase", json=asked)))


async def forgotten(life: Life) -> None:
    """Until every service has been through once."""

    async def done() -> bool:
        for service in SERVICES:
            async with life.house.database(service).unit(UUID(life.agency.id)) as session:
                if not (await session.execute(_PASSES, {"client": UUID(life.client.id)})).scalar_one_or_none():
                    return False
        return True

    await life.house.eventually(done)
