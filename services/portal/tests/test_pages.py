"""Pages and their files: what is served, under which policy, and what is said where there is nothing."""

import json
import re

import pytest

from services.portal.pages.assets import WEB
from tests.house import House

PAGES = (
    "/",
    "/docs",
    "/docs/errors",
    "/client-portal",
    "/portal/nobody-has-this",
    "/app/invitation",
    "/app/reset-password",
    "/nowhere",
)
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def policy_of(headers: dict[str, str]) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in headers["content-security-policy"].split(";"))
    return {name: value for name, _, value in parts}


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_is_private_and_loads_only_its_own_files(house: House, path: str) -> None:
    answer = await house.gateway.get(path, headers=BROWSER)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = policy_of(dict(answer.headers))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert "x-ratelimit-remaining" in answer.headers


@pytest.mark.parametrize("path", PAGES)
async def test_pages_hold_no_inline_code_and_name_no_other_origin(house: House, path: str) -> None:
    body = (await house.gateway.get(path, headers=BROWSER)).text
    assert not re.search(r"<script(?![^>]*\bsrc=)", body)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", body)
    assert all(address.startswith(("/", "#")) for address in re.findall(r'(?:href|src)="([^"]+)"', body))


@pytest.mark.parametrize("path", PAGES)
async def test_every_file_that_a_page_names_is_there_and_may_be_kept_for_ever(house: House, path: str) -> None:
    body = (await house.gateway.get(path, headers=BROWSER)).text
    for address in set(re.findall(r'(?:href|src)="(/assets/[^"]+)"', body)):
        answer = await house.gateway.get(address)
        assert answer.status_code == 200, address
        assert "immutable" in answer.headers["cache-control"]


async def test_a_file_of_another_build_is_answered_but_not_to_be_kept(house: House) -> None:
    answer = await house.gateway.get("/assets/0123456789ab/portal/main.js")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"


async def test_files_are_packed_for_those_who_take_it(house: House) -> None:
    plain = await house.gateway.get("/assets/x/portal/main.js", headers={"Accept-Encoding": "identity"})
    packed = await house.gateway.get("/assets/x/portal/main.js", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])
    assert packed.text == plain.text


@pytest.mark.parametrize(
    "name", ["vendor.sh", "html/face.html", "../main.py", "..%2fmain.py", "%2e%2e/config.py", "", "vendor/SHA256SUMS"]
)
async def test_only_files_of_the_front_end_are_served(house: House, name: str) -> None:
    assert (await house.gateway.get(f"/assets/x/{name}")).status_code == 404


@pytest.mark.parametrize("token", ["abc", "0" * 32 + "." + "A" * 43, "0" * 32, "x" * 5000, "a%00b", "%f0%9f%98%80"])
async def test_an_unknown_link_is_told_so_kindly(house: House, token: str) -> None:
    answer = await house.gateway.get(f"/client-portal/{token}", headers=BROWSER)
    assert answer.status_code == 404
    assert "This link does not open a portal" in answer.text


async def test_a_live_link_opens_the_page_without_showing_the_token_in_it(house: House) -> None:
    client = await (await house.agency()).client()
    answer = await house.gateway.get(f"/client-portal/{client.token}", headers=BROWSER)
    assert answer.status_code == 200
    assert client.token not in answer.text
    assert (await house.gateway.get("/client-portal", headers=BROWSER)).text == answer.text


async def test_a_browser_gets_a_page_and_a_program_a_problem_where_there_is_nothing(house: House) -> None:
    page = await house.gateway.get("/nowhere", headers=BROWSER)
    problem = await house.gateway.get("/nowhere")
    api = await house.gateway.get("/api/nowhere", headers=BROWSER)
    assert (page.status_code, problem.status_code, api.status_code) == (404, 404, 404)
    assert page.headers["content-type"].startswith("text/html")
    assert problem.headers["content-type"] == api.headers["content-type"] == "application/problem+json"
    assert problem.json()["code"] == "not_found"


@pytest.mark.parametrize("status", [404, 413, 429, 502, 503, 504])
async def test_the_gateways_errors_have_the_body_of_every_other_error(house: House, status: int) -> None:
    answer = await house.gateway.get(f"/_gateway/errors/{status}")
    body = answer.json()
    assert answer.status_code == body["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert body["detail"] == body["message"] == body["error"]
    assert "x-ratelimit-remaining" in answer.headers


@pytest.mark.parametrize("status", ["200", "302", "600", "-1", "x"])
async def test_the_gateways_error_page_makes_no_other_answers(house: House, status: str) -> None:
    assert (await house.gateway.get(f"/_gateway/errors/{status}")).status_code == 404


async def test_the_sign_in_page_is_there_as_soon_as_its_agency_is(house: House) -> None:
    agency = await house.agency(name="Northwind & Sons")
    answer = await house.gateway.get(f"/portal/{agency.slug}", headers=BROWSER)
    assert answer.status_code == 200
    assert "<title>Northwind &amp; Sons</title>" in answer.text
    assert policy_of(dict(answer.headers))["script-src"] == "'self'"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("slug", ["nobody-has-this", "a%00b", "x" * 3000, "%F0%9F%98%80", "%3Cscript%3E"])
async def test_the_sign_in_page_of_nobody_says_so(house: House, slug: str) -> None:
    answer = await house.gateway.get(f"/portal/{slug}", headers=BROWSER)
    assert answer.status_code == 404
    assert "There is no portal here" in answer.text
    assert "script" not in answer.text


async def test_the_sign_in_page_tells_its_script_whether_there_may_be_a_session_and_never_which(house: House) -> None:
    agency = await house.agency()
    session = await (await agency.client()).session()
    stranger = await house.gateway.get(f"/portal/{agency.slug}")
    known = await session.browser.get(f"/portal/{agency.slug}")
    assert 'data-session="none"' in stranger.text
    assert 'data-session="maybe"' in known.text
    assert known.text.replace('"maybe"', '"none"') == stranger.text
    assert "set-cookie" not in known.headers


@pytest.mark.parametrize(
    "path", ["/portal/{slug}", "/portal/{slug}/", "/client-portal/{token}", "/app/invitation", "/app/reset-password"]
)
async def test_asking_for_the_head_of_a_page_is_answered_as_asking_for_the_page(house: House, path: str) -> None:
    agency = await house.agency()
    address = path.format(slug=agency.slug, token=(await agency.client()).token)
    head, page = await house.gateway.head(address), await house.gateway.get(address)
    assert head.status_code == page.status_code == 200
    assert head.content == b""
    assert (await house.gateway.post(address)).status_code == 405


async def test_a_link_that_has_ended_offers_the_sign_in_page_if_it_was_opened_before(house: House) -> None:
    agency = await house.agency()
    opened, unopened = await agency.client(), await agency.client()
    assert (await opened.http.post("/api/portal/opened", json={})).status_code == 204
    house.clock.advance(days=30, seconds=1)
    way = f'href="/portal/{agency.slug}"'
    for client, offered in ((opened, True), (unopened, False)):
        answer = await house.gateway.get(f"/client-portal/{client.token}", headers=BROWSER)
        assert answer.status_code == 404
        assert (way in answer.text) is offered


async def test_search_engines_are_kept_out_of_every_private_page(house: House) -> None:
    rules = (await house.gateway.get("/robots.txt")).text
    for path in ("/app/", "/client-portal", "/pay", "/portal/"):
        assert f"Disallow: {path}\n" in rules
    agency = await house.agency()
    for path in (f"/portal/{agency.slug}", "/app/invitation", "/client-portal"):
        assert 'name="robots" content="noindex, nofollow"' in (await house.gateway.get(path)).text


GERMAN = BROWSER | {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/", "Ein ruhiger Raum"),
        ("/nowhere", "Hier ist nichts"),
        ("/portal/nobody-has-this", "Hier ist kein Portal"),
        ("/client-portal/abc", "Dieser Link öffnet kein Portal"),
        ("/intake/nobody/nothing", "Dieses Formular ist nicht offen"),
        ("/_gateway/errors/503", "Ein Teil des Dienstes antwortet nicht"),
        ("/_gateway/errors/418", "Das hat nicht geklappt"),
    ],
)
async def test_pages_without_a_script_speak_their_readers_language(house: House, path: str, said: str) -> None:
    german = await house.gateway.get(path, headers=GERMAN)
    assert said in german.text
    assert '<html lang="de"' in german.text
    assert {"Accept-Language", "Cookie"} <= set(german.headers["vary"].split(", "))
    english = await house.gateway.get(path, headers=BROWSER)
    assert said not in english.text
    assert '<html lang="en"' in english.text


async def test_what_was_chosen_on_the_device_holds_for_pages_without_a_script_too(house: House) -> None:
    chosen = GERMAN | {"Cookie": "portico-language=en; portico-theme=dark"}
    body = (await house.gateway.get("/nowhere", headers=chosen)).text
    assert '<html data-theme="dark" lang="en">' in body
    assert "There is nothing here" in body


def test_documents_say_the_same_in_both_languages() -> None:
    english, german = (json.loads((WEB / "html" / f"{language}.json").read_text()) for language in ("en", "de"))
    assert {(part, key) for part in english for key in english[part]} == {
        (part, key) for part in german for key in german[part]
    }
    assert all(set(said) == {"title", "text"} for words in (english, german) for said in words["said"].values())
