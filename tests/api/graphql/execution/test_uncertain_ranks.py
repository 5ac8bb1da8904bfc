"""What a score tells of the true rank, and rankings in the order of it."""

from __future__ import annotations

from statistics import NormalDist
from typing import Any, Final

import pytest

from tests.api.graphql.execution.market import Market

ORDERS: Final = ("VALUE", "LOWER_BOUND", "TOP_PROBABILITY")
INFO: Final = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"


async def walked(market: Market, role: str, arguments: str, *, backward: bool) -> list[str]:
    """Return the creators of all pages of one row, put together in the order of the ranking."""
    how, where, more = ("last", "before", "hasPreviousPage") if backward else ("first", "after", "hasNextPage")
    query = f"query ($cursor: String) {{ ranking({how}: 1, {where}: $cursor, {arguments}) {{ nodes {{ handle }} {INFO} }} }}"
    found: list[str] = []
    cursor = None
    while True:
        page = (await market.ask(role, query, cursor=cursor))["ranking"]
        names = [each["handle"] for each in page["nodes"]]
        found = names + found if backward else found + names
        if not page["pageInfo"][more]:
            return found
        cursor = page["pageInfo"]["startCursor" if backward else "endCursor"]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(("role", "where", "expected"), [("admin", "", 3), ("admin", 'region: "US"', 2), ("brand", "", 2)])
async def test_pages_put_together_are_the_ranking(market: Market, order: str, role: str, where: str, expected: int) -> None:
    arguments = f"order: {order}, {where}"
    whole = (await market.ask(role, f"{{ ranking({arguments}) {{ nodes {{ handle }} totalCount }} }}"))["ranking"]
    handles = [each["handle"] for each in whole["nodes"]]
    assert whole["totalCount"] == len(handles) == expected
    assert await walked(market, role, arguments, backward=False) == handles
    assert await walked(market, role, arguments, backward=True) == handles


async def test_by_lower_bound_doubt_counts_against_a_creator(market: Market) -> None:
    us, page = 'region: "US", by: SALES_ABILITY', "edges { rank node { handle } score { low } }"
    found = await market.ask("admin", f"{{ value: ranking({us}) {{ {page} }} lower: ranking({us}, order: LOWER_BOUND) {{ {page} }} }}")
    by_value, by_lower = found["value"]["edges"], found["lower"]["edges"]
    assert by_value[0]["node"]["handle"] == by_lower[-1]["node"]["handle"] == "Ana"
    assert [each["rank"] for each in by_value] == [1, 2]
    assert by_lower[-1]["rank"] == 1
    lows = [each["score"]["low"] for each in by_lower]
    assert lows == sorted(lows, reverse=True)


@pytest.mark.parametrize("other", ["LOWER_BOUND", "TOP_PROBABILITY"])
async def test_a_cursor_of_another_order_is_refused(market: Market, other: str) -> None:
    cursor = (await market.ask("admin", "{ ranking(first: 1) { pageInfo { endCursor } } }"))["ranking"]["pageInfo"]["endCursor"]
    query = f"query ($after: String) {{ ranking(order: {other}, after: $after) {{ nodes {{ id }} }} }}"
    assert (await market.refusal("admin", query, after=cursor))["extensions"]["code"] == "BAD_USER_INPUT"


DOUBT: Final = "expectedRank expectedPercentile rankLow rankHigh level levelCount topProbability first: topProbability(k: TOP_10)"


async def test_a_score_tells_what_is_known_of_the_true_rank(market: Market) -> None:
    query = f"query ($id: ID!) {{ creator(id: $id) {{ overall {{ rank peers {DOUBT} }} }} }}"
    ana, ben = [(await market.ask("admin", query, id=name))["creator"]["overall"] for name in ("ana", "ben")]
    assert ana["expectedRank"] + ben["expectedRank"] == pytest.approx(3.0, abs=1e-3)
    assert 1.0 <= ana["expectedRank"] < 1.5
    assert ana["expectedPercentile"] == pytest.approx(100 * (1 - (ana["expectedRank"] - 0.5) / 2))
    assert (ana["rankLow"], ana["rankHigh"], ben["rankHigh"]) == (1, 2, 2)
    assert {ana["levelCount"], ben["levelCount"]} == {max(ana["level"], ben["level"])}
    assert ana["topProbability"] == ana["first"] == pytest.approx(1.0)


async def test_without_a_value_nothing_is_known_of_the_rank(market: Market) -> None:
    found = (await market.ask("admin", f'{{ creator(id: "dan") {{ overall {{ value {DOUBT} }} }} }}'))["creator"]["overall"]
    assert set(found.values()) == {None}


async def above(market: Market, role: str, one: str, other: str, arguments: str = "") -> Any:
    """Return the probability that one creator is above another."""
    query = f"query ($one: ID!, $other: ID!) {{ creator(id: $one) {{ probabilityAbove(creator: $other {arguments}) }} }}"
    return (await market.ask(role, query, one=one, other=f"Creator:{other}"))["creator"]["probabilityAbove"]


async def test_probability_above_another_creator(market: Market) -> None:
    found = await above(market, "admin", "ana", "ben")
    cards = "MATCH (card:Scorecard {runId: 'run1', window: 90, categoryId: '*'}) WHERE card.creatorId IN ['ana', 'ben']"
    query = f"{cards} RETURN card.normalScores[0] AS z, card.normalErrors[0] AS s ORDER BY card.creatorId"
    (ana, ben) = (await market.driver.execute_query(query, database_="neo4j")).records  # type: ignore[arg-type]
    expected = NormalDist().cdf((ana["z"] - ben["z"]) / (ana["s"] ** 2 + ben["s"] ** 2) ** 0.5)
    assert found == pytest.approx(expected)
    assert 0.5 < found < 1.0
    assert await above(market, "admin", "ben", "ana") == pytest.approx(1 - found)
    assert await above(market, "admin", "ana", "ana") == pytest.approx(0.5)


async def test_who_has_no_score_is_not_compared(market: Market) -> None:
    assert await above(market, "admin", "ana", "dan") is None


@pytest.mark.parametrize(("role", "one", "hidden"), [("admin", "ana", "nobody"), ("brand", "ana", "cat"), ("creator", "ben", "ana")])
async def test_who_may_not_be_seen_is_an_unknown_id(market: Market, role: str, one: str, hidden: str) -> None:
    query = "query ($one: ID!, $other: ID!) { creator(id: $one) { probabilityAbove(creator: $other) } }"
    found, absent = [await market.result(role, query, one=one, other=f"Creator:{other}") for other in (hidden, "absent")]
    assert found["data"] == {"creator": {"probabilityAbove": None}}
    assert found["errors"][0]["path"] == ["creator", "probabilityAbove"]
    assert found["errors"][0]["message"].replace(hidden, "absent") == absent["errors"][0]["message"]


async def test_probability_above_in_other_indicators_and_categories(market: Market) -> None:
    assert await above(market, "admin", "ana", "ben", ', by: DILIGENCE, window: D28, category: "Category:hats"') > 0.5
    assert await above(market, "admin", "ana", "ben", ', category: "Category:shoes"') is None
