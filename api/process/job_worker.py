"""One job in a process of its own, as the first line of standard input says; it ends with whoever started it, as that input does."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import orjson

from api.http.logs import configure
from api.process.ending import at_end_of_input, count_down, leave
from api.settings import Settings, load
from api.telemetry import traces

NICENESS: Final = 5
"""Those who wait for answers come first."""

Work = Callable[[Settings, dict[str, Any]], Awaitable[int]]
STOPPED: Final = 128 + signal.SIGTERM
"""The exit code of a job that was stopped before it was done."""


def run(work: Work) -> None:
    """Do one job, which returns the exit code; it is cancelled where this process is to end, and returns `STOPPED` then."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(NICENESS)
    given = orjson.loads(sys.stdin.buffer.readline())
    settings = settings_of(given["settings"])
    configure(settings.log_level)
    with asyncio.Runner() as runner:
        with traces():
            code = runner.run(_worked(work, settings, given["order"]))
        leave(code)  # without waiting for threads that still compute what nobody wants any more


def settings_of(given: dict[str, Any]) -> Settings:
    """Return the settings that the process was given, over those of its own environment."""
    return replace(load(), **{**given, "home": Path(given["home"]), "cache": Path(given["cache"])})


async def _worked(work: Work, settings: Settings, order: dict[str, Any]) -> int:
    task, running = asyncio.current_task(), asyncio.get_running_loop()
    assert task is not None, "a coroutine runs in a task"
    at_end_of_input(lambda: running.call_soon_threadsafe(_end, task))
    running.add_signal_handler(signal.SIGTERM, _end, task)
    try:
        return await work(settings, order)
    except asyncio.CancelledError:
        return STOPPED


def _end(task: asyncio.Task[object]) -> None:
    count_down(signal.SIGTERM)
    task.cancel()
