"""The development mailbox shows what would have been mailed, to people and programs, and exists nowhere else."""

from typing import Any

from chassis.storage import ObjectStore
from services.notify.main import build_app
from services.notify.tests.office import Guarded, Office
from services.notify.tests.test_mails import file_of


async def mails_to(guarded: Guarded, address: str, count: int = 1) -> list[dict[str, Any]]:
    async def enough() -> list[dict[str, Any]] | None:
        found = await guarded.house.mails(address)
        return found if len(found) >= count else None

    return list(await guarded.house.eventually(enough))


async def test_the_newest_mail_comes_first_with_links_text_and_html(guarded: Guarded) -> None:
    agency = await guarded.house.agency("Studio North")
    client = await agency.client()
    await mails_to(guarded, client.email)

    await guarded.tell("projects.file.uploaded", agency, file_of(client), internal={"notify": True})

    newest, welcome = await mails_to(guarded, client.email, 2)
    assert newest["subject"] == "Studio North shared homepage.pdf with you"
    assert welcome["subject"] == "Welcome to Studio North"
    assert welcome["to"] == client.email
    assert welcome["links"] == [f"http://localhost:8080/client-portal/{client.token}"]
    assert client.token in welcome["text"]
    assert client.token in welcome["html"]
    assert welcome["attachments"] == []


async def test_attachments_can_be_downloaded(guarded: Guarded) -> None:
    agency = await guarded.house.agency()
    client = await agency.client()
    await mails_to(guarded, client.email)
    await ObjectStore(guarded.house.environment["PORTICO_STORAGE_URL"]).put("sealed/two.pdf", b"%PDF-1.7 sealed")
    signed = file_of(client, name="Vertrag ü.pdf", signature={"name": "Ada", "signedAt": "2027-03-01T10:00:00.000Z"})

    await guarded.tell("projects.file.signed", agency, signed, by=client, internal={"storageKey": "sealed/two.pdf"})

    (copy, _) = await mails_to(guarded, client.email, 2)
    (attachment,) = copy["attachments"]
    assert (attachment["name"], attachment["size"]) == ("Vertrag ü (signed).pdf", 15)
    answer = await guarded.house.gateway.get(attachment["url"])
    assert answer.content == b"%PDF-1.7 sealed"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert (await guarded.house.gateway.get(attachment["url"][:-1] + "9")).status_code == 404


async def test_the_page_runs_no_script_and_shows_the_mail_in_a_sandbox(guarded: Guarded) -> None:
    agency = await guarded.house.agency("<script>alert(1)</script>")
    client = await agency.client()
    (mail,) = await mails_to(guarded, client.email)
    gateway = guarded.house.gateway

    page = await gateway.get("/dev/mailbox")
    detail = await gateway.get(f"/dev/mailbox/{mail['id']}")
    preview = await gateway.get(f"/dev/mailbox/{mail['id']}/html")
    style = await gateway.get("/dev/mailbox/style.css")

    assert [one.status_code for one in (page, detail, preview, style)] == [200] * 4
    for one in (page, detail, preview):
        assert "<script" not in one.text
        assert "script-src" not in one.headers["content-security-policy"]
        assert one.headers["content-security-policy"].count("default-src 'none'") == 1
    assert preview.headers["content-security-policy"].startswith("sandbox ")
    assert "allow-scripts" not in preview.headers["content-security-policy"] + detail.text
    assert f'src="/dev/mailbox/{mail["id"]}/html"' in detail.text
    assert style.headers["content-type"].startswith("text/css")
    assert (await gateway.get("/dev/mailbox/nonsense")).status_code == 404


async def test_there_is_no_mailbox_where_a_mail_server_is_set_or_in_production(office: Office) -> None:
    settings = office.house.chassis("notify").settings
    without_server = settings.model_copy(update={"smtp_url": None})
    production = settings.model_copy(update={"env": "production", "smtp_url": None})

    def paths(app: Any) -> set[str]:
        return {getattr(route, "path", "") for route in app.routes}

    assert "/dev/mailbox" in paths(build_app(without_server))
    assert "/dev/mailbox" not in paths(build_app(production))
    for path in ("/dev/mailbox", "/dev/mailbox.json"):
        assert (await office.house.http("notify").get(path)).status_code == 404
