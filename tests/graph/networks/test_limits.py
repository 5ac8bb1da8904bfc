"""No read holds the database longer than it may."""

from __future__ import annotations

import time

import pytest
from neo4j import AsyncDriver
from neo4j.exceptions import Neo4jError

from graph.networks import Asked, Between, around, ways
from graph.recommendations.reading import Reading
from tests.graph.networks.drawn import ALL, NOW, RUN

ENDLESS = "UNWIND range(1, 100000000000) AS x WITH x WHERE x % 7 = 8 RETURN count(x) AS none"
EVERYTHING = frozenset({"COLLABORATIONS", "PRODUCTS", "MENTIONS"})

HUBS = """
UNWIND range(1, 2) AS side
UNWIND range(1, 120) AS n
CREATE (:Creator {id: side + 'c' + n, handle: 'h', region: 'US'}), (:Brand {id: side + 'b' + n})
"""
TIES = """
UNWIND range(1, 2) AS side
MATCH (c:Creator) WHERE c.id STARTS WITH side + 'c'
MATCH (b:Brand) WHERE b.id STARTS WITH side + 'b'
CREATE (c)-[:COLLABORATED_WITH {runId: 'r1', times: 1, gmvUsd: 0.0, firstAt: 0, lastAt: 0}]->(b)
"""


async def test_a_read_that_would_not_end_is_ended_by_the_server(graph: AsyncDriver) -> None:
    start = time.monotonic()
    with pytest.raises(Neo4jError) as refused:
        await Reading(graph, "neo4j", 0.5, ALL).rows(ENDLESS)
    assert "TransactionTimedOut" in (refused.value.code or "")
    assert time.monotonic() - start < 30  # the server looks every two seconds, and is busy in tests
    running = await graph.execute_query(
        "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery STARTS WITH 'UNWIND range(1, 1000' RETURN *"
    )
    assert running.records == []


async def test_two_parts_of_28_000_ways_each_are_searched_in_no_time_and_answer_a_few(graph: AsyncDriver) -> None:
    """All are tied to all in each part: there are billions of ways of six steps, and none from one part to the other."""
    await graph.execute_query(HUBS)
    await graph.execute_query(TIES)
    reading = Reading(graph, "neo4j", 10, ALL)
    apart = await ways(reading, Between(("Creator", "1c1"), ("Brand", "2b1"), RUN, 6, EVERYTHING), enough=3)
    assert apart is not None
    assert (apart.walks, apart.bounded) == ([], False)
    together = await ways(reading, Between(("Creator", "1c1"), ("Creator", "1c2"), RUN, 6, EVERYTHING), enough=3)
    assert together is not None
    assert (len(together.walks), together.bounded) == (60, True)


async def test_a_network_among_hubs_is_bounded(graph: AsyncDriver) -> None:
    await graph.execute_query(HUBS)
    await graph.execute_query(TIES)
    found = await around(Reading(graph, "neo4j", 10, ALL), Asked("1b1", RUN, NOW, depth=3, first=60))
    assert found is not None
    assert (len(found.near), len(found.others), len(found.far)) == (20, 20, 0)
    assert found.counts == [120, 119, 0]
