from __future__ import annotations

import asyncio
import logging

import pytest

from api.cypher.concurrency import MOST_STUCK, WAITS, Concurrency
from api.errors import NotReady, TooManyAtOnce


class Query:
    """A query that was told to end, and ends when it is let."""

    def __init__(self) -> None:
        self.over = False

    async def gone(self) -> bool:
        return self.over


async def take(slots: Concurrency, key: str) -> None:
    await slots.take(key, seconds=0.1)


async def test_each_key_has_its_own_slots() -> None:
    slots = Concurrency(most=4, each=2)
    for key in ("a", "a", "b"):
        await take(slots, key)
    with pytest.raises(TooManyAtOnce, match="2 queries of this key are already running or waiting") as refused:
        await take(slots, "a")
    assert refused.value.headers == {"Retry-After": "2"}
    slots.free("a")
    await take(slots, "a")


async def test_the_last_slot_of_all_is_for_a_key_that_has_none() -> None:
    slots = Concurrency(most=2, each=2)
    await take(slots, "a")
    second = asyncio.create_task(slots.take("a", seconds=30))
    await asyncio.sleep(0)
    await take(slots, "b")
    with pytest.raises(TooManyAtOnce, match=r"other queries were running for the 0\.1 s that this one may take"):
        await take(slots, "c")
    assert not second.done()
    slots.free("a")
    await second
    slots.free("a")
    await take(slots, "c")


async def test_who_waited_in_vain_holds_nothing() -> None:
    slots = Concurrency(most=1, each=1)
    await take(slots, "a")
    for _ in range(2):
        with pytest.raises(TooManyAtOnce, match="other queries"):
            await take(slots, "b")
    gone = asyncio.create_task(slots.take("b", seconds=30))
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    slots.free("a")
    await take(slots, "b")


async def test_a_slot_is_free_when_its_query_has_ended_in_the_database() -> None:
    slots, query = Concurrency(most=1, each=1), Query()
    await take(slots, "a")
    slots.free_once("a", query.gone)
    await asyncio.sleep(0)
    with pytest.raises(TooManyAtOnce):
        await take(slots, "a")
    query.over = True
    await slots.settled()
    await take(slots, "a")


async def test_queries_that_do_not_end_close_the_way_to_more_for_every_key() -> None:
    slots, query = Concurrency(most=MOST_STUCK, each=1), Query()
    for key in [f"k{n}" for n in range(MOST_STUCK)]:
        await take(slots, key)
        slots.free_once(key, query.gone)
    with pytest.raises(NotReady, match="2 cancelled queries still occupy the database") as refused:
        await take(slots, "another")
    assert refused.value.headers == {"Retry-After": "30"}
    query.over = True
    await slots.settled()
    await take(slots, "another")


async def test_one_that_goes_on_is_logged(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr("api.cypher.concurrency.WAITS", (0.0,) * len(WAITS))
    slots, query = Concurrency(most=1, each=1), Query()
    await take(slots, "a")
    slots.free_once("a", query.gone)
    with caplog.at_level(logging.ERROR, "creatorgraph.cypher"):
        while not caplog.records:
            await asyncio.sleep(0.01)
    query.over = True
    await slots.settled()
    assert caplog.messages[0] == "a cancelled query is still running in the database"


async def test_a_slot_is_given_back_where_nobody_can_tell() -> None:
    async def away() -> bool:
        raise OSError

    slots = Concurrency(most=1, each=1)
    await take(slots, "a")
    slots.free_once("a", away)
    await slots.settled()
    await take(slots, "a")
