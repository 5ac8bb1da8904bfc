"""The whole graph: what is declared and no more, the ties of one run, and back again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import orjson
import pytest
from neo4j import AsyncDriver

from graph.exports import Reading, RunDropped, TooLong, WholeGraph, export
from graph.exports import reading as module
from graph.exports.opening import opened
from graph.exports.whole import EDGE_SHEETS, NODE_SHEETS, statement
from graph.model import EDGES, NODES
from graph.runs import Run

MARKET = """
CREATE (c:Creator {id: 'c1', handle: 'ann', region: 'US', followerCount: 5, permissions: ['a', 'b'], verified: true, `_own`: 'hidden'}),
       (d:Creator {id: 'c2', handle: 'bob', region: 'US'}), (:Creator {id: 'c3', handle: 'cy', region: 'GB'}),
       (:Name {id: 'x'}), (:Lock {id: 'y'}), (:ScoringRun {id: 'r000002'}),
       (b:Brand {id: 'b1', name: 'Acme & Co'})-[:SELLS]->(p:Product {id: 'p1', title: 'Lip'})-[:IN_CATEGORY]->(:Category {id: '1'}),
       (c)-[:PUBLISHED]->(v:Content:Video {id: 'v1', kind: 'VIDEO', views: 7}),
       (v)-[:FEATURES {clicks: 3, gmv: 2.5, `_age`: 'hidden'}]->(p), (v)-[:MENTIONS]->(d),
       (c)-[:COLLABORATED_WITH {runId: 'r000001', times: 1, gmvUsd: 1.0}]->(b),
       (c)-[:COLLABORATED_WITH {runId: 'r000002', times: 2, gmvUsd: 2.0}]->(b),
       (:Appeal {id: 'a1', creatorId: 'c1', subjectKind: 'Sale', subjectId: 's1', reason: 'No.', status: 'PENDING', decidedBy: 'k1'})
"""


def run(id_: str, *, scorecards: int = 0) -> Run:
    return Run(id_, 1_700_000_000, "1.0", ("overall",), ("posts",), 0, 0, 3, scorecards, 0.0, 0, {})


async def drawn(graph: AsyncDriver) -> None:
    await graph.execute_query(MARKET)


async def test_what_is_declared_comes_with_the_ties_of_one_run(graph: AsyncDriver, tmp_path: Path) -> None:
    await drawn(graph)
    exported = await export(WholeGraph(Reading(graph), run("r000002")), tmp_path / "g.graphml", "graphml")
    read = opened(tmp_path / "g.graphml")
    assert read.nodes["Creator:c1"] == {
        **{"labels": "Creator", "label": "ann", "id": "c1", "handle": "ann", "region": "US"},
        **{"followerCount": 5, "permissions": ["a", "b"], "verified": True},
    }
    assert set(read) == {"Creator:c1", "Creator:c2", "Creator:c3", "Brand:b1", "Product:p1", "Category:1", "Content:v1", "Appeal:a1"}
    assert sorted((a, data["label"], b) for a, b, data in read.edges(data=True)) == [
        ("Brand:b1", "SELLS", "Product:p1"),
        ("Content:v1", "FEATURES", "Product:p1"),
        ("Content:v1", "MENTIONS", "Creator:c2"),
        ("Creator:c1", "COLLABORATED_WITH", "Brand:b1"),
        ("Creator:c1", "PUBLISHED", "Content:v1"),
        ("Product:p1", "IN_CATEGORY", "Category:1"),
    ]
    (feature,) = read["Content:v1"]["Product:p1"].values()
    (tie,) = read["Creator:c1"]["Brand:b1"].values()
    assert (feature, tie["times"]) == ({"label": "FEATURES", "clicks": 3, "gmv": 2.5}, 2)
    assert read.graph["run"] == "r000002"
    text = (tmp_path / "g.graphml").read_text()
    assert not any(word in text for word in ("hidden", "decidedBy", "_own", "r000001"))
    assert exported.total == read.number_of_nodes() + read.number_of_edges()


async def test_a_part_has_the_labels_chosen_and_the_edges_between_them(graph: AsyncDriver, tmp_path: Path) -> None:
    await drawn(graph)
    source = WholeGraph(Reading(graph), run("r000002"), ("Creator", "Brand"))
    exported = await export(source, tmp_path / "g.graphml", "graphml")
    read = opened(tmp_path / "g.graphml")
    assert set(read) == {"Creator:c1", "Creator:c2", "Creator:c3", "Brand:b1"}
    assert [(a, data["label"], b) for a, b, data in read.edges(data=True)] == [("Creator:c1", "COLLABORATED_WITH", "Brand:b1")]
    assert exported.total == 5


@pytest.mark.parametrize("kind", ["gexf", "jsonl"])
async def test_an_empty_graph_is_an_export_too(graph: AsyncDriver, tmp_path: Path, kind: str) -> None:
    exported = await export(WholeGraph(Reading(graph), None), tmp_path / f"g.{kind}", kind)
    assert (exported.total, exported.bytes > 0) == (0, True)


async def test_spans_miss_nothing_and_repeat_nothing(graph: AsyncDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await drawn(graph)
    source = WholeGraph(Reading(graph), run("r000002"))
    whole = await files(source, tmp_path / "whole")
    monkeypatch.setattr(module, "SPAN", 1)
    assert await files(WholeGraph(Reading(graph), run("r000002")), tmp_path / "spans") == whole
    assert [row["id"] for row in whole["nodes/Creator.jsonl"]] == ["c1", "c2", "c3"]


async def files(source: WholeGraph, folder: Path) -> dict[str, list[dict[str, Any]]]:
    await export(source, folder, "jsonl")
    return {
        each.relative_to(folder).as_posix(): [orjson.loads(line) for line in each.read_bytes().splitlines()]
        for each in sorted(folder.rglob("*.jsonl"))
    }


async def test_no_run_means_no_ties(graph: AsyncDriver, tmp_path: Path) -> None:
    await drawn(graph)
    assert (await files(WholeGraph(Reading(graph), None), tmp_path / "g"))["edges/COLLABORATED_WITH.jsonl"] == []


@pytest.mark.parametrize("pinned", [run("r000009"), run("r000002", scorecards=4)])
async def test_a_run_that_goes_meanwhile_is_told(graph: AsyncDriver, tmp_path: Path, pinned: Run) -> None:
    await drawn(graph)
    with pytest.raises(RunDropped, match="was dropped while it was exported"):
        await export(WholeGraph(Reading(graph), pinned), tmp_path / "g", "csv")
    assert list(tmp_path.iterdir()) == []


SAMPLED = ("Creator", "PUBLISHED", "FEATURES", "COLLABORATED_WITH")


async def test_a_sheet_is_read_by_seeking_its_key(graph: AsyncDriver) -> None:
    await drawn(graph)
    for sheet in [each for each in (*NODE_SHEETS, *EDGE_SHEETS) if each.label in SAMPLED]:
        found = await graph.execute_query("EXPLAIN " + statement(sheet), after="", until="z", run="r000002")
        plan = json.dumps(found.summary.plan)
        assert "NodeUniqueIndexSeekByRange" in plan or "NodeIndexSeekByRange" in plan, sheet.name
        assert not any(scan in plan for scan in ("NodeByLabelScan", "AllNodesScan", "RelationshipTypeScan")), sheet.name


async def test_a_batch_that_takes_too_long_is_told(graph: AsyncDriver) -> None:
    with pytest.raises(TooLong, match="exceeded the limit of"):
        await Reading(graph, seconds=0.05).rows("UNWIND range(1, 100000000) AS i RETURN max(i * i)")


def test_the_sheets_are_the_declared_graph() -> None:
    assert [sheet.label for sheet in NODE_SHEETS] == [node.label for node in NODES]
    assert [sheet.label for sheet in EDGE_SHEETS] == [edge.type for edge in EDGES if edge.source != "Scorecard"]


async def test_an_import_meanwhile_is_told(graph: AsyncDriver, tmp_path: Path) -> None:
    await drawn(graph)
    source = WholeGraph(Reading(graph), run("r000002"))
    await source.size()
    await graph.execute_query("MERGE (state:State {id: 'data'}) SET state.version = 7")
    assert "changed" not in source.facts
    async for _ in source.batches(source.ties):
        pass
    assert "data were imported while this was exported" in str(source.facts["changed"])
