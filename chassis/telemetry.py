"""Structured logs and, where an exporter is configured, traces."""

import contextvars
import logging
import os
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="")
traceparent: contextvars.ContextVar[str] = contextvars.ContextVar("traceparent", default="")

log: Any = structlog.get_logger("portico")


def configure_logging(service: str, *, development: bool) -> None:
    """One JSON object a line; in development one readable line."""
    renderer: Any = (
        # The plain traceback: the default one prints every frame's locals, passwords and tokens among them.
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
        if development
        else structlog.processors.JSONRenderer()
    )

    def add_context(_: Any, __: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        entry["service"] = service
        if current := request_id.get():
            entry["request_id"] = current
        return entry

    level = logging.getLevelName(os.environ.get("PORTICO_LOG_LEVEL", "INFO").upper())
    structlog.configure(
        processors=[
            add_context,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level if isinstance(level, int) else logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
