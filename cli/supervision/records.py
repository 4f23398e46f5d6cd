"""Which processes were started, written down so that the next start can end what was left behind."""

import contextlib
import json
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

from cli.embedded.launch import MARK

if TYPE_CHECKING:
    import psutil

PATIENCE_SECONDS = 10


class Records:
    """`<data>/processes.json`: there while something runs, removed by a clean stop."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._file = data_dir / "processes.json"
        self._running: dict[str, int] = {}

    def started(self, name: str, pid: int) -> None:
        """Notes a process that runs from now on."""
        self._running[name] = pid
        self._write()

    def ended(self, name: str) -> None:
        """Notes that it runs no more."""
        self._running.pop(name, None)
        self._write()

    def clear(self) -> None:
        """Notes that nothing runs and nothing is left behind."""
        self._file.unlink(missing_ok=True)

    def end_leftovers(self) -> int:
        """Ends what an earlier start that was itself killed has left; returns how many processes that were.

        Only called while the directory is locked, so whatever carries its mark is an orphan.
        """
        if not self._file.exists():
            return 0
        import psutil

        recorded = self._recorded()
        orphans = [one for one in psutil.process_iter() if self._is_ours(one, recorded)]
        for orphan in orphans:
            # PostgreSQL: "fast", which does not wait for its clients to leave.
            _signal(orphan, signal.SIGINT if orphan.name() == "postgres" else signal.SIGTERM)
        _, stubborn = psutil.wait_procs(orphans, timeout=PATIENCE_SECONDS)
        for orphan in stubborn:
            _signal(orphan, signal.SIGKILL)
        psutil.wait_procs(stubborn, timeout=PATIENCE_SECONDS)
        self.clear()
        return len(orphans)

    def _recorded(self) -> set[int]:
        try:
            return set(json.loads(self._file.read_text()).values())
        except (ValueError, AttributeError):
            return set()

    def _is_ours(self, process: "psutil.Process", recorded: set[int]) -> bool:
        """By the mark in its environment; a number in a file alone proves nothing, numbers are used again."""
        import psutil

        if process.pid == os.getpid():
            return False
        with contextlib.suppress(psutil.Error):
            if self._is_below(process.environ().get(MARK)):
                return True
        with contextlib.suppress(psutil.Error):
            return process.pid in recorded and any(str(self._data_dir) in word for word in process.cmdline())
        return False

    def _is_below(self, marked: str | None) -> bool:
        return marked is not None and Path(marked).is_relative_to(self._data_dir)

    def _write(self) -> None:
        unfinished = self._file.with_suffix(".new")
        unfinished.write_text(json.dumps(self._running))
        unfinished.replace(self._file)


def _signal(process: "psutil.Process", number: signal.Signals) -> None:
    import psutil

    with contextlib.suppress(psutil.Error):
        process.send_signal(number)
