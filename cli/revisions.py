"""Whether the databases are at the newest migration, found out in a few milliseconds.

Loading Alembic and comparing five databases one after the other would cost every start a second or more.
"""

import ast
import asyncio
from pathlib import Path
from urllib.parse import urlsplit

from cli.services import ROOT, SERVICES

CONNECT_SECONDS = 5


def are_current(database_url: str, secret_key: str) -> bool:
    """True when each service's owner role can log in and finds its newest revision applied."""

    async def check() -> bool:
        return all(await asyncio.gather(*(_is_current(name, database_url, secret_key) for name in SERVICES)))

    return asyncio.run(check())


async def _is_current(service: str, database_url: str, secret_key: str) -> bool:
    import asyncpg

    from chassis.secrets import database_password

    parts = urlsplit(database_url)
    role = f"portico_{service}_owner"
    try:
        connection = await asyncpg.connect(
            host=parts.hostname,
            port=parts.port or 5432,
            user=role,
            # Logging in with it proves as well that the roles were made with this secret key.
            password=database_password(secret_key, role),
            database=f"portico_{service}",
            timeout=CONNECT_SECONDS,
        )
    except (asyncpg.PostgresError, OSError, TimeoutError):
        return False
    try:
        applied = await connection.fetch("SELECT version_num FROM alembic_version")
    except asyncpg.PostgresError:
        return False
    finally:
        await connection.close()
    return {row["version_num"] for row in applied} == newest_revisions(service)


def newest_revisions(service: str) -> set[str]:
    """The revisions of a service that no other revision follows."""
    revisions: set[str] = set()
    followed: set[str] = set()
    for file in (ROOT / "services" / service / "migrations" / "versions").glob("*.py"):
        names = _assigned_names(file)
        if revision := names.get("revision"):
            revisions |= revision
            followed |= names.get("down_revision", set())
    return revisions - followed


def _assigned_names(file: Path) -> dict[str, set[str]]:
    """The string constants each top-level name of a module is assigned."""
    found: dict[str, set[str]] = {}
    for node in ast.parse(file.read_text()).body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            if isinstance(target, ast.Name) and isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                constants = [part.value for part in ast.walk(node.value) if isinstance(part, ast.Constant)]
                found[target.id] = {value for value in constants if isinstance(value, str)}
    return found
