"""Long computations off the event loop: within a time limit, stopped when nobody waits any more."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Final, TypeVar

from api.errors import LimitExceeded
from graph.expensive import Step

WORKERS: Final = 2
"""NumPy and SciPy let go of the interpreter while they compute, so that a thread is enough; more would leave the others no core."""

Found = TypeVar("Found")


class Stopped(Exception):
    """Raised within a computation that nobody waits for."""


class Computations:
    """The threads that compute; kept for as long as the process serves."""

    def __init__(self) -> None:
        """Start with nothing computed."""
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="computation")

    async def run(self, work: Callable[[Callable[[], None]], Found], *, step: Step, seconds: float) -> Found:
        """Return what `work` returns; it calls its argument between pieces, which raises once the time is up or nobody waits.

        LimitExceeded when the time is up; it counts from now, waiting for a free worker included. The step lasts until the worker
        has noticed that nobody waits.
        """
        stop, until = threading.Event(), monotonic() + seconds

        def check() -> None:
            if stop.is_set() or monotonic() > until:
                raise Stopped

        loop = asyncio.get_running_loop()
        future, ended = self._pool.submit(_checked, work, check), loop.create_future()
        future.add_done_callback(lambda _: None if loop.is_closed() else loop.call_soon_threadsafe(ended.set_result, None))
        step.lasts(ended)
        try:
            return await asyncio.wrap_future(future)
        except Stopped as error:
            raise LimitExceeded(f"the computation exceeded its time limit of {seconds:g} s; narrow its scope") from error
        finally:
            stop.set()


def _checked(work: Callable[[Callable[[], None]], Found], check: Callable[[], None]) -> Found:
    check()
    return work(check)
