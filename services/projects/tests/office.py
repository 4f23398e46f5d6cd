"""An agency with a client and a project, and how a person would use them."""

from dataclasses import dataclass
from typing import Any

import httpx

from tests.house import Agency, Client, House

HELLO = b"Hello, this is a text.\n"


@dataclass
class Office:
    """One agency, one client, one project."""

    house: House
    agency: Agency
    client: Client
    project: dict[str, Any]

    @property
    def staff(self) -> httpx.AsyncClient:
        """The owner's door."""
        return self.agency.http

    @property
    def visitor(self) -> httpx.AsyncClient:
        """The client's door."""
        return self.client.http

    async def upload(
        self,
        name: str = "draft.txt",
        content: bytes = HELLO,
        *,
        by: httpx.AsyncClient | None = None,
        headers: dict[str, str] | None = None,
        **fields: Any,
    ) -> httpx.Response:
        """Upload a file to the project, as staff unless said otherwise."""
        return await (by or self.staff).post(
            "/api/files",
            data={"projectId": self.project["id"]} | fields,
            files={"file": (name, content)},
            headers=headers,
        )

    async def file(self, name: str = "draft.txt", content: bytes = HELLO, **more: Any) -> dict[str, Any]:
        """A file that was uploaded; visible to the client unless said otherwise."""
        answer = await self.upload(name, content, **({"visibleToClient": "true"} | more))
        assert answer.status_code == 201, answer.text
        return dict(answer.json())


async def open_office(house: House) -> Office:
    """A fresh one."""
    agency = await house.agency()
    client = await agency.client()
    return Office(house, agency, client, await agency.project(client))


def without_time(answer: httpx.Response) -> dict[str, Any]:
    """An error body that can be compared with another one."""
    return {name: value for name, value in answer.json().items() if name != "time"}
