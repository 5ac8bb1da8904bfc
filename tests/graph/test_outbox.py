"""Domain events: numbered without gaps in the order of commits, and read without a miss, whoever writes and whatever is killed."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from typing import Any

import pytest
from neo4j import AsyncDriver, AsyncManagedTransaction

from graph.feeds import EVERYTHING, events_after, followed, news_after
from graph.outbox import (
    BRIEF_CREATED,
    KINDS,
    QUERY_DELETED,
    QUERY_SAVED,
    Event,
    EventsForgotten,
    Recorded,
    forget_old,
    record,
    record_all,
)
from graph.runs import CurrentRun
from tests.conftest import TestServer

WRITER = """
import asyncio, sys
from neo4j import AsyncGraphDatabase
from graph.outbox import QUERY_SAVED, Event, record

async def main(uri, user, password, name):
    async with AsyncGraphDatabase.driver(uri, auth=(user, password)) as driver, driver.session() as session:
        for version in range(100_000):
            await session.execute_write(record, Event(QUERY_SAVED, name, {"version": version}))
            print(version, flush=True)

asyncio.run(main(*sys.argv[1:]))
"""


class Undone(Exception):
    """What ends a change that is not to be."""


async def write(driver: AsyncDriver, event: Event, *, undone: bool = False) -> None:
    async def work(tx: AsyncManagedTransaction) -> None:
        await record(tx, event, at=7)
        if undone:
            raise Undone

    async with driver.session() as session:
        await session.execute_write(work)


async def read(driver: AsyncDriver, after: int = 0) -> list[Recorded]:
    return [each async for each in followed(driver, after)]


async def test_whoever_records_an_event_is_told_its_number(graph: AsyncDriver) -> None:
    async def work(tx: AsyncManagedTransaction) -> tuple[int, int, int]:
        one, two = Event(QUERY_SAVED, "q1", {"version": 1}), Event(QUERY_SAVED, "q2", {"version": 1})
        return await record(tx, one), await record_all(tx, [one, two]), await record_all(tx, [])

    async with graph.session() as session:
        assert await session.execute_write(work) == (1, 3, 0)


async def test_an_event_comes_back_as_it_was_recorded(graph: AsyncDriver) -> None:
    event = Event(BRIEF_CREATED, "f1", {"version": 1}, brand="b1")
    await write(graph, event)
    assert await read(graph) == [Recorded(1, 7, event)]
    assert await read(graph, 1) == []


def test_an_event_carries_what_its_kind_declares() -> None:
    with pytest.raises(ValueError, match=r"brief.created carries \['name'\]; it is declared with \['version'\]"):
        Event(BRIEF_CREATED, "f1", {"name": "x"})
    assert len({kind.name for kind in KINDS.values()}) == len(KINDS)
    assert all(kind.audience for kind in KINDS.values())


async def test_numbers_have_no_gaps_whoever_writes_at_once_and_whatever_is_undone(graph: AsyncDriver) -> None:
    async def several(writer: int) -> None:
        for version in range(12):
            event = Event(QUERY_SAVED, f"q{writer}", {"version": version})
            if version % 3 == 2:
                with pytest.raises(Undone):
                    await write(graph, event, undone=True)
            else:
                await write(graph, event)

    async def reader() -> list[Recorded]:
        seen: list[Recorded] = []
        while len(seen) < 6 * 8:
            seen += await events_after(graph, seen[-1].number if seen else 0, first=5)
            await asyncio.sleep(0)
        return seen

    async with asyncio.timeout(120):
        seen, *_ = await asyncio.gather(reader(), *(several(writer) for writer in range(6)))
    assert [each.number for each in seen] == list(range(1, 49))
    assert seen == await read(graph)
    for writer in range(6):
        own = [each.event.payload["version"] for each in seen if each.event.subject == f"q{writer}"]
        assert own == [0, 1, 3, 4, 6, 7, 9, 10]


async def test_a_number_that_shows_before_its_event_does_is_waited_for(graph: AsyncDriver) -> None:
    """A commit is not seen at one stroke: its numbers on nodes come first, what is found by an index last."""
    heard: list[int] = []
    follower = CurrentRun(graph, told=lambda each: heard.append(each.number))
    for version in range(3):
        await write(graph, Event(QUERY_SAVED, "q", {"version": version}))
    await follower.refresh()  # what was before is history
    await graph.execute_query("MATCH (state:State {id: 'data'}) SET state.events = 4")
    assert await read(graph, 3) == []
    assert (await news_after(graph, 2, EVERYTHING, first=9)).newest == 3
    await follower.refresh()
    await graph.execute_query("MATCH (state:State {id: 'data'}) SET state.events = 3")
    await write(graph, Event(QUERY_SAVED, "q", {"version": 3}))
    await follower.refresh()
    assert heard == [4]


@pytest.mark.fault
async def test_a_killed_writer_leaves_no_gap_and_nothing_that_was_written_goes(graph: AsyncDriver, neo4j: TestServer) -> None:
    user, password = neo4j.auth
    told: dict[str, int] = {}
    for name in ("one", "two"):
        with subprocess.Popen([sys.executable, "-c", WRITER, neo4j.uri, user, password, name], stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            for line in writer.stdout:
                told[name] = int(line)
                if told[name] >= 5:
                    writer.send_signal(signal.SIGKILL)
                    break
    await write(graph, Event(QUERY_DELETED, "three"))
    found = await read(graph)
    assert [each.number for each in found] == list(range(1, len(found) + 1))
    for name, last in told.items():
        own = [each.event.payload["version"] for each in found if each.event.subject == name]
        assert own == list(range(len(own)))
        assert len(own) > last
    assert found[-1].event == Event(QUERY_DELETED, "three")


async def test_a_reader_who_fell_behind_what_is_kept_is_told_so(graph: AsyncDriver) -> None:
    for number in range(5):
        await write(graph, Event(QUERY_SAVED, f"q{number}", {"version": 1}))
    await forget_old(graph, kept=2)
    assert [each.number for each in await read(graph, 3)] == [4, 5]
    with pytest.raises(EventsForgotten, match="event 2 is no longer kept"):
        await events_after(graph, 1)
    await forget_old(graph, kept=0)
    with pytest.raises(EventsForgotten, match="event 5 is no longer kept"):
        await events_after(graph, 4)
    assert await events_after(graph, 5) == []


async def test_an_event_moves_the_version_of_the_data(graph: AsyncDriver) -> None:
    async def version() -> Any:
        return (await graph.execute_query("MATCH (state:State) RETURN state")).records[0]["state"]._properties

    await write(graph, Event(QUERY_DELETED, "q"))
    assert await version() == {"id": "data", "version": 1, "events": 1}
