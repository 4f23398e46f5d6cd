"""What the tests of signing do through the portal: upload, sign, fetch, draw."""

import base64
import io
from typing import Any

import httpx
from PIL import Image, ImageDraw

from services.projects.tests import signing_papers as papers
from tests.house import Agency, Client


async def upload(
    agency: Agency, client: Client, content: bytes | None = None, *, name: str = "contract.pdf", **fields: str
) -> dict[str, Any]:
    """A file of a new project, as the agency shows it to the client."""
    project = fields.pop("projectId", None) or (await agency.project(client))["id"]
    answer = await agency.http.post(
        "/api/files",
        data={"projectId": project, "visibleToClient": "true"} | fields,
        files={"file": (name, papers.paper() if content is None else content)},
    )
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def sign(client: Client, file: dict[str, Any], data: str = "Zoë Client", **more: Any) -> httpx.Response:
    headers = more.pop("headers", {"User-Agent": "Firefox/130"})
    return await client.http.post(
        f"/api/portal/sign/{file['id']}", json={"signatureData": data, **more}, headers=headers
    )


async def content(client: Client, file_id: str) -> bytes:
    answer = await client.http.get(f"/api/files/{file_id}/content", follow_redirects=True)
    assert answer.status_code == 200
    return answer.content


def drawing(size: tuple[int, int] = (400, 160), *, ink: str | None = "navy", ground: str | None = None) -> str:
    """A PNG data URL, as a signature pad gives it."""
    picture = Image.new("RGBA", size, ground or (0, 0, 0, 0))
    if ink:
        ImageDraw.Draw(picture).line((20, 100, 150, 30, 220, 120, 380, 40), fill=ink, width=5)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    assert (answer.status_code, answer.json().get("code")) == (status, code), answer.text
    return dict(answer.json())
