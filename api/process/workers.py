"""More processes that serve on the same port: each accepts connections from the one listener, as long as the first process lives.

They share what must be shared: keys, sessions, exports, the audit log and the outbox lie in files and in the database, what is left of
budgets in memory that all map. What bounds concurrency is divided among them.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import sys
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path
from socket import socket
from time import monotonic
from typing import Final

import orjson

from api.process.expensive import usual_most
from api.settings import Settings

LOG: Final = logging.getLogger("creatorgraph.workers")
FOLDER: Final = "workers"
TRIES: Final = 5
WINDOW: Final = 60.0
"""Seconds in which one worker is started at most `TRIES` times."""
PAUSE: Final = 1.0
SECONDS_TO_END: Final = 3.5
SHARED: Final = ("requests_at_once", "queries_at_once", "streams_at_once", "max_connections", "connections")
LEAST: Final = 4


def folder(settings: Settings) -> Path:
    """Return where the processes of one service, which no other has the port of, keep what they share in memory."""
    return settings.home / FOLDER / str(settings.port)


def divided(settings: Settings) -> Settings:
    """Return the settings of one of several processes: its share of whatever bounds how much is done at once, and of memory."""
    many = settings.workers
    if many == 1:
        return settings
    shares = {name: max(LEAST, ceil(getattr(settings, name) / many)) for name in SHARED}
    expensive = settings.expensive_at_once or usual_most(os.cpu_count() or 1)
    return replace(
        settings,
        **shares,
        expensive_at_once=max(3, ceil(expensive / many)),
        answer_cache_mb=ceil(settings.answer_cache_mb / many),
        persisted_queries_mb=ceil(settings.persisted_queries_mb / many),
    )


def prepare(settings: Settings) -> None:
    """Make an empty folder for what is shared, where there is to be more than one process."""
    if settings.workers > 1:
        shutil.rmtree(folder(settings), ignore_errors=True)
        folder(settings).mkdir(parents=True, mode=0o700, exist_ok=True)


@asynccontextmanager
async def working(settings: Settings, listener: socket) -> AsyncGenerator[Callable[[], Awaitable[None]]]:
    """Have the other processes serve within the block, and yield what ends them; one that ends by itself is started again."""
    workers = [asyncio.create_task(_Worker(settings, listener, number).run()) for number in range(2, settings.workers + 1)]

    async def end() -> None:
        for each in workers:
            each.cancel()
        await asyncio.gather(*workers, return_exceptions=True)

    try:
        yield end
    finally:
        await end()


@dataclass(frozen=True, slots=True)
class _Worker:
    """One of the other processes."""

    settings: Settings
    listener: socket
    number: int

    async def run(self) -> None:
        """Start it, and again where it ends, until cancelled; then let it end in order."""
        starts = deque[float](maxlen=TRIES)
        while True:
            if len(starts) == TRIES and monotonic() - starts[0] < WINDOW:
                LOG.error("a worker keeps ending and is not started for now", extra=self._fields())
                await asyncio.sleep(WINDOW)
            starts.append(monotonic())
            process = await self._started()
            try:
                code = await process.wait()
            except asyncio.CancelledError:
                await _ended(process)
                raise
            await asyncio.sleep(PAUSE)
            LOG.warning("a worker has ended and is started again", extra=self._fields(code=code))

    async def _started(self) -> asyncio.subprocess.Process:
        handle = self.listener.fileno()
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "api.process.worker", str(handle)),
            stdin=asyncio.subprocess.PIPE,
            pass_fds=(handle,),
            start_new_session=True,  # Ctrl-C is for the first process, which ends the others
        )
        assert process.stdin is not None
        given = {name: getattr(self.settings, name) for name in ("host", "port", "log_level", "workers")}
        process.stdin.write(orjson.dumps(given) + b"\n")
        return process

    def _fields(self, **more: object) -> dict[str, object]:
        return {"fields": {"worker": self.number, **more}}


async def _ended(process: asyncio.subprocess.Process) -> None:
    """Let a process end in order, or else end it."""
    assert process.stdin is not None
    process.stdin.close()
    with suppress(TimeoutError):
        async with asyncio.timeout(SECONDS_TO_END):
            await process.wait()
            return
    with suppress(ProcessLookupError):
        process.kill()
    await process.wait()
