"""An agency with a client whose portal is full, and with a canary in everything that a client must not see."""

import io
from dataclasses import dataclass, field
from typing import Any

import httpx
from pypdf import PdfReader

from tests.e2e.outside import Outside
from tests.e2e.stack import Stack
from tests.e2e.story import Story, eventually, ok

# Stands in everything that is kept from clients, and in nothing else.
CANARY = "kanarienvogel"
STATUSES = ("todo", "in_progress", "in_review", "complete", "query")


@dataclass
class Portal:
    """A client's portal and the agency behind it; `made` are the nouns by what they are for."""

    story: Story
    world: Outside
    agency: dict[str, Any]
    client: dict[str, Any]
    made: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> dict[str, Any]:
        return self.made[name]

    @property
    def token(self) -> dict[str, str]:
        """The client's credential, as query parameters."""
        return {"token": self.story.token}

    def read(self, path: str, **query: str) -> Any:
        """What the client is shown under a path."""
        return ok(self.story.client.get(path, params=self.token | query))

    def act(self, path: str, expect: int = 200, **body: Any) -> Any:
        """What the client does."""
        return ok(self.story.client.post(path, json=body | self.token), expect)

    def staff(self, path: str, expect: int = 201, **body: Any) -> Any:
        """What the agency makes or does."""
        return ok(self.story.staff.post(path, json=body), expect)

    def asked(self, path: str) -> Any:
        """What the agency reads."""
        return ok(self.story.staff.get(path))

    @property
    def snapshot(self) -> dict[str, Any]:
        """Everything the client sees at once."""
        seen: dict[str, Any] = self.read("/api/portal")
        assert seen["unavailable"] == []
        return seen

    def mails(self, address: str, words: str) -> list[Any]:
        """The mails to an address with these words in their subject."""
        return [mail for mail in self.world.smtp.to(address) if words in str(mail.message["subject"])]

    def mail_to_agency(self, words: str) -> Any:
        """The newest mail to the agency with these words in its subject, once it is there."""
        return eventually(lambda: self.mails(self.story.owner_email, words), f"a mail about {words}")[-1]

    def mail_to_client(self, words: str) -> Any:
        """The newest mail to the client with these words in its subject, once it is there."""
        return eventually(lambda: self.mails(self.story.client_email, words), f"a mail about {words}")[-1]

    def upload(self, name: str, *, visible: bool, project: str = "project") -> dict[str, Any]:
        """A file of the project."""
        made: dict[str, Any] = ok(
            self.story.staff.post(
                "/api/files",
                data={"projectId": self[project]["id"], "visibleToClient": str(visible).lower()},
                files={"file": (name, f"This is {name}.".encode())},
            ),
            201,
        )
        return made

    def quote(self, title: str, *, client: str = "client", send: bool = True) -> dict[str, Any]:
        """A quote of two lines; sent unless it stays a draft."""
        lines = [
            {"description": f"Design of {title}", "quantity": 2, "unitPrice": 400, "taxRate": 20, "taxName": "VAT"},
            {"description": f"Copy for {title}", "quantity": 1, "unitPrice": 150, "optional": True},
        ]
        body = {"clientId": self[client]["id"], "title": title, "currency": "EUR", "lines": lines}
        more = {"notes": f"Notes on {title}", "expiresOn": "2030-01-31"}
        quote: dict[str, Any] = self.staff("/api/quotes", **body, **more)
        return ok(self.story.staff.post(f"/api/quotes/{quote['id']}/send")) if send else quote  # type: ignore[no-any-return]

    def contract(self, title: str, *, client: str = "client", send: bool = True) -> dict[str, Any]:
        """A contract; sent unless it stays a draft."""
        body = f"# {title}\n\n{{{{agency.name}}}} works for **{{{{client.name}}}}** on {title}."
        made: dict[str, Any] = self.staff("/api/contracts", clientId=self[client]["id"], title=title, body=body)
        return ok(self.story.staff.post(f"/api/contracts/{made['id']}/send")) if send else made  # type: ignore[no-any-return]

    def bill(self, words: str, *, client: str = "client", draft: bool = False) -> dict[str, Any]:
        """An invoice of one line."""
        lines = [{"description": words, "quantity": 1, "unitPrice": 99.5}]
        body = {"clientId": self[client]["id"], "currency": "USD", "dueDate": "2030-03-31", "draft": draft}
        made: dict[str, Any] = self.staff("/api/invoices", lines=lines, sendEmail=not draft, **body)
        return made


def furnished(stack: Stack, world: Outside) -> Portal:
    """An agency, a client and a neighbour; what the client sees, and what it does not."""
    story = Story(stack.url)
    agency = story.register()["agency"]
    portal = Portal(story, world, agency, story.add_client())
    portal.made["client"] = portal.client
    _furnish(portal)
    _hide(portal)
    return portal


def _furnish(portal: Portal) -> None:
    made, client_id = portal.made, portal.client["id"]
    made["project"] = project = portal.story.start_project(client_id)
    for status in STATUSES:
        made[status] = portal.staff(f"/api/projects/{project['id']}/tasks", title=f"Task {status}", status=status)
    made["file"] = portal.upload("brief.txt", visible=True)
    made["thread"] = portal.staff(f"/api/projects/{project['id']}/threads", name="Design feedback")
    portal.staff(f"/api/threads/{made['thread']['id']}/messages", content="What do you think?")
    made["time"] = portal.staff(
        f"/api/projects/{project['id']}/time-entries", description="Wireframes", minutes=95, billable=True, rate=80
    )
    made["quote"] = portal.quote("Relaunch")
    made["contract"] = portal.contract("Terms of work")
    made["invoice"] = portal.bill("Concept")
    made["paid"] = portal.bill("Workshop")
    portal.story.pay(made["paid"])


def _hide(portal: Portal) -> None:
    made, project_id = portal.made, portal["project"]["id"]
    made["hidden task"] = portal.staff(f"/api/projects/{project_id}/tasks", title=CANARY, visibleToClient=False)
    made["hidden file"] = portal.upload(f"{CANARY}.txt", visible=False)
    made["internal thread"] = portal.staff(
        f"/api/projects/{project_id}/threads", name=f"{CANARY} notes", visibility="internal"
    )
    made["internal message"] = portal.staff(
        f"/api/threads/{made['internal thread']['id']}/messages", content=f"{CANARY}: they pay late"
    )
    made["unbilled time"] = portal.staff(
        f"/api/projects/{project_id}/time-entries", description=CANARY, minutes=30, billable=False, note=CANARY
    )
    made["noted time"] = portal.staff(
        f"/api/projects/{project_id}/time-entries", description="Calls", minutes=20, billable=True, note=CANARY
    )
    made["draft quote"] = portal.quote(CANARY, send=False)
    made["draft invoice"] = portal.bill(CANARY, draft=True)
    made["draft contract"] = portal.contract(CANARY, send=False)
    made["draft update"] = portal.staff("/api/ai", projectId=project_id)
    ok(portal.story.staff.patch(f"/api/ai/{made['draft update']['id']}", json={"content": CANARY}))
    made["neighbour"] = portal.staff("/api/clients", name=CANARY, email=f"{CANARY}-{portal.story.mark}@client.test")
    made["their project"] = portal.staff("/api/projects", name=CANARY, clientId=made["neighbour"]["id"])
    made["their file"] = portal.upload(f"their {CANARY}.txt", visible=True, project="their project")
    made["their quote"] = portal.quote(f"Their {CANARY}", client="neighbour")
    made["their invoice"] = portal.bill(f"Their {CANARY}", client="neighbour")
    made["their contract"] = portal.contract(f"Their {CANARY}", client="neighbour")
    made["their thread"] = portal.staff(f"/api/projects/{made['their project']['id']}/threads", name=CANARY)


def pdf_text(answer: httpx.Response) -> str:
    """The words of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
