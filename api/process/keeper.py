"""Keeps the private database running under a process that serves: one that was killed is started again, a bounded number of times."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from itertools import count
from time import monotonic
from typing import Final

from graph.errors import GraphError
from graph.server import PrivateServer

LOG: Final = logging.getLogger("creatorgraph.database")
SECONDS_BETWEEN_LOOKS: Final = 1.0
LOOKS_BETWEEN_QUERIES: Final = 10
TRIES: Final = 5
WINDOW: Final = 600.0
"""Seconds in which at most `TRIES` starts are tried."""


@asynccontextmanager
async def kept_running(server: PrivateServer) -> AsyncGenerator[None]:
    """Watch over a started server as long as the block runs."""
    watching = asyncio.create_task(_watch(server))
    try:
        yield
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching


async def _watch(server: PrivateServer) -> None:
    tries: deque[float] = deque(maxlen=TRIES)
    given_up = False
    for look in count():
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
        if not server.wanted or not await _is_down(server, thoroughly=look % LOOKS_BETWEEN_QUERIES == 0):
            continue
        if len(tries) == TRIES and monotonic() - tries[0] < WINDOW:
            if not given_up:
                LOG.error("the private database keeps failing and is not restarted for now", extra=_fields(server, tries=TRIES))
            given_up = True
            continue
        given_up = False
        await _revived(server, tries)


async def _is_down(server: PrivateServer, *, thoroughly: bool) -> bool:
    """Tell whether the server has ended or, where asked with a query, refuses all."""
    if not server.running:
        return True
    return thoroughly and await asyncio.to_thread(lambda: server.broken)


async def _revived(server: PrivateServer, tries: deque[float]) -> None:
    began = monotonic()
    try:
        if not await asyncio.to_thread(server.revive):
            return
    except (GraphError, OSError) as error:
        tries.append(began)
        LOG.error("the private database could not be restarted", extra=_fields(server, reason=str(error)))
        return
    tries.append(began)
    LOG.warning("the private database had failed and was restarted", extra=_fields(server, seconds=round(monotonic() - began, 1)))


def _fields(server: PrivateServer, **more: object) -> dict[str, object]:
    return {"fields": {"home": str(server.home), "logs": str(server.home / "logs"), **more}}
