"""What rows of others name, and no row of its own has described yet, is shown nowhere: no list holds or counts it, no id finds it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, LiteralString

import pytest
from neo4j import AsyncDriver

from tests.api.graphql.execution.market import Market, built

NAMED: Final[LiteralString] = """
MATCH (shoe:Product {id: 'shoe'}), (ana:Creator {id: 'ana'}), (line:Sale {id: 'o2:1'})-[through:THROUGH]->(), (ka:Collaboration {id: 'ka'})
DELETE through
CREATE (line)-[:UNDER]->(:Collaboration {id: 'later'})-[:DELIVERED]->(:Content {id: 'v1 later'}),
       (line)-[:THROUGH]->(t:Content {id: 'later'}), (t)-[:FEATURES]->(shoe), (t)-[:MENTIONS]->(ana),
       (ka)-[:DELIVERED]->(t), (ana)-[:PUBLISHED]->(t)
"""

ASKED: Final = """query ($kept: [ID!]! = ["Collaboration:ka", "Content:v1"], $named: [ID!]! = ["Collaboration:later", "Content:later"]) {
  kept: nodes(ids: $kept) { ...all }
  named: nodes(ids: $named) { ...all }
  node(id: "Content:later") { ...all }
  collaborations(first: 100) { totalCount nodes { id kind status } }
  offered: collaborations(first: 100, sort: [{by: OFFERED}]) { totalCount edges { node { id status } } }
  product(id: "shoe") { content { totalCount nodes { id kind } } }
  creator(id: "ana") { content(first: 100) { totalCount nodes { kind } } contestable(first: 100, kinds: [CONTENT]) { totalCount } }
  sale: node(id: "Sale:o2:1") { ... on Sale { orderId content { kind } collaboration { kind } } }
}
fragment all on Node {
  id ... on Collaboration { kind status content { totalCount nodes { kind } } }
  ... on Content { form: kind sales { orders } } }
"""


@pytest.fixture
async def market(graph: AsyncDriver, tmp_path: Path) -> Market:
    """Return the little market, with a collaboration and content that are only named."""
    found = await built(graph, tmp_path)
    await graph.execute_query(NAMED)
    return found


@pytest.mark.parametrize("who", ["analyst", "everywhere"])
async def test_a_node_that_is_only_named_is_shown_nowhere(market: Market, who: str) -> None:
    if who == "analyst":
        found = await market.ask(who, ASKED)
        assert found["collaborations"]["totalCount"] == len(found["collaborations"]["nodes"]) == 11
        assert found["creator"]["contestable"]["totalCount"] == found["creator"]["content"]["totalCount"]
        assert found["sale"] == {"orderId": "o2", "content": None, "collaboration": None}
    else:
        found = await market.ask(who, ASKED)
        assert found["collaborations"]["totalCount"] == len(found["collaborations"]["nodes"]) == 2
    assert found["creator"]["content"]["totalCount"] == len(found["creator"]["content"]["nodes"]) > 0
    content: dict[str, Any] = {"totalCount": 1, "nodes": [{"kind": "VIDEO"}]}
    assert found["kept"][0] == {"id": "Collaboration:ka", "kind": "TARGETED", "status": "DELIVERED", "content": content}
    assert (found["named"], found["node"]) == ([None, None], None)
    assert found["offered"]["totalCount"] == len(found["offered"]["edges"]) == found["collaborations"]["totalCount"]
    assert found["product"]["content"] == {"totalCount": 2, "nodes": [{"id": f"Content:{each}", "kind": "VIDEO"} for each in ("v4", "v1")]}
