"""The list of error codes, gathered from the answers that operations document."""

import html
from dataclasses import dataclass, field

from chassis.openapi import Document, operations

MAX_SHOWN = 3


@dataclass
class ErrorCode:
    """A code, its HTTP status, what it says, and which operations answer with it."""

    code: str
    status: int
    detail: str
    operations: list[str] = field(default_factory=list)


def error_codes(document: Document) -> list[ErrorCode]:
    """Every documented error, by status and code."""
    found: dict[str, ErrorCode] = {}
    shared = document["components"].get("responses", {})
    for method, path, operation in operations(document):
        for given in operation["responses"].values():
            answer = shared[given["$ref"].rsplit("/", 1)[1]] if "$ref" in given else given
            for examples in (content.get("examples", {}) for content in answer.get("content", {}).values()):
                for name, example in examples.items():
                    value = example.get("value")
                    if not isinstance(value, dict) or value.get("code") != name:
                        continue
                    entry = found.setdefault(name, ErrorCode(name, value["status"], value["detail"]))
                    entry.operations.append(f"{method.upper()} {path}")
    return sorted(found.values(), key=lambda entry: (entry.status, entry.code))


def as_rows(entries: list[ErrorCode]) -> str:
    """The list as table rows in HTML."""
    return "\n".join(
        f'<tr id="{html.escape(entry.code)}"><th scope="row"><code>{html.escape(entry.code)}</code></th>'
        f"<td>{entry.status}</td><td>{html.escape(entry.detail)}</td><td>{_where(entry)}</td></tr>"
        for entry in entries
    )


def _where(entry: ErrorCode) -> str:
    if len(entry.operations) > MAX_SHOWN:
        return f"{len(entry.operations)} operations"
    return "<br>".join(f"<code>{html.escape(operation)}</code>" for operation in entry.operations)
