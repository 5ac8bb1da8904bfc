"""New nodes with every mix of references, and the same ones where a placeholder stood in their place before."""

from typing import Final

from neo4j import AsyncDriver

from graph.rows import Row
from tests.graph.load.market import by_name, digests_of_all_orders, known_as, loaded, row, sale, shown

CONTENTS: Final = [
    row("contents", 9, id="v1", kind="VIDEO", creator_id="x"),
    row("contents", 9, id="v2", kind="LIVE", creator_id=by_name("ann")),
    row("contents", 9, id="v3", kind="VIDEO", creator_id=by_name("nobody")),
    row("contents", 9, id="v4", kind="VIDEO"),
    row("contents", 9, id="v5", kind="VIDEO", creator_id=known_as("o", "Ann")),
]

PUBLISHERS: Final = """
MATCH (v:Content)
RETURN v.id, [(v)<-[:PUBLISHED]-(c) | c.id], [(v)-[r:NAMED]->(m) | [m.id, r.column, r.at]]
ORDER BY v.id
"""


async def test_new_nodes_lead_to_ids_and_to_the_holders_of_names(graph: AsyncDriver) -> None:
    await loaded(graph, CONTENTS)
    assert await shown(graph, PUBLISHERS) == [
        ("v1", ["x"], []),
        ("v2", ["o"], [["US:ann", "creator_id", 9]]),
        ("v3", ["US:nobody"], [["US:nobody", "creator_id", 9]]),
        ("v4", [], []),
        ("v5", ["o"], []),
    ]
    assert await shown(graph, "MATCH (v:Content:LiveStream) RETURN v.id") == ["v2"]


async def test_a_placeholder_that_stood_there_before_makes_no_difference(graph: AsyncDriver) -> None:
    lines: list[Row] = [row("sales", 9, **sale(f"o:{number}", content_id=f"v{number}")) for number in range(1, 6)]
    assert len(await digests_of_all_orders(graph, [CONTENTS, lines])) == 1


async def test_an_id_that_begins_as_a_marked_name_does_is_an_id(graph: AsyncDriver) -> None:
    await loaded(graph, [row("sales", **sale(product_id="@p", creator_id="x"))])
    assert await shown(graph, "MATCH (:Sale)-[:OF]->(p:Product) RETURN p.id") == ["@p"]
    assert await shown(graph, "MATCH (n:Name) RETURN n.id") == []
