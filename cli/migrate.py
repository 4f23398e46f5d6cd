"""`portico migrate [SERVICE]`: brings databases up to date; safe to run twice, and by two at once."""

from cli.services import SERVICES


def migrate(database_url: str, secret_key: str, services: tuple[str, ...] = SERVICES) -> None:
    """Creates what is missing, applies what is new; `database_url` names a role that may create databases."""
    from chassis.migrations import migrate as migrate_service

    for service in services:
        migrate_service(service, database_url, secret_key)
        print(f"{service}: up to date", flush=True)
