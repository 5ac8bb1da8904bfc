"""A market that is put back is the one that was scored."""

from __future__ import annotations

from neo4j import AsyncDriver

from graph.digest import content_digest
from tests.api.drawn_market import draw_market
from tests.api.scored_market import draw_scored
from tests.conftest import emptied


async def test_it_is_the_same_graph_to_the_last_property(graph: AsyncDriver) -> None:
    async def draw(driver: AsyncDriver) -> None:
        await draw_market(driver)

    found = []
    for _ in range(2):
        await emptied(graph)
        outcome = await draw_scored(graph, draw=draw)
        assert outcome.scorecards > 0
        found.append(await content_digest(graph, ignoring=()))
    assert found[0] == found[1]
