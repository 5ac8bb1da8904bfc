"""What creators share, drawn: who promotes what, when, and who may see it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Final, LiteralString

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.features.overlap.overlap import DAY, SPANS, nearest
from tests.api.features.finding_market import Finding
from tests.api.processes import process
from tests.conftest import TestServer

SHOWN: Final[LiteralString] = """
CREATE (:ScoringRun {id: 'r1', status: 'current', asOf: 1760000000, formulaVersion: '1', names: [], factNames: [], startedAt: 1,
                     publishedAt: 2, creatorCount: 3, scorecardCount: 0, residual: 0.0, dataVersion: 1, totals: '{}'})
CREATE (ana:Creator {id: 'ana', handle: 'ana', region: 'US'}), (ben:Creator {id: 'ben', handle: 'ben', region: 'US'}),
       (cat:Creator {id: 'cat', handle: 'cat', region: 'GB'}), (dan:Creator {id: 'dan', handle: 'dan', region: 'US'})
WITH ana, ben
UNWIND range(0, 6) AS n
CREATE (b:Brand {id: 'b' + n, name: 'Brand ' + n})-[:SELLS]->(p:Product {id: 'p' + n})
CREATE (ana)-[:COLLABORATED_WITH {runId: 'r1'}]->(b)<-[:COLLABORATED_WITH {runId: 'r1'}]-(ben)
CREATE (ana)-[:PUBLISHED]->(:Content:Video {id: 'a' + n, kind: 'VIDEO', publishedAt: 1700000000})-[:FEATURES]->(p)
CREATE (ben)-[:PUBLISHED]->(:Content:Video {id: 'n' + n, kind: 'VIDEO', publishedAt: 1700000000 + n * 5 * 86400})-[:FEATURES]->(p)
"""
FOLLOWED: Final[LiteralString] = """
UNWIND [['ana', 'F', 0.5], ['ana', 'M', 0.5], ['ben', 'F', 1.0]] AS row
MATCH (c:Creator {id: row[0]})
CREATE (c)-[:HAS_AUDIENCE]->(:Audience {id: row[0] + row[1], dimension: 'GENDER', bucket: row[1], share: row[2]})
"""
PAIRS = """{ creators { id } missing pairs { one { id } other { id }
  sharedBrands { count brands { id } others } sharedProducts { count products { id } others }
  coPromotion { days brands { count others } products { count others } } audience { age gender location } } }"""


@pytest.fixture(scope="module")
async def drawn(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Finding]:
    """Return a process on a market in which ana and ben share seven brands, of which the viewers own b0."""
    async with neo4j.driver() as driver:
        for query in ("MATCH (n) DETACH DELETE n", SHOWN, FOLLOWED):
            async with driver.session() as session:
                await (await session.run(query)).consume()
        state = process(driver, tmp_path_factory.mktemp("home"), cost_budget=10**9)
        await state.run.refresh()
        yield Finding(driver, state)
        state.store.close()


async def overlap(drawn: Finding, who: str, *creators: str) -> Any:
    return (await drawn.ask(who, f"query ($ids: [ID!]!) {{ overlap(creators: $ids) {PAIRS} }}", ids=list(creators)))["overlap"]


async def test_who_sees_all_sees_what_is_shared_one_by_one(drawn: Finding) -> None:
    (pair,) = (await overlap(drawn, "analyst", "Creator:ana", "ben"))["pairs"]
    assert pair["sharedBrands"] == {"count": 7, "brands": [{"id": f"Brand:b{n}"} for n in range(7)], "others": None}
    assert (pair["sharedProducts"]["count"], pair["sharedProducts"]["others"]) == (7, None)
    # ben shows the n-th product 5 n days after ana
    counts = [(each["days"], each["products"]["count"], each["brands"]["count"]) for each in pair["coPromotion"]]
    assert counts == [(7, 2, 2), (28, 6, 6)]


async def test_a_brand_sees_its_own_ties_and_of_the_others_whole_fives(drawn: Finding) -> None:
    (pair,) = (await overlap(drawn, "brand", "ana", "ben"))["pairs"]
    assert pair["sharedBrands"] == {"count": 1, "brands": [{"id": "Brand:b0"}], "others": 5}
    assert pair["sharedProducts"] == {"count": 1, "products": [{"id": "Product:p0"}], "others": 5}
    week, month = pair["coPromotion"]
    assert week == {"days": 7, "brands": {"count": 1, "others": None}, "products": {"count": 1, "others": None}}
    assert month == {"days": 28, "brands": {"count": 1, "others": 5}, "products": {"count": 1, "others": 5}}


async def test_audiences_are_alike_by_their_shares_and_unknown_ones_are_null(drawn: Finding) -> None:
    (pair,) = (await overlap(drawn, "brand", "ana", "ben"))["pairs"]
    assert pair["audience"] == {"age": None, "gender": pytest.approx(0.6887, abs=1e-4), "location": None}


async def test_who_is_not_to_be_seen_is_missing_like_who_is_not_there(drawn: Finding) -> None:
    found = await overlap(drawn, "brand", "ana", "Creator:cat", "none such", "dan")
    assert [each["id"] for each in found["creators"]] == ["Creator:ana", "Creator:dan"]
    assert found["missing"] == ["Creator:cat", "none such"]
    (pair,) = found["pairs"]
    assert pair["sharedBrands"] == {"count": 0, "brands": [], "others": None}
    assert pair["audience"]["gender"] is None
    nobody = await overlap(drawn, "brand", "x", "y")
    assert (nobody["creators"], nobody["pairs"]) == ([], [])


@pytest.mark.parametrize("creators", [["ana"], ["ana", "Creator:ana"], [f"c{n}" for n in range(11)], ["ana", "Brand:b0"]])
async def test_two_to_ten_different_creators_are_compared(drawn: Finding, creators: list[str]) -> None:
    assert await drawn.code("brand", "query ($ids: [ID!]!) { overlap(creators: $ids) { missing } }", ids=creators) == "BAD_USER_INPUT"


async def test_a_creators_key_may_not_ask(drawn: Finding) -> None:
    assert await drawn.code("creator", '{ overlap(creators: ["ana", "ben"]) { missing } }') == "FORBIDDEN"


TIMES = st.lists(st.integers(0, 60 * DAY), max_size=8).map(sorted)


@given(TIMES, TIMES)
def test_the_nearest_moments_are_found_without_looking_at_all(one: list[int], other: list[int]) -> None:
    far = (SPANS[-1] + 1) * DAY
    assert nearest(one, other) == min([abs(a - b) for a in one for b in other] + [far])


async def test_one_tie_more_of_another_brand_shows_nowhere(drawn: Finding) -> None:
    before = await overlap(drawn, "brand", "ana", "ben", "dan")
    await drawn.driver.execute_query(
        "MATCH (dan:Creator {id: 'dan'}), (b:Brand {id: 'b3'})-[:SELLS]->(p) CREATE (dan)-[:COLLABORATED_WITH {runId: 'r1'}]->(b),"
        " (dan)-[:PUBLISHED]->(:Content:Video {id: 'd', kind: 'VIDEO', publishedAt: 1700000000})-[:FEATURES]->(p)"
    )
    try:
        assert await overlap(drawn, "brand", "ana", "ben", "dan") == before
        assert await overlap(drawn, "admin", "ana", "dan") != before
    finally:
        await drawn.driver.execute_query(
            "MATCH (:Creator {id: 'dan'})-[tie:COLLABORATED_WITH]->() MATCH (d:Content {id: 'd'}) DETACH DELETE d DELETE tie"
        )
