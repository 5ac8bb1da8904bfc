from __future__ import annotations

from collections.abc import Sequence

import pytest
from neo4j import AsyncDriver

from graph.ratings import Rated, Rating, rated

MARKET = """
CREATE (:Brand {id: 'b1'})-[:OFFERED]->(:Collaboration {id: 'done', kind: 'SAMPLE', status: 'DELIVERED'})
CREATE (:Brand {id: 'b2'})-[:OFFERED]->(:Collaboration {id: 'open', kind: 'SAMPLE', status: 'OFFERED'})
"""


async def rate(graph: AsyncDriver, id_: str, brands: Sequence[str], rating: int, now: int, note: str | None = None) -> Rated | None:
    async with graph.session() as session:
        return await session.execute_write(rated, Rating(id_, tuple(brands), rating, note), now=now)


async def test_a_brand_rates_its_own_collaboration(graph: AsyncDriver) -> None:
    await graph.execute_query(MARKET)
    assert await rate(graph, "done", ["b1"], 4, 100, "good") == Rated("DELIVERED", True, 4.0, 100)
    kept = await graph.execute_query("MATCH (c:Collaboration {id: 'done'}) RETURN c.rating, c.ratedAt, c.ratingNote, c._rated")
    assert kept.records[0].values() == [4.0, 100, "good", True]


async def test_the_same_rating_again_keeps_its_time(graph: AsyncDriver) -> None:
    await graph.execute_query(MARKET)
    times = [await rate(graph, "done", ["b1"], rating, now) for rating, now in ((4, 100), (4, 200), (5, 300))]
    assert times == [Rated("DELIVERED", True, 4.0, 100), Rated("DELIVERED", True, 4.0, 100), Rated("DELIVERED", True, 5.0, 300)]


@pytest.mark.parametrize("id_", ["open", "absent"])
async def test_another_brands_collaboration_is_as_if_absent(graph: AsyncDriver, id_: str) -> None:
    await graph.execute_query(MARKET)
    assert await rate(graph, id_, ["b1"], 4, 100) is None


async def test_what_was_never_accepted_is_not_rated(graph: AsyncDriver) -> None:
    await graph.execute_query(MARKET)
    assert await rate(graph, "open", ["b2"], 4, 100) == Rated("OFFERED", False, None, None)
