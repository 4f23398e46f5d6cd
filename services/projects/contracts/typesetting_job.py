"""The job that sets a contract in type; it runs in a worker process only."""

import json
from pathlib import Path

from chassis.typesetting_job import compile_here
from chassis.worker_child import JsonObject
from services.projects.contracts.markdown import blocks_of

_TEMPLATES = Path(__file__).parent / "templates"


def typeset(sheet: JsonObject, _: bytes) -> tuple[JsonObject, bytes]:
    """The PDF of a sheet, whose `body` is Markdown."""
    data = {**sheet, "blocks": blocks_of(str(sheet["body"]))}
    return {}, compile_here(_TEMPLATES, "contract.typ", json.dumps(data), {})
