"""The `portico` command line: what there is to call, and how failures are told."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from cli.embedded.failure import CannotStart
from cli.services import SERVICES

app = typer.Typer(
    help="A self-hosted client portal suite for agencies.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Data = Annotated[Path, typer.Option(envvar="PORTICO_DATA", help="Where everything is kept.")]


@app.command()
def up(
    *,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port people connect to.")] = 8080,
    data: Data = Path("var"),
    host: Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 for all.")] = "127.0.0.1",
    demo: Annotated[bool, typer.Option(help="Fill a demo agency.")] = True,
    verbose: Annotated[bool, typer.Option("--verbose", help="Show all that every process prints.")] = False,
) -> None:
    """Run everything on this machine until Ctrl-C."""
    from cli.up import UpOptions
    from cli.up import up as run_up

    _told(lambda: run_up(UpOptions(data=data, host=host, port=port, demo=demo, verbose=verbose)))


@app.command()
def serve(service: Annotated[str, typer.Argument(help=" | ".join(SERVICES))]) -> None:
    """Run one service (what a container runs)."""
    from cli.serve import serve as run_service

    run_service(_known(service))


@app.command()
def migrate(service: Annotated[str, typer.Argument(help="One of them; all when left out.")] = "") -> None:
    """Bring the databases up to date."""
    from cli.migrate import migrate as run_migrations
    from cli.migrate import refuse_weak_secrets

    database_url, secret_key = _required("PORTICO_DATABASE_URL"), _required("PORTICO_SECRET_KEY")
    services = (_known(service),) if service else SERVICES

    def guarded() -> None:
        if os.environ.get("PORTICO_ENV") == "production":
            refuse_weak_secrets(os.environ)
        run_migrations(database_url, secret_key, services)

    _told(guarded)


@app.command()
def demo(
    *,
    url: Annotated[str, typer.Option(envvar="PORTICO_PUBLIC_URL", help="Where Portico answers.")] = "",
    data: Data = Path("var"),
) -> None:
    """Fill a demo agency through the public REST API; a second call adds nothing."""
    from cli.demo.keeping import fill
    from cli.home import Home

    def told() -> None:
        made = fill(Home.open(data).demo, url or "http://localhost:8080")
        typer.echo(f"login   {made.email}\npassword {made.password}\nportal  /client-portal/{made.portal_token}")

    _told(told)


@app.command()
def replay(
    service: Annotated[str, typer.Argument(help="One of them; all when left out.")] = "", *, data: Data = Path("var")
) -> None:
    """Send parked events again, once what they failed at is mended."""
    from cli.home import Home
    from cli.replay import replay as send_again

    _told(lambda: send_again(Home.open(data), (_known(service),) if service else SERVICES))


@app.command()
def openapi() -> None:
    """Print the OpenAPI document of the whole gateway."""
    from cli.openapi import whole_document

    typer.echo(whole_document())


@app.command()
def doctor(
    *,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port `portico up` would use.")] = 8080,
    data: Data = Path("var"),
) -> None:
    """Check the configuration and every dependency; say what is wrong and how to mend it."""
    from cli.doctor import doctor as examine

    _told(lambda: None if examine(data, port) else sys.exit(1))


def _known(service: str) -> str:
    if service not in SERVICES:
        raise typer.BadParameter(f"{service} is none of {', '.join(SERVICES)}")
    return service


def _required(variable: str) -> str:
    value = os.environ.get(variable, "")
    if not value:
        raise typer.BadParameter(f"{variable} is not set; see .env.example")
    return value


def _told(action: Callable[[], None]) -> None:
    try:
        action()
    except CannotStart as problem:
        typer.secho(f"\n{problem.problem}", fg="red", err=True)
        if problem.mend:
            typer.echo(problem.mend, err=True)
        sys.exit(1)
