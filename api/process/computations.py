"""Long computations off the event loop: one at a time for each key, within a time limit, stopped when nobody waits any more."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any, Final, TypeVar

from api.errors import LimitExceeded, TooManyAtOnce

WORKERS: Final = 2
"""NumPy and SciPy let go of the interpreter while they compute, so that a thread is enough; more would leave the others no core."""
RETRY: Final = 5

Found = TypeVar("Found")


class Stopped(Exception):
    """Raised within a computation that nobody waits for."""


class Turn:
    """A key's turn: within it the key may compute, one thing after the other."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        """Start with nothing computed."""
        self._pool = pool
        self._future: Future[Any] | None = None

    async def run(self, work: Callable[[Callable[[], None]], Found], *, seconds: float) -> Found:
        """Return what `work` returns; it calls its argument between steps, which raises once the time is up or nobody waits.

        LimitExceeded when the time is up; it counts from now, waiting for a free worker included.
        """
        stop, until = threading.Event(), monotonic() + seconds

        def check() -> None:
            if stop.is_set() or monotonic() > until:
                raise Stopped

        self._future = self._pool.submit(_checked, work, check)
        try:
            return await asyncio.wrap_future(self._future)
        except Stopped as error:
            raise LimitExceeded(f"the computation exceeded its time limit of {seconds:g} s; narrow its scope") from error
        finally:
            stop.set()

    def once_ended(self, call: Callable[[], None]) -> None:
        """Call on this loop when nothing is computed any more: now, or when the worker has noticed that nobody waits."""
        if self._future is None or self._future.done():
            call()
            return
        loop = asyncio.get_running_loop()
        self._future.add_done_callback(lambda _: call() if loop.is_closed() else loop.call_soon_threadsafe(call))


class Computations:
    """What each key has computed; kept for as long as the process serves."""

    def __init__(self) -> None:
        """Start with nobody's turn."""
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="computation")
        self._keys: set[str] = set()

    @property
    def running(self) -> int:
        """How many keys have their turn."""
        return len(self._keys)

    @asynccontextmanager
    async def turn(self, key_id: str) -> AsyncGenerator[Turn]:
        """Yield a key's turn; TooManyAtOnce where it has one already. It lasts until what is computed in it has really ended."""
        if key_id in self._keys:
            raise TooManyAtOnce(
                "another computation of this key is still running; wait until it finishes, or cancel it",
                headers={"Retry-After": str(RETRY)},
                retryAfter=RETRY,
            )
        self._keys.add(key_id)
        turn = Turn(self._pool)
        try:
            yield turn
        finally:
            turn.once_ended(lambda: self._keys.discard(key_id))


def _checked(work: Callable[[Callable[[], None]], Found], check: Callable[[], None]) -> Found:
    check()
    return work(check)
