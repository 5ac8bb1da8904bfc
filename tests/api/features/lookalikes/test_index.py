"""The current run's vectors in memory: loaded once, replaced with the run."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from neo4j import AsyncDriver

from api.features.lookalikes.index import Index, Indexes
from graph.recommendations.candidates import Creators
from graph.runs import Plan, Vectors, begin, store_vectors
from scoring.similarity import Layout
from tests.api.processes import process

VECTORS = Vectors(
    ids={"Creator": np.array(["a", "b", "c"]), "Brand": np.array(["X"])},
    rows={"Creator": np.eye(3, dtype=np.float32), "Brand": np.ones((1, 3), dtype=np.float32)},
    groups=np.array([0, 0, -1]),
    widths=(("graph", 3),),
)
SEEN = Creators(("a", "c", "new"), ("US", "GB", "US"), np.array([10.0, np.nan, 5.0]), (True, False, False))


def index() -> Index:
    return Index("r1", VECTORS, Layout(VECTORS.widths))


def run(id_: str) -> Any:
    return SimpleNamespace(id=id_, cards=id_, edition=id_)


async def stored(driver: AsyncDriver, vectors: Vectors = VECTORS) -> Any:
    """Publish a run with vectors and nothing else; returns it."""
    building = await begin(driver, Plan(0, "1", (), (), "", 0, 0.0, 0, 0), database="neo4j")
    await store_vectors(building, vectors)
    await building.publish({}, creators=3, scorecards=0, published_at=1)
    return run(building.id)


async def test_all_who_ask_at_once_wait_for_one_load(graph: AsyncDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    current, state, indexes = await stored(graph), process(graph, tmp_path), Indexes()
    found = await asyncio.gather(*(indexes.of(current, state) for _ in range(5)))
    assert found[0] is not None
    assert all(each is found[0] for each in found)
    assert await indexes.of(current, state) is found[0]
    state.store.close()


async def test_a_new_run_takes_the_place_of_the_old(graph: AsyncDriver, tmp_path: Path) -> None:
    state, indexes = process(graph, tmp_path), Indexes()
    first = await indexes.of(await stored(graph), state)
    other = Vectors(
        {**VECTORS.ids, "Creator": np.array(["z"])},
        {**VECTORS.rows, "Creator": np.eye(1, 3, dtype=np.float32)},
        np.array([0]),
        VECTORS.widths,
    )
    second = await indexes.of(await stored(graph, other), state)
    assert first is not None
    assert second is not None
    assert second.place == {"z": 0}
    assert first.place == {"a": 0, "b": 1, "c": 2}
    state.store.close()


async def test_a_run_without_vectors_has_no_index(graph: AsyncDriver, tmp_path: Path) -> None:
    state, indexes = process(graph, tmp_path), Indexes()
    assert await indexes.of(run("r000009"), state) is None
    assert await indexes.of(run("r000009"), state) is None
    state.store.close()


async def test_a_load_that_failed_is_tried_again(graph: AsyncDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    current, state, indexes = await stored(graph), process(graph, tmp_path), Indexes()
    with monkeypatch.context() as broken:
        broken.setattr("api.features.lookalikes.index.stored_vectors", lambda *_, **__: _fail())
        with pytest.raises(OSError, match="gone"):
            await indexes.of(current, state)
    assert await indexes.of(current, state) is not None
    state.store.close()


async def _fail() -> None:
    raise OSError("gone")


def test_those_whom_a_reader_sees_are_a_mask_of_the_rows() -> None:
    seen = index().visible(SEEN)
    assert seen.mask.tolist() == [True, False, True]
    assert seen.region.tolist() == ["US", "", "GB"]
    assert np.array_equal(seen.followers, [10.0, np.nan, np.nan], equal_nan=True)


def test_the_mask_is_kept_for_as_long_as_the_creators_are_the_same() -> None:
    of = index()
    assert of.visible(SEEN) is of.visible(SEEN)
    others = [SEEN._replace(id=("b",), region=("US",), followers=np.ones(1), consent=(True,)) for _ in range(9)]
    assert [of.visible(each).mask.tolist() for each in others] == [[False, True, False]] * 9
    assert len(of._visible) <= 8


async def test_a_category_is_asked_for_once_a_run() -> None:
    of, asked = index(), []

    async def ids(category: str) -> list[str]:
        asked.append(category)
        return ["b", "gone"]

    for _ in range(2):
        assert (await of.active("lips", ids)).tolist() == [False, True, False]
    assert asked == ["lips"]


async def test_the_nearest_are_looked_for_among_those_allowed() -> None:
    to = np.array([0.6, 0.8, 0.1], dtype=np.float32)
    found = await index().nearest(to, np.array([True, True, False]), 5)
    assert found.places.tolist() == [1, 0]
