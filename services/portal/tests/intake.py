"""What tests of intake forms and leads do more than once."""

import itertools
import json
import secrets
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import text

from chassis.events import Event
from tests.house import Agency, House

FIELDS: list[dict[str, Any]] = [
    {"key": "budget", "label": "Budget", "type": "select", "required": True, "options": ["Small", "Large"]},
    {"key": "start", "label": "Start", "type": "date"},
]
ANSWERS: dict[str, Any] = {"budget": "Small", "start": "2027-01-15"}
_START = secrets.randbelow(2**16)
_ADDRESSES: Iterator[str] = (f"2001:db8:{_START:x}:1::{number:x}" for number in itertools.count(1))


async def a_form(agency: Agency, **more: Any) -> dict[str, Any]:
    """A new intake form of the agency, as its owner makes it."""
    return await agency.made("/api/intake-forms", {"name": "Enquiry", "slug": "enquiry", "fields": FIELDS} | more)


def door(agency: Agency, form: str = "enquiry") -> str:
    """Where anyone gets a form, and sends it."""
    return f"/api/portal/intake/{agency.slug}/{form}"


def filled(**more: Any) -> dict[str, Any]:
    """A form that somebody has filled in."""
    email = f"mira-{secrets.token_hex(5)}@okafor.test"
    return {"name": "Mira Okafor", "email": email, "message": "Hello there.", "answers": ANSWERS} | more


async def submit(house: House, agency: Agency, form: str = "enquiry", **more: Any) -> httpx.Response:
    """Send a form that was filled in, from an address that nobody else comes from."""
    return await house.gateway.post(door(agency, form), json=filled(**more), headers=from_elsewhere())


async def submit_files(
    house: House, agency: Agency, files: list[tuple[str, tuple[str | None, bytes]]], **more: Any
) -> httpx.Response:
    """The same as a form with files."""
    parts: Any = [("submission", (None, json.dumps(filled(**more)).encode())), *files]
    return await house.gateway.post(door(agency), files=parts, headers=from_elsewhere())


def from_elsewhere() -> dict[str, str]:
    """A header by which a request comes from a fresh address."""
    return {"X-Forwarded-For": next(_ADDRESSES)}


async def leads_of(agency: Agency, **query: Any) -> list[dict[str, Any]]:
    """The agency's leads, newest first."""
    answer = await agency.http.get("/api/leads", params=query)
    assert answer.status_code == 200, answer.text
    return list(answer.json())


async def a_lead(house: House, agency: Agency, **more: Any) -> dict[str, Any]:
    """A new lead, by a form that is made where there is none."""
    await agency.http.post("/api/intake-forms", json={"name": "Enquiry", "slug": "enquiry", "fields": FIELDS})
    answer = await submit(house, agency, **more)
    assert answer.status_code == 201, answer.text
    return (await leads_of(agency))[0]


async def announced(house: House, agency: Agency, type: str) -> list[Event]:
    """All events of a type that an agency's rows of this service caused, oldest first."""
    async with house.database("portal").unit(UUID(agency.id)) as session:
        rows = await session.scalars(
            text("SELECT envelope FROM outbox WHERE subject = :subject ORDER BY id"), {"subject": f"events.{type}"}
        )
        return [Event.decode(bytes(envelope)) for envelope in rows]
