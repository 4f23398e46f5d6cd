"""`portico openapi`: the OpenAPI document of the whole gateway, made without starting anything."""

import asyncio
import json
from importlib import import_module
from typing import Any

from cli.services import SERVICES

ORIGIN = "http://localhost:8080"
# Settings have to be given; nothing listens there and nothing is asked.
PLACEHOLDERS: dict[str, Any] = {
    "env": "development",
    "public_url": ORIGIN,
    "secret_key": "only for building the document, never served",
    "database_url": "postgresql://127.0.0.1:1",
    "nats_url": "nats://127.0.0.1:1",
}


def whole_document() -> str:
    """The merged document as indented JSON."""
    from services.portal.reference.assembly import assemble

    return json.dumps(assemble(asyncio.run(documents()), ORIGIN), indent=2, ensure_ascii=False)


async def documents() -> dict[str, Any]:
    """Each service's own document by name."""
    from chassis.http.openapi import document

    found = {}
    for name in SERVICES:
        settings = import_module(f"services.{name}.config").Settings(**PLACEHOLDERS)
        # Within a loop: an application opens its gRPC channels where it is built.
        found[name] = document(import_module(f"services.{name}.main").build_app(settings))
    return found
