from __future__ import annotations

from neo4j import AsyncDriver

from graph.recommendations.comparison import cards_of
from graph.recommendations.competitors import Rival, Rivals, rivals, shared_categories
from graph.recommendations.overlap import Promotion, brands_of, promotions_of
from graph.runs import Run
from tests.graph.recommendations.conftest import ALL, BRAND, Reader

MARKET = """
CREATE (c1:Creator {id: 'c1', region: 'US'}), (c2:Creator {id: 'c2', region: 'GB'}), (b1:Brand {id: 'b1'}), (b2:Brand {id: 'b2'})
CREATE (b1)-[:SELLS]->(p1:Product {id: 'p1'})-[:IN_CATEGORY]->(k:Category {id: 'k'})<-[:IN_CATEGORY]-(p2:Product {id: 'p2'})<-[:SELLS]-(b2)
CREATE (c1)-[:PUBLISHED]->(late:Content {id: 'v2', publishedAt: 20})-[:FEATURES]->(p1), (late)-[:FEATURES]->(:Product {id: 'p0'})
CREATE (c1)-[:PUBLISHED]->(:Content {id: 'v1', publishedAt: 10})-[:FEATURES]->(p1)
CREATE (c2)-[:PUBLISHED]->(:Content {id: 'v3'})-[:FEATURES]->(p2)
CREATE (c1)-[:COLLABORATED_WITH {runId: 'r'}]->(b1), (c1)-[:COLLABORATED_WITH {runId: 'r'}]->(b2),
       (c2)-[:COLLABORATED_WITH {runId: 'r'}]->(b1), (c2)-[:COLLABORATED_WITH {runId: 'old'}]->(b2)
CREATE (card:Scorecard {id: 'r|c1|90|*', overall: 60.0, lows: [1.0], highs: [2.0], percentiles: [3.0], evidence: [4], reasons: ['']})
CREATE (card)-[:RATES]->(c1), (:ScoringRun {id: 'r', names: ['overall']})
"""


RUN = Run("r", 0, "1", ("overall",), (), 0, 0, 2, 2, 0.0, 0, {})


async def test_promotions_come_with_their_brand_and_times_in_order(graph: AsyncDriver, reader: Reader) -> None:
    await graph.execute_query(MARKET)
    everyone = ["c1", "c2", "none such"]
    assert await promotions_of(reader(ALL), everyone) == {
        "c1": [Promotion("p0", None, [20]), Promotion("p1", "b1", [10, 20])],
        "c2": [Promotion("p2", "b2", [])],
    }
    assert (await promotions_of(reader(BRAND), everyone)).keys() == {"c1"}
    assert await brands_of(reader(ALL), "r", everyone) == {"c1": {"b1", "b2"}, "c2": {"b1"}}
    assert await brands_of(reader(BRAND), "r", everyone) == {"c1": {"b1", "b2"}}


async def test_rivals_are_counted_among_creators_who_are_seen(graph: AsyncDriver, reader: Reader) -> None:
    await graph.execute_query(MARKET)
    assert await rivals(reader(ALL), "r", "b1") == Rivals(2, [Rival("b2", 1, 1)])
    assert await rivals(reader(BRAND), "r", "b1") == Rivals(1, [Rival("b2", 1, 1)])
    assert await rivals(reader(ALL), "r", "none such") == Rivals(0, [])
    assert await shared_categories(reader(BRAND), "b1", ["b2", "none such"]) == {"b2": ["k"]}


async def test_cards_are_those_of_creators_who_are_seen(graph: AsyncDriver, reader: Reader) -> None:
    await graph.execute_query(MARKET)
    found = await cards_of(reader(BRAND), RUN, ["c1", "c2"], window=90, category=None)
    assert {creator: (card.values, card.evidence) for creator, card in found.items()} == {"c1": ([60.0], [4])}
    assert await cards_of(reader(BRAND), RUN, ["c1"], window=28, category="k") == {}
