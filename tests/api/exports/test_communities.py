from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest
from neo4j import AsyncDriver

from api.exports import communities
from api.exports.communities import coloured, community_colours
from graph.exports import Reading, WholeGraph, export
from graph.exports.colours import of_community, of_label
from tests.graph.exports.test_whole import run

TIES = [(f"c{n}", f"b{n % 2}", 3, 10.0, None, None, None) for n in range(6)]

DRAW = """
UNWIND $ties AS tie
MERGE (c:Creator {id: tie[0]})
MERGE (b:Brand {id: tie[1]})
CREATE (c)-[:COLLABORATED_WITH {runId: 'r000001', times: tie[2], gmvUsd: tie[3]}]->(b)
MERGE (:ScoringRun {id: 'r000001'})
MERGE (:Product {id: 'p1'})
"""


def test_those_who_work_together_share_a_colour() -> None:
    found = coloured(TIES)
    groups = [{found[each] for each in (f"Brand:b{side}", *(f"Creator:c{n}" for n in range(side, 6, 2)))} for side in (0, 1)]
    assert sorted(map(sorted, groups)) == sorted([[of_community(0)], [of_community(1)]])
    assert coloured([]) == {}


async def test_the_whole_graph_opens_in_the_colours_of_its_communities(graph: AsyncDriver, tmp_path: Path) -> None:
    await graph.execute_query(DRAW, ties=[list(tie) for tie in TIES])
    source = WholeGraph(Reading(graph), run("r000001"))
    source.colours = await community_colours(source)
    await export(source, tmp_path / "g.gexf", "gexf")
    colour = {
        node: tuple(data["viz"]["color"][part] for part in "rgb") for node, data in nx.read_gexf(tmp_path / "g.gexf").nodes(data=True)
    }
    assert colour["Brand:b0"] == colour["Creator:c0"] == colour["Creator:c2"] != colour["Brand:b1"] == colour["Creator:c1"]
    assert colour["Product:p1"] == of_label("Product")


async def test_too_many_ties_are_not_parted(graph: AsyncDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    await graph.execute_query(DRAW, ties=[list(tie) for tie in TIES])
    monkeypatch.setattr(communities, "MOST", 5)
    assert await community_colours(WholeGraph(Reading(graph), run("r000001"))) == {}
    assert await community_colours(WholeGraph(Reading(graph), None)) == {}
