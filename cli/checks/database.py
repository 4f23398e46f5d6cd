"""PostgreSQL: reached, new enough, with a role that may make what Portico needs."""

from urllib.parse import urlsplit

from cli.checks.finding import Finding, good, note, wrong

SECONDS = 5
OLDEST_VERSION = 18
ROOM_FOR_CONNECTIONS = 100


async def check_database(url: str) -> list[Finding]:
    """What the administrator named in `url` sees."""
    import asyncpg

    subject = "database"
    where = urlsplit(url).netloc.rpartition("@")[2]
    try:
        connection = await asyncpg.connect(url, timeout=SECONDS, command_timeout=SECONDS)
    except asyncpg.InvalidAuthorizationSpecificationError as error:
        return [wrong(subject, f"{where}: {error}", "Correct user and password in PORTICO_DATABASE_URL.")]
    except (asyncpg.PostgresError, OSError, TimeoutError, ValueError) as error:
        what = f"no connection to {where}: {str(error) or type(error).__name__}"
        return [wrong(subject, what, "Is the server running, and PORTICO_DATABASE_URL right?")]
    try:
        version = connection.get_server_version()
        role = await connection.fetchrow(
            "SELECT rolname, rolsuper, rolcreatedb AND rolcreaterole AS creates FROM pg_roles WHERE rolname = user"
        )
        room = int(await connection.fetchval("SHOW max_connections"))
        durable = await connection.fetchval("SHOW fsync") == "on"
    finally:
        await connection.close()
    findings = [good(subject, f"PostgreSQL {version.major}.{version.minor} on {where}")]
    if version.major < OLDEST_VERSION:
        findings = [wrong(subject, f"PostgreSQL {version.major} on {where}", f"Upgrade to {OLDEST_VERSION}.")]
    if role and not (role["rolsuper"] or role["creates"]):
        what = f"role {role['rolname']} may not create databases and roles"
        findings.append(wrong(subject, what, f'ALTER ROLE "{role["rolname"]}" CREATEDB CREATEROLE;'))
    if room < ROOM_FOR_CONNECTIONS:
        mend = f"Set it to {ROOM_FOR_CONNECTIONS} or more: five services keep pools of 16 and more each."
        findings.append(note(subject, f"max_connections is {room}", mend))
    if not durable:
        findings.append(wrong(subject, "fsync is off: a power cut loses data", "ALTER SYSTEM SET fsync = on;"))
    return findings
