"""Vectors of a run: read back whole, seen with their run and gone with it."""

import numpy as np
import pytest
from neo4j import AsyncDriver

from graph.runs import Building, Plan, RunLost, Vectors, begin, clean, retain, store_vectors, stored_vectors

PLAN = Plan(0, "1", ("overall",), (), "{}", 0, 0.0, 0, 0)


def vectors(creators: int) -> Vectors:
    draw = np.random.default_rng(creators)
    ids = {"Creator": np.array([f"c{n:04d}" for n in range(creators)], dtype=np.str_), "Brand": np.array(["X"])}
    rows = {kind: draw.standard_normal((len(each), 5)).astype(np.float32) for kind, each in ids.items()}
    return Vectors(ids, rows, np.arange(creators, dtype=np.int64) % 3 - 1, (("graph", 3), ("size", 2)))


async def built(graph: AsyncDriver, made: Vectors) -> Building:
    building = await begin(graph, PLAN, database="neo4j")
    await store_vectors(building, made)
    return building


async def read(graph: AsyncDriver, run: str) -> Vectors | None:
    return await stored_vectors(graph, run, database="neo4j", seconds=10)


@pytest.mark.parametrize("creators", [0, 1, 3, 7])
async def test_they_come_back_as_they_were_to_half_a_floats_precision(
    graph: AsyncDriver, creators: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.runs.vectors.ROWS", 3)
    made = vectors(creators)
    found = await read(graph, (await built(graph, made)).id)
    assert found is not None
    assert found.ids["Creator"].tolist() == made.ids["Creator"].tolist()
    assert found.groups.tolist() == made.groups.tolist()
    assert (found.widths, found.dimensions) == (made.widths, 5)
    for kind in ("Creator", "Brand"):
        assert found.rows[kind].shape == made.rows[kind].shape
        assert np.allclose(found.rows[kind], made.rows[kind], atol=2e-3)


async def test_a_run_without_vectors_has_none(graph: AsyncDriver) -> None:
    assert await read(graph, "r000001") is None


async def test_they_go_with_their_run(graph: AsyncDriver) -> None:
    first = await built(graph, vectors(2))
    await first.publish({}, creators=2, scorecards=0, published_at=1)
    second = await built(graph, vectors(3))
    await second.publish({}, creators=3, scorecards=0, published_at=2)
    await retain(graph, 1, database="neo4j")
    assert await read(graph, first.id) is None
    left = await read(graph, second.id)
    assert left is not None
    assert len(left.ids["Creator"]) == 3


async def test_what_a_killed_run_has_left_is_removed(graph: AsyncDriver) -> None:
    killed = await built(graph, vectors(2))
    await clean(graph, database="neo4j")
    assert await read(graph, killed.id) is None
    with pytest.raises(RunLost, match=killed.id):
        await store_vectors(killed, vectors(1))
