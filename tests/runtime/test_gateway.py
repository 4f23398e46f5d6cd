"""The gateway: Traefik with the configuration of deploy/traefik, in front of five stand-ins."""

import itertools
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from cli.embedded.port_book import first_free_from
from cli.embedded.server import run
from cli.embedded.traefik import prepare_traefik
from tests.routing import patterns, service_of
from tests.runtime.echo import PAUSE_SECONDS, EchoServer, echo_services

ROUTES = {
    "auth": (
        *("/api/auth/login", "/api/clients", "/api/clients/7", "/api/companies", "/api/members"),
        *("/api/invitations", "/api/api-keys", "/api/sessions", "/api/v1/portal/auth/validate"),
        *("/api/v1/custodians/clients", "/api/v1/clients/me/wallet", "/.well-known/jwks.json"),
    ),
    "projects": (
        *("/api/projects/1/tasks", "/api/files/1/content", "/api/tasks/1", "/api/threads/1/messages"),
        *(
            "/api/time-entries",
            "/api/timer",
            "/api/contracts/verify",
            "/api/contract-templates",
            "/api/ai",
            "/api/activity",
            "/api/reports/hours",
        ),
        *("/api/portal/messages", "/api/portal/sign/1"),
    ),
    "billing": (
        *("/api/invoices/1/pdf", "/api/credit-notes/1", "/api/quotes", "/api/payments", "/api/disputes"),
        *("/api/reminder-settings", "/api/recurring-invoices/1/upcoming"),
        *("/api/reports/income", "/api/reports/outstanding"),
        *("/api/payment-account", "/api/webhooks/stripe/1", "/pay/1"),
    ),
    "notify": (
        *("/api/zapier", "/api/webhook-deliveries/1/replay", "/api/events", "/api/portal/events"),
        *("/api/export", "/api/notification-preferences", "/dev/mailbox", "/dev/mailbox.json", "/unsubscribe"),
    ),
    "portal": (
        *("/", "/api/portal", "/api/v1/client-portal/config", "/api/v1/portal/me", "/api/v1/portal/authority"),
        *("/api/intake-forms", "/api/leads", "/api/openapi.json", "/docs", "/client-portal/x"),
        *("/portal", "/app", "/assets/app.js", "/api/portal/intake/a/b", "/api/portal/signature", "/no/such"),
        *("/api/filesystem", "/api/clientsx", "/payments", "/x/api/files", "/api", "/dev/mailboxes"),
        *("/api/reports", "/api/reports/incomes"),
    ),
}


@pytest.fixture(scope="module")
def services() -> Iterator[dict[str, EchoServer]]:
    with echo_services() as servers:
        yield servers


@pytest.fixture(scope="module")
def gateway(services: dict[str, EchoServer], tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    directory = tmp_path_factory.mktemp("traefik")
    port = first_free_from(28_000, "127.0.0.1")
    urls = {f"PORTICO_{name.upper()}_URL": server.url for name, server in services.items()}
    program = prepare_traefik(directory, urls, host="127.0.0.1", port=port)
    base_url = f"http://127.0.0.1:{port}"
    with (
        run(program, base_url, log=directory / "traefik.log", files=directory),
        httpx.Client(base_url=base_url) as client,
    ):
        yield client


@pytest.mark.parametrize(("service", "path"), [(name, path) for name, paths in ROUTES.items() for path in paths])
def test_a_path_reaches_the_service_that_owns_it(gateway: httpx.Client, service: str, path: str) -> None:
    assert gateway.get(path).json()["service"] == service == service_of(path)
    assert gateway.post(path, json={}).json()["service"] == service


def test_no_two_services_claim_one_path() -> None:
    for path in itertools.chain.from_iterable(ROUTES.values()):
        assert sum(bool(pattern.search(path)) for pattern in patterns().values()) <= 1, path


def test_what_a_client_claims_to_be_forwarded_for_is_not_believed(gateway: httpx.Client) -> None:
    claimed = {
        "X-Forwarded-For": "203.0.113.9",
        "X-Forwarded-Host": "evil.test",
        "X-Forwarded-Proto": "https",
        "X-Real-Ip": "203.0.113.9",
        "X_Forwarded_For": "203.0.113.9",
        "Forwarded": "for=203.0.113.9",
    }
    headers = gateway.get("/api/auth/me", headers=claimed).json()["headers"]
    assert headers["x-forwarded-for"] == "127.0.0.1"
    assert headers["x-real-ip"] == "127.0.0.1"
    assert headers["x-forwarded-proto"] == "http"
    assert "evil.test" not in headers["x-forwarded-host"]
    assert "x_forwarded_for" not in headers


def test_a_large_body_is_refused_except_where_files_are_uploaded(gateway: httpx.Client) -> None:
    body = b"x" * (8 * 1024 * 1024 + 1)
    for path in ("/api/invoices", "/api/v1/portal/client", "/api/v1/client-portal/config"):
        refused = gateway.post(path, content=body)
        assert refused.status_code == 413
        assert refused.json()["path"] == "/_gateway/errors/413"
    for path in (
        "/api/files",
        "/api/contracts/verify",
        "/api/portal/intake/a/b",
        "/api/v1/client-portal/config/logo",
        "/api/v1/portal/client/avatar",
    ):
        assert gateway.post(path, content=body).json()["received"] == len(body)


def test_a_body_up_to_the_limit_passes_whole(gateway: httpx.Client) -> None:
    body = b"x" * (8 * 1024 * 1024)
    assert gateway.put("/api/projects/1", content=body).json()["received"] == len(body)


def test_an_event_stream_is_passed_on_as_it_comes(gateway: httpx.Client) -> None:
    arrivals = []
    with gateway.stream("GET", "/api/events/stream") as response:
        for line in response.iter_lines():
            if line.startswith("data:"):
                arrivals.append((time.monotonic(), float(line.split()[2])))
    # The first event is here before the second is sent: nothing waits for the end of the answer.
    assert len(arrivals) == 2
    assert arrivals[0][0] < arrivals[1][1]
    assert arrivals[1][1] - arrivals[0][1] >= PAUSE_SECONDS


def test_answers_carry_security_headers_and_no_software_names(gateway: httpx.Client) -> None:
    headers = gateway.get("/api/auth/me").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers
    assert "x-powered-by" not in headers
    # Plain HTTP must not pin a browser to HTTPS.
    assert "strict-transport-security" not in headers


def test_a_service_keeps_its_own_error_bodies(gateway: httpx.Client) -> None:
    for status in (400, 404, 409, 500, 503):
        answer = gateway.get(f"/api/auth/status/{status}")
        assert answer.status_code == status
        assert answer.json()["service"] == "auth"


def test_the_gateway_has_no_dashboard_of_its_own(gateway: httpx.Client) -> None:
    for path in ("/api/rawdata", "/dashboard/", "/ping", "/metrics", "/debug/vars"):
        assert gateway.get(path).json()["service"] == "portal"


def test_a_service_that_is_down_answers_with_a_problem_from_portal(
    services: dict[str, EchoServer], tmp_path: Path
) -> None:
    urls = {f"PORTICO_{name.upper()}_URL": server.url for name, server in services.items()}
    nobody = first_free_from(29_000, "127.0.0.1")
    port = first_free_from(nobody + 1, "127.0.0.1")
    program = prepare_traefik(
        tmp_path, urls | {"PORTICO_BILLING_URL": f"http://127.0.0.1:{nobody}"}, host="127.0.0.1", port=port
    )
    base_url = f"http://127.0.0.1:{port}"
    with run(program, base_url, log=tmp_path / "traefik.log", files=tmp_path):
        for answer in (httpx.get(f"{base_url}/api/invoices"), httpx.post(f"{base_url}/api/invoices", json={})):
            assert answer.status_code == 502
            assert answer.json()["service"] == "portal"
            assert answer.json()["path"] == "/_gateway/errors/502"
        assert httpx.get(f"{base_url}/api/auth/me").json()["service"] == "auth"
