"""Gives every test of the repository the fixtures of tests/fixtures.py."""

import gc
import os

# Servers are started as another user, which Python does by fork(): the handlers of gRPC, whose channels are open in
# this process, sometimes crash the child before it becomes the server. Read when gRPC is imported.
os.environ.setdefault("GRPC_ENABLE_FORK_SUPPORT", "0")

pytest_plugins = ["tests.fixtures"]


def pytest_collection() -> None:
    """Have the collector of garbage wait: ten thousand tests are made here, and nothing of them is garbage."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Let it work again, on what comes from now on."""
    gc.freeze()
    gc.enable()
