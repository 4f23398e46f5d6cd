"""`portico serve SERVICE`: one service, as a container or `portico up` runs it."""

import os
import sys
from importlib import import_module


def serve(service: str) -> None:
    """Runs the service until SIGTERM."""
    _leave_out_websockets()
    # Imported here and by name: a service process holds nothing of the other four.
    import_module(f"services.{service}.main").main()


def _leave_out_websockets() -> None:
    """Keeps nats-py from loading aiohttp, which it needs for ws:// addresses alone: 7 MB and 80 ms a service."""
    if not os.environ.get("PORTICO_NATS_URL", "").startswith(("ws:", "wss:")):
        sys.modules["aiohttp"] = None  # type: ignore[assignment]
