"""Makes one OpenAPI document of all services' own."""

from collections.abc import Mapping
from pathlib import Path

from chassis.openapi import Document, merge

SERVICES = ("auth", "projects", "billing", "portal", "notify")
INTRODUCTION = Path(__file__).with_name("introduction.md")


def assemble(documents: Mapping[str, Document], origin: str) -> Document:
    """The document of the deployment at `origin`, from those of its services by name."""
    ordered = {service: documents[service] for service in SERVICES if service in documents}
    info = {
        "title": "Portico API",
        "version": "1",
        "summary": "Projects, files, messages, approvals, signatures and invoices for agencies and their clients.",
        "description": INTRODUCTION.read_text(),
    }
    return merge(ordered, info=info, servers=[{"url": origin, "description": "This deployment"}])
