"""The child's side of chassis.worker: reads a job, does it, writes the answer, until its parent closes the pipe."""

import gc
import importlib
import json
import logging
import os
import resource
import select
import signal
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

JsonObject = dict[str, object]
Job = Callable[[JsonObject, bytes], tuple[JsonObject, bytes]]

HEADER = struct.Struct(">II")
MEMORY_BYTES = 1 << 30
WRITTEN_FILE_BYTES = 64 << 20
RETIRE_ABOVE_BYTES = 384 << 20
IDLE_SECONDS = 600
_GRACE_SECONDS = 1.0


def main() -> None:
    """Serve jobs from standard input until it ends, nothing came for IDLE_SECONDS, or memory has grown."""
    _limit()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between two answers
    requests = sys.stdin.buffer
    while _something_to_do(requests):
        header = requests.read(HEADER.size)
        if len(header) < HEADER.size:
            return
        header_size, blob_size = HEADER.unpack(header)
        request = json.loads(requests.read(header_size))
        blob = requests.read(blob_size)
        # Ends the process even where the parent is gone or a library holds the interpreter.
        signal.setitimer(signal.ITIMER_REAL, request["deadline"] + _GRACE_SECONDS)
        answer, result = _do(request, blob)
        signal.setitimer(signal.ITIMER_REAL, 0)
        body = json.dumps(answer).encode()
        answers.write(HEADER.pack(len(body), len(result)) + body)
        answers.write(result)
        answers.flush()
        del request, blob, result
        if _has_grown():
            return


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN_FILE_BYTES, WRITTEN_FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    logging.disable(logging.CRITICAL)


def _something_to_do(requests: BinaryIO) -> bool:
    ready, _, _ = select.select([requests], [], [], IDLE_SECONDS)
    return bool(ready)


def _do(request: dict[str, object], blob: bytes) -> tuple[JsonObject, bytes]:
    try:
        module, _, function = str(request["job"]).partition(":")
        job: Job = getattr(importlib.import_module(module), function)
        data, result = job(request["data"], blob)  # type: ignore[arg-type]
    except (Exception, RecursionError, MemoryError) as error:
        return {"error": {"kind": type(error).__name__, "message": str(error)[:2_000]}}, b""
    return {"data": data}, result


def _has_grown() -> bool:
    if _resident_bytes() > RETIRE_ABOVE_BYTES:
        gc.collect()
        return _resident_bytes() > RETIRE_ABOVE_BYTES
    return False


def _resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


if __name__ == "__main__":
    main()
