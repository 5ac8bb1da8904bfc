"""Previews of uploads that a serving process has made by processes of their own, which are ended where they take too long or too much."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson

from api.access.viewer import Viewer
from api.error_mapping import translated
from api.errors import ApiError, LimitExceeded, NotReady
from api.imports.errors import NoSuchImport
from api.process.preview_worker import NO_FILE, NO_MEMORY
from graph.errors import Busy
from graph.expensive import Expensive

if TYPE_CHECKING:
    from api.graphql.execution.request import ReadState

AT_ONCE: Final = 1
SECONDS: Final = 10
"""Of a core."""

PATIENCE: Final = 3
"""How much longer it may take where others keep the cores busy."""

MEBIBYTES: Final = 1024
"""Tables and JSON Lines take some dozens. A JSON document is read whole: one of 30 MB has room, the largest of an import has not."""

REMEDY: Final = "upload a file with its first records alone to try the mapping; a check reads the whole file, without this limit"


class PreviewLost(ApiError):
    """The process that makes a preview has ended by a mistake of ours."""


async def mapped_preview(state: ReadState, viewer: Viewer, folder: Path, order: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `previewed` returns by the rest of its arguments.

    LimitExceeded, naming the limit, where its process is ended; it ends where nobody waits any more. NoSuchImport where the file is gone,
    TooManyAtOnce or NotReady where another one, of this key or of another, keeps it waiting for too long.
    """
    async with _turn(state, viewer):
        code, answer = await _done({"arguments": {"folder": str(folder), **order}, "seconds": SECONDS, "mebibytes": MEBIBYTES})
    if code == 0:
        return orjson.loads(answer)
    if code == NO_FILE:
        raise NoSuchImport("the file is no longer there, since it was removed meanwhile; begin another import")
    if code == -signal.SIGXCPU:
        raise LimitExceeded(f"the preview exceeded its time limit of {SECONDS} s; {REMEDY}")
    if code == NO_MEMORY or code < 0:
        raise LimitExceeded(f"the preview exceeded its memory limit of {MEBIBYTES} MiB; {REMEDY}")
    raise PreviewLost(f"the process of a preview ended with status {code}; its reason is in the lines before")


@asynccontextmanager
async def _turn(state: ReadState, viewer: Viewer) -> AsyncGenerator[None]:
    """Make one preview at a time."""
    try:
        async with state.own.of(_previews).step(viewer.key_id):
            yield
    except Busy as error:
        raise translated(error, "") from error


def _previews() -> Expensive:
    return Expensive(most=AT_ONCE, each=1)


async def _done(order: Mapping[str, Any]) -> tuple[int, bytes]:
    """Return the exit code of the process, that of its time limit where it is ended for it, and what it has written."""
    try:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "api.process.preview_worker"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for the service, which ends it
        )
    except OSError as error:
        raise NotReady(f"no process could be started ({error.strerror}); free some memory, and try again") from error
    try:
        async with asyncio.timeout(PATIENCE * SECONDS):
            answer, _ = await process.communicate(orjson.dumps(order))
    except TimeoutError:
        return -signal.SIGXCPU, b""
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return process.returncode or 0, answer
