"""What an upheld appeal is about is in no event table, of all creators or of one; pending and rejected appeals change nothing."""

from __future__ import annotations

from typing import Any

import pytest

from graph.dates import DAY
from graph.events import Struck, creator_event_tables, event_tables, latest, struck
from graph.reader import Reader
from scoring.facts import Period
from tests.graph.events.conftest import AS_OF
from tests.graph.events.test_of_creator import MORE
from tests.graph.events.test_tables import CREATORS, MARKET

MENTION = "MATCH (t:Content {id: 't2-1'}), (c:Creator {id: 'c3'}) CREATE (t)-[:MENTIONS]->(c)"
APPEALS = """
UNWIND [['Sale', 's2-1'], ['Content', 't2-1'], ['Collaboration', 'k'], ['Flag', 'c2|RING']] AS each
CREATE (:Appeal {id: 'c2|' + each[0] + '|' + each[1], creatorId: 'c2', subjectKind: each[0], subjectId: each[1], status: $status})
"""
ALL = Struck(sales=("s2-1",), contents=("t2-1",), collaborations=("k",))


async def drawn(draw: Any, status: str) -> None:
    await draw(MARKET)
    await draw(CREATORS, order=[1, 2, 3])
    for more in (MORE, MENTION):
        await draw(more)
    await draw(APPEALS, status=status)


async def sizes(graph: Any) -> dict[str, int]:
    tables = await event_tables(Reader(graph), Period(AS_OF))
    return {name: table.num_rows for name, table in tables.items()}


@pytest.mark.parametrize(("status", "fewer"), [("UPHELD", 1), ("PENDING", 0), ("REJECTED", 0)])
async def test_just_what_is_upheld_is_left_out_with_what_hangs_on_it(graph: Any, draw: Any, status: str, fewer: int) -> None:
    await drawn(draw, status)
    counted = await sizes(graph)
    await draw("MATCH (a:Appeal) DELETE a")
    names = ("sales", "contents", "features", "collaborations", "promotions", "deliveries", "mentions")
    assert {name: many - counted[name] for name, many in (await sizes(graph)).items()} == dict.fromkeys(counted, 0) | dict.fromkeys(
        names, fewer
    )


async def test_one_creator_s_tables_are_those_of_the_run_and_others_can_be_asked_for(graph: Any, draw: Any) -> None:
    await drawn(draw, "UPHELD")
    reader, period = Reader(graph), Period(AS_OF)
    assert await struck(reader) == ALL
    own = await creator_event_tables(reader, "c2", period)
    assert "t2-1" not in own["contents"]["id"].to_pylist()
    assert own["collaborations"].num_rows == own["promotions"].num_rows == own["deliveries"].num_rows == 0
    again = await creator_event_tables(reader, "c2", period, ALL.but("contents", "t2-1", out=False))
    assert "t2-1" in again["contents"]["id"].to_pylist()
    assert (again["sales"].num_rows, again["collaborations"].num_rows) == (5, 0)


async def test_content_that_is_struck_out_keeps_no_promise_and_tells_no_time(graph: Any, draw: Any) -> None:
    await drawn(draw, "PENDING")
    await draw("MATCH (t:Content {id: 't2-1'}) SET t.publishedAt = $end + 50 * $day")
    before, late = await sizes(graph), await latest(Reader(graph))
    await draw("MATCH (a:Appeal {subjectKind: 'Content'}) SET a.status = 'UPHELD'")
    after = await sizes(graph)
    assert (before["deliveries"] - after["deliveries"], before["collaborations"] - after["collaborations"]) == (1, 0)
    told = await latest(Reader(graph))
    assert late is not None
    assert told is not None
    assert late - told > 40 * DAY


def test_an_event_is_struck_out_or_counted_again() -> None:
    assert ALL.but("sales", "s9", out=True) == Struck(("s2-1", "s9"), ("t2-1",), ("k",))
    assert ALL.but("sales", "s2-1", out=True) == ALL
    assert ALL.but("sales", "s2-1", out=False) == Struck((), ("t2-1",), ("k",))
