"""Processes that do one job each for a serving process: they end with it, and whoever ordered the job hears how they ended."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any, Final

import orjson

from api.process.ending import WAS_STOPPED
from api.process.job_worker import STOPPED
from api.settings import Settings

SECONDS_TO_END: Final = 2.5
"""Less than the service itself has to end in order."""

GIVEN: Final = (
    *("home", "cache", "log_level", "heap_mb", "page_cache_mb", "connections"),
    *("neo4j_uri", "neo4j_username", "neo4j_password", "neo4j_database"),
)
"""Settings that every such process is told through its standard input, which nobody else can read."""

Ended = Callable[[int], Awaitable[None]]


class JobProcesses:
    """The processes of one kind of job: `module` is run in each, which reads what to do by `api.process.job_worker`."""

    def __init__(self, settings: Settings, module: str, *, given: tuple[str, ...] = ()) -> None:
        """Start none yet; `given` are settings that the job needs beside those that all need."""
        self._module = module
        self._settings = {name: getattr(settings, name) for name in (*GIVEN, *given)}
        self._running: dict[asyncio.Task[None], asyncio.subprocess.Process] = {}
        self._ending = False

    async def started(self, order: Mapping[str, Any]) -> asyncio.subprocess.Process:
        """Start a process and tell it what to do; OSError where the machine gives none."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", self._module),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the first process, which ends the others
        )
        assert process.stdin is not None
        process.stdin.write(orjson.dumps({"settings": self._settings, "order": order}, default=str) + b"\n")
        return process

    def watch(self, process: asyncio.subprocess.Process, ended: Ended) -> None:
        """Call `ended` with the exit code once a process has ended; with `STOPPED` however it ended once all are to end."""

        async def watched() -> None:
            code = await process.wait()
            await ended(STOPPED if code and self._ending else code)

        task = asyncio.create_task(watched())
        self._running[task] = process
        task.add_done_callback(self._running.pop)

    async def end(self) -> None:
        """End every process in order, or else end it."""
        self._ending = True
        for process in self._running.values():
            assert process.stdin is not None
            process.stdin.close()
        if self._running:
            await asyncio.wait(self._running, timeout=SECONDS_TO_END)
        for process in self._running.values():
            with suppress(ProcessLookupError):
                process.kill()
        await asyncio.gather(*self._running, return_exceptions=True)


def reason(code: int) -> str:
    """Return what an exit code other than 0 says of a process, and what to do before it is started again."""
    if code == STOPPED:
        return WAS_STOPPED
    said = (
        f"signal {-code}, as where memory runs out; give it more memory"
        if code < 0
        else "the log of the service has the reason; correct it"
    )
    return f"its process ended with status {code}: {said}"
