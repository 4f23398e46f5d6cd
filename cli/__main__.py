"""`python -m cli`: the `portico` command; a service starts without loading the rest of it."""

import sys

from cli.services import SERVICES


def main() -> None:
    """Start the service named on the command line, or hand over to the full command."""
    match sys.argv[1:]:
        case ["serve", service] if service in SERVICES:
            from cli.serve import serve

            serve(service)
        case _:
            from cli.main import app

            app(prog_name="portico")


if __name__ == "__main__":
    main()
