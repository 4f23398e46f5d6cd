"""No input makes a 5xx or an undocumented answer: schemathesis over the whole OpenAPI document, through Traefik."""

import os

import hypothesis
import pytest
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.e2e.story import Story
from tests.trust.document import document

EXAMPLES = int(os.environ.get("PORTICO_FUZZ_EXAMPLES", "10"))
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]

# Logout would end the session that the other operations are called with.
schema = schemathesis.openapi.from_dict(document()).exclude(path="/api/auth/logout")


@pytest.fixture(scope="module")
def credentials(story_url: str) -> dict[str, dict[str, str]]:
    """Headers of an owner and of a client who have a project, a file and an invoice."""
    story = Story(story_url)
    story.register()
    client = story.add_client()
    project = story.start_project(client["id"])
    story.bill(client["id"], project["id"])
    return {"staff": {"Authorization": f"Bearer {story.jwt}"}, "client": {"X-Portal-Token": story.token}}


@pytest.mark.parametrize("who", ["staff", "client"])
@schema.parametrize()
@hypothesis.settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(hypothesis.HealthCheck),
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
)
def test_any_input_gets_a_documented_answer(
    case: schemathesis.Case, credentials: dict[str, dict[str, str]], who: str, story_url: str
) -> None:
    case.call_and_validate(base_url=story_url, headers=credentials[who], checks=CHECKS)
