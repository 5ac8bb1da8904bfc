"""Arguments that can match nothing are errors, by one rule each."""

from __future__ import annotations

import pytest

from tests.api.graphql.execution.market import Market


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("creators(filter: {ids: []})", "filter.ids is an empty list, which nothing matches; omit it to match all"),
        ("creators(filter: {not: {regions: []}})", "filter.regions is an empty list"),
        ("collaborations(filter: {kinds: []})", "filter.kinds is an empty list"),
        ("creators(filter: {followers: {min: 10, max: 5}})", "filter.followers: min 10 is above max 5; swap them"),
        (
            'creators(filter: {joined: {from: "2026-01-02T00:00:00Z", to: "2026-01-01T00:00:00Z"}})',
            "filter.joined: from 2026-01-02T00:00:00Z is after to 2026-01-01T00:00:00Z; swap them",
        ),
        ("creators(filter: {or: [{sales: {minUsd: 2, maxUsd: 1}}]})", "filter.sales: minUsd 2 is above maxUsd 1"),
        ("products(filter: {priceUsd: {min: 2.5, max: 1}})", "filter.priceUsd: min 2.5 is above max 1"),
        ("creators(filter: {score: {indicator: OVERALL, min: 60, max: 50}})", "filter.score: min 60 is above max 50"),
        ("creators(filter: {score: {indicator: OVERALL, min: 101}})", "filter.score: 101 is not a score; give a bound from 0 to 100"),
        ('creators(filter: {ids: ["ana", "Creator:eve"]})', "filter.ids: there is no creator with the id 'eve'; remove it, or use `nodes`"),
        ('collaborations(filter: {ids: ["none"]})', "filter.ids: there is no collaboration with the id 'none'"),
        ('products(filter: {regions: ["US", "FR"]})', "filter.regions: no brand or creator sells in FR;"),
    ],
)
async def test_what_can_match_nothing_is_an_error(market: Market, query: str, said: str) -> None:
    error = await market.refusal("admin", f"{{ {query} {{ totalCount }} }}")
    assert (error["extensions"]["code"], error["message"][: len(said)]) == ("BAD_USER_INPUT", said)


async def test_an_id_that_is_hidden_is_told_as_one_that_is_not_there(market: Market) -> None:
    said = [
        (await market.refusal("creator", f'{{ creators(filter: {{ids: ["{id_}"]}}) {{ totalCount }} }}'))["message"].replace(id_, "…")
        for id_ in ("ana", "nobody")
    ]
    assert said[0] == said[1]


async def test_bounds_and_ids_in_variables_are_held_to_the_same(market: Market) -> None:
    query = "query ($filter: CreatorFilter) { creators(filter: $filter) { totalCount } }"
    found = [
        await market.result("admin", query, filter=given)
        for given in ({"followers": {"min": 900, "max": 5000}}, {"followers": {"min": 5000, "max": 900}}, {"ids": ["ana", "eve"]})
    ]
    assert [each["data"]["creators"] for each in found] == [{"totalCount": 2}, None, None]
