"""Long computations: one a key, a time limit, an end when nobody waits."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from time import monotonic, sleep
from typing import Any

import pytest

from api.errors import LimitExceeded, TooManyAtOnce
from api.process.computations import Computations

Check = Callable[[], None]


def endless(check: Check) -> None:
    while True:
        check()
        sleep(0.005)


def two(check: Check) -> int:
    check()
    return 2


async def run(computations: Computations, key: str, work: Callable[[Check], Any], *, seconds: float = 5) -> Any:
    async with computations.turn(key) as turn:
        return await turn.run(work, seconds=seconds)


async def ended(computations: Computations) -> None:
    until = monotonic() + 5
    while computations.running:
        assert monotonic() < until, "it goes on"
        await asyncio.sleep(0.01)


async def test_what_is_computed_comes_back_and_the_loop_goes_on() -> None:
    computations, loop = Computations(), threading.get_ident()
    found = await run(computations, "k", lambda check: (check(), threading.get_ident())[1], seconds=5)
    assert found != loop
    await ended(computations)


async def test_a_failure_is_the_callers() -> None:
    def fail(check: Check) -> None:
        raise ValueError("so it is")

    with pytest.raises(ValueError, match="so it is"):
        await run(Computations(), "k", fail, seconds=5)


async def test_time_is_up() -> None:
    computations = Computations()
    with pytest.raises(LimitExceeded, match=r"time limit of 0\.05 s; narrow"):
        await run(computations, "k", endless, seconds=0.05)
    await ended(computations)


async def test_one_at_a_time_for_each_key() -> None:
    computations = Computations()
    first = asyncio.create_task(run(computations, "k", endless, seconds=5))
    await asyncio.sleep(0.02)
    with pytest.raises(TooManyAtOnce) as refusal:
        await run(computations, "k", endless, seconds=5)
    assert refusal.value.extensions == {"code": "CONCURRENCY_LIMIT", "retryAfter": 5}
    assert await run(computations, "another", two, seconds=5) == 2
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    await ended(computations)
    assert await run(computations, "k", two, seconds=5) == 2


async def test_what_waits_for_a_worker_is_never_begun_once_its_time_is_up() -> None:
    computations, begun = Computations(), threading.Event()
    tasks = [asyncio.create_task(run(computations, key, endless, seconds=0.2)) for key in "ab"]
    await asyncio.sleep(0.02)
    with pytest.raises(LimitExceeded):
        await run(computations, "c", lambda check: (check(), begun.set()), seconds=0.05)
    await asyncio.gather(*tasks, return_exceptions=True)
    assert not begun.is_set()
    await ended(computations)


async def test_what_nobody_waits_for_ends() -> None:
    computations = Computations()
    task = asyncio.create_task(run(computations, "k", endless, seconds=60))
    await asyncio.sleep(0.02)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await ended(computations)


async def test_a_turn_in_which_nothing_is_computed_ends_with_it() -> None:
    computations = Computations()
    async with computations.turn("k"):
        assert computations.running == 1
        with pytest.raises(TooManyAtOnce):
            await run(computations, "k", two)
    assert computations.running == 0
