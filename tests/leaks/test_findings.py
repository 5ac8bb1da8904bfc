"""Each way in which a score once told what its reader may not see, shut."""

from __future__ import annotations

from typing import Any, Final

import pytest

from bench.leaks.goods import SMALL
from bench.leaks.worlds import names, of_creator, others
from tests.leaks.conftest import Worlds

ROLES: Final = ("brand", "partner")
UNDER_FIVE: Final = 2
"""As how many brands any number under five counts."""
EXPLAINED: Final = """query ($category: ID) { creators(first: 100) { nodes { id scores(category: $category) {
  indicator value low high evidence reason rank percentile
  explanation { base components { name contribution weight peerMedian peerWeight raw shrunk note
    sources { name raw evidence weight } } } } } } }"""


def _components(data: Any, indicator: str) -> dict[str, list[dict[str, Any]]]:
    """Return by creator the components of an indicator."""
    return {
        each["id"].partition(":")[2]: (score["explanation"] or {"components": []})["components"]
        for each in data["creators"]["nodes"]
        for score in each["scores"]
        if score["indicator"] == indicator
    }


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("category", [None, "lips", "home"])
async def test_contributions_and_weights_tell_nothing_of_exact_sales(worlds: Worlds, who: str, category: str | None) -> None:
    one, other = await worlds.asked(who, EXPLAINED, category=category)
    for indicator in ("SALES_ABILITY", "INFLUENCE", "CONSISTENCY", "OVERALL"):
        assert _components(one["data"], indicator) == _components(other["data"], indicator)


@pytest.mark.parametrize("who", ROLES)
async def test_no_component_is_the_one_rating_of_another_brand(worlds: Worlds, who: str) -> None:
    one, other = await worlds.asked(who, EXPLAINED)
    told, elsewhere = _components(one["data"], "COOPERATION"), _components(other["data"], "COOPERATION")
    assert told == elsewhere
    single = [
        name
        for name in names(worlds.before)
        if len([each for each in of_creator(worlds.before, name)["collaborations"] if each["rating"] is not None]) == 1
    ]
    foreign = {name: others(of_creator(worlds.before, name)["collaborations"], ("b00", "b01")) for name in single}
    ratings = {
        name: next(each["rating"] for each in deals if each["rating"])
        for name, deals in foreign.items()
        if any(each["rating"] for each in deals)
    }
    assert ratings
    raw = {name: {source["raw"] for each in told[name] for source in each["sources"] if source["name"] == "rating"} for name in ratings}
    assert [name for name, rating in ratings.items() if rating in raw[name]] == []


@pytest.mark.parametrize("who", ROLES)
async def test_counts_of_brands_below_five_are_not_told(worlds: Worlds, who: str) -> None:
    one, other = await worlds.asked(who, EXPLAINED)
    assert _components(one["data"], "COLLABORATION") == _components(other["data"], "COLLABORATION")
    for told in (one, other):
        scores = [score for each in told["data"]["creators"]["nodes"] for score in each["scores"] if score["indicator"] == "COLLABORATION"]
        assert {score["evidence"] for score in scores} <= {0, UNDER_FIVE, *range(5, 100, 5)}


@pytest.mark.parametrize("who", ROLES)
async def test_likeness_stands_on_nothing_hidden(worlds: Worlds, who: str) -> None:
    query = "{ creators(first: 100) { nodes { id lookalikes { similarity creator { id } reasons { text } } } } }"
    told = await worlds.told(who, query)
    assert any(each["lookalikes"] for each in told["creators"]["nodes"])
    own = await worlds.told(
        who, '{ brand(id: "b00") { lookalikes(includePartners: true) { similarity creator { id } reasons { text } } } }'
    )
    assert own["brand"]["lookalikes"]
    one, other = await worlds.asked("admin", query)
    assert one != other


@pytest.mark.parametrize("who", ROLES)
async def test_shares_of_a_report_are_an_order_without_consent(worlds: Worlds, who: str) -> None:
    query = """{ creators(first: 100) { nodes { salesConsent reports(first: 2) { nodes {
      categoryShares { category share } contentShares { kind share } } } } } }"""
    shown = await worlds.told(who, query)
    seen: dict[bool, set[bool]] = {True: set(), False: set()}
    for each in shown["creators"]["nodes"]:
        for report in each["reports"]["nodes"]:
            for part in (*report["categoryShares"], *report["contentShares"]):
                seen[bool(each["salesConsent"])].add(part["share"] is None)
    assert seen == {True: {False}, False: {True}}


@pytest.mark.parametrize("who", ROLES)
async def test_one_share_does_not_tell_the_total_of_a_category(worlds: Worlds, who: str) -> None:
    for category in ("lips", "beauty"):
        one, other = await worlds.asked(who, EXPLAINED, category=category)
        assert _components(one["data"], "INFLUENCE") == _components(other["data"], "INFLUENCE")


async def test_a_brief_run_by_a_key_of_two_regions_is_not_seen_by_a_key_of_one(worlds: Worlds) -> None:
    query = "query ($id: ID!) { briefRuns(brief: $id) { id considered eligible candidates { score } } }"
    brief = "Brief:b00-wide's in US"
    wide, narrow = (await worlds.asked("wide", query, id=brief))[0]["data"], await worlds.told("brand", query, id=brief)
    assert len(wide["briefRuns"]) == 2
    assert narrow["briefRuns"] == []
    own = await worlds.told("brand", query, id="Brief:b00-brand's in US")
    assert len(own["briefRuns"]) == 2
    compared = "query ($one: ID!, $two: ID!) { compareBriefRuns(before: $one, after: $two) { entered { creator { id } } } }"
    runs = {name: f"BriefRun:b00-wide's in US-run{n}" for n, name in enumerate(("one", "two"))}
    assert (await worlds.told("brand", compared, **runs))["compareBriefRuns"] is None
    assert (await worlds.told("brand", "query ($one: ID!) { node(id: $one) { id } }", one=runs["one"]))["node"] is None


@pytest.mark.parametrize("who", ROLES)
async def test_cursors_have_one_length(worlds: Worlds, who: str) -> None:
    told = await worlds.told(who, "{ creators(first: 50) { edges { cursor } } ranking(first: 50) { edges { cursor } } }")
    assert len({len(each["cursor"]) for name in told for each in told[name]["edges"]}) == 1


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("category", SMALL)
async def test_who_sells_in_a_category_of_few_brands_is_not_told(worlds: Worlds, who: str, category: str) -> None:
    for query in (
        "query ($c: ID!) { creators(filter: {soldIn: $c}) { totalCount } }",
        "query ($c: ID!) { creators(filter: {not: {soldIn: $c}}) { totalCount } }",
        "query ($c: ID!) { ranking(category: $c) { totalCount } }",
        "query ($c: ID!) { category(id: $c) { topCreators { totalCount } } }",
        "query ($c: ID!) { creators { nodes { scores(category: $c) { indicator } } } }",
        "query ($c: ID!) { creators(filter: {score: {indicator: OVERALL, category: $c}}) { totalCount } }",
        "{ creators(first: 100) { nodes { categories { nodes { id } } } } }",
    ):
        one, other = await worlds.asked(who, query, **({"c": category} if "$c" in query else {}))
        assert one == other
        assert category.title() not in str(one)


@pytest.mark.parametrize("who", ROLES)
async def test_sums_of_money_are_whole_cents(worlds: Worlds, who: str) -> None:
    query = """{ brand(id: "b00") { sales { nodes { changeUsd sales { gmvUsd grossGmvUsd } } total { gmvUsd } } network { edges { gmvUsd } }
      products { nodes { sales { gmvUsd grossGmvUsd refundedGmvUsd } } } }
      creators(first: 100) { nodes { sales { gmvUsd grossGmvUsd refundedGmvUsd } } } }"""
    told = (await worlds.asked(who, query))[0]
    amounts = list(_amounts(told))
    assert amounts
    assert [each for each in amounts if each != round(each, 2)] == []


def _amounts(value: Any) -> Any:
    if isinstance(value, dict):
        for key, each in value.items():
            if key.endswith("Usd") and each is not None:
                yield each
            else:
                yield from _amounts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _amounts(each)
