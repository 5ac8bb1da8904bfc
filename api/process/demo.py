"""The demo market, made by a worker process that can be stopped at any moment without a trace."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

import orjson
from neo4j import AsyncDriver

from api.errors import ApiError
from api.process.database import FOLDER
from api.process.startup import Startup
from api.settings import Settings
from graph.server import PrivateServer

WORKER: Final = "api.process.demo_worker"
LEFT_BY_A_KILL: Final = ("unfinished-*", "creatorgraph-bulk-*")
SECONDS_TO_END: Final = 3.0


class DemoFailed(ApiError):
    """The demo market could not be made."""


async def filled(settings: Settings, startup: Startup) -> None:
    """Put the demo market into a private database that was never started; do nothing elsewhere."""
    # Imported late, as below: only a demo needs the simulator and the scoring behind it.
    from api.process.demo_market import unstarted

    if unstarted(settings):
        try:
            await _run("fill", startup)
        except asyncio.CancelledError:
            await asyncio.to_thread(_sweep, settings.home / FOLDER)
            raise


async def shown(settings: Settings, driver: AsyncDriver, url: str, startup: Startup) -> str:
    """Make what is missing of the demo, and return what to tell the newcomer."""
    from api.process.demo_market import complete, welcome

    if not await complete(settings, driver):
        await _run("prepare", startup)
    return await welcome(settings, driver, url)


async def _run(part: str, startup: Startup) -> None:
    """Run the worker, and pass on what it tells; DemoFailed where it fails. When cancelled, end it and all that it started."""
    with tempfile.TemporaryDirectory(prefix="creatorgraph-") as folder:
        worker = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", WORKER, part),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=os.environ | {"TMPDIR": folder},
            start_new_session=True,
        )
        try:
            told = await _listen(worker, startup)
            if await worker.wait():
                raise DemoFailed(told or f"making the demo market ended with exit code {worker.returncode}; see the lines above")
        finally:
            with suppress(ProcessLookupError):
                os.killpg(worker.pid, signal.SIGKILL)
            await worker.wait()


async def _listen(worker: asyncio.subprocess.Process, startup: Startup) -> str:
    """Pass the worker's lines on until it ends, and return its error, if it names one."""
    assert worker.stdout is not None
    told = ""
    async for line in worker.stdout:
        news = orjson.loads(line)
        told = news.get("error", told)
        if "stage" in news:
            startup.tell(news["stage"], news["done"], news["total"])
    return told


def _sweep(home: Path) -> None:
    """Remove what a killed worker left, once servers that it started have ended; they end by themselves, and are helped after a while."""
    folders = [folder for pattern in LEFT_BY_A_KILL for folder in home.glob(pattern)]
    for folder in (home, *folders):
        PrivateServer(folder, cache=folder).outlast(SECONDS_TO_END)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
