"""Facets: each number is the one that the same viewer gets by filtering for its value, and no other condition is left out."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from graph.plans.facets import FACETS, TIERS
from scoring.facts.events import creators
from tests.api.graphql.execution.market import VIEWERS, Market
from tests.api.graphql.execution.roles import by_role

ALL: Final = (
    "facets { regions { region count } categories { category name count } followers { min max count } languages { language count }"
    " verified { verified count } levels { level count } }"
)
FILTERS: Final = (
    "",
    'regions: ["US"]',
    "followers: {min: 1000}",
    'languages: ["EN"], verified: true',
    'regions: ["US"], followers: {max: 99999}, not: {verified: true}',
    'or: [{languages: ["es"]}, {verified: true}], score: {indicator: OVERALL}',
)
LISTS: Final = (
    "creators({})",
    "creators({}, sort: [{{by: OVERALL}}])",
    "creators({}, sort: [{{by: FOLLOWERS}}, {{by: OVERALL}}])",
    'ranking({}, region: "US")',
)


def conditions(facet: dict[str, Any], name: str) -> str:
    """Return the condition on a facet's value, as it is written in a filter."""
    match name:
        case "regions":
            return f"regions: {json.dumps([facet['region']])}"
        case "categories":
            return f"soldIn: {json.dumps(facet['category'])}"
        case "followers":
            return f"followers: {{min: {facet['min']}, max: {json.dumps(facet['max'])}}}"
        case "languages":
            return f"languages: {json.dumps([facet['language']])}"
        case _:
            return f"verified: {json.dumps(facet['verified'])}"


def without(given: str, name: str) -> str:
    """Return a filter without the conditions of a facet, which the parts of `FILTERS` are written apart for."""
    condition = FACETS[name].condition
    return ", ".join(part for part in given.split(", ") if not part.startswith(f"{condition}:"))


@pytest.mark.parametrize("who", VIEWERS)
@pytest.mark.parametrize("given", FILTERS)
@pytest.mark.parametrize("listed", LISTS)
async def test_each_count_is_that_of_the_list_with_its_value_in_the_filter(market: Market, who: str, given: str, listed: str) -> None:
    if "regions" in given and who in ("creator", "ana"):
        pytest.skip("a creator names no regions")
    asked = listed.format(f"filter: {{{given}}}")
    found = (await market.ask(who, f"{{ page: {asked} {{ totalCount {ALL} nodes {{ id }} }} }}"))["page"]
    if "ranking" in listed and found is None:
        pytest.skip("this viewer has no ranking of the region")
    for name, facets in found["facets"].items():
        assert all(each["count"] > 0 for each in facets)
        if name in ("levels", "categories") and (name == "levels" or who in ("admin", "analyst", "creator", "ana")):
            continue
        for facet in facets:
            narrowed = ", ".join(part for part in (without(given, name), conditions(facet, name)) if part)
            if name == "regions" and who in ("creator", "ana"):
                continue
            other = listed.format(f"filter: {{{narrowed}}}")
            assert (await market.ask(who, f"{{ page: {other} {{ totalCount }} }}"))["page"]["totalCount"] == facet["count"], (name, facet)


@pytest.mark.parametrize(
    ("who", "regions"),
    by_role(
        all_=[{"region": "US", "count": 3}, {"region": "GB", "count": 1}],
        bounded=[{"region": "US", "count": 3}],
        creator=[{"region": "US", "count": 1}],
    ),
)
async def test_only_creators_whom_the_viewer_sees_are_counted(market: Market, who: str, regions: list[Any]) -> None:
    found = await market.ask(who, "{ creators { facets { regions { region count } } } }")
    assert found["creators"]["facets"]["regions"] == regions


async def test_a_facet_leaves_out_its_own_condition_and_keeps_the_others(market: Market) -> None:
    given = 'filter: {regions: ["GB"], followers: {min: 1000}}'
    found = (await market.ask("admin", f"{{ creators({given}) {{ totalCount {ALL} }} }}"))["creators"]
    assert found["totalCount"] == 1
    assert found["facets"]["regions"] == [{"region": "GB", "count": 1}, {"region": "US", "count": 1}]
    assert found["facets"]["followers"] == [{"min": 10_000, "max": 99_999, "count": 1}]
    assert found["facets"]["levels"] == found["facets"]["languages"] == found["facets"]["verified"] == []
    assert [(each["category"], each["name"], each["count"]) for each in found["facets"]["categories"]] == [
        ("Category:shoes", "Shoes", 1),
        ("Category:wear", "Wear", 1),
    ]


async def test_levels_are_those_of_the_score_that_the_list_is_in_the_order_of(market: Market) -> None:
    query = "{ ranking(by: OVERALL) { totalCount facets { levels { level count } } edges { score { level } } } }"
    found = (await market.ask("admin", query))["ranking"]
    levels = [each["score"]["level"] for each in found["edges"]]
    assert found["facets"]["levels"] == [{"level": level, "count": levels.count(level)} for level in sorted(set(levels) - {None})]
    assert found["facets"]["levels"]


async def test_keys_come_in_the_order_of_the_request_with_names_of_their_own(market: Market) -> None:
    query = (
        "query ($filter: CreatorFilter) { creators(filter: $filter) { pageInfo { hasNextPage } kinds: facets { __typename"
        " tiers: followers { __typename n: count from: min } regions { count region } } nodes { id } } }"
    )
    found = (await market.ask("admin", query, filter={"followers": {"min": 1000}, "verified": True}))["creators"]
    assert json.dumps(found["kinds"]) == json.dumps(
        {
            "__typename": "CreatorFacets",
            "tiers": [{"__typename": "FollowerFacet", "n": 1, "from": 1000}],
            "regions": [{"count": 1, "region": "US"}],
        }
    )


async def test_other_lists_have_none(market: Market) -> None:
    found = await market.ask("admin", '{ brand(id: "Brand:acme") { creators { totalCount facets { regions { count } } } } }')
    assert found["brand"]["creators"] == {"totalCount": 2, "facets": None}


def test_tiers_are_those_of_the_scores() -> None:
    assert TIERS == creators.TIERS
