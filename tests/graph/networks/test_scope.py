"""A bounded part of the graph as pairs, on a market small enough to draw."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from neo4j import AsyncDriver

from graph.networks.scope import Bounds, Pairing, Scope, ScopeTooLarge, pairs
from tests.conftest import TestServer
from tests.graph.queries.little_market import END, draw_little_market

BOUNDS = Bounds(nodes=100, pairs=100, seconds=10)
HISTORY = Scope(Pairing.CREATOR_BRAND, "r2", END)
RECENT = replace(HISTORY, days=90)
PROMOTED = replace(RECENT, pairing=Pairing.CREATOR_PRODUCT)
MENTIONS = replace(RECENT, pairing=Pairing.MENTIONS)


@pytest.fixture(scope="module")
async def market(neo4j: TestServer, _schema: None) -> AsyncIterator[AsyncDriver]:
    """Return a driver on the little market, which no test of this module changes."""
    async with neo4j.driver() as driver:
        await driver.execute_query("MATCH (n) DETACH DELETE n")
        await draw_little_market(driver)
        yield driver


async def read(driver: AsyncDriver, scope: Scope, bounds: Bounds = BOUNDS, **changes: Any) -> dict[tuple[str, str], float]:
    found = await pairs(driver, replace(scope, **changes), bounds)
    places = zip(found.source.tolist(), found.target.tolist(), found.weight.tolist(), strict=True)
    return {(found.sources[source], found.targets[target]): weight for source, target, weight in places}


async def test_over_the_whole_history_brands_and_creators_are_tied_by_the_current_run(market: AsyncDriver) -> None:
    assert await read(market, HISTORY) == {
        ("acme", "ana"): 82.0,
        ("acme", "cat"): 201.0,
        ("bolt", "ana"): 41.0,
        ("bolt", "ben"): 61.0,
    }
    assert await read(market, HISTORY, run="r1") == {}


async def test_in_a_window_they_are_tied_by_what_was_sold_and_taken_up_in_it(market: AsyncDriver) -> None:
    recent = {("acme", "ana"): 51.0, ("acme", "ben"): 60.0, ("acme", "dan"): 400.0, ("bolt", "ana"): 40.0, ("bolt", "ben"): 60.0}
    assert await read(market, RECENT, days=28) == recent
    assert await read(market, RECENT) == recent | {("acme", "ana"): 81.0, ("acme", "cat"): 201.0}


async def test_who_promotes_what_weighs_net_sales_and_one_for_the_showing(market: AsyncDriver) -> None:
    assert await read(market, PROMOTED) == {
        ("hat", "ana"): 41.0,
        ("hat", "ben"): 61.0,
        ("lamp", "ben"): 61.0,
        ("lamp", "cat"): 201.0,
        ("lamp", "dan"): 1.0,
        ("shoe", "ana"): 81.0,
        ("shoe", "ben"): 1.0,
        ("shoe", "dan"): 401.0,
        ("vase", "ben"): 1.0,
    }
    assert await read(market, PROMOTED) == await read(market, PROMOTED, pairing=Pairing.CO_PROMOTION)


async def test_mentions_lead_from_who_names_to_who_is_named(market: AsyncDriver) -> None:
    found = await pairs(market, MENTIONS, BOUNDS)
    assert await read(market, MENTIONS) == {("ana", "ben"): 1.0, ("ben", "cat"): 1.0}
    assert (found.sources, found.targets, found.nodes) == (("ana", "ben", "cat"), ("ana", "ben", "cat"), 3)


async def test_who_objects_to_being_rated_is_in_no_network_that_measures_are_taken_of(market: AsyncDriver) -> None:
    before = [await read(market, scope) for scope in (RECENT, PROMOTED, MENTIONS)]
    await market.execute_query("CREATE (:Objection {id: 'ben', at: 1})")
    after = [await read(market, scope) for scope in (RECENT, PROMOTED, MENTIONS)]
    await market.execute_query("MATCH (o:Objection) DELETE o")
    assert all(any("ben" in pair for pair in found) for found in before)
    assert after == [{pair: weight for pair, weight in found.items() if "ben" not in pair} for found in before]


@pytest.mark.parametrize(
    ("scope", "changes", "left"),
    [
        (PROMOTED, {"category": "wear"}, {"hat", "shoe"}),
        (PROMOTED, {"category": "unseen"}, set()),
        (PROMOTED, {"min_weight": 100.0}, {"lamp", "shoe"}),
        (PROMOTED, {"regions": ("GB",)}, {"lamp"}),
        (PROMOTED, {"regions": ()}, set()),
        (PROMOTED, {"brand": "bolt", "regions": ("US",)}, {"hat", "lamp", "shoe", "vase"}),
        (PROMOTED, {"brand": "unseen"}, set()),
        (HISTORY, {"category": "home"}, {"acme"}),
        (HISTORY, {"brand": "bolt"}, {"acme", "bolt"}),
        (HISTORY, {"min_weight": 70.0}, {"acme"}),
        (RECENT, {"category": "wear", "days": 28}, {"acme", "bolt"}),
        (RECENT, {"regions": ("GB",)}, {"acme"}),
        (MENTIONS, {"category": "wear"}, {"ana", "ben"}),
        (MENTIONS, {"regions": ("US",)}, {"ana"}),
        (MENTIONS, {"brand": "bolt"}, {"ana"}),
        (MENTIONS, {"days": 7}, set()),
        (MENTIONS, {"min_weight": 2.0}, set()),
    ],
)
async def test_a_scope_is_narrowed(market: AsyncDriver, scope: Scope, changes: dict[str, Any], left: set[str]) -> None:
    assert {source for source, _ in await read(market, scope, **changes)} == left


async def test_a_scope_beyond_the_bounds_is_refused_with_its_size(market: AsyncDriver) -> None:
    with pytest.raises(ScopeTooLarge, match=r"has 9 pairs; 8 are allowed: narrow it by category"):
        await pairs(market, PROMOTED, replace(BOUNDS, pairs=8))
    with pytest.raises(ScopeTooLarge, match=r"has 8 nodes; 7 are allowed"):
        await pairs(market, PROMOTED, replace(BOUNDS, nodes=7))


async def test_sums_that_a_post_carries_count_where_no_order_lines_do(graph: AsyncDriver) -> None:
    await graph.execute_query(
        """
        CREATE (c:Creator {id: 'c'})-[:PUBLISHED]->(t:Content {id: 't', publishedAt: $at})
        CREATE (t)-[:FEATURES {gmvUsd: 40.0, units: 4, refundedUnits: 1}]->(:Product {id: 'summed'})
        CREATE (t)-[:FEATURES {gmvUsd: 999.0}]->(p:Product {id: 'counted'})
        CREATE (s:Sale {id: 's', at: $at, status: 'PLACED', quantity: 1, gmvUsd: 5.0})-[:OF]->(p)
        CREATE (s)-[:THROUGH]->(t)
        CREATE (s)-[:CREDITED_TO]->(c)
        """,
        at=END - 100,
    )
    assert await read(graph, PROMOTED) == {("counted", "c"): 6.0, ("summed", "c"): 31.0}
    assert await read(graph, PROMOTED, until=END - 50) == {}  # that day is not over


async def test_nothing_is_a_scope_too(graph: AsyncDriver) -> None:
    for pairing in Pairing:
        assert await read(graph, replace(RECENT, pairing=pairing)) == {}
        assert await read(graph, replace(HISTORY, pairing=pairing)) == {}
