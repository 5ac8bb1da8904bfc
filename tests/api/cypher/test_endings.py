from __future__ import annotations

import asyncio
import logging

import pytest

from api.cypher.endings import MOST_STUCK, WAITS, Endings
from api.errors import NotReady


class Query:
    """A query that was told to end, and ends when it is let."""

    def __init__(self) -> None:
        self.over = False

    async def gone(self) -> bool:
        return self.over


async def test_a_watch_ends_when_its_query_has_ended_in_the_database() -> None:
    endings, query = Endings(), Query()
    watch = endings.watch("a", query.gone)
    await asyncio.sleep(0.01)
    assert (watch.done(), endings.stuck) == (False, 1)
    query.over = True
    await endings.settled()
    assert (watch.done(), endings.stuck) == (True, 0)


async def test_queries_that_do_not_end_close_the_way_to_more_for_every_key() -> None:
    endings, query = Endings(), Query()
    for key in range(MOST_STUCK):
        endings.check()
        endings.watch(f"k{key}", query.gone)
    with pytest.raises(NotReady, match="2 cancelled queries still occupy the database") as refused:
        endings.check()
    assert refused.value.headers == {"Retry-After": "30"}
    query.over = True
    await endings.settled()
    endings.check()


async def test_one_that_goes_on_is_logged(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr("api.cypher.endings.WAITS", (0.0,) * len(WAITS))
    endings, query = Endings(), Query()
    endings.watch("a", query.gone)
    with caplog.at_level(logging.ERROR, "creatorgraph.cypher"):
        while not caplog.records:
            await asyncio.sleep(0.01)
    query.over = True
    await endings.settled()
    assert caplog.messages[0] == "a cancelled query is still running in the database"


async def test_a_watch_ends_where_nobody_can_tell() -> None:
    async def away() -> bool:
        raise OSError

    endings = Endings()
    await asyncio.wait_for(endings.watch("a", away), 1)
