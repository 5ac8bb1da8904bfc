"""One creator's events are those that a run reads of all, cut down to the one."""

from typing import Any

import numpy as np

from graph.events import creator_event_tables, event_tables
from graph.reader import Reader
from scoring.effects import EventKind, events
from scoring.facts import Period
from tests.graph.events.conftest import AS_OF
from tests.graph.events.test_tables import CREATORS, MARKET

MORE = """
MATCH (c:Creator {id: 'c2'}), (b:Brand {id: 'b1'}), (p:Product {id: 'p1'}), (t:Content {id: 't2-1'})
CREATE (b)-[:OFFERED]->(k:Collaboration {id: 'k', kind: 'SAMPLE', status: 'DELIVERED', offeredAt: $end - 9 * $day})-[:WITH]->(c),
       (k)-[:PROMOTES]->(p), (k)-[:DELIVERED]->(t)
WITH c
UNWIND [40, 2, 1, 400] AS days
CREATE (:Report {id: 'r' + days, at: $end - days * $day, days: 30, videoCount: days, gpmUsd: 1.0 * days})-[:ABOUT]->(c)
"""
SHARED = ("brands", "categories")


def rows(table: Any, columns: list[str]) -> list[tuple[Any, ...]]:
    return sorted(zip(*(table[name].to_pylist() for name in columns), strict=True), key=str)


async def test_are_the_rows_of_the_run_that_are_the_creator_s(graph: Any, draw: Any) -> None:
    await draw(MARKET)
    await draw(CREATORS, order=[1, 2, 3])
    await draw(MORE)
    reader, period = Reader(graph), Period(AS_OF)
    every, own = await event_tables(reader, period), await creator_event_tables(reader, "c2", period)
    assert set(own) == set(every)
    contents, deals = set(own["contents"]["id"].to_pylist()), {"k"}
    for name, table in every.items():
        if name in (*SHARED, "mentions", "products"):
            continue
        key = next(column for column in ("creator_id", "content_id", "collaboration_id", "id") if column in table.column_names)
        wanted = {"creator_id": {"c2"}, "id": {"c2"}, "content_id": contents, "collaboration_id": deals}[key]
        kept = table.filter(np.isin(np.array(table[key].to_pylist(), dtype=object).astype(str), list(wanted)))
        found = own[name].slice(0, 1) if name == "reports" else own[name]
        assert kept.num_rows > 0 or name == "earlier_sales", name
        assert rows(found, table.column_names) == rows(kept, table.column_names), name
    for name in SHARED:
        assert rows(own[name], every[name].column_names) == rows(every[name], every[name].column_names)


async def test_reports_have_their_ids_and_the_one_before_the_latest_is_there(graph: Any, draw: Any) -> None:
    await draw(MARKET)
    await draw(CREATORS, order=[1, 2, 3])
    await draw(MORE)
    own = await creator_event_tables(Reader(graph), "c2", Period(AS_OF))
    assert own["reports"]["id"].to_pylist() == ["r1", "r2"]
    assert sorted(own["report_history"]["id"].to_pylist()) == ["r1", "r2", "r40"]
    kinds = [each.kind for each in events(own)]
    assert {kind: kinds.count(kind) for kind in EventKind} == {
        EventKind.CONTENT: 6,
        EventKind.COLLABORATION: 1,
        EventKind.REPORT: 3,
        EventKind.SALES: 4,
    }


async def test_nobody_has_no_events(graph: Any, draw: Any) -> None:
    await draw(MARKET)
    own = await creator_event_tables(Reader(graph), "nobody", Period(AS_OF))
    assert events(own) == []
    assert {own[name].num_rows for name in own if name not in SHARED} == {0}
