"""Flags: who sees what of them, and lists without the flagged, whose counts, pages and orders agree."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Final, LiteralString

import pytest

from tests.api.graphql.execution.market import Market, built
from tests.conftest import TestServer

FLAGGED: Final[LiteralString] = """
UNWIND [
  ['run1', 'ben', 'REFUNDED_ORDERS', 9.0, 1.5, ['Product:hat', 'Content:v3']],
  ['run1', 'ben', 'RING', 12.0, 2.0, ['Creator:ana', 'Creator:ben']],
  ['run1', 'cat', 'INFLATED_VIEWS', 400.0, 40.0, ['Content:v4']],
  ['run0', 'ana', 'ORDER_BURST', 5.0, 0.1, ['Content:v1']]
] AS row
MATCH (c:Creator {id: row[1]})
CREATE (c)<-[:CONCERNS]-(:Flag {id: row[0] + '|' + row[1] + '|' + row[2], key: row[1] + '|' + row[2], runId: row[0], creatorId: row[1],
  kind: row[2], observed: row[3], expected: row[4], pValue: 0.001, qValue: 0.01, precision: 0.9, evidence: row[5]})
"""
UPHELD: Final[LiteralString] = "CREATE (:Appeal {id: 'cat|Flag|cat|INFLATED_VIEWS', status: 'UPHELD'})"
FLAGS: Final = '{ creator(id: "%s") { flags { id kind precision observed expected pValue falseDiscoveryRate evidence } } }'
RANKING: Final = """
query R($out: Boolean!, $first: Int, $after: String) {
  ranking(region: "US", by: OVERALL, excludeFlagged: $out, first: $first, after: $after) {
    totalCount nodes { id } pageInfo { endCursor hasNextPage }
  }
}
"""
CREATORS: Final = """
query C($out: Boolean!, $sort: [CreatorOrder!]) { creators(excludeFlagged: $out, sort: $sort) { totalCount nodes { id } } }
"""


@pytest.fixture(scope="module")
async def market(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Market]:
    async with neo4j.driver() as driver:
        async with driver.session() as session:
            await (await session.run("MATCH (n) DETACH DELETE n")).consume()
        made = await built(driver, tmp_path_factory.mktemp("home"))
        async with driver.session() as session:
            await (await session.run(FLAGGED)).consume()
        yield made


async def test_who_sees_all_sees_what_a_flag_stands_on(market: Market) -> None:
    for who in ("admin", "analyst"):
        refunds, ring = (await market.ask(who, FLAGS % "ben"))["creator"]["flags"]
        assert (refunds["id"], refunds["kind"], refunds["precision"]) == ("Flag:ben|REFUNDED_ORDERS", "REFUNDED_ORDERS", 0.9)
        assert (refunds["observed"], refunds["expected"], refunds["pValue"], refunds["falseDiscoveryRate"]) == (9.0, 1.5, 0.001, 0.01)
        assert refunds["evidence"] == ["Product:hat", "Content:v3"]
        assert ring["evidence"] == ["Creator:ana", "Creator:ben"]


async def test_brands_and_partners_see_kind_and_precision_alone(market: Market) -> None:
    for who in ("brand", "partner"):
        flags = (await market.ask(who, FLAGS % "ben"))["creator"]["flags"]
        assert [(flag["kind"], flag["precision"]) for flag in flags] == [("REFUNDED_ORDERS", 0.9), ("RING", 0.9)]
        hidden = ("observed", "expected", "pValue", "falseDiscoveryRate")
        assert all(flag[name] is None for flag in flags for name in hidden)
        assert all(flag["evidence"] == [] for flag in flags)


async def test_a_creator_sees_their_own_without_others_of_a_group(market: Market) -> None:
    refunds, ring = (await market.ask("creator", FLAGS % "ben"))["creator"]["flags"]
    assert refunds["observed"] == 9.0
    assert refunds["evidence"] == ["Product:hat", "Content:v3"]
    assert (ring["observed"], ring["evidence"]) == (12.0, [])
    assert (await market.ask("creator", FLAGS % "cat"))["creator"] is None


async def test_flags_of_an_earlier_run_are_not_shown(market: Market) -> None:
    assert (await market.ask("admin", FLAGS % "ana"))["creator"]["flags"] == []


async def test_a_ranking_without_the_flagged_is_the_ranking_less_them_in_count_pages_and_order(market: Market) -> None:
    every = (await market.ask("admin", RANKING, out=False))["ranking"]
    kept = (await market.ask("admin", RANKING, out=True))["ranking"]
    honest = [node for node in every["nodes"] if node["id"] != "Creator:ben"]
    assert len(honest) < len(every["nodes"])
    assert (kept["nodes"], kept["totalCount"]) == (honest, len(honest))
    paged: list[dict[str, str]] = []
    after = None
    for _ in honest:
        page = (await market.ask("admin", RANKING, out=True, first=1, after=after))["ranking"]
        paged += page["nodes"]
        after = page["pageInfo"]["endCursor"]
    assert paged == honest
    assert not page["pageInfo"]["hasNextPage"]


async def test_a_constant_argument_excludes_too(market: Market) -> None:
    found = (await market.ask("brand", "{ creators(excludeFlagged: true) { totalCount nodes { id } } }"))["creators"]
    assert found == {"totalCount": 2, "nodes": [{"id": "Creator:ana"}, {"id": "Creator:dan"}]}
    assert (await market.ask("creator", "{ creators(excludeFlagged: true) { totalCount } }"))["creators"]["totalCount"] == 0


async def test_lists_by_score_or_property_leave_out_the_same(market: Market) -> None:
    for sort in (None, [{"by": "OVERALL"}], [{"by": "FOLLOWERS"}]):
        every = (await market.ask("admin", CREATORS, out=False, sort=sort))["creators"]
        kept = (await market.ask("admin", CREATORS, out=True, sort=sort))["creators"]
        honest = [node for node in every["nodes"] if node["id"] not in ("Creator:ben", "Creator:cat")]
        assert len(honest) < len(every["nodes"])
        assert (kept["nodes"], kept["totalCount"]) == (honest, len(honest))


async def test_an_upheld_appeal_takes_a_flag_away(market: Market) -> None:
    async with market.driver.session() as session:
        await (await session.run(UPHELD)).consume()
    try:
        assert (await market.ask("admin", FLAGS % "cat"))["creator"]["flags"] == []
        assert (await market.ask("admin", CREATORS, out=True))["creators"]["totalCount"] == 3
    finally:
        async with market.driver.session() as session:
            await (await session.run("MATCH (a:Appeal {status: 'UPHELD'}) DELETE a")).consume()
