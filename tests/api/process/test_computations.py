"""Long computations: a time limit, an end when nobody waits, a turn until they have really ended."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from time import monotonic, sleep
from typing import Any

import pytest

from api.errors import LimitExceeded
from api.process.computations import Computations
from graph.expensive import Expensive

Check = Callable[[], None]


def endless(check: Check) -> None:
    while True:
        check()
        sleep(0.005)


def two(check: Check) -> int:
    check()
    return 2


class Process:
    """What a process computes with."""

    def __init__(self) -> None:
        self.computations, self.expensive = Computations(), Expensive(most=3, each=1)

    async def run(self, key: str, work: Callable[[Check], Any], *, seconds: float = 5) -> Any:
        async with self.expensive.step(key) as step:
            return await self.computations.run(work, step=step, seconds=seconds)

    async def ended(self) -> None:
        until = monotonic() + 5
        while self.expensive.running:
            assert monotonic() < until, "it goes on"
            await asyncio.sleep(0.01)


async def test_what_is_computed_comes_back_and_the_loop_goes_on() -> None:
    process, loop = Process(), threading.get_ident()
    found = await process.run("k", lambda check: (check(), threading.get_ident())[1], seconds=5)
    assert found != loop
    await process.ended()


async def test_a_failure_is_the_callers() -> None:
    def fail(check: Check) -> None:
        raise ValueError("so it is")

    with pytest.raises(ValueError, match="so it is"):
        await Process().run("k", fail, seconds=5)


async def test_time_is_up() -> None:
    process = Process()
    with pytest.raises(LimitExceeded, match=r"time limit of 0\.05 s; narrow"):
        await process.run("k", endless, seconds=0.05)
    await process.ended()


async def test_a_key_computes_one_thing_after_the_other() -> None:
    process = Process()
    first = asyncio.create_task(process.run("k", endless))
    await asyncio.sleep(0.02)
    second = asyncio.create_task(process.run("k", two))
    assert await process.run("another", two) == 2
    assert not second.done()
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    assert await second == 2
    await process.ended()


async def test_what_waits_for_a_worker_is_never_begun_once_its_time_is_up() -> None:
    process, begun = Process(), threading.Event()
    tasks = [asyncio.create_task(process.run(key, endless, seconds=0.2)) for key in "ab"]
    await asyncio.sleep(0.02)
    with pytest.raises(LimitExceeded):
        await process.run("c", lambda check: (check(), begun.set()), seconds=0.05)
    await asyncio.gather(*tasks, return_exceptions=True)
    assert not begun.is_set()
    await process.ended()


async def test_what_nobody_waits_for_ends() -> None:
    process = Process()
    task = asyncio.create_task(process.run("k", endless, seconds=60))
    await asyncio.sleep(0.02)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await process.ended()
