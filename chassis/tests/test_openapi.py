"""Merging of OpenAPI documents."""

from typing import Any

import pytest

from chassis.openapi import merge, operations

INFO = {"title": "Portico", "version": "1"}


def document(path: str, schemas: dict[str, Any], method: str = "get", returns: str | None = None) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{returns or next(iter(schemas))}"}
    answer = {"description": "ok", "content": {"application/json": {"schema": schema}}}
    return {
        "openapi": "3.1.0",
        "paths": {path: {method: {"tags": ["Things"], "responses": {"200": answer}}}},
        "components": {"schemas": schemas},
    }


def schema_of(merged: dict[str, Any], path: str, method: str = "get") -> str:
    content = merged["paths"][path][method]["responses"]["200"]["content"]
    return str(content["application/json"]["schema"]["$ref"].rsplit("/", 1)[1])


def test_a_schema_that_is_the_same_everywhere_is_shared() -> None:
    problem = {"Problem": {"type": "object"}}
    merged = merge({"auth": document("/a", problem), "billing": document("/b", problem)}, info=INFO)
    assert merged["components"]["schemas"] == problem
    assert schema_of(merged, "/a") == schema_of(merged, "/b") == "Problem"


def test_schemas_that_only_share_a_name_are_told_apart() -> None:
    merged = merge(
        {"auth": document("/a", {"Line": {"type": "string"}}), "billing": document("/b", {"Line": {"type": "object"}})},
        info=INFO,
    )
    assert merged["components"]["schemas"] == {"AuthLine": {"type": "string"}, "BillingLine": {"type": "object"}}
    assert (schema_of(merged, "/a"), schema_of(merged, "/b")) == ("AuthLine", "BillingLine")


def test_a_schema_that_refers_to_a_clashing_one_is_told_apart_too() -> None:
    page = {"type": "array", "items": {"$ref": "#/components/schemas/Line"}}
    one = document("/a", {"Line": {"type": "string"}, "Page": page}, returns="Page")
    other = document("/b", {"Line": {"type": "object"}, "Page": page}, returns="Page")
    merged = merge({"auth": one, "billing": other}, info=INFO)
    assert schema_of(merged, "/b") == "BillingPage"
    assert merged["components"]["schemas"]["BillingPage"]["items"] == {"$ref": "#/components/schemas/BillingLine"}


def test_two_services_may_serve_one_path_with_different_methods() -> None:
    same = {"Thing": {"type": "object"}}
    merged = merge({"a": document("/x", same, "get"), "b": document("/x", same, "post")}, info=INFO)
    assert {(method, path) for method, path, _ in operations(merged)} == {("get", "/x"), ("post", "/x")}


def test_one_operation_of_two_services_is_refused() -> None:
    same = {"Thing": {"type": "object"}}
    with pytest.raises(ValueError, match="/x"):
        merge({"a": document("/x", same), "b": document("/x", same)}, info=INFO)


def test_merging_leaves_its_sources_as_they_were() -> None:
    one = document("/a", {"Line": {"type": "string"}})
    merge({"auth": one, "billing": document("/b", {"Line": {"type": "object"}})}, info=INFO)
    assert list(one["components"]["schemas"]) == ["Line"]


def test_a_service_may_refer_to_what_another_describes() -> None:
    project = {"Project": {"type": "object"}}
    snapshot = document("/portal", {}, returns="Project")
    merged = merge({"projects": document("/projects", project), "portal": snapshot}, info=INFO)
    assert schema_of(merged, "/portal") == "Project"


def test_a_reference_to_a_service_that_is_away_takes_anything() -> None:
    merged = merge({"portal": document("/portal", {}, returns="Project")}, info=INFO)
    content = merged["paths"]["/portal"]["get"]["responses"]["200"]["content"]
    assert content["application/json"]["schema"] == {}


def failing(path: str, *codes: str) -> dict[str, Any]:
    examples = {code: {"value": {"code": code}} for code in codes}
    made = document(path, {"Thing": {"type": "object"}})
    made["paths"][path]["get"]["responses"]["409"] = {"content": {"application/problem+json": {"examples": examples}}}
    return made


def test_an_error_that_several_operations_give_stands_there_once() -> None:
    merged = merge({"a": failing("/a", "taken"), "b": failing("/b", "taken"), "c": failing("/c", "closed")}, info=INFO)
    answers = [merged["paths"][path]["get"]["responses"]["409"] for path in ("/a", "/b", "/c")]
    assert answers[0] == answers[1] == {"$ref": "#/components/responses/taken"}
    assert list(merged["components"]["responses"]) == ["taken"]
    assert "closed" in answers[2]["content"]["application/problem+json"]["examples"]


def test_tags_come_in_the_order_that_was_asked_for() -> None:
    one = document("/a", {"Thing": {"type": "object"}})
    one["paths"]["/a"]["get"]["tags"] = ["Other", "Things"]
    tags = [{"name": "Things", "description": "All of them."}, {"name": "Unused"}]
    merged = merge({"a": one}, info=INFO, tags=tags)
    assert merged["tags"] == [{"name": "Things", "description": "All of them."}, {"name": "Other"}]
