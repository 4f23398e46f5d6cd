"""Search: one question over all services, by the same rules as their lists."""

import asyncio
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from chassis.principals import Role, Staff
from chassis.rpc import Peers
from chassis.searching import NEWEST
from services.portal.portal_settings.models import Module
from services.portal.search.peers import Searchers
from services.portal.search.service import search
from tests.house import Agency, Client, House, running_house

WORD = "Marmalade"
KINDS = {"client", "project", "task", "file", "message", "quote", "contract", "invoice"}
# More messages like one, about something else.
MANY_MESSAGES = text("""
INSERT INTO messages (agency_id, id, version, created_at, updated_at, thread_id, project_id, client_id, content,
    attachments, author_kind, author_id, author_name)
SELECT agency_id, uuidv7(), 1, created_at, updated_at, thread_id, project_id, client_id, 'Nothing', attachments,
    author_kind, author_id, author_name
FROM messages, generate_series(1, :count) WHERE id = :like
""")
KEYS = {"kind", "id", "title", "subtitle", "projectId", "clientId", "url"}


@dataclass
class Shelf:
    """An agency whose client has one of everything, each with the word in it; `ids` by kind."""

    agency: Agency
    client: Client
    ids: dict[str, str]


async def find(door: httpx.AsyncClient, q: str = WORD, **more: Any) -> dict[str, Any]:
    answer = await door.get("/api/search", params={"q": q} | more)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def found(door: httpx.AsyncClient, q: str = WORD, **more: Any) -> dict[str, str]:
    """Ids by kind; there is one of each at the most."""
    hits = (await find(door, q, **more))["results"]
    assert len({hit["kind"] for hit in hits}) == len(hits), hits
    return {hit["kind"]: hit["id"] for hit in hits}


async def upload(agency: Agency, project_id: str, name: str, *, visible: bool) -> str:
    answer = await agency.http.post(
        "/api/files",
        data={"projectId": project_id, "visibleToClient": str(visible).lower()},
        files={"file": (name, name.encode(), "text/plain")},
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def fill(agency: Agency, client: Client, *, shown: bool = True) -> dict[str, str]:
    """One of everything; where it is not `shown`, everything that can be hidden is."""
    project = await agency.project(client, f"{WORD} website" if shown else "Website")
    of_project = f"/api/projects/{project['id']}"
    task = await agency.made(f"{of_project}/tasks", {"title": f"Cook {WORD}", "visibleToClient": shown})
    visibility = "client" if shown else "internal"
    thread = await agency.made(f"{of_project}/threads", {"name": "Kitchen", "visibility": visibility})
    message = await agency.made(f"/api/threads/{thread['id']}/messages", {"content": f"Where is the {WORD}?"})
    lines = [{"description": "Work", "unitPrice": 10}]
    papers = {"clientId": client.id, "currency": "EUR"}
    quote = await agency.made("/api/quotes", {**papers, "title": f"{WORD} for all", "lines": lines})
    contract = await agency.made("/api/contracts", {"clientId": client.id, "title": f"On {WORD}", "body": "We agree."})
    invoice = await agency.made(
        "/api/invoices", {**papers, "amount": 10, "dueDate": "2030-01-31", "notes": f"For {WORD}", "draft": not shown}
    )
    if shown:
        for noun, id in (("quotes", quote["id"]), ("contracts", contract["id"])):
            sent = await agency.http.post(f"/api/{noun}/{id}/send", json={"sendEmail": False})
            assert sent.status_code == 200, sent.text
    return {
        "project": project["id"],
        "task": task["id"],
        "file": await upload(agency, project["id"], f"{WORD}.txt", visible=shown),
        "message": message["id"],
        "quote": quote["id"],
        "contract": contract["id"],
        "invoice": invoice["id"],
    }


@pytest.fixture
async def shelf(house: House) -> Shelf:
    agency = await house.agency()
    client = await agency.client(f"{WORD} Smith")
    return Shelf(agency, client, {"client": client.id} | await fill(agency, client))


async def test_staff_find_everything_and_each_where_the_api_shows_it(shelf: Shelf) -> None:
    answer = await find(shelf.agency.http)
    assert {hit["kind"]: hit["id"] for hit in answer["results"]} == shelf.ids
    assert (set(shelf.ids), answer["unavailable"]) == (KINDS, [])
    for hit in answer["results"]:
        assert set(hit) == KEYS
        assert hit["clientId"] == shelf.client.id
        shown = await shelf.agency.http.get(hit["url"])
        assert (shown.status_code, hit["id"] in shown.text) == (200, True), hit


async def test_a_client_finds_its_own_and_no_client(shelf: Shelf) -> None:
    mine = {kind: id for kind, id in shelf.ids.items() if kind != "client"}
    assert await found(shelf.client.http) == mine
    for hit in (await find(shelf.client.http))["results"]:
        shown = await shelf.client.http.get(hit["url"])
        assert (shown.status_code, hit["id"] in shown.text) == (200, True), hit


async def test_a_client_finds_nothing_that_is_kept_from_it(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    ids = await fill(agency, client, shown=False)
    assert await found(client.http) == {}
    hidden = {kind: id for kind, id in ids.items() if kind != "project"}
    assert await found(agency.http) == hidden


async def test_a_quote_that_is_being_revised_is_not_found(shelf: Shelf) -> None:
    answer = await shelf.agency.http.patch(f"/api/quotes/{shelf.ids['quote']}", json={"notes": "Another offer"})
    assert answer.status_code == 200
    assert "quote" not in await found(shelf.client.http)
    assert "quote" in await found(shelf.agency.http)


async def test_what_belongs_to_others_is_not_found(shelf: Shelf) -> None:
    neighbour, other = await shelf.agency.client(), await shelf.agency.house.agency("Other")
    theirs = await other.client()
    for door in (neighbour.http, other.http, theirs.http):
        assert await find(door) == {"results": [], "unavailable": []}


async def test_a_company_finds_what_its_clients_do(house: House) -> None:
    agency = await house.agency()
    company = await agency.company()
    client = await company.client()
    ids = await fill(agency, client)
    assert await found(company.http) == ids


@pytest.mark.parametrize(
    ("module", "gone"),
    [
        ("projects", {"project"}),
        ("tasks", {"task"}),
        ("files", {"file"}),
        ("messages", {"message"}),
        ("proposals", {"quote"}),
        ("contracts", {"contract"}),
        ("invoices", {"invoice"}),
    ],
)
async def test_what_is_off_in_the_portal_is_found_by_the_agency_alone(
    shelf: Shelf, module: str, gone: set[str]
) -> None:
    http = shelf.agency.http
    changed = [one for one in Module if one != module]
    answer = await http.patch("/api/v1/client-portal/config", json={"enabled_modules": changed})
    assert answer.status_code == 200, answer.text

    async def off() -> bool:
        return set(await found(shelf.client.http)) == set(shelf.ids) - gone - {"client"}

    await shelf.agency.house.eventually(off)
    assert set(await found(http)) == set(shelf.ids)


async def test_nothing_of_a_deleted_project_is_found(shelf: Shelf) -> None:
    await shelf.agency.http.delete(f"/api/projects/{shelf.ids['project']}")
    for door in (shelf.agency.http, shelf.client.http):
        assert not {"project", "task", "file", "message"} & set(await found(door))


async def test_titles_that_begin_with_the_words_come_first(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    names = ["Anything", "The Marmalade", "Marmalade new", "Marmalade old"]
    for name in reversed(names):
        body = {"name": name, "clientId": client.id, "description": "marmalade" if name == "Anything" else ""}
        await agency.made("/api/projects", body)
    titles = [hit["title"] for hit in (await find(agency.http, "mArmalade"))["results"]]
    assert titles == ["Marmalade new", "Marmalade old", "The Marmalade", "Anything"]
    assert [hit["title"] for hit in (await find(agency.http, limit=1))["results"]] == titles[:1]


async def test_a_hit_tells_its_status_or_the_place_in_the_text(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    text = f"{'Much before it. ' * 20}Then comes {WORD}, and {'much after it. ' * 20}"
    await agency.made("/api/projects", {"name": "Preserves", "clientId": client.id, "description": text})
    [by_name] = (await find(agency.http, "preserves"))["results"]
    assert by_name["subtitle"] == "active"
    [by_text] = (await find(agency.http))["results"]
    assert f"Then comes {WORD}, and much after it." in by_text["subtitle"]
    assert (by_text["subtitle"][0], by_text["subtitle"][-1], len(by_text["subtitle"])) == ("…", "…", 162)


async def test_a_message_found_by_its_author_tells_how_it_begins(house: House) -> None:
    agency = await house.agency()
    client = await agency.client()
    project = await agency.made("/api/projects", {"name": "Preserves", "clientId": client.id})
    thread = await agency.made(f"/api/projects/{project['id']}/threads", {"name": "Labels"})
    message = await agency.made(f"/api/threads/{thread['id']}/messages", {"content": "Which of the two?"})
    hits = (await find(agency.http, message["author"]["name"]))["results"]
    [hit] = [one for one in hits if one["kind"] == "message"]
    assert (hit["title"], hit["subtitle"]) == (message["author"]["name"], "Which of the two?")


@pytest.mark.parametrize("q", ["100%", "a_b", "back\\slash", "it's", '"quoted"', "Ünïcode", "💶", "%", "_", "\\"])
async def test_the_words_are_taken_as_they_stand(house: House, q: str) -> None:
    agency = await house.agency()
    client = await agency.client()
    await agency.project(client, "Nothing odd")
    assert (await find(agency.http, q))["results"] == []
    odd = await agency.project(client, f"So {q} it is")
    assert await found(agency.http, q) == {"project": odd["id"]}


async def test_papers_are_found_by_number_and_by_client(shelf: Shelf) -> None:
    assert await found(shelf.agency.http, "INV-0001") == {"invoice": shelf.ids["invoice"]}
    assert await found(shelf.client.http, "quo-0001") == {"quote": shelf.ids["quote"]}
    by_name = await found(shelf.agency.http, "de smith")
    assert by_name == {kind: shelf.ids[kind] for kind in ("client", "quote", "invoice")}


async def test_a_client_is_found_by_address_and_company(house: House) -> None:
    agency = await house.agency()
    client = await agency.client(email="rare@client.test", company="Analytical Engines")
    for q in ("rare@cl", "cal eng"):
        assert await found(agency.http, q) == {"client": client.id}


@pytest.mark.parametrize(
    "query", ["", "q=", "q=%00", f"q={'x' * 201}", "q=a&limit=0", "q=a&limit=51", "q=a&limit=x"], ids=lambda q: q[:12]
)
async def test_a_question_that_cannot_be_is_refused(house: House, query: str) -> None:
    agency = await house.agency()
    answer = await agency.http.get(f"/api/search?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


async def test_only_a_live_credential_searches(house: House) -> None:
    assert (await house.gateway.get("/api/search?q=a")).status_code == 401
    agency = await house.agency()
    assert (await (await agency.api_key("read")).get("/api/search?q=a")).status_code == 200
    assert (await (await agency.api_key("write")).get("/api/search?q=a")).json()["code"] == "scope_missing"
    assert (await house.gateway.get("/api/search", params={"q": "a", "token": str(uuid4())})).status_code == 401


async def test_what_is_away_is_left_out_and_named(variables: dict[str, str]) -> None:
    async with running_house(variables, ("auth", "billing", "portal")) as house:
        agency = await house.agency()
        client = await agency.client(f"{WORD} Smith")
        answer = await find(agency.http)
        assert [hit["id"] for hit in answer["results"]] == [client.id]
        assert answer["unavailable"] == ["project", "task", "file", "contract", "message"]
        as_client = await find(client.http)
        assert (as_client["results"], as_client["unavailable"]) == ([], answer["unavailable"])


async def test_a_peer_that_hangs_is_given_up(shelf: Shelf) -> None:
    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    chassis = shelf.agency.house.chassis("portal")
    async with await asyncio.start_server(say_nothing, "127.0.0.1", 0) as hanging:
        port = hanging.sockets[0].getsockname()[1]
        peers = Peers(chassis.settings.model_copy(update={"projects_rpc": f"127.0.0.1:{port}"}), "portal")
        staff = Staff(
            *(UUID(shelf.agency.id), uuid4(), "Olivia Owner", ""),
            *(Role.OWNER, frozenset({"read", "write"}), uuid4(), "session"),
        )
        answer = await search(Searchers(peers), staff, words=WORD, limit=20)
        await peers.close()
    assert {hit.kind for hit in answer.results} == {"client", "quote", "invoice"}
    assert answer.unavailable == ["project", "task", "file", "contract", "message"]


async def test_the_newest_ten_thousand_of_a_kind_are_looked_through(shelf: Shelf) -> None:
    async with shelf.agency.house.database("projects").unit(UUID(shelf.agency.id)) as session:
        await session.execute(MANY_MESSAGES, {"like": UUID(shelf.ids["message"]), "count": NEWEST - 1})
    assert "message" in await found(shelf.agency.http)
    async with shelf.agency.house.database("projects").unit(UUID(shelf.agency.id)) as session:
        await session.execute(MANY_MESSAGES, {"like": UUID(shelf.ids["message"]), "count": 1})
    assert "message" not in await found(shelf.agency.http)
