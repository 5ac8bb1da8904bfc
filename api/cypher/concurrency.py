"""How many queries that keys wrote may run at once, of one key and of all, counted in this process."""

from __future__ import annotations

import asyncio
import logging
import os
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final

from api.errors import NotReady, TooManyAtOnce
from graph.turns import Turns

LOG: Final = logging.getLogger("creatorgraph.cypher")
MOST_STUCK: Final = 2
WAITS: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0)
"""Seconds between looks at a query that should have ended; the last over and over."""
RETRY: Final = 2

Gone = Callable[[], Awaitable[bool]]
"""Tells whether a query has ended in the database."""


class Concurrency:
    """What each key runs. A slot is free again when the database has ended the query, not when its answer was given up."""

    def __init__(self, *, most: int, each: int) -> None:
        """Start with nothing running; `each` may run or wait of one key, and `most` run of all, the last only for a key that runs none."""
        self._each = each
        self._turns = Turns(most=most, each=each, kept=1)
        self._held: Counter[str] = Counter()
        self._watches: set[asyncio.Task[None]] = set()

    @property
    def stuck(self) -> int:
        """How many queries were told to end and have not yet."""
        return len(self._watches)

    async def take(self, key_id: str, *, seconds: float) -> None:
        """Take a slot for a key, within `seconds`.

        TooManyAtOnce where it holds as many as it may or none is free by then, NotReady where the database is held by what cannot be ended.
        """
        if self.stuck >= MOST_STUCK:
            raise NotReady(
                f"{self.stuck} cancelled queries still occupy the database; try again later, or contact the operator",
                headers={"Retry-After": "30"},
            )
        if self._held[key_id] >= self._each:
            raise _too_many(f"{self._each} queries of this key are already running or waiting; wait until one finishes, or cancel it")
        self._held[key_id] += 1
        try:
            async with asyncio.timeout(seconds):
                await self._turns.begin(key_id)
        except BaseException as error:
            self._let_go(key_id)
            if isinstance(error, TimeoutError):
                raise _too_many(f"other queries were running for the {seconds:g} s that this one may take; try again later") from error
            raise

    def free(self, key_id: str) -> None:
        """Give a slot back."""
        self._turns.end(key_id)
        self._let_go(key_id)

    def free_once(self, key_id: str, gone: Gone) -> None:
        """Give a slot back as soon as `gone` says so, without waiting for it here."""
        watch = asyncio.get_running_loop().create_task(self._watched(key_id, gone))
        self._watches.add(watch)
        watch.add_done_callback(self._watches.discard)

    async def settled(self) -> None:
        """Wait until nothing is watched any more."""
        await asyncio.gather(*self._watches, return_exceptions=True)

    def _let_go(self, key_id: str) -> None:
        self._held[key_id] -= 1
        if not self._held[key_id]:
            del self._held[key_id]

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


def _too_many(message: str) -> TooManyAtOnce:
    return TooManyAtOnce(message, headers={"Retry-After": str(RETRY)}, retryAfter=RETRY)


def usual_most() -> int:
    """Return how many such queries run at once where no setting says it: on half of the cores, and one more."""
    return (os.cpu_count() or 1) // 2 + 1
