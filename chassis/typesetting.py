"""Typst documents made in a worker process, with warm fonts and compilers."""

import base64
import json
from collections.abc import Mapping
from pathlib import Path

from chassis.worker import Worker
from chassis.worker_child import JsonObject

DEADLINE_SECONDS = 10.0


class Typesetter:
    """Makes PDFs of Typst templates; one document at a time in one worker process."""

    def __init__(self, worker: Worker | None = None) -> None:
        self.worker = worker or Worker()

    async def pdf(
        self,
        template_dir: Path,
        name: str,
        data: Mapping[str, object],
        *,
        files: Mapping[str, bytes] | None = None,
        deadline: float = DEADLINE_SECONDS,
    ) -> bytes:
        """The PDF of `template_dir/name`.

        The template reads `data` by `#let data = json(bytes(sys.inputs.data))`: it is never taken for Typst code.
        `files` lie beside the template under their names (pictures). Raises Unavailable past the deadline and
        JobFailed when the template is wrong.
        """
        encoded = {file: base64.b64encode(content).decode() for file, content in (files or {}).items()}
        job: JsonObject = {"dir": str(template_dir), "name": name, "data": json.dumps(data), "files": encoded}
        result = await self.worker.run("chassis.typesetting_job:typeset", job, deadline=deadline)
        return result.blob

    async def close(self) -> None:
        """End the worker process."""
        await self.worker.close()
