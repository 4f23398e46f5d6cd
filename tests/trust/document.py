"""The OpenAPI document of all services, made offline, and its operations as rows of a matrix."""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from services.portal.reference.assembly import SERVICES, assemble

ORIGIN = "http://localhost:8080"
# What staff must say though clients need not, or though it may be said in another way.
ALSO_NEEDED = {"GET /api/invoices/statement": ["clientId"], "GET /api/portal/as-client": ["clientId"]}


@dataclass(frozen=True)
class Operation:
    """One method and path, and what the document says of it."""

    method: str
    path: str
    body: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def credentials(self) -> set[str]:
        """Names of the credentials it takes; empty when anyone may call."""
        return {name for choice in self.body["security"] for name in choice}

    @property
    def takes_staff(self) -> bool:
        return "cookie" in self.credentials

    @property
    def takes_clients(self) -> bool:
        return "portalToken" in self.credentials

    @property
    def for_custodians(self) -> bool:
        """Whether only an API key of the custodian scope is let in."""
        return self.credentials == {"bearer"}

    def needed_query(self, ids: dict[str, str]) -> dict[str, str]:
        """The query without which it is a bad request."""
        needed = [
            item["name"] for item in self.body.get("parameters", ()) if item["in"] == "query" and item["required"]
        ]
        needed += ALSO_NEEDED.get(str(self), [])
        values = {
            "clientId": ids["client_id"],
            "projectId": ids["project_id"],
            "q": "CANARY",
            "address": "0x" + "0" * 39 + "1",
        }
        return {name: values[name] for name in needed}

    @property
    def streams(self) -> bool:
        """Whether its answer goes on until somebody hangs up."""
        return "text/event-stream" in self.body["responses"].get("200", {}).get("content", {})

    @property
    def public(self) -> bool:
        return not self.credentials

    def parameters(self, where: str) -> list[str]:
        """Names of its parameters in path, query or header."""
        return [item["name"] for item in self.body.get("parameters", ()) if item["in"] == where]

    @property
    def media(self) -> set[str]:
        """Media types of its body."""
        return set(self.body.get("requestBody", {}).get("content", {}))


@cache
def document() -> dict[str, Any]:
    """The merged document."""
    documents = {}
    for service in SERVICES:
        settings = import_module(f"services.{service}.config").Settings(
            env="development",
            public_url=ORIGIN,
            secret_key="a" * 20 + "bcdefghijklmnopqrst",
            database_url="postgresql://localhost:1",
            nats_url="nats://localhost:1",
            storage_url="file:///tmp/portico-never-used",
        )
        documents[service] = import_module(f"services.{service}.main").build_app(settings).openapi()
    return dict(assemble(documents, ORIGIN))


def operations() -> list[Operation]:
    """Every operation of the gateway."""
    return [
        Operation(method.upper(), path, body)
        for path, item in document()["paths"].items()
        for method, body in item.items()
        if method in ("get", "post", "put", "patch", "delete")
    ]
