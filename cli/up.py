"""`portico up`: everything on this machine, until Ctrl-C."""

import asyncio
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from cli.demo.keeping import remembered
from cli.embedded.failure import CannotStart
from cli.embedded.port_book import first_free_from
from cli.home import Home
from cli.supervision.output import Console
from cli.supervision.run import Address, Run
from cli.welcome import print_welcome

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, kw_only=True)
class UpOptions:
    """What `portico up` was asked for."""

    data: Path
    host: str
    port: int
    demo: bool
    verbose: bool


def up(options: UpOptions) -> None:
    """Runs the suite; returns after a clean stop, raises CannotStart when it does not come up."""
    console = Console(verbose=options.verbose)
    home = Home.open(options.data)
    with home.locked(f"asked for port {options.port}"):
        port = first_free_from(options.port, options.host)
        if port != options.port:
            console.warn(f"Port {options.port} is taken: using {port}.")
        public_url = os.environ.get("PORTICO_PUBLIC_URL") or f"http://localhost:{port}"
        run = Run(home, Address(host=options.host, port=port, public_url=public_url), console)
        run.end_leftovers()
        asyncio.run(_supervise(run, console, options))


async def _supervise(run: Run, console: Console, options: UpOptions) -> None:
    stop = asyncio.Event()
    for number in STOP_SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, _on_signal, stop, run)
    life = asyncio.create_task(_live(run, console, options))
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait({life, stopped}, return_when=asyncio.FIRST_COMPLETED)
    failed = life.done() and life.exception() is not None
    life.cancel()
    stopped.cancel()
    console.say("Stopping ...")
    await asyncio.gather(life, return_exceptions=True)
    await run.stop()
    if failed:
        raise _first_problem(life.exception())
    console.say("Stopped.")


def _on_signal(stop: asyncio.Event, run: Run) -> None:
    if stop.is_set():
        run.kill()
    stop.set()


async def _live(run: Run, console: Console, options: UpOptions) -> None:
    began = time.monotonic()
    await run.start()
    console.say(f"Ready after {time.monotonic() - began:.1f} s.")
    development = os.environ.get("PORTICO_ENV", "development") == "development"
    demo = None
    # An agency whose login lies in a file has no place among real ones.
    if options.demo and development and await run.fill_demo():
        demo = remembered(run.home.demo)
    mailbox = development and not os.environ.get("PORTICO_SMTP_URL")
    print_welcome(run.address.public_url, run.home.logs, demo, mailbox=mailbox)
    await asyncio.Event().wait()


def _first_problem(error: BaseException | None) -> BaseException:
    """The reason why a group of starts failed: the first that says what to do, else the first there is."""
    if isinstance(error, BaseExceptionGroup):
        problems = [_first_problem(one) for one in error.exceptions]
        return next((one for one in problems if isinstance(one, CannotStart)), problems[0])
    return error if error is not None else RuntimeError("stopped for no reason")
