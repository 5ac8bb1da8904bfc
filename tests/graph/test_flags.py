"""Flags of a run: stored under it, and gone with it."""

from dataclasses import dataclass

import numpy as np
import pytest
from neo4j import AsyncDriver
from numpy.typing import NDArray

from graph.runs import Building, Plan, RunLost, begin, clean, retain, store_flags

PLAN = Plan(0, "1", ("overall",), (), "{}", 0, 0.0, 0, 0)


@dataclass(frozen=True)
class Flags:
    creator: NDArray[np.str_]
    kind: NDArray[np.str_]
    observed: NDArray[np.float64]
    expected: NDArray[np.float64]
    p_value: NDArray[np.float64]
    q_value: NDArray[np.float64]
    precision: NDArray[np.float64]
    evidence: tuple[tuple[str, ...], ...]


def flags() -> Flags:
    numbers = (np.array([value, value / 2]) for value in (9.0, 1.0, 0.002, 0.01, 0.9))
    return Flags(np.array(["a", "b"]), np.array(["RING", "ORDER_BURST"]), *numbers, evidence=(("Creator:a", "Creator:c"), ("Content:v",)))


async def built(graph: AsyncDriver) -> Building:
    await graph.execute_query("UNWIND ['a', 'b'] AS id MERGE (:Creator {id: id})")
    building = await begin(graph, PLAN, database="neo4j")
    await store_flags(building, flags())
    return building


async def stored(graph: AsyncDriver, run: str) -> list[list[object]]:
    query = "MATCH (f:Flag {runId: $run})-[:CONCERNS]->(c:Creator) RETURN c.id, f.id, f.key, f.observed, f.qValue, f.evidence ORDER BY f.id"
    return [list(record.values()) for record in (await graph.execute_query(query, run=run)).records]


async def test_each_is_kept_with_what_it_stands_on(graph: AsyncDriver) -> None:
    run = (await built(graph)).id
    assert await stored(graph, run) == [
        ["a", f"{run}|a|RING", "a|RING", 9.0, 0.01, ["Creator:a", "Creator:c"]],
        ["b", f"{run}|b|ORDER_BURST", "b|ORDER_BURST", 4.5, 0.005, ["Content:v"]],
    ]


async def test_they_go_with_their_run(graph: AsyncDriver) -> None:
    first = await built(graph)
    await first.publish({}, creators=2, scorecards=0, published_at=1)
    second = await built(graph)
    await second.publish({}, creators=2, scorecards=0, published_at=2)
    await retain(graph, 1, database="neo4j")
    assert await stored(graph, first.id) == []
    assert len(await stored(graph, second.id)) == 2


async def test_a_run_that_was_given_up_takes_none(graph: AsyncDriver) -> None:
    killed = await built(graph)
    await clean(graph, database="neo4j")
    assert await stored(graph, killed.id) == []
    with pytest.raises(RunLost, match=killed.id):
        await store_flags(killed, flags())
