"""The people of the house's tests: agencies, their members, clients and companies, and the credentials they hold."""

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from tests.house import House

ORIGIN = "http://localhost:8080"
PASSWORD = "correct horse battery staple"


@dataclass
class ClientSession:
    """A client signed in as a person: what signing in returned, an HTTP client by Bearer and one by cookies alone."""

    body: dict[str, Any]
    http: httpx.AsyncClient
    browser: httpx.AsyncClient

    @property
    def token(self) -> str:
        """The access token."""
        return str(self.body["accessToken"])


@dataclass
class Client:
    """A client of an agency, with the portal token that REST returned."""

    id: str
    token: str
    email: str
    body: dict[str, Any]
    http: httpx.AsyncClient
    agency: "Agency" = field(repr=False)

    async def magic_link(self) -> str:
        """The token of a fresh magic link, from the mail."""
        house, start = self.agency.house, f"{ORIGIN}/portal/{self.agency.slug}#magic="
        seen = {mail["id"] for mail in await house.mails(self.email)}
        asked = {"email": self.email, "tenantCode": self.agency.slug}
        answer = await house.gateway.post("/api/v1/portal/auth/request-magic-link", json=asked)
        assert answer.status_code == 204, answer.text

        async def mailed() -> str | None:
            links = [link for mail in await house.mails(self.email) if mail["id"] not in seen for link in mail["links"]]
            return next((link.removeprefix(start) for link in links if link.startswith(start)), None)

        return str(await house.eventually(mailed))

    async def session(self) -> ClientSession:
        """A session of this client, signed in by magic link."""
        token = await self.magic_link()
        return await self.agency.house.signed_in("/api/v1/portal/auth/validate", {"token": token})


@dataclass
class CustodianClient:
    """A client that the agency's own backend made, with its client key (`cak_`) and a session token (`cst_`)."""

    id: str
    key: str
    token: str


@dataclass
class Company:
    """A company of clients, with its portal token."""

    id: str
    token: str
    body: dict[str, Any]
    http: httpx.AsyncClient
    agency: "Agency" = field(repr=False)

    async def client(self, name: str = "Mary Somerville", email: str | None = None) -> Client:
        """A new client of this company, with an e-mail address."""
        return await self.agency.client(name, email, companyId=self.id)


@dataclass
class Agency:
    """A registered agency, and an HTTP client with its owner's credential."""

    id: str
    slug: str
    email: str
    password: str
    token: str
    http: httpx.AsyncClient
    house: "House" = field(repr=False)

    async def client(self, name: str = "Ada Lovelace", email: str | None = None, **more: Any) -> Client:
        """A new client of this agency, made through REST."""
        email = email or f"client-{secrets.token_hex(6)}@client.test"
        body = await self.made("/api/clients", {"name": name, "email": email, **more})
        http = self.house.http_with({"X-Portal-Token": body["token"]})
        return Client(body["id"], body["token"], email, body, http, self)

    async def company(self, name: str = "Analytical Engines") -> Company:
        """A new company of this agency, with its portal token."""
        body = await self.made("/api/companies", {"name": name})
        answer = await self.http.post("/api/v1/client-portal/token", json={"type": "company", "id": body["id"]})
        assert answer.status_code == 200, answer.text
        token = answer.json()["token"]
        return Company(body["id"], token, body, self.house.http_with({"X-Portal-Token": token}), self)

    async def project(self, client: Client, name: str = "Website") -> dict[str, Any]:
        """A new project for a client, made through REST."""
        return await self.made("/api/projects", {"name": name, "clientId": client.id})

    async def api_key(self, *scopes: str, **more: Any) -> httpx.AsyncClient:
        """An HTTP client with a new API key of those scopes."""
        body = await self.made("/api/api-keys", {"name": "A machine", "scopes": list(scopes), **more})
        return self.house.bearer(body["key"])

    async def custodian_client(self, **wanted: Any) -> CustodianClient:
        """A client made as the agency's own backend makes them."""
        custodian = await self.api_key("custodian")
        answer = await custodian.post("/api/v1/custodians/clients", json=wanted)
        assert answer.status_code == 201, answer.text
        body = answer.json()
        return CustodianClient(body["id"], body["clientApiKey"], body["clientSessionToken"])

    async def member(self, role: str = "member") -> httpx.AsyncClient:
        """An HTTP client of a new member, who came by an invitation's mail."""
        token = await self.invitation(role)
        accepted = {"token": token, "name": "Max Member", "password": PASSWORD}
        answer = await self.house.gateway.post("/api/invitations/accept", json=accepted)
        assert answer.status_code == 201, answer.text
        return self.house.bearer(answer.json()["token"])

    async def invitation(self, role: str = "member") -> str:
        """The token of a fresh invitation to the team, from the mail."""
        email = f"member-{secrets.token_hex(6)}@agency.test"
        await self.made("/api/invitations", {"email": email, "role": role})
        return await self.mailed(email, "/app/invitation#token=")

    async def mailed(self, email: str, path: str) -> str:
        """What follows this path of ours in the newest mail's link that has it; waits for the mail."""

        async def found() -> str | None:
            links = [link for mail in await self.house.mails(email) for link in mail["links"]]
            return next((link.removeprefix(ORIGIN + path) for link in links if link.startswith(ORIGIN + path)), None)

        return str(await self.house.eventually(found))

    async def made(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """What the owner has made by a POST."""
        answer = await self.http.post(path, json=body)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())
