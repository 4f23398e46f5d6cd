"""Files that come with leads: streamed in, kept inert, downloaded by staff alone, and gone with their lead."""

import hashlib
import json
from typing import Any

import pytest

from services.portal.leads.keeping import MAX_FILE_BYTES
from services.portal.leads.sweeping import Sweeper
from services.portal.tests.easel import kept, store_of
from services.portal.tests.intake import a_form, door, filled, from_elsewhere, leads_of, submit, submit_files
from tests.house import Agency, House

HTML = b"<!doctype html><script>alert(1)</script>"
FIELDS = [
    {"key": "brief", "label": "Your brief", "type": "file", "required": True},
    {"key": "logo", "label": "Your logo", "type": "file"},
    {"key": "why", "label": "Why", "type": "text"},
]


@pytest.fixture
async def agency(house: House) -> Agency:
    agency = await house.agency()
    await a_form(agency, fields=FIELDS)
    return agency


async def sweep(house: House) -> int:
    return await Sweeper(house.database("portal"), store_of(house), house.clock).sweep()


def file(content: bytes = HTML, name: str = "brief.pdf", field: str = "brief") -> tuple[str, tuple[str | None, bytes]]:
    return field, (name, content)


async def a_lead(house: House, agency: Agency, *files: Any) -> dict[str, Any]:
    answer = await submit_files(house, agency, list(files) or [file()], answers={"why": "Because"})
    assert answer.status_code == 201, answer.text
    return (await leads_of(agency))[0]


async def test_a_file_is_kept_as_it_is_and_only_ever_saved(house: House, agency: Agency) -> None:
    lead = await a_lead(house, agency, file(HTML, "../../Überblick\u202egnp.exe"))
    digest = hashlib.sha256(HTML).hexdigest()
    assert lead["answers"] == {
        "why": "Because",
        "brief": {"name": "Überblickgnp.exe", "size": len(HTML), "mimeType": "text/html", "sha256": digest},
    }
    answer = await agency.http.get(f"/api/leads/{lead['id']}/files/brief")
    assert (answer.status_code, answer.content) == (200, HTML)
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


async def test_a_browser_sends_a_file_without_a_name_where_none_was_chosen(house: House, agency: Agency) -> None:
    head = 'Content-Disposition: form-data; name="{}"{}\r\n\r\n{}'
    parts = [
        head.format("submission", "", json.dumps(filled(answers={}))),
        head.format("brief", '; filename="a.txt"', "Hello"),
        head.format("logo", '; filename=""', ""),
    ]
    body = "".join(f"--x\r\n{part}\r\n" for part in parts) + "--x--\r\n"
    headers = from_elsewhere() | {"Content-Type": "multipart/form-data; boundary=x"}
    answer = await house.gateway.post(door(agency), content=body.encode(), headers=headers)
    assert answer.status_code == 201, answer.text
    [lead] = await leads_of(agency)
    assert list(lead["answers"]) == ["brief"]
    unchosen = body.replace("a.txt", "")
    refused = await house.gateway.post(door(agency), content=unchosen.encode(), headers=headers)
    assert [error["field"] for error in refused.json()["errors"]] == ["answers.brief"]


async def test_only_the_agency_s_staff_download_it(house: House, agency: Agency) -> None:
    lead = await a_lead(house, agency)
    path = f"/api/leads/{lead['id']}/files/brief"
    stranger, client, member = await house.agency(), await agency.client(), await agency.member()
    assert (await member.get(path)).status_code == 200
    assert (await client.http.get(path)).json()["code"] == "staff_only"
    assert (await house.gateway.get(path)).status_code == 401
    for http, where in (
        (stranger.http, path),
        (agency.http, path.replace("brief", "logo")),
        (agency.http, path.replace("brief", "a%00b")),
    ):
        answer = await http.get(where)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_a_large_file_comes_through_whole(house: House, agency: Agency) -> None:
    content = b"%PDF-1.7\n" + bytes(range(256)) * (MAX_FILE_BYTES // 256 - 1)
    lead = await a_lead(house, agency, file(content), file(b"GIF89a", "a.gif", "logo"))
    assert lead["answers"]["brief"]["mimeType"] == "application/pdf"
    assert (await agency.http.get(f"/api/leads/{lead['id']}/files/brief")).content == content
    assert (await agency.http.get(f"/api/leads/{lead['id']}/files/logo")).content == b"GIF89a"


@pytest.mark.parametrize(
    ("files", "status", "field"),
    [
        ([], 400, "answers.brief"),
        ([file(), file()], 400, "brief"),
        ([file(), file(field="other")], 400, "answers.other"),
        ([file(), file(field="why")], 400, "answers.why"),
        ([file(), ("logo", (None, b"text"))], 400, "answers.logo"),
        ([file(), *(file(field="logo" if n == 0 else f"x{n}") for n in range(20))], 400, "answers.x1"),
        ([file(b"x" * (MAX_FILE_BYTES + 1))], 413, None),
        ([file(b"x" * MAX_FILE_BYTES * 4)], 413, None),
    ],
    ids=["none", "twice", "unknown", "no file field", "not a file", "many", "limit + 1", "far too much"],
)
async def test_a_form_that_is_not_right_leaves_no_lead_and_in_time_no_bytes(
    house: House, agency: Agency, files: list[Any], status: int, field: str | None
) -> None:
    answer = await submit_files(house, agency, files, answers={})
    assert answer.status_code == status, answer.text
    assert [error["field"] for error in answer.json().get("errors", [])] == ([field] if field else [])
    assert await leads_of(agency) == await leads_of(agency, spam=True) == []
    house.clock.advance(hours=1, seconds=1)
    await sweep(house)
    assert await kept(house, agency) == set()


async def test_a_file_that_is_being_taken_in_is_not_swept(house: House, agency: Agency) -> None:
    answer = await submit_files(house, agency, [file(), file(field="other")], answers={})
    assert answer.status_code == 400
    assert len(await kept(house, agency)) == 1
    house.clock.advance(minutes=59)
    await sweep(house)
    assert len(await kept(house, agency)) == 1


async def test_files_must_come_after_what_they_belong_to(house: House, agency: Agency) -> None:
    parts: Any = [file(), ("submission", (None, json.dumps(filled(answers={})).encode()))]
    answer = await house.gateway.post(door(agency), files=parts, headers=from_elsewhere())
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "submission")
    assert await kept(house, agency) == set()
    alone = await house.gateway.post(door(agency), files=[file()], headers=from_elsewhere())
    assert alone.status_code == 400


async def test_json_cannot_answer_a_form_that_needs_a_file(house: House, agency: Agency) -> None:
    answer = await submit(house, agency, answers={})
    assert [error["field"] for error in answer.json()["errors"]] == ["answers.brief"]


async def test_no_bytes_of_spam_are_kept(house: House, agency: Agency) -> None:
    answer = await submit_files(house, agency, [file()], answers={}, website="https://buy.example")
    assert (answer.status_code, answer.json()) == (201, {"received": True})
    [spam] = await leads_of(agency, spam=True)
    assert spam["answers"] == {}
    assert await kept(house, agency) == set()


async def test_a_repeated_key_keeps_one_set_of_files(house: House, agency: Agency) -> None:
    headers = from_elsewhere() | {"Idempotency-Key": f"key-{agency.id}"}
    sent = json.dumps(filled(answers={})).encode()
    for content, status in ((HTML, 201), (HTML, 201), (b"another", 422)):
        parts: Any = [("submission", (None, sent)), file(content)]
        answer = await house.gateway.post(door(agency), files=parts, headers=headers)
        assert answer.status_code == status, answer.text
    [lead] = await leads_of(agency)
    house.clock.advance(hours=2)
    await sweep(house)
    assert len(await kept(house, agency)) == 1
    assert (await agency.http.get(f"/api/leads/{lead['id']}/files/brief")).content == HTML


async def test_files_go_with_their_lead(house: House, agency: Agency) -> None:
    lead = await a_lead(house, agency, file(), file(field="logo"))
    stays = await a_lead(house, agency)
    assert len(await kept(house, agency)) == 3
    assert (await agency.http.delete(f"/api/leads/{lead['id']}")).status_code == 200
    assert (await agency.http.get(f"/api/leads/{lead['id']}/files/brief")).status_code == 404
    await sweep(house)
    assert len(await kept(house, agency)) == 1
    assert (await agency.http.get(f"/api/leads/{stays['id']}/files/brief")).content == HTML


async def test_spam_goes_by_itself_after_a_month_and_leads_do_not(house: House, agency: Agency) -> None:
    await a_lead(house, agency)
    moved = await a_lead(house, agency)
    await agency.http.patch(f"/api/leads/{moved['id']}", json={"spam": True})
    house.clock.advance(days=29, hours=23)
    await sweep(house)
    assert len(await leads_of(agency, spam=True)) == 1
    house.clock.advance(hours=2)
    await sweep(house)
    house.clock.reset()
    assert await leads_of(agency, spam=True) == []
    assert len(await kept(house, agency)) == len(await leads_of(agency)) == 1
