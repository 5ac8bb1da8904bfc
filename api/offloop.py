"""Long computations off the event loop: one at a time for each key, within a time limit, stopped when nobody waits any more."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Final, TypeVar

from api.errors import LimitExceeded, TooManyAtOnce

WORKERS: Final = 2
"""NumPy and SciPy let go of the interpreter while they compute, so that a thread is enough; more would leave the others no core."""
RETRY: Final = 5

Found = TypeVar("Found")


class Stopped(Exception):
    """Raised within a computation that nobody waits for."""


class Computations:
    """What each key has computed; kept for as long as the process serves."""

    def __init__(self) -> None:
        """Start with nothing computed."""
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="computation")
        self._keys: set[str] = set()

    @property
    def running(self) -> int:
        """How many computations wait or run."""
        return len(self._keys)

    async def run(self, key_id: str, work: Callable[[Callable[[], None]], Found], *, seconds: float) -> Found:
        """Return what `work` returns; it calls its argument between steps, which raises once the time is up or nobody waits.

        TooManyAtOnce where the key has one running, LimitExceeded when the time is up; it counts from now, waiting for a
        free worker included. The key is free again when the computation has really ended.
        """
        if key_id in self._keys:
            raise TooManyAtOnce(
                "a computation of this key is running already; wait for it to end, or cancel it",
                headers={"Retry-After": str(RETRY)},
                retryAfter=RETRY,
            )
        stop, until = threading.Event(), monotonic() + seconds

        def check() -> None:
            if stop.is_set() or monotonic() > until:
                raise Stopped

        self._keys.add(key_id)
        future = self._pool.submit(_checked, work, check)
        loop = asyncio.get_running_loop()
        future.add_done_callback(lambda _: _soon(loop, self._keys.discard, key_id))
        try:
            return await asyncio.wrap_future(future)
        except Stopped as error:
            raise LimitExceeded(f"the computation's {seconds:g} s were up before it was done; narrow what it looks at") from error
        finally:
            stop.set()


def _checked(work: Callable[[Callable[[], None]], Found], check: Callable[[], None]) -> Found:
    check()
    return work(check)


def _soon(loop: asyncio.AbstractEventLoop, call: Callable[[str], None], key_id: str) -> None:
    """Call on the loop, whose things no other thread may touch; a loop that is closed has none left."""
    if loop.is_closed():
        call(key_id)
    else:
        loop.call_soon_threadsafe(call, key_id)
