"""`creatorgraph export` as the owner meets it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import networkx as nx
import polars as pl
import pytest
from neo4j import AsyncDriver
from typer.testing import CliRunner, Result

from api.commands import app
from api.runs.scoring_run import score
from graph.sources import read
from tests.api.drawn_market import END, draw_market


@pytest.fixture
def export_command(graph: AsyncDriver, neo4j_env: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that runs the command on the test's graph, in a thread, since it has an event loop of its own."""
    for name, value in {**neo4j_env, "CREATORGRAPH_HOME": str(tmp_path / "home")}.items():
        monkeypatch.setenv(name, value)

    async def run(*words: str, given: str | None = None) -> Result:
        return await asyncio.to_thread(CliRunner().invoke, app, ["export", *words], input=given)

    return run


async def test_the_graph_in_the_format_that_the_path_ends_in(graph: AsyncDriver, export_command: Any, tmp_path: Path) -> None:
    await graph.execute_query("CREATE (:Creator {id: 'c1', handle: 'ann', region: 'US'})")
    done = await export_command("graph", "--out", str(tmp_path / "g.graphml"))
    assert done.exit_code == 0, done.output
    assert "g.graphml: 1 row, 0.0 MiB" in done.stdout
    assert nx.read_graphml(tmp_path / "g.graphml").nodes["Creator:c1"]["handle"] == "ann"
    refused = await export_command("graph", "--out", str(tmp_path / "g.graphml"))
    assert refused.exit_code == 1
    assert "already exists; choose another name, or replace it with --overwrite" in str(refused.exception)
    assert (await export_command("graph", "--out", str(tmp_path / "g.graphml"), "--overwrite")).exit_code == 0


async def test_tables_that_an_import_reads(graph: AsyncDriver, export_command: Any, tmp_path: Path) -> None:
    await graph.execute_query("CREATE (:Creator {id: 'c1', handle: 'ann', region: 'US'})")
    done = await export_command("graph", "--tables", "--format", "parquet", "--out", str(tmp_path / "tables"), "--json")
    assert json.loads(done.stdout)["rows"]["creators"] == 1
    assert [item.values["handle"] for item in read(tmp_path / "tables") if getattr(item, "table", "") == "creators"] == ["ann"]


async def test_a_querys_result(graph: AsyncDriver, export_command: Any, tmp_path: Path) -> None:
    await graph.execute_query("UNWIND range(1, 3) AS n CREATE (:Creator {id: 'c' + n, followerCount: n})")
    (tmp_path / "q.cypher").write_text("MATCH (c:Creator) WHERE c.followerCount > $least RETURN c.id AS id, $word AS word ORDER BY id")
    words = ("--param", "least=1", "--param", "word=big")
    done = await export_command("query", str(tmp_path / "q.cypher"), *words, "--out", str(tmp_path / "r.csv"))
    assert done.exit_code == 0, done.exception
    assert pl.read_csv(tmp_path / "r.csv").rows() == [("c2", "big"), ("c3", "big")]
    cut = await export_command(
        "query", "-", "--limit", "1", "--out", str(tmp_path / "r.jsonl"), given="MATCH (c:Creator) RETURN c.id AS id"
    )
    assert "truncatedBy: ROWS" in cut.stdout
    writing = await export_command("query", "-", "--out", str(tmp_path / "w.csv"), given="MATCH (c) DETACH DELETE c RETURN 1")
    assert (writing.exit_code, (tmp_path / "w.csv").exists()) == (1, False)


async def test_a_network_and_scorecards(graph: AsyncDriver, export_command: Any, tmp_path: Path) -> None:
    early = await export_command("scorecards", "--out", str(tmp_path / "s.csv"))
    assert "there is no scoring run yet; run `creatorgraph score`" in str(early.exception)
    await draw_market(graph)
    await score(graph, as_of=END)
    done = await export_command("network", "b1", "--depth", "2", "--out", str(tmp_path / "n.gexf"))
    assert done.exit_code == 0, done.exception
    assert "Brand:b1" in nx.read_gexf(tmp_path / "n.gexf")
    done = await export_command("network", "b1", "--region", "GB", "--format", "csv", "--out", str(tmp_path / "n"), "--json")
    regions = pl.read_csv(tmp_path / "n" / "nodes.csv").filter(pl.col("labels") == "Creator")["region"].unique().to_list()
    assert (done.exit_code, regions) == (0, ["GB"])
    done = await export_command("scorecards", "--facts", "--out", str(tmp_path / "s.parquet"))
    cards = pl.read_parquet(tmp_path / "s.parquet")
    assert (f"{len(cards):,} rows" in done.stdout, "fact_tier" in cards.columns, cards["creatorId"].n_unique()) == (True, True, 12)
    unseen = await export_command("network", "nobody", "--out", str(tmp_path / "x.gexf"))
    assert (unseen.exit_code, (tmp_path / "x.gexf").exists()) == (1, False)


async def test_a_large_export_says_its_size_first(graph: AsyncDriver, export_command: Any, tmp_path: Path, monkeypatch: Any) -> None:
    await graph.execute_query("UNWIND range(1, 20) AS n CREATE (:Creator {id: 'c' + n, handle: 'h' + n, region: 'US'})")
    monkeypatch.setattr("api.exports.sizes.LARGE", 1000)
    done = await export_command("graph", "--out", str(tmp_path / "g.graphml"))
    assert "About 0 MiB will be written (20 rows)" in done.stderr
    assert "use --label Creator --label Brand" in done.stderr
    done = await export_command("graph", "--label", "Creator", "--out", str(tmp_path / "c.graphml"))
    assert "20 rows" in done.stderr
    assert "--label" not in done.stderr


async def test_messages_name_options_of_the_command(graph: AsyncDriver, export_command: Any, tmp_path: Path) -> None:
    await draw_market(graph)
    await score(graph, as_of=END)
    network, out = ("network", "b1"), ("--out", str(tmp_path / "x.jsonl"))
    for words, told in (
        (("graph", "--label", "Creators", *out), "--label: 'Creators' is not a label of the graph"),
        (("graph", "--label", "Brand", "--tables", *out), "--tables and --label cannot be combined"),
        (("graph", "--out", "x.xlsx"), "'xlsx' is not a format; use --format"),
        (("scorecards", "--facts", "--manifest", *out), "--facts and --manifest cannot be combined"),
        (("scorecards", "--out", str(tmp_path / "x.gexf")), "--format is 'gexf'; give one of"),
        ((*network, "--window", "5", *out), "--window is 5; give one of 7, 28, 90"),
        ((*network, "--first", "6000", *out), "--first is 6000; give a whole number from 1 to 5,000"),
        ((*network, "--first", "3000", *out), "--first is 3,000; a network has at most"),
        ((*network, "--region", "XX", *out), "--region: no creator sells in XX"),
        ((*network, "--category", "none", *out), "--category: there is no category with the id 'none'"),
        (("network", "Creator:c1", *out), "BRAND: 'Creator:c1' is the id of a Creator"),
        (("query", "-", "--timeout", "9999", *out), "--timeout is 9999; give a whole number from 1 to 3,600"),
    ):
        refused = await export_command(*words, given="RETURN 1 AS one")
        assert (refused.exit_code, told in str(refused.exception)) == (1, True), (words, refused.exception, refused.output)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("graph", "--out", "market"), "'market' is not a format; use --format with one of graphml"),
        (("graph", "--out", "x.csv", "--format", "xlsx"), "'xlsx' is not a format"),
        (("scorecards", "--out", "x.gexf"), "--format is 'gexf'; give one of parquet"),
        (("network", "b1", "--window", "5", "--out", "x.gexf"), "give one of 7, 28, 90"),
    ],
)
async def test_what_cannot_be_is_told(export_command: Any, words: tuple[str, ...], told: str) -> None:
    refused = await export_command(*words)
    assert refused.exit_code == 1
    assert told in str(refused.exception)
