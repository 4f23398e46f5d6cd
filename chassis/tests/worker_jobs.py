"""Jobs for the tests of the worker: what good and bad documents make a child do."""

import os
import signal
import time

from chassis.worker_child import JsonObject


def echo(data: JsonObject, blob: bytes) -> tuple[JsonObject, bytes]:
    """Give back what came, with the process that did it and what it sees of the environment."""
    print("noise on standard output")
    return {"data": data, "pid": os.getpid(), "environment": dict(os.environ)}, blob[::-1]


def sleep(data: JsonObject, _: bytes) -> tuple[JsonObject, bytes]:
    """Take too long."""
    time.sleep(float(str(data["seconds"])))
    return {}, b""


def spin(_: JsonObject, __: bytes) -> tuple[JsonObject, bytes]:
    """Never end."""
    while True:
        pass


def die(_: JsonObject, __: bytes) -> tuple[JsonObject, bytes]:
    """End the process without a word."""
    os.kill(os.getpid(), signal.SIGKILL)
    return {}, b""


def swallow(_: JsonObject, __: bytes) -> tuple[JsonObject, bytes]:
    """Ask for more memory than a worker may have."""
    return {"size": len(bytearray(3 << 30))}, b""


def swell(_: JsonObject, __: bytes) -> tuple[JsonObject, bytes]:
    """Keep more memory than a worker may keep between two jobs."""
    _kept.append(bytearray(os.urandom(1 << 20) * 420))
    return {"pid": os.getpid()}, b""


_kept: list[bytearray] = []
