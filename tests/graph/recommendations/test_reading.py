from __future__ import annotations

import time

import pytest
from neo4j import AsyncDriver
from neo4j.exceptions import ClientError

from graph.recommendations.reading import Reading
from tests.graph.recommendations.conftest import ALL, BRAND, CREATOR, Reader


async def test_a_query_ends_when_its_time_is_over(graph: AsyncDriver) -> None:
    start = time.perf_counter()
    with pytest.raises(ClientError, match="Timed") as raised:
        await Reading(graph, "neo4j", 1, ALL).rows("UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN max(a * b)")
    assert "TransactionTimedOut" in (raised.value.code or "")
    assert time.perf_counter() - start < 8


async def test_nothing_can_be_written(reader: Reader) -> None:
    with pytest.raises(ClientError):
        await reader(ALL).rows("CREATE (n:Creator {id: 'x'}) RETURN n.id")


def test_bounds_are_those_of_the_sight(reader: Reader) -> None:
    assert (reader(ALL).regions, reader(ALL).brands) == (None, None)
    assert (reader(BRAND).regions, reader(BRAND).brands) == (["US"], ["b1"])
    assert (reader(CREATOR).regions, reader(CREATOR).brands) == ([], [])
    assert [reader(each).sees_ties_of("b1") for each in (ALL, BRAND, CREATOR)] == [True, True, False]
    assert not reader(BRAND).sees_ties_of("b2")
