"""What webhooks and streams tell of comments on files: everything to the agency, to a client what it may read."""

from typing import Any

from services.notify.webhook_endpoints.samples import sample_data
from tests.house import House
from tests.listening import listening

BEFORE_ALL = "00000000-0000-0000-0000-000000000000"


async def test_a_client_hears_of_comments_that_it_may_read_and_of_no_others(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    project = await agency.project(client)
    form = {"projectId": project["id"], "visibleToClient": "true"}
    answer = await agency.http.post("/api/files", data=form, files={"file": ("a.txt", b"text", "text/plain")})
    comments = f"/api/files/{answer.json()['id']}/comments"

    async def say(content: str, **more: Any) -> dict[str, Any]:
        return dict(await agency.made(comments, {"content": content} | more))

    async with listening(house, agency.http, "/api/events", after=BEFORE_ALL) as staff:
        internal, first, last = await say("HIDDEN", visibility="internal"), await say("Hello"), await say("Bye")
        heard: list[dict[str, Any]] = []
        while len(heard) < 3:
            event = await staff.event()
            heard += [event["data"]] if event["type"] == "file.commented" else []
    assert sorted(heard, key=lambda one: str(one["id"])) == [internal, first, last]
    async with listening(house, client.http, "/api/portal/events", after=BEFORE_ALL) as stream:
        told = [event["data"] for event in await stream.backlog() if event["type"] == "file.commented"]
    assert sorted(told, key=lambda one: str(one["id"])) == [first, last]
    assert sorted((await client.http.get(comments)).json(), key=lambda one: str(one["id"])) == [first, last]
    assert set(sample_data("file.commented")) == set(first)
