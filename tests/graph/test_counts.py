from __future__ import annotations

from neo4j import AsyncDriver

from graph.counts import counts


async def test_nodes_are_counted_by_label(graph: AsyncDriver) -> None:
    await graph.execute_query("CREATE (:Creator {id: 'c1'}), (:Creator {id: 'c2'}), (:Content:Video {id: 'v1'})")
    assert await counts(graph) == {"Creator": 2, "Brand": 0, "Product": 0, "Content": 1, "Collaboration": 0}
    assert await counts(graph, ("Creator",)) == {"Creator": 2}
