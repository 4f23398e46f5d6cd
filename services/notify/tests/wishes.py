"""What the tests of preferences, digests and unsubscribing share: people, their wishes, and something that happens."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx

from chassis.ids import new_id
from services.notify.digests.mornings import send_digests
from services.notify.tests.office import Office
from tests.fakes.smtp_server import Taken
from tests.house import PASSWORD
from tests.people import ORIGIN, Agency, Client

NEWS = "What is new"
PREFERENCES = "/api/notification-preferences"
HEADER = re.compile(rb"^List-Unsubscribe: <([^<>\s]+)>\r\n(?![ \t])", re.MULTILINE)


@dataclass
class Member:
    """A member of an agency beside its owner."""

    id: str
    email: str
    http: httpx.AsyncClient


async def joined(office: Office, agency: Agency, name: str = "Max Member") -> Member:
    """A new member, who came by an invitation's mail."""
    email = f"{new_id().hex}@person.test"
    await agency.made("/api/invitations", {"email": email, "role": "member"})
    mail = await office.mail_to(email)
    start = f"{ORIGIN}/app/invitation#token="
    token = next(word for word in mail.part("plain").split() if word.startswith(start)).removeprefix(start)
    accepted = {"token": token, "name": name, "password": PASSWORD}
    answer = await office.house.gateway.post("/api/invitations/accept", json=accepted)
    assert answer.status_code == 201, answer.text
    body = answer.json()
    return Member(body["user"]["id"], email, office.house.bearer(body["token"]))


async def wish(http: httpx.AsyncClient, otherwise: str = "now", **frequencies: str) -> None:
    """Have somebody choose these frequencies by kind, and nothing else."""
    wanted = [{"kind": kind, "frequency": frequency} for kind, frequency in frequencies.items()]
    answer = await http.put(PREFERENCES, json={"otherwise": otherwise, "preferences": wanted})
    assert answer.status_code == 200, answer.text


async def wishes_of(http: httpx.AsyncClient) -> dict[str, str]:
    """The frequency of each kind that somebody can get."""
    answer = await http.get(PREFERENCES)
    assert answer.status_code == 200, answer.text
    return {one["kind"]: one["frequency"] for one in answer.json()["preferences"]}


async def write(office: Office, client: Client, content: str = "Hello", project: dict[str, Any] | None = None) -> None:
    """Have a client write a message to the agency."""
    name = client.body["name"]
    message = {
        "id": str(new_id()),
        "clientId": client.id,
        "projectId": project["id"] if project else None,
        "content": content,
        "author": {"kind": "client", "id": client.id, "name": name},
    }
    await office.tell("projects.message.created", client.agency, message, by=client)


async def share(office: Office, client: Client, name: str, project: dict[str, Any] | None = None) -> None:
    """Share a file with a client."""
    file = {
        "id": str(new_id()),
        "name": name,
        "version": 1,
        "clientId": client.id,
        "projectId": project["id"] if project else None,
    }
    await office.tell("projects.file.uploaded", client.agency, file, internal={"notify": True})


async def begin(office: Office, client: Client, name: str) -> dict[str, Any]:
    """A project that notify has heard of."""
    project = {"id": str(new_id()), "name": name, "clientId": client.id}
    await office.tell("projects.project.created", client.agency, project)
    return project


async def status_of(office: Office, agency: Agency, template: str, status: str, count: int = 1) -> list[Any]:
    """The mails of a kind in that state, once there are so many."""
    query = "SELECT * FROM mails WHERE agency_id = :id AND template = :template AND status = :status ORDER BY id"
    return await office.until(query, lambda rows: len(rows) >= count, id=agency.id, template=template, status=status)


def one_click(mail: Taken) -> str:
    """The address that a mail program posts to, as it stands on the wire."""
    (address,) = HEADER.findall(mail.raw)
    return str(address.decode("ascii"))


async def send(office: Office, now: datetime) -> None:
    """Do what the job does at that moment."""
    context = office.house.apps["notify"].state.context
    chassis = office.house.chassis("notify")
    await send_digests(chassis.database, chassis.vault, bell=context.mail_bell, now=now)


async def due(office: Office, agency: Agency) -> list[Any]:
    """The agency's digests that are yet to be sent."""
    return await office.rows("SELECT * FROM digests WHERE agency_id = :id ORDER BY due_at, id", id=agency.id)


def go_to(office: Office, moment: datetime) -> None:
    """Let a moment come, if it has not come yet."""
    office.house.clock.advance(seconds=max(0, (moment - office.house.clock()).total_seconds()))


async def send_next(office: Office, agency: Agency) -> None:
    """Let the next morning come, for the agency's digests."""
    morning = max(digest.due_at for digest in await due(office, agency))
    await send(office, morning)
    go_to(office, morning)


async def in_zone(office: Office, zone: str) -> Agency:
    """An agency somewhere, whose owner gets all that can wait in a digest."""
    agency = await office.house.agency()
    answer = await agency.http.patch("/api/auth/agency", json={"timeZone": zone})
    assert answer.status_code == 200, answer.text
    await wish(agency.http, "daily")
    return agency


def digests_to(office: Office, address: str) -> list[Taken]:
    """The digests that an address got."""
    return [mail for mail in office.smtp.to(address) if NEWS in str(mail.message["Subject"])]
