"""`python -m api.process.archiving`: archive the classes of the private database, which then starts in little more than half the time.

Once for a cache: beside a service, at the lowest priority, or by itself.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

from api.process.ending import at_end_of_input, at_last, leave
from api.process.own import alongside
from api.settings import Settings, load
from graph.connection import open_driver
from graph.errors import ServerError
from graph.migrations import migrate
from graph.server import Memory, PrivateServer
from graph.server.class_archive import listing
from graph.server.locks import take
from graph.server.runtime import Runtime
from scoring import NAMES, camel

LOG: Final = logging.getLogger("creatorgraph.database")
BESIDE: Final = "beside"
"""The argument with which it gives way to all others, and ends with its standard input."""
SECONDS_AFTER_START: Final = 60.0
"""A service is waited on when it starts."""
NICENESS: Final = 19
MEMORY: Final = Memory(heap=512, page_cache=64)
SOON_UP: Final = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


@asynccontextmanager
async def archiving(settings: Settings) -> AsyncGenerator[None]:
    """Have the archive made within the block, where the database is a private one that lacks it."""
    if settings.neo4j_uri is not None:
        yield
        return
    async with alongside(_beside(settings)):
        yield


async def _beside(settings: Settings) -> None:
    await asyncio.sleep(SECONDS_AFTER_START)
    if (await asyncio.to_thread(Runtime.ready, settings.cache)).archive.exists():
        return
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "api.process.archiving", BESIDE),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        env=os.environ | {"CREATORGRAPH_CACHE": str(settings.cache)},
        start_new_session=True,  # Ctrl-C is for the service, which ends it
    )
    try:
        assert process.stderr is not None
        said = (await process.stderr.read()).decode(errors="replace").strip()  # not by communicate(), which may end its input
        await process.wait()
    except asyncio.CancelledError:
        with suppress(ProcessLookupError):
            process.terminate()
        raise
    if process.returncode:
        LOG.warning("the database's classes could not be archived; it starts as before", extra={"fields": {"reason": said}})
    else:
        LOG.info("the database's classes are archived; it starts sooner from now on")


def archived(cache: Path) -> Path:
    """Return the archive for `cache`, made where it is missing, by one process at a time; ServerError where that cannot be."""
    runtime = Runtime.ready(cache)
    cache.mkdir(parents=True, exist_ok=True)
    guard = take(cache / "classes.lock", wait=True)
    try:
        if not runtime.archive.exists():
            _make(runtime, cache)
    finally:
        if guard is not None:
            os.close(guard)
    return runtime.archive


def _make(runtime: Runtime, cache: Path) -> None:
    """Start a server of its own in a passing folder, have it do what every server does, and archive what it loaded."""
    with tempfile.TemporaryDirectory(prefix="creatorgraph-") as folder:
        classes = Path(folder) / "classes"
        server = PrivateServer(Path(folder) / "neo4j", cache=cache, memory=MEMORY, java_options=(*SOON_UP, listing(classes)))
        at_last(server.kill)
        with server:
            asyncio.run(_used(server))
        runtime.archive_classes(classes)


async def _used(server: PrivateServer) -> None:
    async with open_driver(server.uri, auth=server.auth) as driver:
        await migrate(driver, indicators=[camel(name) for name in NAMES])


def main() -> int:
    """Return 0 once the archive is there, and 1 where it cannot be made, with the reason on standard error."""
    if BESIDE in sys.argv[1:]:
        os.nice(NICENESS)
        signal.signal(signal.SIGTERM, lambda _signum, _frame: leave(128 + signal.SIGTERM))
        at_end_of_input(lambda: leave(128 + signal.SIGTERM))
    try:
        print(archived(load().cache))
    except (ServerError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
