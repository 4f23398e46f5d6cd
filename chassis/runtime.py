"""Runs one service's application until it is told to stop."""

import gc
import signal
import socket
import sys
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

import uvicorn
import uvloop
from fastapi import FastAPI
from prometheus_client import start_http_server
from pydantic import ValidationError

from chassis.http.application import leave
from chassis.settings import Settings
from chassis.telemetry import configure_logging

GRACE_S = 25
BACKLOG = 2048

S = TypeVar("S", bound=Settings)


def run(service: str, build_app: Callable[[S], FastAPI], settings_class: type[S]) -> None:
    """Read the environment, serve until SIGTERM or SIGINT, finish requests under way; what `portico serve` calls."""
    try:
        settings = settings_class()
    except ValidationError as error:
        sys.exit(f"{service} cannot start:\n" + "\n".join(_line(item) for item in error.errors()))
    configure_logging(service, development=not settings.production)
    if settings.metrics_port:
        start_http_server(settings.metrics_port, settings.bind)
    config = uvicorn.Config(
        lambda: build_app(settings),
        # Built within the loop that serves: a gRPC channel belongs to the loop it is made in.
        factory=True,
        host=settings.bind,
        port=settings.http_port,
        http="httptools",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        backlog=BACKLOG,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=GRACE_S,
    )
    server = Server(config)
    # uvicorn raises the signal again once it has stopped; by then a stop that was asked for is no failure.
    signal.signal(signal.SIGTERM, _leave)
    uvloop.run(server.serve())
    if not server.started:
        sys.exit(1)


class Server(uvicorn.Server):
    """uvicorn, which would wait in vain for event streams to end by themselves."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve, and have the collector of garbage pass over what the start has made and nobody will ever drop.

        Looked through again and again, those 175,000 objects stopped every request under way for a tenth of a second.
        """
        await super().startup(sockets)
        gc.collect()
        gc.freeze()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Tell the application first."""
        leave(self.config.loaded_app)
        await super().shutdown(sockets)


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(0)


def _line(item: object) -> str:
    assert isinstance(item, dict)
    name = "_".join(str(part) for part in item["loc"]).upper()
    message = str(item["msg"]).removeprefix("Value error, ")
    return f"  PORTICO_{name}: {message}" if name else f"  {message}"
