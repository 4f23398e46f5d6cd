"""Production by docker-compose, for real: the whole story over HTTPS, what survives, and what is refused.

Needs a Docker engine, so it runs only when asked for: PORTICO_TEST_COMPOSE=1 pytest tests/compose
"""

import io
import os
import secrets
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pypdf import PdfReader

from tests.compose.certificate import write_certificate
from tests.compose.deployment import Deployment, bridge_address, deployment
from tests.e2e.outside import Outside, outside
from tests.e2e.story import Story, eventually, ok
from tests.e2e.telling import Papers, Told, mail_to, sha256, tell, write_contract
from tests.ports import free_ports

pytestmark = [
    pytest.mark.skipif(os.environ.get("PORTICO_TEST_COMPOSE") != "1", reason="set PORTICO_TEST_COMPOSE=1"),
    pytest.mark.timeout(1800),
]


@pytest.fixture(scope="module")
def world() -> Iterator[Outside]:
    with outside(bridge_address()) as made:
        yield made


@pytest.fixture(scope="module")
def settings() -> dict[str, str]:
    """What `.env` has to have, and ports that are free."""
    http, https, mailpit = free_ports(3)
    return {
        "PORTICO_PUBLIC_URL": f"https://localhost:{https}",
        "PORTICO_SECRET_KEY": secrets.token_hex(32),
        "POSTGRES_PASSWORD": secrets.token_hex(32),
        "NATS_PASSWORD": secrets.token_hex(32),
        "PORTICO_PUBLISH_HTTP": str(http),
        "PORTICO_PUBLISH_HTTPS": str(https),
        "PORTICO_PUBLISH_MAILPIT": str(mailpit),
    }


@pytest.fixture(scope="module")
def production(ground: Path, world: Outside, settings: dict[str, str]) -> Iterator[Deployment]:
    """Healthy, with the world outside in its `.env`."""
    reached = {
        "PORTICO_SMTP_URL": world.smtp.url,
        "PORTICO_MAIL_FROM": "Portico <portal@agency.test>",
        "PORTICO_ALLOW_PRIVATE_WEBHOOKS": "true",
        "STRIPE_SECRET_KEY": world.stripe.secret_key,
        "STRIPE_WEBHOOK_SECRET": world.stripe.webhook_secret,
        "STRIPE_API_BASE": world.stripe.url,
    }
    with deployment(ground, f"portico-test-{secrets.token_hex(4)}", settings | reached) as made:
        made.compose("build")
        made.up()
        yield made


@pytest.fixture(scope="module")
def papers(ground: Path) -> Papers:
    return Papers.made_in(ground)


@pytest.fixture(scope="module")
def url(production: Deployment) -> str:
    return production.settings["PORTICO_PUBLIC_URL"]


@pytest.fixture(scope="module")
def story(url: str) -> Story:
    """Its gateway has made itself a certificate that nobody knows."""
    return Story(url, verify=False)


@pytest.fixture(scope="module")
def told(story: Story, world: Outside, papers: Papers) -> Told:
    return tell(story, world, papers, pay=lambda invoice: story.pay_with_stripe(invoice, world.stripe))


def test_http_leads_to_https(production: Deployment, url: str) -> None:
    plain = f"http://localhost:{production.settings['PORTICO_PUBLISH_HTTP']}"
    answer = httpx.get(f"{plain}/client-portal/x?y=1")
    assert answer.status_code in (301, 308)
    assert answer.headers["location"] == f"{url}/client-portal/x?y=1"
    assert httpx.get(url, verify=False).headers["strict-transport-security"].startswith("max-age=")


def test_the_story_is_told_over_https(told: Told) -> None:
    assert told.invoice["status"] == "paid"


def test_production_has_no_sandbox_and_no_mailbox_page(url: str) -> None:
    assert httpx.get(f"{url}/dev/mailbox", verify=False).status_code == 404


@pytest.mark.parametrize("name", ["山田 太郎", "김철수", "محمد", "सुनीता", "สมชาย"])
def test_a_name_in_another_script_is_drawn_on_the_certificate(
    story: Story, told: Told, ground: Path, name: str
) -> None:
    story.log_in()
    project = story.start_project(ok(story.staff.get("/api/clients"))[0]["id"])
    write_contract(ground / "another.pdf")
    signed = story.sign(story.upload(project["id"], ground / "another.pdf")["id"], name)
    where = f"/api/files/{signed['signature']['sealedFileId']}/content"
    sealed = story.client.get(where, params={"token": story.token}).content
    # A name without a font would be boxes of a font that is there anyway.
    drawing = fonts(sealed) - fonts(told.sealed)
    assert any(font.startswith(("WenQuanYi", "DejaVuSans", "Free")) for font in drawing)


def fonts(pdf: bytes) -> set[str]:
    """Of the certificate page, without the prefixes that subsets have."""
    found: Any = PdfReader(io.BytesIO(pdf)).pages[-1]["/Resources"]["/Font"]
    return {str(font.get_object()["/BaseFont"]).split("+")[-1] for font in found.values()}


def test_services_find_database_and_broker_again(production: Deployment, world: Outside, url: str) -> None:
    production.compose("restart", "postgres", "nats")
    eventually(production.all_ready, "readiness after a restart", patience=90)
    eventually(production.is_healthy, "health after a restart", patience=90)
    later = Story(url, verify=False)
    later.register()
    later.add_client()
    assert later.token in mail_to(world, later.client_email, "Welcome").part("plain")


def test_down_and_up_keep_everything_and_take_a_certificate_of_ones_own(
    production: Deployment, story: Story, told: Told, papers: Papers, ground: Path, url: str
) -> None:
    story.log_in()
    before = ok(story.staff.get("/api/invoices"))
    production.compose("down")
    assert production.containers() == {}
    certificates = ground / "certificates"
    authority = write_certificate(certificates)
    production.settings |= {
        "PORTICO_CERTIFICATES": str(certificates),
        "PORTICO_TLS_CERTIFICATE": "/certificates/tls.crt",
        "PORTICO_TLS_KEY": "/certificates/tls.key",
    }
    production.up()
    again = Story(url, verify=ssl.create_default_context(cafile=str(authority)))
    again.owner_email = story.owner_email
    again.log_in()
    assert ok(again.staff.get("/api/invoices")) == before
    assert again.download_hash(again.staff, told.film["id"]) == sha256(papers.film)


def test_without_a_mail_server_mails_go_to_mailpit(production: Deployment, world: Outside, url: str) -> None:
    del production.settings["PORTICO_SMTP_URL"]
    production.up()
    story = Story(url, verify=False)
    story.register()
    story.add_client()
    assert ok(story.staff.get("/api/clients"))[0]["email"] == story.client_email
    eventually(lambda: "mail_sent" in production.compose("logs", "notify").stdout, "a mail to Mailpit")
    assert world.smtp.to(story.client_email) == []


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        ("PORTICO_SECRET_KEY", None, "set PORTICO_SECRET_KEY in .env"),
        ("PORTICO_SECRET_KEY", "0123456789abcdef", "PORTICO_SECRET_KEY has 16 bytes, fewer than 32"),
        ("PORTICO_SECRET_KEY", "changeme" * 8, "PORTICO_SECRET_KEY is easy to guess"),
        ("POSTGRES_PASSWORD", None, "set POSTGRES_PASSWORD in .env"),
        ("POSTGRES_PASSWORD", "postgres", "POSTGRES_PASSWORD has 8 bytes, fewer than 16"),
        ("NATS_PASSWORD", None, "set NATS_PASSWORD in .env"),
    ],
)
def test_a_missing_or_default_secret_is_refused(
    ground: Path, settings: dict[str, str], production: Deployment, variable: str, value: str | None, message: str
) -> None:
    others = {name: kept for name, kept in settings.items() if name != variable}
    refused = others if value is None else others | {variable: value}
    with deployment(ground, f"{production.project}-refused", refused) as made:
        started = made.compose("up", "-d", check=False)
        assert started.returncode != 0
        logged = made.compose("logs", "check", check=False).stdout if value else ""
        assert message in started.stderr + logged
        assert [state for state in made.containers().values() if state.startswith("Up")] == []
