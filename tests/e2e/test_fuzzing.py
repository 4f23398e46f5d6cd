"""No input makes a 5xx or an undocumented answer: schemathesis over the whole OpenAPI document, through Traefik."""

import os
import time
from collections.abc import Iterator
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import hypothesis
import pytest
import requests
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.e2e.story import Story, ok
from tests.trust.document import document

EXAMPLES = int(os.environ.get("PORTICO_FUZZ_EXAMPLES", "10"))
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]

# Logging out would end the session that the other operations are called with. Event streams are no answers that end:
# test_live.py calls them.
schema = (
    schemathesis.openapi.from_dict(document())
    .exclude(path_regex="/logout$")
    .exclude(path_regex="^/api/(portal/)?events$")
)
WHO = ("staff", "machine", "portal token", "session")
# Hundreds of calls use up what one address may do; other stories come from 127.0.0.1.
ADDRESS = "127.0.0.77"
# An access token lives for 15 minutes, and a long run goes on for hours.
RENEW_AFTER_S = 600


class Callers:
    """An owner, the agency's backend, and two clients who have a project and an invoice each."""

    def __init__(self, story: Story) -> None:
        self._story, self._renew_at = story, 0.0
        story.register()
        client = story.add_client()
        story.bill(client["id"], story.start_project(client["id"])["id"])
        scopes = {"name": "Backend", "scopes": ["read", "write", "custodian"]}
        machine = bearer(ok(story.staff.post("/api/api-keys", json=scopes), 201)["key"])
        wanted = {"name": "Signed in", "email": f"signed-in-{story.mark}@client.test"}
        made = ok(story.anyone.post("/api/v1/custodians/clients", json=wanted, headers=machine), 201)
        story.bill(made["id"], story.start_project(made["id"])["id"])
        self._custodians = f"/api/v1/custodians/clients/{made['id']}"
        self._headers = {
            "staff": bearer(story.jwt),
            "machine": machine,
            "portal token": {"X-Portal-Token": story.token},
        }

    def headers(self, who: str) -> dict[str, str]:
        """The credential of one of them."""
        if who == "session" and time.monotonic() > self._renew_at:
            otp = ok(self._story.anyone.get(f"{self._custodians}/web-otp", headers=self._headers["machine"]))["otp"]
            signed_in = ok(self._story.anyone.post("/api/v1/portal/auth/otp", json={"otp": otp}))
            self._headers[who] = bearer(signed_in["accessToken"])
            self._renew_at = time.monotonic() + RENEW_AFTER_S
        return self._headers[who]


class FromAddress(requests.adapters.HTTPAdapter):
    """Calls from an address of its own."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs, source_address=(ADDRESS, 0))


def bearer(credential: str) -> dict[str, str]:
    """The header that a credential is sent in."""
    return {"Authorization": f"Bearer {credential}"}


@pytest.fixture(scope="module")
def callers(story_url: str) -> Callers:
    """Everybody who calls."""
    return Callers(Story(story_url))


@pytest.fixture(scope="module")
def network() -> Iterator[requests.Session]:
    """What the calls are sent through."""
    with requests.Session() as session:
        session.mount("http://", FromAddress())
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        yield session


@pytest.mark.parametrize("who", WHO)
@schema.parametrize()
@hypothesis.settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(hypothesis.HealthCheck),
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
)
def test_any_input_gets_a_documented_answer(
    case: schemathesis.Case, callers: Callers, network: requests.Session, who: str, story_url: str
) -> None:
    case.call_and_validate(base_url=story_url, session=network, headers=callers.headers(who), checks=CHECKS)
