"""Lists of creators in the orders of rankings."""

from __future__ import annotations

from typing import Final

import pytest

from tests.api.graphql.execution.market import Market

ORDERS: Final = ("VALUE", "LOWER_BOUND", "TOP_PROBABILITY", "FORECAST")
INFO: Final = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"


def sort(order: str, by: str = "SALES_ABILITY", more: str = "") -> str:
    return f"sort: [{{by: {by}, order: {order}{more}}}]"


async def handles(market: Market, who: str, field: str) -> list[str]:
    (found,) = (await market.ask(who, f"{{ {field} {{ nodes {{ handle }} }} }}")).values()
    return [each["handle"] for each in found["nodes"]]


@pytest.fixture(autouse=True)
async def forecast(market: Market) -> None:
    """Place creators by what they are expected to sell, which the little market does not say."""
    query = "MATCH (s:Scorecard) WHERE s.salesAbility IS NOT NULL SET s.forecastOrdinal = 9 - s.salesAbilityWorldOrdinal"
    await market.driver.execute_query(query)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(
    ("who", "filtered", "region"), [("admin", "", ""), ("admin", 'filter: {regions: ["US"]}, ', 'region: "US", '), ("brand", "", "")]
)
async def test_they_are_as_the_ranking_has_them(market: Market, who: str, filtered: str, region: str, order: str) -> None:
    ranked = await handles(market, who, f"ranking({region}by: SALES_ABILITY, order: {order})")
    listed = await handles(market, who, f"creators({filtered}{sort(order)})")
    assert listed[: len(ranked)] == ranked
    assert await handles(market, who, f"creators({filtered}{sort(order, more=', direction: ASC')})") == listed[::-1]
    assert len(ranked) == len(set(ranked)) > 1


@pytest.mark.parametrize("order", ORDERS)
async def test_pages_put_together_are_the_list(market: Market, order: str) -> None:
    found: list[str] = []
    cursor = None
    while True:
        query = f"query ($after: String) {{ creators(first: 1, after: $after, {sort(order)}) {{ totalCount nodes {{ handle }} {INFO} }} }}"
        page = (await market.ask("admin", query, after=cursor))["creators"]
        found += [each["handle"] for each in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        cursor = page["pageInfo"]["endCursor"]
    assert found == await handles(market, "admin", f"creators({sort(order)})")
    assert len(found) == page["totalCount"]


async def test_variables_say_it_as_well(market: Market) -> None:
    query = "query ($sort: [CreatorOrder!]) { creators(sort: $sort) { nodes { handle } } }"
    for key in ("FOLLOWERS", "SALES_ABILITY"):
        for given in ({}, {"order": None}, {"order": "VALUE"}, {"order": "LOWER_BOUND"}):
            if key == "FOLLOWERS" and given.get("order") == "LOWER_BOUND":
                continue
            found = (await market.ask("admin", query, sort=[{"by": key, **given}]))["creators"]["nodes"]
            assert [each["handle"] for each in found] == await handles(
                market, "admin", f"creators(sort: [{{by: {key}, order: {given.get('order') or 'VALUE'}}}])"
            )


async def test_a_cursor_of_another_order_is_refused(market: Market) -> None:
    first = f"{{ creators(first: 1, {sort('LOWER_BOUND')}) {{ {INFO} }} }}"
    cursor = (await market.ask("admin", first))["creators"]["pageInfo"]["endCursor"]
    other = f"query ($after: String) {{ creators(after: $after, {sort('TOP_PROBABILITY')}) {{ nodes {{ id }} }} }}"
    assert (await market.refusal("admin", other, after=cursor))["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    ("who", "asked", "said"),
    [
        ("admin", "sort: [{by: FOLLOWERS, order: LOWER_BOUND}]", "the order LOWER_BOUND, which is for scores; leave it out"),
        ("admin", "sort: [{by: FOLLOWERS}, {by: OVERALL, order: LOWER_BOUND}]", "an order other than VALUE is for a sole key"),
        ("two regions", sort("TOP_PROBABILITY"), "this key is granted several; filter by regions"),
        ("two regions", sort("FORECAST"), "this key is granted several; filter by regions"),
    ],
)
async def test_what_has_no_order_is_refused_with_what_to_do(market: Market, who: str, asked: str, said: str) -> None:
    error = await market.refusal(who, f"{{ creators({asked}) {{ nodes {{ id }} }} }}")
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert said in error["message"]


async def test_of_several_regions_one_is_filtered_by_where_it_must_be(market: Market) -> None:
    lows = "{ nodes { salesAbility { low } } }"
    found = (await market.ask("two regions", f"{{ creators({sort('LOWER_BOUND')}) {lows} }}"))["creators"]["nodes"]
    ordered = [each["salesAbility"]["low"] or 0.0 for each in found]  # none comes last
    assert ordered == sorted(ordered, reverse=True)
    listed = await handles(market, "two regions", f'creators(filter: {{regions: ["US"]}}, {sort("TOP_PROBABILITY")})')
    ranked = await handles(market, "two regions", 'ranking(region: "US", by: SALES_ABILITY, order: TOP_PROBABILITY)')
    assert listed[: len(ranked)] == ranked != []
    counts = f'{{ creators(filter: {{regions: ["US"]}}, {sort("TOP_PROBABILITY")}) {{ facets {{ regions {{ region count }} }} }} }}'
    regions = (await market.ask("two regions", counts))["creators"]["facets"]["regions"]
    assert {each["region"] for each in regions} == {"US", "GB"}
