from __future__ import annotations

import asyncio
import logging

import pytest

from api.errors import NotReady, TooManyAtOnce
from api.slots import MOST_STUCK, WAITS, Slots


class Query:
    """A query that was told to end, and ends when it is let."""

    def __init__(self) -> None:
        self.over = False

    async def gone(self) -> bool:
        return self.over


def test_each_key_has_its_own_slots() -> None:
    slots = Slots()
    for key in ("a", "a", "b"):
        slots.take(key, most=2)
    with pytest.raises(TooManyAtOnce) as refused:
        slots.take("a", most=2)
    assert refused.value.headers == {"Retry-After": "2"}
    slots.free("a")
    slots.take("a", most=2)


async def test_a_slot_is_free_when_its_query_has_ended_in_the_database() -> None:
    slots, query = Slots(), Query()
    slots.take("a", most=1)
    slots.free_once("a", query.gone)
    await asyncio.sleep(0)
    with pytest.raises(TooManyAtOnce):
        slots.take("a", most=1)
    query.over = True
    await slots.settled()
    slots.take("a", most=1)


async def test_queries_that_do_not_end_close_the_way_to_more_for_every_key() -> None:
    slots, query = Slots(), Query()
    for key in [f"k{n}" for n in range(MOST_STUCK)]:
        slots.take(key, most=1)
        slots.free_once(key, query.gone)
    with pytest.raises(NotReady, match="2 cancelled queries still occupy the database") as refused:
        slots.take("another", most=1)
    assert refused.value.headers == {"Retry-After": "30"}
    query.over = True
    await slots.settled()
    slots.take("another", most=1)


async def test_one_that_goes_on_is_logged(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr("api.slots.WAITS", (0.0,) * len(WAITS))
    slots, query = Slots(), Query()
    slots.take("a", most=1)
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

    slots = Slots()
    slots.take("a", most=1)
    slots.free_once("a", away)
    await slots.settled()
    slots.take("a", most=1)
