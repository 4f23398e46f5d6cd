"""Nobody adds a column in which something may be said of a client without deciding what its erasure does to it."""

from importlib import import_module

import pytest

from chassis.erasing import Columns
from chassis.exporting import LEFT_OUT
from chassis.secrets import Vault
from services.notify.erasing import plan as notify_plan
from tests.house import SERVICES
from tests.rights.catalogue import Column, superuser, tenanted

TEXTUAL = {"text", "json", "jsonb", "character varying", "text[]", "jsonb[]"}
# What the chassis keeps for every service is forgotten by the chassis, and names nobody where it stands.
OF_THE_CHASSIS = LEFT_OUT | {"erasures"}


def declarations(service: str) -> dict[str, Columns]:
    if service == "notify":
        return dict(notify_plan(Vault(b"0" * 32)).tables)
    return dict(import_module(f"services.{service}.erasing").PLAN.tables)


async def there_are(postgres: str, service: str) -> dict[str, list[Column]]:
    async with superuser(postgres, service) as connection:
        tables = await tenanted(connection)
    return {name: columns for name, columns in tables.items() if name not in OF_THE_CHASSIS}


@pytest.mark.parametrize("service", SERVICES)
async def test_what_erasure_does_is_decided_for_every_column_of_text(
    postgres: str, variables: dict[str, str], service: str
) -> None:
    declared = declarations(service)
    undecided = [
        f"{table}.{column.name}"
        for table, columns in (await there_are(postgres, service)).items()
        for column in columns
        if column.type in TEXTUAL and column.name not in declared.get(table, Columns()).declared
    ]
    assert undecided == [], f"decide in services/{service}/erasing.py"


@pytest.mark.parametrize("service", SERVICES)
async def test_what_is_declared_is_there(postgres: str, variables: dict[str, str], service: str) -> None:
    tables = await there_are(postgres, service)
    gone = [
        f"{table}.{name}"
        for table, columns in declarations(service).items()
        for name in columns.declared
        if name not in {column.name for column in tables.get(table, [])}
    ]
    assert gone == []


@pytest.mark.parametrize("service", SERVICES)
def test_no_column_is_decided_about_twice(service: str) -> None:
    for table, columns in declarations(service).items():
        assert len(columns.declared) == len(set(columns.declared)), table


@pytest.mark.parametrize("service", SERVICES)
def test_what_is_kept_is_kept_for_a_reason(service: str) -> None:
    for table, columns in declarations(service).items():
        for name, reason in columns.kept.items():
            assert len(reason) > 10, f"{table}.{name}"
