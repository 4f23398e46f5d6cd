"""What the tests of contracts do through the doors: write one, send it, sign it."""

from dataclasses import dataclass
from typing import Any

import httpx

from services.projects.tests.signing_papers import texts_of
from tests.house import Agency, Client, House

TEXT = "# Terms\n\nBetween {{agency.name}} and {{client.name}}, from {{date}}: we keep **{{project.name}}** running."
PLAIN = "We build it, you pay for it."


@dataclass
class Desk:
    """An agency with a client and a project, and its contracts."""

    house: House
    agency: Agency
    client: Client
    project: dict[str, Any]

    async def draft(self, body: str = PLAIN, **more: Any) -> dict[str, Any]:
        """A draft."""
        wanted = {"clientId": self.client.id, "title": "Maintenance", "body": body} | more
        return await self.agency.made("/api/contracts", wanted)

    async def sent(self, body: str = PLAIN, *, email: bool = False, **more: Any) -> dict[str, Any]:
        """A contract that its client can see."""
        draft = await self.draft(body, **more)
        answer = await self.act(draft, "send", {"sendEmail": email})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def act(self, contract: dict[str, Any], verb: str, body: dict[str, Any] | None = None) -> httpx.Response:
        """What the agency does with it."""
        return await self.agency.http.post(f"/api/contracts/{contract['id']}/{verb}", json=body or {})

    async def answer(self, contract: dict[str, Any], verb: str, body: dict[str, Any] | None = None) -> httpx.Response:
        """What the client does with it."""
        return await self.client.http.post(f"/api/contracts/{contract['id']}/{verb}", json=body or {})

    async def sign(
        self, contract: dict[str, Any], *, by: Client | None = None, headers: dict[str, str] | None = None, **more: Any
    ) -> httpx.Response:
        """The client's signature, unless somebody else's."""
        body = {"signatureData": "Zoë Client", "clientName": "Zoë Client", "consent": True} | more
        return await (by or self.client).http.post(
            f"/api/contracts/{contract['id']}/sign", json=body, headers={"User-Agent": "Firefox/130"} | (headers or {})
        )

    async def signed(self, contract: dict[str, Any], **more: Any) -> dict[str, Any]:
        """The contract as its client has signed it."""
        answer = await self.sign(contract, **more)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def read(self, contract: dict[str, Any], *, by: httpx.AsyncClient | None = None) -> dict[str, Any]:
        """The contract as it is now."""
        answer = await (by or self.agency.http).get(f"/api/contracts/{contract['id']}")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def pdf(self, contract: dict[str, Any], *, by: httpx.AsyncClient | None = None) -> bytes:
        """Its PDF, as the client gets it."""
        answer = await (by or self.client.http).get(f"/api/contracts/{contract['id']}/pdf")
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/pdf"
        return answer.content

    async def words(self, contract: dict[str, Any], *, by: httpx.AsyncClient | None = None) -> str:
        """What can be read on its PDF."""
        return " ".join("\n".join(texts_of(await self.pdf(contract, by=by))).replace("\u200b", "").split())


async def open_desk(house: House) -> Desk:
    """A fresh one."""
    agency = await house.agency(name="Studio North")
    client = await agency.client(name="Zoë Client")
    return Desk(house, agency, client, await agency.project(client))
