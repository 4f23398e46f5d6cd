"""Starting a program as a child that cannot outlive this process."""

import contextlib
import ctypes
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from cli.embedded.program import Program

PR_SET_PDEATHSIG = 1
# In the environment of everything started here, its value the data directory: how a later start recognises
# what an earlier one, killed without warning, has left behind.
MARK = "PORTICO_SUPERVISED"


def popen_options(program: Program) -> dict[str, Any]:
    """Keyword arguments for `subprocess.Popen` and `asyncio.create_subprocess_exec`.

    On Linux the child is told to stop when the *thread* that started it ends, so start long-lived servers
    from a thread that lives as long as they do (the main thread does).
    """
    options: dict[str, Any] = {
        "env": program.environment,
        "cwd": program.directory,
        # Ctrl-C in a terminal goes to the foreground process group; only the supervisor is to hear it.
        "start_new_session": True,
        "preexec_fn": _end_with_parent(program.stop_signal),
    }
    if program.identity is not None:
        options |= {"user": program.identity.uid, "group": program.identity.gid, "extra_groups": []}
    return options


def _end_with_parent(stop_signal: signal.Signals) -> Callable[[], None] | None:
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def in_child() -> None:
        # Popen has changed the user already: doing so afterwards would clear the setting.
        prctl(PR_SET_PDEATHSIG, int(stop_signal), 0, 0, 0)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)

    return in_child


def signal_group(leader: int, number: signal.Signals) -> None:
    """Signals what is left of the session a child led (its worker processes), if anything is."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, number)
