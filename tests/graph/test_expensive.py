"""One admission for what is expensive: fair between keys, in order, held until it has really ended, refused early."""

from __future__ import annotations

import asyncio

import pytest

from graph.errors import Busy
from graph.expensive import WAITING_EACH, Expensive


async def held(expensive: Expensive, holder: str, order: list[str], until: asyncio.Event, *, spared: int = 0) -> None:
    async with expensive.step(holder, spared=spared):
        order.append(holder)
        await until.wait()


async def settle() -> None:
    for _ in range(8):
        await asyncio.sleep(0)


def begun(expensive: Expensive, holders: str, order: list[str], go: asyncio.Event) -> list[asyncio.Task[None]]:
    return [asyncio.create_task(held(expensive, holder, order, go)) for holder in holders]


async def test_a_key_has_its_share_and_those_of_others_come_between() -> None:
    expensive, order, go = Expensive(most=2, each=1), list[str](), asyncio.Event()
    tasks = begun(expensive, "aaab", order, go)
    await settle()
    assert (order, expensive.running) == (["a", "b"], 2)
    tasks += begun(expensive, "cba", order, go)
    await settle()
    go.set()
    await asyncio.gather(*tasks)
    assert order == ["a", "b", "a", "c", "b", "a", "a"]
    assert expensive.running == 0


async def test_the_requests_of_a_key_keep_their_order() -> None:
    expensive, order = Expensive(most=1, each=1), list[int]()

    async def numbered(number: int) -> None:
        async with expensive.step("a"):
            await asyncio.sleep(0)
            order.append(number)

    await asyncio.gather(*map(numbered, range(6)))
    assert order == [0, 1, 2, 3, 4, 5]


async def test_what_lasts_long_leaves_turns_to_the_rest() -> None:
    expensive, order, go = Expensive(most=3, each=1), list[str](), asyncio.Event()
    tasks = [asyncio.create_task(held(expensive, holder, order, go, spared=1)) for holder in "abc"]
    await settle()
    assert order == ["a", "b"]
    tasks += begun(expensive, "de", order, go)
    await settle()
    assert order == ["a", "b", "d"]
    tasks[3].cancel()
    await settle()
    assert order == ["a", "b", "d", "e"]
    go.set()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert order[-1] == "c"
    assert expensive.running == 0


async def test_a_turn_lasts_until_its_work_has_ended_though_nobody_waits_for_it() -> None:
    expensive, over = Expensive(most=1, each=1), asyncio.Event()

    async def abandoned() -> None:
        async with expensive.step("a") as step:
            await asyncio.shield(step.lasts(over.wait()))

    task = asyncio.create_task(abandoned())
    await settle()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert expensive.running == 1
    over.set()
    await settle()
    assert expensive.running == 0


async def test_the_steps_of_one_request_share_its_turn_and_come_one_by_one() -> None:
    expensive, at_once, most, over = Expensive(most=1, each=1), 0, 0, asyncio.Event()

    async def step() -> None:
        nonlocal at_once, most
        async with expensive.step("a"):
            at_once += 1
            most = max(most, at_once)
            await asyncio.sleep(0)
            at_once -= 1

    async with expensive.request("a") as request:
        await request.begin()
        await asyncio.gather(step(), step(), step())
        assert expensive.running == 1
        async with expensive.step("a") as last:
            last.lasts(over.wait())
    assert (most, expensive.running) == (1, 1)
    over.set()
    await settle()
    assert expensive.running == 0


async def test_a_request_without_expensive_steps_takes_no_turn() -> None:
    expensive, order, go = Expensive(most=1, each=1), list[str](), asyncio.Event()
    tasks = begun(expensive, "ab", order, go)
    await settle()
    async with expensive.request("c"):
        assert (order, expensive.running) == (["a"], 1)
    go.set()
    await asyncio.gather(*tasks)


async def test_work_begun_by_a_request_that_has_been_answered_takes_a_turn_of_its_own() -> None:
    expensive, order, go = Expensive(most=1, each=1), list[str](), asyncio.Event()
    async with expensive.request("a"):
        later = asyncio.create_task(_later(expensive, order, go))
    go.set()
    await later
    assert (order, expensive.running) == (["a"], 0)


async def _later(expensive: Expensive, order: list[str], go: asyncio.Event) -> None:
    await go.wait()
    await held(expensive, "a", order, go)


async def test_a_full_line_is_refused_at_once() -> None:
    expensive, order, go = Expensive(most=2, each=1), list[str](), asyncio.Event()
    tasks = begun(expensive, "a" * (1 + WAITING_EACH), order, go)
    await settle()
    with pytest.raises(Busy, match="of this key") as busy:
        await held(expensive, "a", order, go)
    assert busy.value.own
    tasks += begun(expensive, "b", order, go)
    await settle()
    assert order == ["a", "b"]
    go.set()
    await asyncio.gather(*tasks)


async def test_a_wait_that_is_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.expensive.SECONDS", 0.02)
    expensive, order, go = Expensive(most=1, each=1), list[str](), asyncio.Event()
    tasks = begun(expensive, "a", order, go)
    await settle()
    for holder, own in (("a", True), ("b", False)):
        with pytest.raises(Busy) as busy:
            await held(expensive, holder, order, go)
        assert busy.value.own is own
    go.set()
    await asyncio.gather(*tasks)
    await held(expensive, "b", order, go)
    assert (order, expensive.running) == (["a", "b"], 0)


async def test_who_leaves_the_line_holds_nothing() -> None:
    expensive, order, go = Expensive(most=1, each=1), list[str](), asyncio.Event()
    tasks = begun(expensive, "aab", order, go)
    await settle()
    for task in tasks[1:]:
        task.cancel()
    go.set()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert (order, expensive.running) == (["a"], 0)
