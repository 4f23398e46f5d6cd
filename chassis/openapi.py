"""One OpenAPI 3.1 document out of several services' own."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Document = dict[str, Any]

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_REF = "#/components/"


def merge(
    documents: Mapping[str, Document],
    *,
    info: Document,
    servers: Sequence[Document] = (),
    tags: Sequence[Document] = (),
) -> Document:
    """Join the documents, named by service, under one `info`; `tags` come first, in their order.

    Components that are the same everywhere are shared; those that only share a name get the service's name before
    it (`BillingLine`). A service may refer to what another describes; where that one is missing, anything fits.
    Raises ValueError when two services serve one operation.
    """
    ours = _with_own_names(documents)
    paths, components = _paths(ours), _components(ours)
    _share_errors(paths, components)
    known = {f"{_REF}{kind}/{name}" for kind, entries in components.items() for name in entries}
    return {
        "openapi": "3.1.0",
        "info": info,
        **({"servers": list(servers)} if servers else {}),
        "tags": _tags(ours, tags),
        "paths": _closed(paths, known),
        "components": _closed(components, known),
    }


def operations(document: Document) -> Iterator[tuple[str, str, Document]]:
    """Every operation as method, path and description."""
    for path, item in document.get("paths", {}).items():
        for method in _METHODS:
            if method in item:
                yield method, path, item[method]


def _paths(documents: Mapping[str, Document]) -> Document:
    merged: dict[str, Document] = {}
    for service, document in documents.items():
        for path, item in document.get("paths", {}).items():
            target = merged.setdefault(path, {})
            if twice := [key for key in item if key in target]:
                raise ValueError(f"{service} serves {' and '.join(twice)} {path}, which another service serves too")
            target.update(item)
    return dict(sorted(merged.items()))


def _components(documents: Mapping[str, Document]) -> Document:
    merged: dict[str, Document] = {}
    for document in documents.values():
        for kind, entries in document.get("components", {}).items():
            merged.setdefault(kind, {}).update(entries)
    return {kind: dict(sorted(entries.items())) for kind, entries in sorted(merged.items())}


def _tags(documents: Mapping[str, Document], first: Sequence[Document]) -> list[Document]:
    """The tags in use: those of `first`, then those that services describe or merely use."""
    described: dict[str, Document] = {tag["name"]: tag for tag in first}
    used: set[str] = set()
    for document in documents.values():
        for tag in document.get("tags", ()):
            described.setdefault(tag["name"], tag)
        for _, _, operation in operations(document):
            for name in operation.get("tags", ()):
                described.setdefault(name, {"name": name})
                used.add(name)
    return [tag for name, tag in described.items() if name in used]


def _share_errors(paths: Document, components: Document) -> None:
    """Put each error answer that several operations give word for word into the components, once."""
    uses: dict[str, list[tuple[Document, str]]] = {}
    for _, _, operation in operations({"paths": paths}):
        for status, answer in operation["responses"].items():
            if status.startswith(("4", "5")) and "$ref" not in answer:
                uses.setdefault(json.dumps(answer, sort_keys=True), []).append((operation["responses"], status))
    shared = components.setdefault("responses", {})
    for number, (text, places) in enumerate(sorted(uses.items())):
        if len(places) > 1:
            answer = json.loads(text)
            examples = [name for content in answer.get("content", {}).values() for name in content.get("examples", {})]
            name = "_or_".join(examples) or f"error_{number}"
            name = name if name not in shared else f"{name}_{number}"
            shared[name] = answer
            for responses, status in places:
                responses[status] = {"$ref": f"{_REF}responses/{name}"}


def _with_own_names(documents: Mapping[str, Document]) -> dict[str, Document]:
    """The documents with those components renamed that share a name but differ."""
    clashing = _clashing(documents)
    renamed = {}
    for service, document in documents.items():
        names = {ref: _own_name(service, ref) for ref in clashing}
        copy = _rewrite(document, names)
        for ref, own in names.items():
            kind, name = ref.removeprefix(_REF).split("/", 1)
            entries = copy.get("components", {}).get(kind, {})
            if name in entries:
                entries[own.rsplit("/", 1)[1]] = entries.pop(name)
        renamed[service] = copy
    return renamed


def _clashing(documents: Mapping[str, Document]) -> set[str]:
    """References that mean different things in different services, directly or through what they refer to."""
    meanings: dict[str, list[Any]] = {}
    for document in documents.values():
        for kind, entries in document.get("components", {}).items():
            for name, entry in entries.items():
                meanings.setdefault(f"{_REF}{kind}/{name}", []).append(entry)
    shared = {ref: entries for ref, entries in meanings.items() if len(entries) > 1}
    clashing = {ref for ref, entries in shared.items() if any(entry != entries[0] for entry in entries)}
    while more := {
        ref for ref, entries in shared.items() if ref not in clashing and clashing.intersection(_references(entries))
    }:
        clashing |= more
    return clashing


def _own_name(service: str, ref: str) -> str:
    place, name = ref.rsplit("/", 1)
    return f"{place}/{service.capitalize()}{name}"


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        if node.startswith(_REF):
            yield node
    elif isinstance(node, Mapping):
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


def _rewrite(node: Any, names: Mapping[str, str]) -> Any:
    """A deep copy with the references renamed, those in a discriminator's mapping too."""
    if isinstance(node, str):
        return names.get(node, node)
    if isinstance(node, Mapping):
        return {key: _rewrite(value, names) for key, value in node.items()}
    if isinstance(node, list):
        return [_rewrite(value, names) for value in node]
    return node


def _closed(node: Any, known: set[str]) -> Any:
    """A deep copy in which a reference to what nobody describes is the schema that takes anything."""
    if isinstance(node, Mapping):
        if isinstance(ref := node.get("$ref"), str) and ref.startswith(_REF) and ref not in known:
            return {}
        return {key: _closed(value, known) for key, value in node.items()}
    if isinstance(node, list):
        return [_closed(value, known) for value in node]
    return node
