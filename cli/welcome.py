"""What `portico up` prints when all is ready: where to go, and with which login."""

from pathlib import Path

from cli.demo.keeping import Demo


def print_welcome(public_url: str, logs: Path, demo: Demo | None, *, mailbox: bool) -> None:
    """A small panel; the client's link stands below it on a line of its own, whole, to be copied."""
    from rich.console import Console
    from rich.panel import Panel
    from rich.table import Table

    console = Console()
    rows = Table.grid(padding=(0, 2))
    rows.add_row("Dashboard", f"{public_url}/app")
    rows.add_row("API docs", f"{public_url}/docs")
    if demo is not None:
        rows.add_row("Sign in", f"{demo.email}  password  {demo.password}")
    if mailbox:
        rows.add_row("Mails", f"{public_url}/dev/mailbox")
    rows.add_row("Logs", str(logs))
    rows.add_row("", "Ctrl-C stops everything")
    console.print(Panel(rows, title="Portico is ready", expand=False))
    if demo is not None and demo.portal_token:
        print(f"A client's portal: {public_url}/client-portal/{demo.portal_token}", flush=True)
