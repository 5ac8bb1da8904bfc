"""Brands that share creators, drawn: what those who see all are told, and what others."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Final, LiteralString

import pytest

from tests.api.features.finding_market import Finding
from tests.api.processes import process
from tests.conftest import TestServer

RUN: Final[LiteralString] = """
CREATE (:ScoringRun {id: 'r1', status: 'current', asOf: 1760000000, formulaVersion: '1', names: [], factNames: [], startedAt: 1,
                     publishedAt: 2, creatorCount: 3, scorecardCount: 0, residual: 0.0, dataVersion: 1, totals: '{}'})
"""
TIES: Final[LiteralString] = """
CREATE (k:Category {id: 'k'}), (alone:Brand {id: 'alone', name: 'alone'})
WITH k
UNWIND [['b0', 12], ['all', 12], ['eleven', 11], ['seven', 7], ['five', 5], ['four', 4]] AS row
CREATE (b:Brand {id: row[0], name: row[0]})-[:SELLS]->(:Product {id: row[0]})-[:IN_CATEGORY]->(k)
WITH b, row[1] AS works
UNWIND range(1, works) AS n
MERGE (c:Creator {id: 'c' + n}) ON CREATE SET c.handle = 'c' + n, c.region = CASE WHEN n = 12 THEN 'GB' ELSE 'US' END
CREATE (c)-[:COLLABORATED_WITH {runId: 'r1'}]->(b), (c)-[:COLLABORATED_WITH {runId: 'r0'}]->(b)
"""


@pytest.fixture(scope="module")
async def drawn(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Finding]:
    """Return a process on a market in which the viewers' brand b0 works with eleven creators in the US and one in GB."""
    async with neo4j.driver() as driver:
        for query in ("MATCH (n) DETACH DELETE n", RUN, TIES):
            async with driver.session() as session:
                await (await session.run(query)).consume()
        state = process(driver, tmp_path_factory.mktemp("home"))
        await state.run.refresh()
        yield Finding(driver, state)
        state.store.close()


async def rivals(drawn: Finding, who: str, brand: str = "b0", first: int = 10) -> list[Any]:
    query = f'{{ brand(id: "{brand}") {{ competitors(first: {first}) {{ brand {{ id }} sharedCreators overlap }} }} }}'
    found = (await drawn.ask(who, query))["brand"]["competitors"]
    return [(each["brand"]["id"].removeprefix("Brand:"), each["sharedCreators"], each["overlap"]) for each in found]


async def test_who_sees_all_is_told_exact_counts(drawn: Finding) -> None:
    assert await rivals(drawn, "analyst") == [
        ("all", 12, 1.0),
        ("eleven", 11, pytest.approx(11 / 12)),
        ("seven", 7, pytest.approx(7 / 12)),
        ("five", 5, pytest.approx(5 / 12)),
        ("four", 4, pytest.approx(4 / 12)),
    ]
    assert [each[0] for each in await rivals(drawn, "admin", first=2)] == ["all", "eleven"]


async def test_others_are_told_whole_fives_in_an_order_that_tells_no_more(drawn: Finding) -> None:
    assert await rivals(drawn, "wide") == [
        ("all", 10, pytest.approx(10 / 12)),
        ("eleven", 10, pytest.approx(10 / 12)),
        ("five", 5, pytest.approx(5 / 12)),
        ("seven", 5, pytest.approx(5 / 12)),
    ]


async def test_creators_of_other_regions_are_not_counted(drawn: Finding) -> None:
    assert [each[:2] for each in await rivals(drawn, "brand")] == [("all", 10), ("eleven", 10), ("five", 5), ("seven", 5)]
    assert (await rivals(drawn, "brand"))[0][2] == pytest.approx(10 / 11)


async def test_where_all_of_the_brands_own_creators_would_be_told_nothing_is(drawn: Finding) -> None:
    await drawn.driver.execute_query("MATCH (:Creator {id: 'c12'})-[tie:COLLABORATED_WITH]->(:Brand {id: 'b0'}) SET tie.runId = 'r2'")
    try:
        five = await rivals(drawn, "partner", "five")
        assert all(overlap is None for *_, overlap in five)  # five is not among the partner's clients
        await drawn.driver.execute_query("MATCH (b:Brand {id: 'b1'}) DETACH DELETE b")
        await drawn.driver.execute_query(
            "CREATE (b:Brand {id: 'b1'}) WITH b UNWIND range(1, 5) AS n MATCH (c:Creator {id: 'c' + n})"
            " CREATE (c)-[:COLLABORATED_WITH {runId: 'r1'}]->(b)"
        )
        assert await rivals(drawn, "partner", "b1") == []
        assert len(await rivals(drawn, "admin", "b1")) == 6
    finally:
        await drawn.driver.execute_query("MATCH (b:Brand {id: 'b1'}) DETACH DELETE b")
        await drawn.driver.execute_query("MATCH (:Creator {id: 'c12'})-[tie:COLLABORATED_WITH {runId: 'r2'}]->() SET tie.runId = 'r1'")


async def test_of_a_foreign_brand_only_fives_are_told_and_no_share(drawn: Finding) -> None:
    assert await rivals(drawn, "stranger", "seven") == [("all", 5, None), ("b0", 5, None), ("eleven", 5, None), ("five", 5, None)]


async def test_a_brand_alone_has_no_competitors(drawn: Finding) -> None:
    assert await rivals(drawn, "admin", "alone") == []
    assert await rivals(drawn, "brand", "alone") == []


async def test_categories_in_which_both_sell_are_told(drawn: Finding) -> None:
    query = '{ brand(id: "b0") { competitors(first: 1) { sharedCategories { id } } } }'
    assert (await drawn.ask("brand", query))["brand"]["competitors"] == [{"sharedCategories": [{"id": "Category:k"}]}]


async def test_a_creators_key_may_not_ask(drawn: Finding) -> None:
    await drawn.driver.execute_query("MERGE (c:Creator {id: 'c01'}) SET c.handle = 'c01', c.region = 'US'")
    assert await drawn.code("creator", '{ brand(id: "b0") { competitors { sharedCreators } } }') == "FORBIDDEN"
