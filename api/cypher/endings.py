"""Queries that were told to end: each is watched until the database has ended it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from api.errors import NotReady

LOG: Final = logging.getLogger("creatorgraph.cypher")
MOST_STUCK: Final = 2
WAITS: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0)
"""Seconds between looks at a query that should have ended; the last over and over."""

Gone = Callable[[], Awaitable[bool]]
"""Tells whether a query has ended in the database."""


class Endings:
    """The watches of this process."""

    def __init__(self) -> None:
        """Start with nothing watched."""
        self._watches: set[asyncio.Task[None]] = set()

    @property
    def stuck(self) -> int:
        """How many queries were told to end and have not yet."""
        return len(self._watches)

    def check(self) -> None:
        """Raise NotReady where the database is held by what cannot be ended."""
        if self.stuck >= MOST_STUCK:
            raise NotReady(
                f"{self.stuck} cancelled queries still occupy the database; try again later, or contact the operator",
                headers={"Retry-After": "30"},
            )

    def watch(self, key_id: str, gone: Gone) -> asyncio.Task[None]:
        """Return what ends as soon as `gone` says so, or nobody can tell."""
        watch = asyncio.get_running_loop().create_task(_watched(key_id, gone))
        self._watches.add(watch)
        watch.add_done_callback(self._watches.discard)
        return watch

    async def settled(self) -> None:
        """Wait until nothing is watched any more."""
        await asyncio.gather(*self._watches, return_exceptions=True)


async def _watched(key_id: str, gone: Gone) -> None:
    try:
        looks = 0
        while not await gone():
            await asyncio.sleep(WAITS[min(looks, len(WAITS) - 1)])
            looks += 1
            if looks == len(WAITS):
                LOG.error("a cancelled query is still running in the database", extra={"fields": {"key": key_id}})
    except Exception as error:
        LOG.warning("cannot tell whether a query has ended", exc_info=error)
