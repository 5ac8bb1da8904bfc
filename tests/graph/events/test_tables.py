"""The facts as a whole."""

from typing import Any

import numpy as np

from scoring.facts import COLUMNS, GROUP

MARKET = """
UNWIND range(1, 4) AS n
CREATE (:Category {id: 'k' + n}), (:Brand {id: 'b' + n})-[:SELLS]->(p:Product {id: 'p' + n})
WITH p, n
MATCH (k:Category {id: 'k' + n})
CREATE (p)-[:IN_CATEGORY]->(k)
"""
CREATORS = """
UNWIND $order AS n
CREATE (c:Creator {id: 'c' + n, handle: 'c' + n, region: CASE n % 2 WHEN 0 THEN 'US' ELSE 'GB' END, followerCount: n * 300})
WITH c, n
UNWIND CASE $order[0] WHEN 1 THEN range(1, 6) ELSE range(6, 1, -1) END AS m
MATCH (p:Product {id: 'p' + (1 + (n + m) % 4)})
CREATE (t:Content {id: 't' + n + '-' + m, kind: 'VIDEO', publishedAt: $end - m * $day, views: n * m * 7}),
       (s:Sale {id: 's' + n + '-' + m, orderId: 'o' + n, status: 'PLACED', at: $end - 3 * $day, quantity: 3, gmvUsd: 0.1 * m * n}),
       (c)-[:PUBLISHED]->(t)-[:FEATURES]->(p), (s)-[:OF]->(p), (s)-[:CREDITED_TO]->(c), (s)-[:THROUGH]->(t)
SET s.refundedQuantity = m % 2
"""


async def test_are_the_declared_columns_sorted_by_window_category_and_creator(draw: Any, ask: Any) -> None:
    await draw(MARKET)
    await draw(CREATORS, order=[1, 2, 3])
    columns = (await ask()).columns
    assert list(columns)[: len(GROUP)] == [each.name for each in GROUP]
    assert set(columns) == {each.name for each in (*GROUP, *COLUMNS)}
    keys = list(zip(columns["window"].tolist(), columns["category"].tolist(), columns["creator"].tolist(), strict=True))
    assert keys == sorted(set(keys))
    assert {columns[each.name].dtype for each in COLUMNS} == {np.dtype(np.float64)}


async def test_are_the_same_to_the_last_bit_however_the_graph_was_made_and_read(graph: Any, draw: Any, ask: Any, monkeypatch: Any) -> None:
    await draw(MARKET)
    await draw(CREATORS, order=[1, 2, 3])
    first = (await ask()).columns
    await draw("MATCH (n) WHERE n:Creator OR n:Content OR n:Sale DETACH DELETE n")
    await draw(CREATORS, order=[3, 1, 2])
    monkeypatch.setattr("graph.events.spans.SLICE_ROWS", 1)
    monkeypatch.setattr("graph.reader.SESSIONS", 5)
    monkeypatch.setattr("graph.reader.BATCH", 1)
    again = (await ask()).columns
    assert all(first[name].tobytes() == again[name].tobytes() for name in first)
