"""`portico serve SERVICE`: one service, as a container or `portico up` runs it."""

from importlib import import_module


def serve(service: str) -> None:
    """Runs the service until SIGTERM."""
    # Imported here and by name: a service process holds nothing of the other four.
    import_module(f"services.{service}.main").main()
