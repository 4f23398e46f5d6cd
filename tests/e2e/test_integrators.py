"""The examples for integrators work as they stand in docs/integrators.md."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.outside import Outside, outside
from tests.e2e.stack import ROOT, Stack, portico_up
from tests.e2e.story import Story, eventually, ok

EXAMPLES = dict(
    re.findall(r"<!-- example: (\S+) -->\n```python\n(.*?)```", (ROOT / "docs/integrators.md").read_text(), re.DOTALL)
)


@pytest.fixture(scope="module")
def receivers() -> Iterator[Outside]:
    with outside() as made:
        yield made


@pytest.fixture(scope="module")
def stack(ground: Path) -> Iterator[Stack]:
    """A deployment whose mails lie in the development mailbox."""
    with portico_up(ground / "integrators", PORTICO_ALLOW_PRIVATE_WEBHOOKS="true") as running:
        yield running


@pytest.fixture(scope="module")
def story(stack: Stack) -> Story:
    return Story(stack.url)


@pytest.fixture(scope="module")
def variables(stack: Stack, story: Story) -> dict[str, str]:
    """What the page asks its reader to set."""
    slug = story.register()["agency"]["slug"]
    story.add_client()
    keys = {}
    for variable, scopes in (("PORTICO_API_KEY", ["read", "write"]), ("PORTICO_CUSTODIAN_KEY", ["custodian"])):
        keys[variable] = ok(story.staff.post("/api/api-keys", json={"name": "Key", "scopes": scopes}), 201)["key"]
    return {"PORTICO_API": stack.url, "AGENCY_SLUG": slug, "CLIENT_EMAIL": story.client_email} | keys


def run(example: str, variables: dict[str, str], stdin: bytes = b"") -> str:
    """The example in an interpreter of its own, with nothing of ours on its path."""
    environment = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG")}
    told = subprocess.run(
        [sys.executable, "-c", EXAMPLES[example]],
        input=stdin,
        env=environment | variables,
        capture_output=True,
        timeout=60,
    )
    assert told.returncode == 0, told.stdout.decode() + told.stderr.decode()
    return told.stdout.decode()


def test_the_page_has_an_example_for_each_dialect() -> None:
    assert set(EXAMPLES) == {"agency", "client-portal", "magic-link", "custodian", "leads", "webhook"}


def test_the_agency_s_work(variables: dict[str, str]) -> None:
    told = run("agency", variables | {"CLIENT_EMAIL": "ada@engines.test"})
    assert told.startswith("INV-0001 1379.4 http")


def test_invitations_and_portal_links(variables: dict[str, str]) -> None:
    told = run("client-portal", variables)
    assert f"{variables['PORTICO_API']}/client-portal/" in told


def test_clients_who_sign_in_by_mail(variables: dict[str, str]) -> None:
    assert run("magic-link", variables).splitlines()[0] == "Ada"


def test_clients_of_your_own_product(variables: dict[str, str]) -> None:
    assert f"/portal/{variables['AGENCY_SLUG']}#otp=" in run("custodian", variables)


def test_leads(variables: dict[str, str]) -> None:
    told = run("leads", variables).splitlines()
    assert told == ["A website for our pottery.", "Mira Okafor · Pottery website"]


def test_webhooks(variables: dict[str, str], story: Story, receivers: Outside) -> None:
    address = receivers.receiver.url("/integrator", receivers.host)
    endpoint = ok(story.staff.post("/api/zapier", json={"url": address, "events": ["client.created"]}), 201)
    made = ok(story.staff.post("/api/clients", json={"name": "New", "email": "new@client.test"}), 201)
    eventually(lambda: receivers.receiver.at("/integrator"), "the webhook")
    received = receivers.receiver.at("/integrator")[0]
    signed = {name.lower(): value for name, value in received.headers.items() if name.lower().startswith("webhook-")}
    secret = {"WEBHOOK_SECRET": endpoint["secret"]}
    assert run("webhook", secret | signed, received.body) == f"client.created {made['id']}\n"
    signed["webhook-id"] += "0"
    with pytest.raises(AssertionError, match="not from Portico"):
        run("webhook", secret | signed, received.body)


def test_every_file_that_the_page_names_is_there() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / "docs/integrators.md").read_text())
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []
