"""The job that sets a contract in type; it runs in a worker process only."""

import json
from pathlib import Path

from chassis.typesetting_job import compile_here
from chassis.worker_child import JsonObject
from services.projects.contracts.markdown import blocks_of

_TEMPLATES = Path(__file__).parent / "templates"
_LOGO = "logo.png"


# Far from what a sealed PDF may have in pages and objects, whatever each block is.
MAX_BLOCKS = 3_000


def typeset(sheet: JsonObject, logo: bytes) -> tuple[JsonObject, bytes]:
    """The PDF of a sheet, whose `body` is Markdown: `{fits}`, which is false where it has too many blocks."""
    blocks = blocks_of(str(sheet["body"]))
    if len(blocks) > MAX_BLOCKS:
        return {"fits": False}, b""
    files = {_LOGO: logo} if logo else {}
    data = {**sheet, "blocks": blocks, "logo": _LOGO if logo else ""}
    return {"fits": True}, compile_here(_TEMPLATES, "contract.typ", json.dumps(data), files)
