"""From a scored market to its vectors."""

import numpy as np
import pytest
from neo4j import AsyncDriver

from api.features.lookalikes.embeddings import surroundings, vectors
from api.runs.inputs import read_beside, read_market
from api.runs.scoring_run import score
from graph.reader import Reader
from graph.runs import Vectors, stored_vectors
from scoring.facts import Period, network, ties
from scoring.similarity import Layout
from scoring.similarity.profile import on_circle
from tests.api.drawn_market import END, draw_market
from tests.graph.similarity import drawn


async def stored(driver: AsyncDriver, run: str) -> Vectors:
    found = await stored_vectors(driver, run, database="neo4j", seconds=10)
    assert found is not None
    return found


async def test_a_run_keeps_a_row_for_each_creator_and_brand(graph: AsyncDriver) -> None:
    await draw_market(graph)
    found = await stored(graph, (await score(graph, as_of=END)).run)
    assert found.ids["Creator"].tolist() == [f"c{n:02d}" for n in range(1, 13)]
    assert found.ids["Brand"].tolist() == [f"b{n}" for n in range(6)]
    assert np.allclose(np.linalg.norm(found.rows["Creator"], axis=1), 1, atol=2e-3)
    assert found.rows["Brand"].any(axis=1).all()
    assert len(found.groups) == 12
    assert found.dimensions == found.rows["Creator"].shape[1]


async def test_two_runs_of_the_same_data_keep_the_same_vectors_to_the_last_bit(graph: AsyncDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    await draw_market(graph)
    first = await stored(graph, (await score(graph, as_of=END)).run)
    monkeypatch.setattr("graph.events.spans.SLICE_ROWS", 7)
    monkeypatch.setattr("graph.reader.BATCH", 2)
    monkeypatch.setattr("graph.runs.vectors.ROWS", 5)
    second = await stored(graph, (await score(graph, as_of=END)).run)
    for kind in ("Creator", "Brand"):
        assert first.rows[kind].tobytes() == second.rows[kind].tobytes()
    assert (first.widths, first.groups.tolist()) == (second.widths, second.groups.tolist())


async def test_who_is_tied_to_nothing_has_a_row_of_zeros_and_no_group(graph: AsyncDriver) -> None:
    await drawn.draw(graph)
    reader = Reader(graph)
    found = await read_market(reader, Period(drawn.END))
    made = vectors(found, ties(found), await read_beside(reader, found))
    place = dict(zip(made.ids["Creator"].tolist(), range(4), strict=True))
    assert [bool(made.rows["Creator"][place[each]].any()) for each in ("ann", "bob", "cat", "dan")] == [True, True, True, False]
    assert made.groups[place["dan"]] == -1


async def test_the_graph_that_is_walked_holds_every_kind_of_tie(graph: AsyncDriver) -> None:
    await drawn.draw(graph)
    reader = Reader(graph)
    found = await read_market(reader, Period(drawn.END))
    walked = surroundings(found, ties(found), await read_beside(reader, found), network(found, 90).promotes)
    names = {kind: ids.tolist() for kind, ids in walked.nodes.items()}

    def pairs(name: str, source: str, target: str) -> set[tuple[str, str]]:
        edges = walked.edges[name]
        return {(names[source][a], names[target][b]) for a, b in zip(edges.sources, edges.targets, strict=True)}

    assert pairs("mentions", "creator", "creator") == {("ann", "bob"), ("ann", "cat"), ("bob", "cat")}
    assert pairs("promotes", "creator", "product") == {("bob", "hat"), ("bob", "shoe")}
    assert pairs("sells", "brand", "product") == {("acme", "shoe"), ("bolt", "hat")}
    assert pairs("belongs", "product", "category") == {("shoe", "shoes"), ("shoe", "wear"), ("hat", "wear")}
    assert pairs("worked", "creator", "brand") == set()


async def test_the_price_level_is_the_median_of_what_was_shown(graph: AsyncDriver) -> None:
    await drawn.draw(graph)
    reader = Reader(graph)
    found = await read_market(reader, Period(drawn.END))
    made = vectors(found, ties(found), await read_beside(reader, found))
    at = Layout(made.widths).columns("price")
    bob, direction = made.rows["Creator"][1, at], on_circle(np.array([10.0]), decades=1.5)[0]
    assert float(bob @ direction) == pytest.approx(float(np.linalg.norm(bob)))
    assert not made.rows["Creator"][0, at].any()
