"""How many queries of a key's own may run at once, counted in this process."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final

from api.errors import NotReady, TooManyAtOnce

LOG: Final = logging.getLogger("creatorgraph.cypher")
MOST_STUCK: Final = 2
WAITS: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0)
"""Seconds between looks at a query that should have ended; the last over and over."""
RETRY: Final = 2

Gone = Callable[[], Awaitable[bool]]
"""Tells whether a query has ended in the database."""


class Slots:
    """What each key runs. A slot is free again when the database has ended the query, not when its answer was given up."""

    def __init__(self) -> None:
        """Start with nothing running."""
        self._running: Counter[str] = Counter()
        self._watches: set[asyncio.Task[None]] = set()

    @property
    def stuck(self) -> int:
        """How many queries were told to end and have not yet."""
        return len(self._watches)

    def take(self, key_id: str, *, most: int) -> None:
        """Take a slot for a key; TooManyAtOnce where it holds `most`, NotReady where the database is held by what cannot be ended."""
        if self.stuck >= MOST_STUCK:
            raise NotReady(
                f"{self.stuck} cancelled queries still occupy the database; try again later, or contact the operator",
                headers={"Retry-After": "30"},
            )
        if self._running[key_id] >= most:
            raise TooManyAtOnce(
                f"{most} queries of this key are already running; wait until one finishes, or cancel it",
                headers={"Retry-After": str(RETRY)},
                retryAfter=RETRY,
            )
        self._running[key_id] += 1

    def free(self, key_id: str) -> None:
        """Give a slot back."""
        self._running[key_id] -= 1
        if not self._running[key_id]:
            del self._running[key_id]

    def free_once(self, key_id: str, gone: Gone) -> None:
        """Give a slot back as soon as `gone` says so, without waiting for it here."""
        watch = asyncio.get_running_loop().create_task(self._watched(key_id, gone))
        self._watches.add(watch)
        watch.add_done_callback(self._watches.discard)

    async def settled(self) -> None:
        """Wait until nothing is watched any more."""
        await asyncio.gather(*self._watches, return_exceptions=True)

    def _watched(self, key_id: str, gone: Gone) -> Coroutine[Any, Any, None]:
        async def watch() -> None:
            try:
                looks = 0
                while not await gone():
                    await asyncio.sleep(WAITS[min(looks, len(WAITS) - 1)])
                    looks += 1
                    if looks == len(WAITS):
                        LOG.error("a cancelled query is still running in the database", extra={"fields": {"key": key_id}})
            except Exception as error:
                LOG.warning("cannot tell whether a query has ended", exc_info=error)
            finally:
                self.free(key_id)

        return watch()
