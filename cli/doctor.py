"""`portico doctor`: checks the configuration and every dependency, says what is wrong and how to mend it."""

import asyncio
import os
from pathlib import Path

from cli.checks.broker import check_broker, check_rate_limits
from cli.checks.configuration import check_configuration
from cli.checks.database import check_database
from cli.checks.finding import Finding, Verdict
from cli.checks.machine import check_machine
from cli.checks.mail import check_mail
from cli.checks.storage import check_storage
from cli.embedded.nats import known_nats_url
from cli.embedded.postgres import known_postgres_url
from cli.home import Home

WIDTH = 15


def doctor(data: Path, port: int) -> bool:
    """Prints what it finds; True when nothing is wrong."""
    findings = examine(Home.open(data), port)
    for finding in findings:
        print(f"{finding.verdict:<6} {finding.subject:<{WIDTH}} {finding.what}")
        if finding.mend:
            print(f"{'':<6} {'':<{WIDTH}} -> {finding.mend}")
    wrong = sum(finding.verdict is Verdict.WRONG for finding in findings)
    print(f"\n{wrong} to mend." if wrong else "\nAll is well.")
    return wrong == 0


def examine(home: Home, port: int) -> list[Finding]:
    """Everything there is to check, in the order in which one would mend it."""
    environment = dict(os.environ)
    storage = environment.get("PORTICO_STORAGE_URL") or home.storage.as_uri()
    return [
        *check_configuration(environment, home),
        *check_machine(environment, home, port),
        *asyncio.run(_ask_servers(environment, home)),
        *check_storage(storage),
        check_mail(environment),
    ]


async def _ask_servers(environment: dict[str, str], home: Home) -> list[Finding]:
    """The configured servers; the embedded ones only while they run."""
    findings: list[Finding] = []
    running = home.is_running()
    database = environment.get("PORTICO_DATABASE_URL") or (running and known_postgres_url(home.path / "postgres"))
    if database:
        findings += await check_database(database)
    broker = environment.get("PORTICO_NATS_URL") or (running and known_nats_url(home.path / "nats"))
    if broker:
        findings.append(await check_broker(broker))
    findings.append(await check_rate_limits(environment.get("PORTICO_RATE_LIMIT_URL") or "async+memory://"))
    return findings
