from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest

from graph.turns import Full, Turns


async def held(turns: Turns, holder: str, order: list[str], until: asyncio.Event) -> None:
    async with turns.turn(holder):
        order.append(holder)
        await until.wait()


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_a_free_turn_goes_to_whoever_has_the_fewest() -> None:
    turns, order, go = Turns(most=2, each=2, waiting=10, waiting_each=10), list[str](), asyncio.Event()
    tasks = [asyncio.create_task(held(turns, holder, order, go)) for holder in "aaaab"]
    await settle()
    assert (order, turns.running, turns.waiting) == (["a", "a"], 2, 3)
    go.set()
    await asyncio.gather(*tasks)
    assert order == ["a", "a", "b", "a", "a"]
    assert (turns.running, turns.waiting) == (0, 0)


async def test_one_holder_never_takes_all() -> None:
    turns, order, go = Turns(most=3, each=2, waiting=10, waiting_each=10), list[str](), asyncio.Event()
    tasks = [asyncio.create_task(held(turns, holder, order, go)) for holder in "aaab"]
    await settle()
    assert order == ["a", "a", "b"]
    go.set()
    await asyncio.gather(*tasks)


async def test_a_holder_may_have_a_share_of_its_own() -> None:
    turns, order, go = Turns(most=4, each=1, waiting=10, waiting_each=10), list[str](), asyncio.Event()

    async def take(holder: str, each: int | None) -> None:
        async with turns.turn(holder, each=each):
            order.append(holder)
            await go.wait()

    tasks = [asyncio.create_task(take(holder, each)) for holder, each in (("a", 3), ("a", 3), ("a", 3), ("b", None), ("b", None))]
    await settle()
    assert order == ["a", "a", "a", "b"]
    go.set()
    await asyncio.gather(*tasks)


async def test_full_lines_are_told_at_once() -> None:
    turns, order, go = Turns(most=1, each=1, waiting=3, waiting_each=2), list[str](), asyncio.Event()
    tasks = [asyncio.create_task(held(turns, holder, order, go)) for holder in "aaab"]
    await settle()
    for holder, own in (("a", True), ("c", False)):
        with pytest.raises(Full) as full:
            await asyncio.wait_for(held(turns, holder, order, go), 1)
        assert full.value.holder is own
    go.set()
    await asyncio.gather(*tasks)


async def test_who_leaves_the_line_takes_no_turn() -> None:
    turns, order, go = Turns(most=1, each=1, waiting=9, waiting_each=9), list[str](), asyncio.Event()
    tasks = [asyncio.create_task(held(turns, holder, order, go)) for holder in "abc"]
    await settle()
    tasks[1].cancel()
    go.set()
    await asyncio.gather(tasks[0], tasks[2])
    assert (order, turns.running, turns.waiting) == (["a", "c"], 0, 0)


async def test_some_turns_are_kept_for_those_who_may_go_beyond() -> None:
    turns = Turns(most=1, each=2, waiting=0, waiting_each=0)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(turns.turn("a"))
        with pytest.raises(Full):
            await stack.enter_async_context(turns.turn("b"))
        await stack.enter_async_context(turns.turn("admin", beyond=1))
        assert turns.running == 2


async def test_some_work_leaves_turns_to_others_in_line_too() -> None:
    turns = Turns(most=2, each=2)
    await turns.begin("a", beyond=-1)
    patient = asyncio.create_task(turns.begin("b", beyond=-1))
    await settle()
    await turns.begin("c")
    turns.end("c")
    await settle()
    assert not patient.done()
    turns.end("a")
    await patient
    assert (turns.running, turns.of("b")) == (1, 1)


async def test_who_leaves_the_line_lets_those_behind_it_go() -> None:
    turns = Turns(most=2, each=2)
    await turns.begin("a", beyond=-1)
    first, second = asyncio.create_task(turns.begin("b", beyond=-1)), asyncio.create_task(turns.begin("b"))
    await settle()
    assert not second.done()
    first.cancel()
    await second
    assert turns.of("b") == 1
