"""`portico migrate [SERVICE]`: brings databases up to date; safe to run twice, and by two at once."""

from collections.abc import Mapping

from cli.checks.weakness import HOW_TO_MAKE_ONE, weak_secrets
from cli.embedded.failure import CannotStart
from cli.services import SERVICES


def migrate(database_url: str, secret_key: str, services: tuple[str, ...] = SERVICES) -> None:
    """Creates what is missing, applies what is new; `database_url` names a role that may create databases."""
    from chassis.migrations import migrate as migrate_service

    for service in services:
        migrate_service(service, database_url, secret_key)
        print(f"{service}: up to date", flush=True)


def refuse_weak_secrets(environment: Mapping[str, str]) -> None:
    """Called in production before anything is made: every other part waits for the migration."""
    if found := list(weak_secrets(environment)):
        raise CannotStart("Refused in production: " + "; ".join(found) + ".", mend=HOW_TO_MAKE_ONE)
