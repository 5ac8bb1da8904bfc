"""The outbox as one reader is told of it."""

from __future__ import annotations

import pytest
from neo4j import AsyncDriver

from graph.feeds import Told, newest_told, news_after
from graph.outbox import (
    BRIEF_CREATED,
    COLLABORATION_RATED,
    QUERY_SAVED,
    RUN_PUBLISHED,
    Event,
    EventsForgotten,
    forget_old,
)
from tests.graph.test_outbox import write

EVENTS = (
    Event(RUN_PUBLISHED, "r1"),
    Event(BRIEF_CREATED, "f1", {"version": 1}, brand="b1"),
    Event(BRIEF_CREATED, "f2", {"version": 1}, brand="b2"),
    Event(COLLABORATION_RATED, "k1", {"rating": 4.0}, brand="b1", creator="c1"),
    Event(QUERY_SAVED, "q", {"version": 1}),
)


@pytest.fixture
async def written(graph: AsyncDriver) -> AsyncDriver:
    for each in EVENTS:
        await write(graph, each)
    return graph


async def numbers(driver: AsyncDriver, told: Told, after: int = 0, first: int = 100) -> list[int]:
    return [each.number for each in (await news_after(driver, after, told, first=first)).events]


async def test_a_reader_is_told_of_what_concerns_them(written: AsyncDriver) -> None:
    brand = Told(always=("run.published",), of_brands=("brief.created", "collaboration.rated"), brands=("b1",))
    creator = Told(always=("run.published",), of_creator=("collaboration.rated",), creator="c1")
    assert await numbers(written, brand) == [1, 2, 4]
    assert await numbers(written, creator) == [1, 4]
    assert await numbers(written, Told(of_creator=("collaboration.rated",), creator=None)) == []
    assert [await newest_told(written, each) for each in (brand, creator, Told())] == [4, 4, 0]


async def test_it_goes_on_after_any_number_as_far_as_asked(written: AsyncDriver) -> None:
    everything = Told(always=tuple(each.kind.name for each in EVENTS))
    assert await numbers(written, everything, 2, first=2) == [3, 4]
    last = await news_after(written, 5, everything, first=2)
    assert (last.events, last.newest) == ((), 5)
    assert [each.event for each in (await news_after(written, 0, everything, first=9)).events] == list(EVENTS)


async def test_numbers_that_are_gone_or_never_were_are_refused(written: AsyncDriver) -> None:
    await forget_old(written, kept=2)
    for number in (0, 2, 6):
        with pytest.raises(EventsForgotten):
            await numbers(written, Told(), number)
    assert await numbers(written, Told(always=("collaboration.rated", "query.saved")), 3) == [4, 5]
