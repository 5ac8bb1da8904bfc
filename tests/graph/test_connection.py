"""The driver that everything uses."""

from neo4j import AsyncDriver


async def test_the_driver_reaches_an_empty_graph(graph: AsyncDriver) -> None:
    result = await graph.execute_query("MATCH (n) RETURN count(n) AS nodes")
    assert result.records[0]["nodes"] == 0
